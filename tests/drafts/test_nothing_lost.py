"""Nobody's words are lost: three people with two tabs each write in two articles, in any order, for months.

Each text that somebody types carries a word that stands nowhere else. After each act, every such word that the desk
took stands in a working copy, a version, a revision or a bin. What was not taken came back beside what stands there.

Three kinds of words may go, and no others (articles.drafts.versions and .bin say so):
- Those that one person wrote over within one spell of saves of one part, when they stood neither before the spell, nor
  in its longest wording, nor in the wording of which a save took more than a third at once. `Spells` is that rule.
- Of versions older than ALL_KEPT_FOR all but the last of each part and day.
- What lay in a bin for longer than KEPT_IN_BIN.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from articles import drafts
from articles.models import Article, BinnedPart, PartVersion, Revision
from tests import make
from tests.desk.pages import JSON, at, client, tree
from tests.drafts.spells import Spells, words_in

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2031, 5, 1, 12, tzinfo=dt.UTC)
PAUSES = [dt.timedelta(minutes=minutes) for minutes in (1, 9, 10)] + [dt.timedelta(days=days) for days in (1, 32)]
#: The texts of each kind of part; that of a source is a row of its own.
TEXTS = {
    "details": ("title", "dek"),
    "introduction": ("introduction",),
    "conclusion": ("conclusion_heading", "conclusion"),
    "card": ("heading", "body", "safe_heading", "source"),
    "faq": ("question", "answer"),
}
WAYS = ("more", "instead", "less", "nothing")

people, tabs, articles = st.integers(0, 2), st.integers(0, 5), st.integers(0, 1)
numbers, sizes = st.integers(0, 9), st.integers(0, 12)
edits = st.lists(st.tuples(st.sampled_from(WAYS), sizes), min_size=1, max_size=4)


def fields_of(value: dict[str, Any]) -> dict[str, Any]:
    """The form of a part as a script sends it."""
    plain = {name: "" if each is None else each for name, each in value.items() if name != "public_id"}
    if "tags" in plain:
        plain["tags"] = ", ".join(plain["tags"])
    if "sources" in plain:
        rows = plain.pop("sources")
        plain |= {"sources-TOTAL_FORMS": len(rows), "sources-INITIAL_FORMS": 0}
        for number, row in enumerate(rows):
            plain |= {f"sources-{number}-{name}": each or "" for name, each in row.items()}
    return plain


def written(value: dict[str, Any], field: str, way: str, words: str) -> dict[str, Any]:
    """The value after somebody has typed: words added, put in the place of all others, half or all deleted."""
    if field == "source":
        row = {"url": "https://example.org/ferry", "title": words, "publisher": "", "seen_on": None}
        sources = list(value["sources"])
        changed = {"more": [*sources[:9], row], "instead": [row], "less": sources[: len(sources) // 2], "nothing": []}
        return value | {"sources": changed[way]}
    text = value[field]
    changed = {"more": f"{text} {words}", "instead": words, "less": text[: len(text) // 2], "nothing": ""}
    return value | {field: changed[way].strip() or ("Facts" if field == "title" else "")}


class People(RuleBasedStateMachine):
    browsers: list[Client]
    articles: list[Article]

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.time = time_machine.travel(NOON, tick=False)
        self.clock = self.time.start()
        self.own = {article.pk: article for article in self.articles}
        self.count = 0
        self.typed: set[str] = set()
        self.old: set[str] = set()
        self.spells = Spells()
        self.undos: list[tuple[Article, str]] = []
        self.live = self.parts()
        self.tabs: list[dict[Article, Any]] = [{} for _ in range(6)]
        for tab in range(6):
            self.look(tab)

    def teardown(self) -> None:
        self.time.stop()
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    # --- what people do -----------------------------------------------------------------------------------------------

    @rule(tab=tabs)
    def look(self, tab: int) -> None:
        for article in self.articles:
            self.tabs[tab][article] = self.browsers[tab // 2].get(at("contents", article), **JSON).json()

    @rule(pause=st.sampled_from(PAUSES))
    def wait(self, pause: dt.timedelta) -> None:
        self.clock.shift(pause)

    @rule(tab=tabs, which=articles, part=numbers, field=numbers, base=st.booleans(), edits=edits)
    def write(self, tab: int, which: int, part: int, field: int, base: bool, edits: list[tuple[str, int]]) -> None:
        """In one text, saved again and again while it is typed."""
        article, seen = self.seen(tab, which)
        place = list(seen["parts"])[part % len(seen["parts"])]
        names = TEXTS[place.partition(":")[0]]
        for way, size in edits:
            self.save(tab, article, place, names[field % len(names)], way, self.new_words(size), base=base)

    def save(self, tab: int, article: Article, place: str, field: str, way: str, words: str, *, base: bool) -> None:
        known = self.tabs[tab][article]["parts"][place]  # as the tab shows it, however old
        new = written(known["value"], field, way, words)
        sent = {"token": known["token"], **fields_of(new)}
        if base:
            sent["base"] = urlencode(fields_of(known["value"]), doseq=True)
        kind, _colon, public_id = place.partition(":")
        answer = self.post(tab, at(kind, article, *filter(None, [public_id])), sent)
        self.took(tab, answer, goes_on=True, words=words_in(words) & words_in(new))
        given = answer.json()
        if answer.status_code == 200:
            known |= {name: given[name] for name in ("token", "value")}
        elif "token" in given:
            assert words_in(given["submitted"]) == words_in(new), "what was not taken came back whole"
            assert given["current"] == json.loads(json.dumps(self.live[self.name(article, place)])), "and what stands"
            known["token"] = given["token"]  # a third text goes over what was read there

    @rule(tab=tabs, which=articles, kind=st.sampled_from(["card", "faq"]), size=sizes, position=st.integers(1, 3))
    def add(self, tab: int, which: int, kind: str, size: int, position: int) -> None:
        article, words = self.articles[which], self.new_words(size)
        texts: dict[str, Any] = (
            {"heading": words, "body": words} if kind == "card" else {"question": words, "answer": words}
        )
        texts |= {"sources-TOTAL_FORMS": 0, "sources-INITIAL_FORMS": 0, "position": position}
        self.took(tab, self.post(tab, at(f"{kind}_add", article), texts), words=words_in(words))

    @rule(tab=tabs, which=articles, number=numbers)
    def delete(self, tab: int, which: int, number: int) -> None:
        article, seen = self.seen(tab, which)
        if places := [place for place in seen["parts"] if ":" in place]:
            place = places[number % len(places)]
            kind, _colon, public_id = place.partition(":")
            sent = {"token": seen["parts"][place]["token"]}
            self.took(tab, self.post(tab, at(f"{kind}_delete", article, public_id), sent))

    @rule(tab=tabs, number=numbers)
    def restore_from_bin(self, tab: int, number: int) -> None:
        if rows := list(BinnedPart.objects.filter(article__in=self.articles)):
            row = rows[number % len(rows)]
            self.took(tab, self.post(tab, at("unbin", row.article, row.pk)))

    @rule(tab=tabs, which=articles)
    def turn_round(self, tab: int, which: int) -> None:
        article, seen = self.seen(tab, which)
        sent = {"order": " ".join(reversed(seen["order"]["cards"]["ids"])), "token": seen["order"]["cards"]["token"]}
        self.took(tab, self.post(tab, at("order", article), sent))

    @rule(tab=tabs, which=articles, number=numbers, act=st.sampled_from(["move", "move", "copy", "delete"]))
    def several(self, tab: int, which: int, number: int, act: str) -> None:
        article, seen = self.seen(tab, which)
        if ids := seen["order"]["cards"]["ids"]:
            sent = {"act": act, "card": ids[number % len(ids)], "target": self.articles[1 - which].pk}
            self.took(tab, self.post(tab, at("several", article), sent))

    @rule(tab=tabs, number=st.integers(0, 30), is_late=st.booleans())
    def bring_back(self, tab: int, number: int, is_late: bool) -> None:
        if rows := list(PartVersion.objects.filter(article__in=self.articles)):
            row = rows[number % len(rows)]
            parts = self.known(tab, row.article_id, is_late)["parts"]
            token = parts[row.place]["token"] if row.place in parts else ""
            self.took(tab, self.post(tab, at("bring_back", row.article, row.pk), {"token": token}))

    @rule(tab=tabs, which=articles)
    def keep_named(self, tab: int, which: int) -> None:
        self.took(tab, self.post(tab, at("keep_named", self.articles[which]), {"name": "Kept"}))

    @rule(tab=tabs, number=numbers, is_late=st.booleans())
    def restore_revision(self, tab: int, number: int, is_late: bool) -> None:
        if rows := list(Revision.objects.filter(article__in=self.articles).defer("content")):
            row = rows[number % len(rows)]
            change = self.known(tab, row.article_id, is_late)["change"]
            self.took(tab, self.post(tab, at("restore", row.article, row.number), {"change": change}))

    @rule(tab=tabs, which=articles, size=sizes)
    def replace(self, tab: int, which: int, size: int) -> None:
        article, browser = self.articles[which], self.browsers[tab // 2]
        asked = {"find": "lamp", "by": self.new_words(size)}
        page = tree(browser.get(at("replace", article), asked))
        if places := [box.attributes["value"] for box in page.css("input[name=place]")]:
            asked |= {"place": places, "tokens": page.css_first("input[name=tokens]").attributes["value"]}
            answer = browser.post(at("replace", article), asked)
            self.took(tab, answer, words=words_in(asked["by"]))
            if undo := tree(answer).css_first("input[name=undo]"):
                self.undos.append((article, undo.attributes["value"]))

    @rule(tab=tabs, number=numbers)
    def undo_replacement(self, tab: int, number: int) -> None:
        if self.undos:
            article, undo = self.undos[number % len(self.undos)]
            self.took(tab, self.post(tab, at("undo_replace", article), {"undo": undo}))

    # --- what is true after each act ----------------------------------------------------------------------------------

    @invariant()
    def nothing_is_lost(self) -> None:
        of_articles, columns = {"article__in": self.articles}, ("article", "place", "replaced_at", "value", "longest")
        versions = PartVersion.objects.filter(**of_articles).values_list(*columns)
        revisions = Revision.objects.filter(**of_articles).values_list("content", flat=True)
        binned = BinnedPart.objects.filter(**of_articles).values_list("binned_at", "value")
        kept = words_in(self.live, list(revisions), [row[3:] for row in versions], [row[1] for row in binned])
        gone = self.spells.may_go - self.spells.owed | self.old
        assert not self.typed - kept - gone
        now, days = timezone.now(), set()
        for article, place, replaced_at, *stored in versions:  # the latest first
            day = (article, place, timezone.localdate(replaced_at))
            if day in days and now - replaced_at >= drafts.ALL_KEPT_FOR:
                self.old |= words_in(stored)
            days.add(day)
        self.old |= words_in([value for binned_at, value in binned if now - binned_at >= drafts.KEPT_IN_BIN])

    def took(self, tab: int, answer: Any, *, words: set[str] | None = None, goes_on: bool = False) -> None:
        """Looks at what an act has changed; `words` were typed. Only a save `goes_on` with a spell."""
        assert answer.status_code in {200, 302, 400, 404, 409}, answer.content
        was, self.live = self.live, self.parts()
        if answer.status_code < 400:
            self.typed |= words or set()
        for part in was.keys() & self.live.keys():
            if was[part] != self.live[part]:
                assert answer.status_code < 400, "what was refused has changed nothing"
                self.spells.saved(part, was[part], self.live[part], tab // 2, goes_on=goes_on)
        live = words_in(self.live)
        self.spells.may_go, self.old = self.spells.may_go - live, self.old - live

    # --- reading ------------------------------------------------------------------------------------------------------

    def new_words(self, size: int) -> str:
        self.count += 1
        return f"w{self.count}w" + " lamp" * size

    def post(self, tab: int, url: str, sent: Any = None) -> Any:
        return self.browsers[tab // 2].post(url, sent, **JSON)

    def seen(self, tab: int, which: int) -> tuple[Article, Any]:
        article = self.articles[which]
        return article, self.tabs[tab][article]

    def known(self, tab: int, pk: int, is_late: bool) -> Any:
        if not is_late:
            self.look(tab)
        return self.tabs[tab][self.own[pk]]

    def name(self, article: Article, place: str) -> str:
        return place if ":" in place else f"{article.pk} {place}"

    def parts(self) -> dict[str, dict[str, Any]]:
        """All parts that are live. A card or question is one part wherever it stands."""
        found = {}
        for article in Article.objects.filter(pk__in=self.own):
            value = drafts.document_of(article)
            own = drafts.details_of(article), drafts.introduction_of(article), drafts.conclusion_of(article)
            for part in (*own, *value.cards, *value.faqs):
                found[self.name(article, drafts.place_of(part))] = dataclasses.asdict(part)
        return found


@pytest.fixture
def site(settings) -> Iterator[type[People]]:
    settings.SESSION_COOKIE_AGE = 60 * 60 * 24 * 365 * 50  # nobody signs in again in all these months
    with time_machine.travel(NOON, tick=False):
        People.browsers = [client(make.editor()) for _ in range(3)]
        People.articles = [make.article(cards=(make.card(),), faqs=1) for _ in range(2)]
    return People


@pytest.mark.slow
def test_no_order_of_acts_loses_a_word(site):
    most = settings.default.max_examples
    options = settings(
        max_examples=most // 5,
        stateful_step_count=most // 4,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=set(Phase) - {Phase.explain},
    )
    run_state_machine_as_test(site, settings=options)
