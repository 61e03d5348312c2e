"""The ledger of counts says what the rows in force say, at each instant, whatever is done to them."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterable

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import drafts, publishing
from articles.document import Card
from articles.models import (
    Article,
    CountChange,
    CountKind,
    CountTotal,
    Edition,
    PublishedFact,
    Revision,
    Tag,
    TagOperation,
)
from articles.models.editions import FOR_EVER
from articles.operations import rebuild_counts, tags
from articles.publishing import ledger
from articles.publishing.relabelling import Scope
from articles.reading import selectors
from articles.reading.selectors.clock import PublicClock
from articles.reading.selectors.facts import FactQuery
from articles.reading.selectors.ledger import counted, most_counted
from tests import make

pytestmark = pytest.mark.django_db

HOUR, INSTANT = dt.timedelta(hours=1), dt.timedelta(microseconds=1)
NAMES = ("Boats", "Lamps", "Songs")

Counts = Counter[tuple[str, int]]


def by_looking(at: dt.datetime) -> Counts:
    """The counts as the rows in force say them, one after the other."""
    counts = Counts()
    newest: dict[str, PublishedFact] = {}
    for fact in PublishedFact.objects.in_force(at=at).order_by("visible_from", "pk"):
        newest[fact.public_id] = fact
    for fact in newest.values():
        counts["facts", 0] += 1
        counts["safe-facts", 0] += fact.spoiler_after is None
        counts["sourced-facts", 0] += fact.is_sourced
        counts["pictured-facts", 0] += fact.has_picture
        counts["facts-about", fact.subject_id or 0] += 1
        counts.update(("facts-tagged", row.tag_id) for row in fact.tag_rows.all())
    for edition in Edition.objects.in_force(at=at).versions():
        counts["articles", 0] += 1
        counts["articles-about", edition.subject_id or 0] += 1
        counts.update(("articles-tagged", row.tag_id) for row in edition.tag_rows.all())
        counts.update(("articles-by", row.author_id) for row in edition.bylines.all())
    return +counts


def by_ledger(at: dt.datetime) -> Counts:
    counts = Counts()
    for kind, key, count in CountTotal.objects.values_list("kind", "key", "count"):
        counts[kind, key] += count
    for kind, key, change in CountChange.objects.filter(at__lte=at).values_list("kind", "key", "change"):
        counts[kind, key] += change
    assert min(counts.values(), default=0) >= 0
    return +counts


def check(instants: Iterable[dt.datetime] = ()) -> None:
    """From now on: rows of what is over may be dropped."""
    now = timezone.now()
    edges = {edge for row in Edition.objects.all() for edge in (row.visible_from, row.visible_until)}
    for at in {now, *instants, *edges, *(edge - INSTANT for edge in edges)}:
        if now <= at < FOR_EVER:
            assert by_ledger(at) == by_looking(at)
    assert not ledger.differences()
    cache.clear()
    for (kind, key), count in by_looking(now).items():
        assert counted(PublicClock(now), CountKind(kind), key) == count


def revision(article: Article, cards: Iterable[Card], **changes: object) -> Revision:
    """Of an article with these cards, which may be those of another one."""
    value = dataclasses.replace(drafts.document_of(article), cards=tuple(cards), **changes)
    return drafts.keep_revision(article, Revision.Reason.IMPORTED, by=article.owner, value=value)


ACTS = ("publish", "schedule", "take down", "cancel", "reschedule", "wait", "rebuild", "merge", "split", "undo", "fold")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(ACTS),
        st.integers(0, 2),
        st.integers(1, 4),
        st.sets(st.integers(0, 5), min_size=1),
        st.sets(st.sampled_from(NAMES)),
    ),
    max_size=12,
)
EVERY_STEP = [("publish", 0, 1, {0, 1, 2}, {"Boats"}), ("schedule", 1, 2, {1, 2, 3}, {"Lamps"})]


@pytest.mark.slow
@given(steps=STEPS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_ledger_is_exact_at_each_instant(steps):
    with transaction.atomic(), time_machine.travel(timezone.now(), tick=False) as clock:
        site = Site()
        for act, article, hours, cards, names in [*EVERY_STEP, *steps]:
            clock.shift(HOUR if act == "wait" else dt.timedelta(seconds=1))
            site.do(act, article, timezone.now() + hours * HOUR, cards, tuple(names))
            check()
        transaction.set_rollback(True)


class Site:
    """Three articles, which share six cards, two subjects and two authors."""

    def __init__(self) -> None:
        self.editor = make.editor()
        self.subjects = [make.subject(name=name).slug for name in ("Night Ferry", "Day Boat")]
        self.authors = [make.author(name=name).slug for name in ("Mina Park", "Jo Lee")]
        self.articles = [make.article(cards=1) for _ in range(3)]
        self.cards = [
            make.card(tags=(NAMES[number % 3],), **({"spoiler_after": 2} if number % 2 else {})) for number in range(6)
        ]
        for name in NAMES:
            Tag.objects.get_or_create(name=name)

    def do(self, act: str, number: int, at: dt.datetime, cards: set[int], names: tuple[str, ...]) -> None:
        article = self.articles[number]
        events = Edition.objects.filter(article=article)
        waiting = events.filter(visible_from__gt=timezone.now()).first()
        version = events.versions().last()
        try:
            with transaction.atomic():
                if act in ("publish", "schedule"):
                    changes = {
                        "tags": names,
                        "subject": self.subjects[len(cards) % 2],
                        "authors": tuple(self.authors[: 1 + len(names) % 2]),
                    }
                    made = revision(article, [self.cards[card] for card in sorted(cards)], **changes)
                    publishing.publish(made, at=at if act == "schedule" else None)
                elif act == "take down":
                    publishing.take_down(article, at=at if number else None)
                elif act == "cancel" and waiting:
                    publishing.cancel(waiting)
                elif act == "reschedule" and waiting:
                    publishing.reschedule(waiting, at)
                elif act == "rebuild" and version:
                    publishing.rebuild(version)
                elif act == "fold":
                    ledger.fold()
                else:
                    self.relabel(act)
        except (publishing.PublishingError, tags.TagActError):
            pass  # two events at one instant, nothing to take down, a tag that is no more

    def relabel(self, act: str) -> None:
        first, second, *_others = [*Tag.objects.exclude(name="Ferries").order_by("pk"), None, None]
        done = TagOperation.objects.first()
        facts = frozenset(card.public_id for card in self.cards[::2])
        if act == "merge" and first and second:
            tags.merge(first, second, by=self.editor)
        elif act == "split" and first:
            tags.split(first, "Torn off", Scope(frozenset([self.articles[0].pk]), facts), by=self.editor)
        elif act == "undo" and done:
            tags.undo(done, by=self.editor)


def moved_fact() -> tuple[Card, Edition]:
    """A fact that two articles show: with other tags and about another subject in the newer one."""
    card = make.card(tags=("Lamps",))
    make.edition(cards=(card, make.card()), tags=("Boats",), at=timezone.now() - HOUR)
    article = make.article(cards=1, tags=("Songs",), subject=make.subject(name="Day Boat").slug)
    return card, publishing.publish(revision(article, [card]))


def test_a_fact_that_two_articles_show_stands_once_as_its_newest_words_say():
    _card, newer = moved_fact()
    now = timezone.now()
    check()
    clock = PublicClock(now)
    boats, songs = (Tag.objects.get(name=name).pk for name in ("Boats", "Songs"))
    for query, count in (
        (FactQuery(), 2),
        (FactQuery(tags=(boats,)), 1),
        (FactQuery(tags=(songs,)), 1),
        (FactQuery(subject=newer.subject_id), 1),
        (FactQuery(tags=(boats,), without_spoilers=True), 1),
    ):
        assert selectors.count_facts(query, clock) == len(selectors.facts_without_tags(query, now, 0, 20)) == count


def test_the_older_article_shows_its_fact_again_when_the_newer_is_taken_down():
    _card, newer = moved_fact()
    later = timezone.now() + HOUR
    publishing.take_down(newer.article, at=later)
    check()
    assert [by_ledger(at)["facts-about", newer.subject_id] for at in (later - INSTANT, later)] == [1, 0]
    assert by_ledger(later)["facts", 0] == 2


@pytest.mark.slow
def test_the_most_used_come_first_whether_or_not_their_changes_are_folded():
    for number in range(6):
        make.edition(cards=number + 1, tags=("Every", f"Tag {number}"))
    long_after = timezone.now() + HOUR
    for article in Article.objects.all()[:2]:
        publishing.take_down(article, at=long_after)
    with time_machine.travel(timezone.now() + 5 * dt.timedelta(minutes=1), tick=False):
        ledger.fold()
        assert CountChange.objects.filter(at__lt=long_after).count() == 0
    make.edition(cards=9, tags=("Tag 2",))
    for at in (timezone.now(), long_after):
        cache.clear()
        found = Counter({key: count for (kind, key), count in by_looking(at).items() if kind == "facts-tagged"})
        names = dict(Tag.objects.values_list("pk", "name"))
        highest = sorted((-count, names[key], key) for key, count in found.items())[:3]
        (tags_,) = most_counted(PublicClock(at), (CountKind.FACTS_TAGGED,), 3)
        assert list(tags_.items()) == [(key, -count) for count, _name, key in highest]


def test_folding_changes_no_count():
    make.edition()
    later = timezone.now() + HOUR
    make.edition(at=later)
    counts = [by_ledger(at) for at in (timezone.now(), later)]
    with time_machine.travel(timezone.now() + 10 * ledger.MARGIN, tick=False):
        ledger.fold()
        assert set(CountChange.objects.values_list("at", flat=True)) == {later}
        assert [by_ledger(at) for at in (timezone.now(), later)] == counts


def test_readers_who_are_a_moment_behind_read_what_was_in_force_then():
    make.edition(cards=2)
    before = timezone.now()
    make.edition(cards=3)
    ledger.fold()
    assert by_ledger(before)["facts", 0] == 2


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_changes_are_folded_after_publication_when_there_are_many(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ledger, "FOLD_AT", 0)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        make.edition()
        clock.shift(2 * ledger.MARGIN)
        make.edition()
        assert CountTotal.objects.get(kind=CountKind.ARTICLES).count == 1
        check()


@pytest.mark.slow
def test_a_wrong_ledger_is_named_and_made_anew_by_the_commands(capsys):
    moved_fact()
    make.edition(at=timezone.now() + HOUR)
    ledger.fold()
    CountTotal.objects.create(kind=CountKind.ARTICLES_BY, key=77, count=3)
    CountChange.objects.filter(kind=CountKind.FACTS).delete()
    with pytest.raises(CommandError):
        call_command("check_content")
    assert "Counts that differ from what is published: 2. Run manage.py rebuild_counts." in capsys.readouterr().out
    call_command("rebuild_counts")
    assert capsys.readouterr().out == "Counts that were wrong: 2.\n"
    check()
    assert rebuild_counts() == 0


def test_rebuilding_marks_facts_that_two_articles_show():
    moved_fact()
    PublishedFact.objects.update(is_shared=False)
    rebuild_counts()
    assert PublishedFact.objects.filter(is_shared=True).count() == 2


@pytest.mark.slow
def test_tags_merged_split_and_put_back_are_counted_as_they_stand():
    site = Site()
    soon = timezone.now() + HOUR
    site.do("publish", 0, soon, {0, 1, 2}, ("Boats",))
    site.do("schedule", 1, soon, {0, 4, 5}, ("Lamps",))
    for act in ("merge", "undo", "split", "undo"):
        before = by_ledger(soon)
        site.relabel(act)
        assert by_ledger(soon) != before
        check()
