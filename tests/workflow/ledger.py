"""What a reader of the rules would keep in a notebook while others act: who wrote, approved, handed in and locked what.

It knows nothing of `articles.workflow`: it is told what was done, compares wordings by itself, and says what must hold.
"""

from __future__ import annotations

import dataclasses
import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from articles.document import Document
from articles.models import Revision

#: A wording as its readers see it, and a part: "card:<id>" wherever it stands, else "<article> <place>".
Wording = str
Key = str
Wordings = dict[Key, Wording]
_ONCE = ("introduction", "conclusion_heading", "conclusion", "cards", "faqs", "pictures")


def wordings(article: int, value: Document) -> Wordings:
    """Each part as readers see it: white space counts once, tags have no order, the day to check again is not told."""
    raw = dataclasses.asdict(value)
    details = {name: each for name, each in raw.items() if name not in _ONCE}
    order = {name: [item["public_id"] for item in raw[name]] for name in ("cards", "faqs")}
    found: dict[Key, Any] = {f"{article} details": {"details": details, **order}}
    if value.introduction:
        found[f"{article} introduction"] = value.introduction
    if value.conclusion or value.conclusion_heading:
        found[f"{article} conclusion"] = [value.conclusion_heading, value.conclusion]
    for kind, items in (("card", raw["cards"]), ("faq", raw["faqs"])):
        for item in items:
            found[f"{kind}:{item['public_id']}"] = {name: each for name, each in item.items() if name != "check_on"}
    return {key: as_seen(each) for key, each in found.items()}


def as_seen(value: Any, renamed: Mapping[str, str] | None = None) -> Wording:
    return json.dumps(_plain(value, renamed or {}), sort_keys=True, default=str)


def _plain(value: Any, renamed: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Mapping):
        return {
            name: sorted({renamed.get(tag, tag) for tag in each}) if name == "tags" else _plain(each, renamed)
            for name, each in value.items()
        }
    return [_plain(each, renamed) for each in value] if isinstance(value, list | tuple) else value


def key_of(article: int, place: str) -> Key:
    return place if ":" in place else f"{article} {place}"


class Ledger:
    def __init__(self) -> None:
        self.writers: dict[Key, int] = {}
        self.last_seen: Wordings = {}
        self.renamed: dict[str, str] = {}
        self.handed_in: dict[int, int] = {}
        #: What was said of each wording since it was last asked about or sent back: who approved it.
        self.approvals: dict[tuple[Key, Wording], set[int]] = defaultdict(set)
        self.ever_approved: set[tuple[Key, Wording]] = set()
        #: Each article as it was when all of it stood approved.
        self.wholes: set[frozenset[tuple[Key, Wording]]] = set()
        self.mixes: set[frozenset[tuple[Key, Wording]]] = set()
        #: By the lock's key: what it covers (an article's number or a part), and whose it is.
        self.locks: dict[int, tuple[int | Key, int]] = {}

    # --- what is told -------------------------------------------------------------------------------------------------

    def wrote(self, now: Wordings, by: int) -> None:
        """Whoever makes other words stand in a part has written it last; a part that comes back is as it was."""
        for key, wording in now.items():
            if self.last_seen.get(key) != wording:
                self.writers[key] = by
        self.last_seen |= now

    def approved(self, key: Key, wording: Wording, by: int, article: int) -> None:
        assert by != self.writers[key], f"nobody approves what they wrote last: {key}"
        assert by != self.handed_in[article], "nobody approves what they handed in"
        self.approvals[key, wording].add(by)
        self.ever_approved.add((key, wording))

    def objected(self, key: Key, wording: Wording) -> None:
        self.approvals[key, wording].clear()

    def merged(self, renamed: Mapping[str, str]) -> None:
        """From now on each wording is read with the other tag."""
        (tag, into), *_none = renamed.items()
        self.renamed = {name: into if now == tag else now for name, now in self.renamed.items()} | {tag: into}
        read = self.read

        self.last_seen = {key: read(wording) for key, wording in self.last_seen.items()}
        self.ever_approved = {(key, read(wording)) for key, wording in self.ever_approved}
        was, self.approvals = self.approvals, defaultdict(set)
        for (key, wording), people in was.items():
            self.approvals[key, read(wording)] |= people
        self.wholes = {frozenset((key, read(wording)) for key, wording in whole) for whole in self.wholes}
        self.mixes = {frozenset((key, read(wording)) for key, wording in whole) for whole in self.mixes}

    # --- what must hold -----------------------------------------------------------------------------------------------

    def read(self, wording: Wording) -> Wording:
        """With the names that its tags have now."""
        return as_seen(json.loads(wording), self.renamed)

    def wordings_of(self, revision: Revision) -> Wordings:
        """A revision keeps the names that its tags had then."""
        found = wordings(revision.article_id, revision.document)
        return {key: self.read(wording) for key, wording in found.items()}

    def stands(self, key: Key, wording: Wording, article: int) -> bool:
        return bool(self.approvals[key, wording] - {self.writers.get(key), self.handed_in.get(article)})

    def check_approved(self, now: Wordings, article: int) -> None:
        """An article that has just become approved, part by part or as a whole."""
        lacking = [key for key, wording in now.items() if not self.stands(key, wording, article)]
        assert not lacking, f"approved without an approval of {lacking}"
        self.wholes.add(frozenset(now.items()))

    def check_mix(self, out: Wordings, working: Wordings, live: Wordings, article: int) -> None:
        """What “Publish what is approved” has made public: approved words, or those that were public before."""
        for key, wording in out.items():
            if key.endswith(" details"):
                self._check_frame(key, wording, working, live, article)
                continue
            is_approved = working.get(key) == wording and self.stands(key, wording, article)
            assert is_approved or live.get(key) == wording, f"{key} went out without an approval"
        left = {
            key for key, wording in working.items() if self.stands(key, wording, article) and out.get(key) != wording
        }
        assert not {key for key in left if not key.endswith(" details")}, "all that is approved goes out"
        self.mixes.add(frozenset(out.items()))

    def check_carried(self, out: Wordings, waiting: Wordings, live: Wordings) -> None:
        """A scheduled version that a fix was carried into: each part is as it was in one of the two."""
        for key, wording in out.items():
            assert key.endswith(" details") or wording in (waiting.get(key), live.get(key)), f"{key} is of neither"
        self.mixes.add(frozenset(out.items()))

    def _check_frame(self, key: Key, wording: Wording, working: Wordings, live: Wordings, article: int) -> None:
        source = json.loads(working[key] if self.stands(key, working[key], article) else live[key])
        out = json.loads(wording)
        assert out["details"] == source["details"], "title and details are approved, or as they were"
        known = [public_id for public_id in source["cards"] if public_id in out["cards"]]
        assert [public_id for public_id in out["cards"] if public_id in source["cards"]] == known, "so is the order"

    def is_public_rightly(self, out: Wordings) -> bool:
        whole = frozenset(out.items())
        return whole in self.mixes or (whole in self.wholes and set(out.items()) <= self.ever_approved)

    def locked_by_others(self, by: int) -> list[int | Key]:
        return [what for what, holder in self.locks.values() if holder != by]
