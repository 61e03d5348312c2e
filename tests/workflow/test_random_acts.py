"""Random acts by random people keep the promises of DESIGN section 3: what is public is what others approved.

Six people act in three articles: write, hand in, decide, publish, lock, merge tags, while days pass. What must hold
then is checked against a ledger that the test keeps by itself (`Ledger`), and against all rows of the database.
"""

from __future__ import annotations

import datetime as dt
import html
import itertools
import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from articles import drafts, states, workflow
from articles.models import Article, Edition, PublishedFact, Revision, Tag
from articles.models.editions import FOR_EVER
from articles.states import MOVES_BY_NAME, Move, Status
from articles.workflow import CarryChoice, Verdict
from tests import make
from tests.workflow.ledger import Wordings, key_of
from tests.workflow.writing_acts import NOON, TAGS, TEXTS, Writing, articles, is_late, numbers, people

pytestmark = pytest.mark.django_db

PAUSES = [dt.timedelta(minutes=5), dt.timedelta(hours=1), dt.timedelta(hours=7), dt.timedelta(days=3)]
QUIET = ("submit", "withdraw", "send-back", "approve", "archive", "unarchive")
SHOWING = ("publish", "publish-approved", "schedule", "take-down", "take-down-at")
LOCKED_FOR_OTHERS = {"publish", "publish-approved", "schedule", "reschedule", "carry"}
#: What brings an article a step nearer to its readers.
STEPS = {
    Status.DRAFT: "submit",
    Status.CHANGES_REQUESTED: "submit",
    Status.IN_REVIEW: "approve",
    Status.APPROVED: "publish",
    Status.ARCHIVED: "unarchive",
}
hours = st.integers(-1, 30)
verdicts = st.sampled_from([Verdict.APPROVED] * 4 + [Verdict.ASKED, Verdict.SENT_BACK])


class Desk(Writing):
    def __init__(self) -> None:
        super().__init__()
        self.approved: set[int] = set()
        self.addresses: set[str] = set()
        self.tags: dict[str, str] = {}
        self.checked: object = None
        self.shown: object = None
        self.stranger = Client()

    # --- what people do -----------------------------------------------------------------------------------------------

    @rule(pause=st.sampled_from(PAUSES))
    def wait(self, pause: dt.timedelta) -> None:
        self.clock.shift(pause)

    @initialize(far=st.lists(st.integers(0, 3), min_size=3, max_size=3))
    def begin(self, far: list[int]) -> None:
        """Each article is some steps nearer to its readers already."""
        for which, steps in enumerate(far):
            for _step in range(steps):
                self.step(which)

    @rule(which=articles)
    def step(self, which: int) -> None:
        """By people who are likely to be let."""
        article = self.fresh(self.articles[which])
        move = MOVES_BY_NAME[STEPS[article.effective_status]]
        owner = next(number for number, person in enumerate(self.people) if person.pk == article.owner_id)
        if move is states.PUBLISH and workflow.public_state(article).is_live:
            self.write_in_card(owner, which, 1, TEXTS[article.change % len(TEXTS)], TAGS[0], is_late=False)
            return
        for person in [owner] if move is states.SUBMIT else [3, 2, 4]:
            if self.make(move, person, which):
                return

    @rule(person=people, which=articles, name=st.sampled_from(QUIET), is_late=is_late)
    def move_quietly(self, person: int, which: int, name: str, is_late: bool) -> None:
        self.make(MOVES_BY_NAME[name], person, which, is_late=is_late)

    @rule(person=people, which=articles, name=st.sampled_from(SHOWING), hour=hours)
    def move_publicly(self, person: int, which: int, name: str, hour: int) -> None:
        self.make(MOVES_BY_NAME[name], person, which, hour=hour)

    @rule(person=people, which=articles, number=numbers, hour=hours, is_cancelled=st.booleans())
    def change_schedule(self, person: int, which: int, number: int, hour: int, is_cancelled: bool) -> None:
        waiting = Edition.objects.filter(article=self.articles[which], visible_from__gt=timezone.now())
        if rows := list(waiting):
            move = states.CANCEL if is_cancelled else states.RESCHEDULE
            self.make(move, person, which, hour=hour, event=rows[number % len(rows)])

    @rule(person=people, which=articles, number=numbers, parts=st.integers(1, 255))
    def carry(self, person: int, which: int, number: int, parts: int) -> None:
        """Some of what was published last into a version that waits; what clashes too, which is refused."""
        article = self.fresh(self.articles[which])
        found = [*workflow.carries(article, workflow.public_state(article)).values()]
        if not found:
            return
        each = found[number % len(found)]
        chosen = frozenset(part.place for at, part in enumerate(each.parts) if parts >> at & 1)
        waiting, fix = (self.ledger.wordings_of(event.revision) for event in (each.event, each.fix))
        choice = CarryChoice(each.fix.pk, chosen)
        if self.make(states.CARRY, person, which, event=each.event, carried=choice):
            made = Revision.objects.filter(article=article).first()
            self.ledger.check_carried(self.ledger.wordings_of(made), waiting, fix)

    @rule(
        person=people, which=articles, number=numbers, verdict=verdicts, most=st.integers(1, 4), is_late=st.booleans()
    )
    def decide(self, person: int, which: int, number: int, verdict: Verdict, most: int, is_late: bool) -> None:
        """On some parts, one after the other."""
        by, article = self.people[person], self.articles[which]
        pieces = drafts.pieces_of(drafts.document_of(self.fresh(article)))
        for place, piece in [*pieces.items()][number % len(pieces) :][:most]:
            token = "late" if is_late and not number else drafts.token(piece)
            said = {"by": by, "token": token, "note": "" if verdict is Verdict.APPROVED else "Why?"}
            if self.attempt(by, lambda: workflow.decide(article, place, verdict, **said)):  # noqa: B023
                key = key_of(article.pk, place)
                wording = self.now[article.pk][key]
                if verdict is Verdict.APPROVED:
                    self.ledger.approved(key, wording, by.pk, article.pk)
                else:
                    self.ledger.objected(key, wording)
                self.note_status(article)

    def make(self, move: Move, person: int, which: int, *, hour: int = 1, is_late: bool = False, **how: Any) -> bool:
        by, article = self.people[person], self.fresh(self.articles[which])
        before = self.live_wordings(article) if move is states.PUBLISH_APPROVED else {}
        if move.requires_seen_change:
            how["change"] = article.change - is_late
        if move.takes_time:
            how["at"] = timezone.now().replace(minute=0, second=0) + dt.timedelta(hours=hour)
        if move.asks_change_kind:
            how["kind"] = "correction"
        public = move.name not in QUIET
        stays = {"stays": ()} if public else {}
        is_done = self.attempt(by, lambda: workflow.make(move, article, by=by, note="Why.", **how), **stays)
        if is_done:
            self.told(move, by.pk, article, before)
        return bool(is_done)

    def told(self, move: Move, by: int, article: Article, before: Wordings) -> None:
        """The ledger hears what was done, and checks it."""
        now = self.now[article.pk]
        if move is states.SUBMIT:
            self.ledger.handed_in[article.pk] = by
        if move is states.APPROVE:
            for key in now:
                if by != self.ledger.writers[key]:
                    self.ledger.approved(key, now[key], by, article.pk)
        if move is states.PUBLISH_APPROVED:
            made = Revision.objects.filter(article=article).first()
            self.ledger.check_mix(self.ledger.wordings_of(made), now, before, article.pk)
        if move.name in LOCKED_FOR_OTHERS:
            inside = {article.pk, *now}
            assert not inside & {*self.ledger.locked_by_others(by)}, "nobody else publishes what is locked"
        self.note_status(article)

    def note_status(self, article: Article) -> None:
        if self.fresh(article).effective_status is not Status.APPROVED:
            self.approved.discard(article.pk)
        elif article.pk not in self.approved:
            self.ledger.check_approved(self.now[article.pk], article.pk)
            self.approved.add(article.pk)

    # --- what is true after each act ----------------------------------------------------------------------------------

    @invariant()
    def approved_is_what_was_approved(self) -> None:
        for article in self.articles:
            if self.fresh(article).effective_status is Status.APPROVED:
                assert frozenset(self.now[article.pk].items()) in self.ledger.wholes
            else:
                self.approved.discard(article.pk)

    @invariant()
    def events_follow_one_another(self) -> None:
        for article in self.articles:
            events = list(Edition.objects.filter(article=article).order_by("visible_from").defer("parts"))
            for event, following in itertools.pairwise(events):
                assert event.visible_from < event.visible_until == following.visible_from
                assert not (event.is_removal and following.is_removal)
            if events:
                assert events[-1].visible_until == FOR_EVER
                assert not events[0].is_removal
            now = timezone.now()
            assert sum(event.visible_from <= now < event.visible_until for event in events) <= 1

    @invariant()
    def every_public_word_was_approved(self) -> None:
        if self.checked == (self.rows["Edition"], self.rows["Tag"]):
            return
        self.checked = self.rows["Edition"], self.rows["Tag"]
        for edition in Edition.objects.filter(visible_until__gt=timezone.now(), revision__isnull=False):
            value = edition.revision.document
            assert self.ledger.is_public_rightly(self.ledger.wordings_of(edition.revision))
            assert (edition.title, edition.slug) == (value.title, value.slug)
            assert [(part["id"], part["heading"]) for part in edition.parts["cards"]] == [
                (card.public_id, card.heading) for card in value.cards
            ]
            for part, card in zip(edition.parts["cards"], value.cards, strict=True):
                assert html.unescape(re.sub("<[^>]*>", " ", part["body"])).split() == card.body.split()
            facts = PublishedFact.objects.filter(edition=edition).values_list("public_id", "heading")
            assert {*facts} == {(card.public_id, card.heading) for card in value.cards}

    @invariant()
    def addresses_answer_for_ever(self) -> None:
        """Asked again when something else is shown. A tag's page is there while something public has the tag."""
        in_force = list(Edition.objects.in_force().order_by("pk"))
        shown = [(edition.pk, self.rows["Tag"]) for edition in in_force]
        if shown == self.shown:
            return
        self.shown = shown
        for edition in in_force:
            if not edition.is_removal:
                self.addresses.add(reverse("article", args=[edition.slug]))
                self.addresses |= {reverse("fact-by-id", args=[fact.public_id]) for fact in edition.facts.all()}
                self.tags |= {tag.name: reverse("tag", args=[tag.slug]) for tag in edition.tags.all()}
        used = {tag.name for edition in in_force for tag in edition.tags.all()}
        in_use = {self.tags[name] for name in self.tags if self.ledger.renamed.get(name, name) in used}
        answers = {address: self.stranger.get(address).status_code for address in sorted(self.addresses | in_use)}
        assert not {address: status for address, status in answers.items() if status not in {200, 301, 410}}

    def live_wordings(self, article: Article) -> Wordings:
        event = Edition.objects.in_force().filter(article=article, revision__isnull=False).first()
        return self.ledger.wordings_of(event.revision) if event else {}


@pytest.fixture
def site() -> Iterator[type[Desk]]:
    with time_machine.travel(NOON, tick=False):
        Desk.people = [make.writer(), make.writer(), make.editor(), make.editor(), make.admin(), make.user(role=None)]
        Tag.objects.for_names(TAGS)
        Desk.articles = [
            make.article(owner=Desk.people[number], title=f"About the {name} ferry", cards=3, faqs=1)
            for number, name in enumerate(["red", "green", "blue"])
        ]
    return Desk


@pytest.mark.slow
def test_random_acts_keep_every_promise(site: type[Desk]) -> None:
    most = settings.default.max_examples
    options = settings(
        max_examples=max(2, most // 40),
        stateful_step_count=most * 3 // 2,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),  # to shrink hundreds of acts takes many minutes: the whole list is printed
    )
    run_state_machine_as_test(site, settings=options)
