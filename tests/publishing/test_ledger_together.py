"""Publication at the same moment, on real transactions: the ledger loses nothing, and nobody waits for ever."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from articles import publishing
from articles.models import CountChange, CountKind, CountTotal
from articles.publishing import ledger
from tests import make
from tests.publishing.test_ledger import check, revision
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.slow
def test_articles_published_at_once_are_all_counted():
    made = [revision(make.article(), [make.card(), make.card()]) for _ in range(4)]
    assert at_once(*(lambda made=each: publishing.publish(made) for each in made)) == ["done"] * 4
    check()


@pytest.mark.slow
def test_a_fact_that_moves_while_its_old_article_is_updated_is_counted_once():
    for _ in range(5):
        facts = [make.card(tags=("Lamps",)) for _ in range(4)]
        old, new = make.edition(cards=tuple(facts)).article, make.article(cards=1)
        kept, moved = revision(old, facts[:1]), revision(new, reversed(facts[1:]))
        assert at_once(lambda: publishing.publish(kept), lambda: publishing.publish(moved)) == ["done", "done"]  # noqa: B023
        check()


@pytest.mark.slow
def test_a_new_fact_that_two_articles_publish_at_once_is_counted_once():
    facts = [make.card() for _ in range(6)]
    made = [revision(make.article(cards=1), each) for each in (facts, facts)]
    assert at_once(*(lambda made=each: publishing.publish(made) for each in made)) == ["done", "done"]
    check()


@pytest.mark.slow
def test_changes_are_folded_once_by_several_processes():
    for _ in range(3):
        make.edition()
    with time_machine.travel(timezone.now() + dt.timedelta(hours=1), tick=False):
        assert at_once(*[ledger.fold] * 4) == ["done"] * 4
        assert not CountChange.objects.exists()
        assert CountTotal.objects.get(kind=CountKind.ARTICLES).count == 3
        check()
