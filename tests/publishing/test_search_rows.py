"""The rows of the search belong to editions and obey their instants, whatever happens to these."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import operations, publishing
from articles.models import Article, Edition, SearchName, SearchRow, SearchWord, Tag
from articles.models.search import engine, index, rows
from articles.models.search.engine import Phrase, Scope
from articles.operations import tags
from articles.publishing import search_rows
from articles.reading import selectors
from articles.text import tokens
from tests import make
from tests.reading.addresses import publish_again

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


def found(question: str, at: dt.datetime | None = None) -> list[str]:
    """The headings and titles that are found."""
    answer = selectors.ask(question, at or timezone.now())
    return [hit.fact.heading if hit.fact else hit.title for hit in selectors.hits(answer.matches)]


def stored() -> list[tuple[object, ...]]:
    """All rows of each edition in order, without their keys; those of an ended one, which nobody finds, left out."""
    now = timezone.now()
    return [
        (
            *(row.edition_id, row.fact and row.fact.public_id, row.is_closed, row.spoiler_after, row.subject_id),
            *(row.heading, row.text, row.tokens, row.visible_from, row.visible_until, row.pk // rows.PLACES),
        )
        for row in SearchRow.objects.filter(visible_until__gt=now).select_related("fact").order_by("edition", "-pk")
    ]


def check_index() -> None:
    """SQLite compares its index with the rows, and raises where they differ; PostgreSQL computes it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO articles_searchindex(articles_searchindex) VALUES ('integrity-check')")


def test_what_is_published_is_found_and_what_is_written_is_not():
    make.edition(cards=(make.card(heading="Nineteen lamps"),), title="The night boat")
    make.article(cards=(make.card(heading="Twenty lamps"),))
    assert found("lamps") == ["Nineteen lamps"]
    assert found("night boat")[0] == "The night boat"


def test_nothing_is_early_and_nothing_late():
    edition = make.edition(cards=(make.card(heading="Nineteen lamps"),), title="First")
    now = timezone.now()
    draft = edition.article
    draft.cards.update(heading="Twenty lanterns")
    draft.refresh_from_db()
    publish_again(draft, at=now + HOUR)
    publishing.take_down(draft, at=now + 2 * HOUR)
    for after, lamps, lanterns in ((0, 1, 0), (1, 0, 1), (2, 0, 0)):
        at = now + after * HOUR
        assert (len(found("lamps", at)), len(found("lanterns", at))) == (lamps, lanterns)
        assert len(found("lamps", at - dt.timedelta(microseconds=1))) == (after < 2)


def test_a_correction_lifts_nothing_to_the_top():
    old = make.edition(cards=(make.card(heading="Old lamps"),), at=timezone.now() - 2 * HOUR)
    make.edition(cards=(make.card(heading="New lamps"),), at=timezone.now() - HOUR)
    publish_again(old.article, title="Facts, better told")
    assert found("lamps") == ["New lamps", "Old lamps"]


def test_rows_of_one_millisecond_keep_their_order():
    at = timezone.now() - HOUR
    for heading in ("First", "Second", "Third"):
        make.edition(cards=tuple(make.card(heading=f"{heading} lamps {number}") for number in (1, 2)), at=at, title="X")
    assert found("lamps") == [
        f"{heading} lamps {number}" for heading in ("First", "Second", "Third") for number in (1, 2)
    ]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["publish", "schedule", "take down", "cancel", "reschedule", "wait", "rebuild", "elsewhere"]),
        st.integers(1, 5),
    ),
    max_size=8,
)


@pytest.mark.slow
@given(steps=STEPS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=settings.default.max_examples // 2)
def test_rows_are_what_the_editions_in_force_make_them(steps: list[tuple[str, int]]):
    with transaction.atomic(), time_machine.travel(timezone.now(), tick=False) as clock:
        card = make.card(heading="Nineteen lamps", tags=("Boats",))
        closed = make.card(spoiler_after=4, safe_heading="Somebody leaves")
        article = make.edition(cards=(card, closed)).article
        for act, hours in steps:
            clock.shift(dt.timedelta(seconds=1))
            _do(act, article, timezone.now() + hours * HOUR, card, clock)
            check_index()
        before = stored()
        operations.rebuild_search()
        assert stored() == before
        check_index()
        transaction.set_rollback(True)


def _do(act: str, article: Article, at: dt.datetime, card: make.Card, clock: Any) -> None:
    waiting = Edition.objects.filter(article=article, visible_from__gt=timezone.now()).last()
    try:
        if act in ("publish", "schedule"):
            publish_again(article, at if act == "schedule" else None, title=f"Facts {at}")
        elif act == "take down":
            publishing.take_down(article, at=at)
        elif act == "cancel" and waiting:
            publishing.cancel(waiting)
        elif act == "reschedule" and waiting:
            publishing.reschedule(waiting, at)
        elif act == "rebuild":
            publishing.rebuild(Edition.objects.filter(article=article).versions().last())
        elif act == "elsewhere":
            make.edition(cards=(card,), at=timezone.now() - HOUR, title="Elsewhere")
        else:
            clock.shift(HOUR)
    except publishing.PublishingError:
        pass  # two events at one instant, or nothing to take down


def test_a_deleted_edition_leaves_nothing_in_the_index():
    edition = make.edition(cards=(make.card(heading="Nineteen lamps"),))
    SearchRow.objects.filter(edition=edition).delete()
    check_index()
    assert found("lamps") == []


def test_the_index_comes_back_after_its_triggers_were_lost():
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER articles_searchindex_insert")
    index.ensure_index()
    make.edition(cards=(make.card(heading="Nineteen lamps"),))
    assert found("lamps") == ["Nineteen lamps"]


def test_tags_that_become_one_are_found_by_one_name():
    edition = make.edition(cards=(make.card(heading="Nineteen", tags=("Boats",)),), tags=(), title="X")
    old, new = Tag.objects.get(name="Boats"), Tag.objects.create(name="Ships")
    tags.merge(old, new, by=make.editor())
    before = stored()
    search_rows.rewrite([edition])
    assert stored() == before
    assert found("ships") == ["Nineteen"]


def test_words_behind_a_spoiler_point_are_no_vocabulary():
    card = make.card(heading="Somebody drowns", body="Gruesomely.", spoiler_after=4, safe_heading="Somebody leaves")
    make.edition(cards=(card,), title="X")
    words = set(SearchWord.objects.values_list("word", flat=True))
    assert {"somebody", "leaves"} <= words
    assert not {"drowns", "gruesomely"} & words


def test_rebuilding_by_the_command_brings_all_back(capsys):
    make.edition(cards=(make.card(heading="Nineteen lamps"),))
    SearchRow.objects.all().delete()
    SearchName.objects.all().delete()
    SearchWord.objects.all().delete()
    call_command("rebuild_search")
    assert "1" in capsys.readouterr().out
    assert found("lamps") == found("lamqs") == ["Nineteen lamps"]
    assert found("night ferry")[-1] == "Nineteen lamps"


def test_rebuilding_keeps_the_words_of_names_for_typos():
    make.subject(name="Ganghwa Lighthouse")
    words = set(SearchWord.objects.values_list("word", flat=True))
    assert "lighthouse" in words
    operations.rebuild_search()
    assert set(SearchWord.objects.values_list("word", flat=True)) == words


def test_rebuilding_makes_no_rows_of_what_ends_meanwhile():
    """It was named as current before its article was locked."""
    edition = make.edition(cards=(make.card(heading="Nineteen lamps"),))
    publishing.take_down(edition.article)
    search_rows.rewrite_versions([edition.pk])
    assert not SearchRow.objects.exists()


@pytest.mark.slow
def test_a_millisecond_takes_more_rows_than_it_has_places(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rows, "PLACES", 2)
    at = timezone.now() - HOUR
    before = make.edition(cards=(make.card(heading="Early lamps"),), at=at - dt.timedelta(milliseconds=1), title="X")
    for number in range(3):
        make.edition(cards=(make.card(heading=f"Lamps {number}"),), at=at, title="X")
    assert sorted(found("lamps")) == ["Early lamps", "Lamps 0", "Lamps 1", "Lamps 2"]
    search_rows.rewrite([before])
    assert len(found("lamps")) == 4


def test_an_index_finds_tokens_and_nothing_else():
    make.edition(cards=(make.card(heading="Nineteen lamps"),))
    now = timezone.now()
    assert engine.newest(Phrase((tokens.encoded("lamps"),)), [], Scope(), now)
    assert engine.newest(Phrase((tokens.encoded("lam"),), is_begun=True), [], Scope(), now)
    assert not engine.newest(Phrase((tokens.encoded("lam"),)), [], Scope(), now)
