"""What follows for readers from the kind of a change: which dates it moves, and what was corrected, before and after.

In `Edition.parts`:

    cards[i]["changed_at"]   ISO instant (UTC) since when the fact's words are these; a typo does not move it
    corrections              of this edition and all before it, newest first:
        [{place (as in a Problem), id (of a fact, else ""), anchor (where it stands in this edition, "" nowhere),
          kind, at (ISO instant), note, heading (what may stand outside, "" where there is none), spoiler_after,
          old, new}]

An entry with a spoiler point is for the closed part of its card alone. Its row of the table, which makes /corrections/,
has neither words nor note. A spoiler point that the fact gets later closes its earlier entries too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from articles import document
from articles.document import Card, Change, Comparison, Document, Faq, ItemChange
from articles.models import Correction, Edition
from articles.text import markdown, passages

Kind = Edition.ChangeKind
#: How much a kind tells its readers: what a cancelled edition would have told, the next one tells.
WEIGHTS: Mapping[str, int] = {"": 0, Kind.TYPO: 1, Kind.CLARIFICATION: 2, Kind.CORRECTION: 3}
HEADING_LENGTH = Correction._meta.get_field("heading").max_length


def has_other_words(edition: Edition, before: Edition) -> bool:
    """Whether two versions are made from different Documents."""
    return not (edition.revision and before.revision and edition.revision.content == before.revision.content)


def begin(edition: Edition) -> None:
    """Makes an edition, which has its instant, the first one: everything in it is as old as it is."""
    edition.modified_at = edition.visible_from
    edition.parts = _parts(edition, dict.fromkeys(_ids(edition), _iso(edition.visible_from)), [])


def follow(edition: Edition, before: Edition, *, is_update: bool) -> None:
    """Makes it the version after `before`. `is_update`: in its place, with no taking-down between them."""
    at = _iso(edition.visible_from)
    has_changed = has_other_words(edition, before)
    is_quiet = not has_changed or (is_update and edition.change_kind == Kind.TYPO)
    edition.modified_at = before.modified_at if is_quiet else edition.visible_from
    own: list[dict[str, Any]] = []
    since = _since(before)
    if has_changed:
        assert edition.revision and before.revision  # noqa: S101, PT018  -- versions have one
        old, new = before.revision.document, edition.revision.document
        if not is_quiet:
            same = {card.public_id for card in old.cards} & {card.public_id for card in new.cards}
            same -= set(_reworded(old, new))
            since = {public_id: since[public_id] for public_id in same if public_id in since}
            own = _entries(edition, old, new) if is_update else []
    changed_at = {public_id: since.get(public_id, at) for public_id in _ids(edition)}
    edition.parts = _parts(edition, changed_at, [*own, *before.parts.get("corrections", ())])


def keep_corrections(edition: Edition, rendered: dict[str, Any]) -> None:
    """Newly rendered parts, with what the edition's own parts say of changes."""
    since, entries = _since(edition), edition.parts.get("corrections", ())
    edition.parts = rendered
    edition.parts = _parts(edition, dict.fromkeys(_ids(edition), _iso(edition.modified_at)) | since, entries)


def write(edition: Edition) -> None:
    """Makes the rows of one edition what its parts say."""
    edition.corrections.all().delete()
    own = [each for each in edition.parts["corrections"] if each["at"] == _iso(edition.visible_from)]
    Correction.objects.bulk_create(_row(edition, position, entry) for position, entry in enumerate(own, 1))


def _row(edition: Edition, position: int, entry: Mapping[str, Any]) -> Correction:
    told = {name: entry[name] for name in ("place", "kind", "heading", "spoiler_after")}
    if entry["spoiler_after"] is None:
        told |= {name: entry[name] for name in ("old", "new", "note")}
    return Correction(edition=edition, position=position, public_id=entry["id"], at=edition.visible_from, **told)


# --- parts ------------------------------------------------------------------------------------------------------------


def _iso(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat()


def _ids(edition: Edition) -> list[str]:
    return [card["id"] for card in edition.parts["cards"]]


def _since(edition: Edition) -> dict[str, str]:
    """Since when each fact has its words; of editions that were made before this was kept, as well as it is known."""
    known = _iso(edition.modified_at)
    return {card["id"]: card.get("changed_at") or known for card in edition.parts.get("cards", ())}


def _parts(edition: Edition, since: Mapping[str, str], entries: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    cards = [{**card, "changed_at": since[card["id"]]} for card in edition.parts["cards"]]
    parts_by_anchor = {item["anchor"]: item for item in [*cards, *edition.parts["faqs"]]}
    return {**edition.parts, "cards": cards, "corrections": [_as_of_now(each, parts_by_anchor) for each in entries]}


def _as_of_now(entry: Mapping[str, Any], parts_by_anchor: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """An entry beside the facts as they stand: its anchor, and a spoiler point that has come since."""
    kind, _colon, public_id = entry["place"].partition(":")
    anchor = _anchor(kind, public_id)
    item = parts_by_anchor.get(anchor)
    if item is None:
        return {**entry, "anchor": ""}
    if item["spoiler_after"] is None:
        return {**entry, "anchor": anchor}
    after = max(item["spoiler_after"], entry["spoiler_after"] or 0)
    return {**entry, "anchor": anchor, "spoiler_after": after, "heading": item.get("safe_heading", "")}


def _anchor(kind: str, public_id: str) -> str:
    return {"card": f"fact-{public_id}", "faq": f"question-{public_id}"}.get(kind, "")


# --- what changed -----------------------------------------------------------------------------------------------------


def _reworded(old: Document, new: Document) -> Iterator[str]:
    before = {card.public_id: (card.heading, card.body) for card in old.cards}
    return (card.public_id for card in new.cards if before.get(card.public_id) != (card.heading, card.body))


def _entries(edition: Edition, old: Document, new: Document) -> list[dict[str, Any]]:
    """One entry for each place whose words changed, in the order of the page.

    A removed fact or question is one; a new one corrects nothing. A note without any such place stands alone.
    """
    if edition.change_kind not in (Kind.CLARIFICATION, Kind.CORRECTION):
        return []
    told = {"kind": str(edition.change_kind), "at": _iso(edition.visible_from), "note": edition.change_note}
    places = [*_places(document.compare(old, new), old, new)]
    if not places and edition.change_note:
        places = [_place("details")]
    return [{**place, **told} for place in places]


def _places(comparison: Comparison, old: Document, new: Document) -> Iterator[dict[str, Any]]:
    def of_fields(place: str, *pairs: tuple[str, str]) -> Iterator[dict[str, Any]]:
        before, after = _words(pairs)
        if before or after:
            yield _place(place, old=before, new=after)

    yield from of_fields("details", (old.title, new.title), (old.dek, new.dek))
    yield from of_fields("introduction", _plain(old.introduction, new.introduction))
    yield from _of_items("card", comparison.cards)
    headings = (old.conclusion_heading, new.conclusion_heading)
    yield from of_fields("conclusion", headings, _plain(old.conclusion, new.conclusion))
    yield from _of_items("faq", comparison.faqs)


def _place(place: str, **more: Any) -> dict[str, Any]:
    return {"place": place, "id": "", "anchor": "", "heading": "", "spoiler_after": None, "old": "", "new": ""} | more


def _of_items(kind: str, changes: Iterable[ItemChange]) -> Iterator[dict[str, Any]]:
    for item in changes:
        if item.old is None or item.kind not in (Change.CHANGED, Change.REMOVED):
            continue
        points = [each.spoiler_after for each in (item.old, item.new) if each and each.spoiler_after is not None]
        (old_heading, old_body), (new_heading, new_body) = _texts(item.old), _texts(item.new)
        old, new = _words([(old_heading, new_heading), _plain(old_body, new_body)])
        if old or new:
            yield _place(
                f"{kind}:{item.public_id}",
                id=item.public_id if kind == "card" else "",
                heading=_safe_heading(item.new or item.old, is_closed=bool(points))[:HEADING_LENGTH],
                spoiler_after=max(points, default=None),
                old=old,
                new=new,
            )


def _texts(item: Card | Faq | None) -> tuple[str, str]:
    if item is None:
        return "", ""
    return (item.heading, item.body) if isinstance(item, Card) else (item.question, item.answer)


def _safe_heading(item: Card | Faq, *, is_closed: bool) -> str:
    if is_closed:
        return item.safe_heading if isinstance(item, Card) else ""
    return _texts(item)[0]


def _plain(old: str, new: str) -> tuple[str, str]:
    """Two bodies as readers see them: a change that shows no other words is none."""
    return ("", "") if old == new else (markdown.plain(old), markdown.plain(new))


def _words(pairs: Sequence[tuple[str, str]]) -> tuple[str, str]:
    changed = [passages.changed(old, new) for old, new in pairs]
    old, new = ("\n".join(filter(None, side)) for side in zip(*changed, strict=True))
    return passages.shortened(old), passages.shortened(new)
