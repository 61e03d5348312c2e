"""Comparing articles of any size is bounded work: one page spends one allowance, however many parts differ."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable
from unittest import mock

import pytest

from articles import document
from articles.desk.review import carrying, differences, pieces, rendered, threads, versions
from articles.document import Card, Document, sizes
from articles.models import Comment
from articles.publishing import corrections
from articles.text import matching
from tests import make
from tests.desk.pages import at, client, text

#: Equal signs in another order: what a comparison looks at again and again.
OLD, NEW = f"1{'()' * 20}2", f"3{'(())' * 10}4"
MOST = 20_000


def of_cards(body: str, count: int) -> Document:
    return Document(
        title="Lamps", cards=tuple(Card(public_id=f"c{at}", heading=body, body=body) for at in range(count))
    )


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many places each look for a longest run went through; a page has little allowance."""
    counts: list[int] = []

    class Matcher(difflib.SequenceMatcher):
        def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
            counts.append(sum(1 + len(self.b2j.get(item, ())) for item in self.a[alo:ahi]))
            return super().find_longest_match(alo, ahi, blo, bhi)

    monkeypatch.setattr(matching, "SequenceMatcher", Matcher)
    monkeypatch.setattr(matching, "MOST_STEPS_TOGETHER", MOST)
    return counts


def _as_text(old: Document, new: Document) -> None:
    differences.of_documents(document.compare(old, new))


def _as_read(old: Document, new: Document) -> None:
    rendered.pairs(old, new, document.compare(old, new))


def _corrections(old: Document, new: Document) -> None:
    list(corrections._places(document.compare(old, new), old, new))


def _in_lines(text: str) -> str:
    """Corrections compare line by line, and only texts that are not shown whole."""
    return "\n\n".join(sign * 10 for sign in text)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("work", [_as_text, _as_read, _corrections])
def test_the_work_does_not_grow_with_the_parts_that_differ(looked, work: Callable[[Document, Document], None]):
    found = []
    for count in (40, 160):
        looked.clear()
        old, new = (_in_lines(each) if work is _corrections else each for each in (OLD, NEW))
        work(of_cards(old, count), of_cards(new, count))
        found.append(sum(looked))
    assert 0 < found[0] <= MOST
    assert found[1] <= MOST


def test_one_part_does_not_spend_what_the_others_need(looked, monkeypatch):
    monkeypatch.setattr(matching, "MOST_STEPS_TOGETHER", 10 * matching.MOST_STEPS)
    together = matching.together()
    first = matching.Allowance(of=together)
    assert not first.pays(matching.MOST_STEPS + 1)
    assert first.pays(matching.MOST_STEPS)
    assert not first.pays(1)
    assert matching.Allowance(of=together).pays(matching.MOST_STEPS)
    assert together.steps == 8 * matching.MOST_STEPS


def test_suggestions_on_one_page_are_compared_within_one_allowance(looked):
    together = matching.together()
    for _each in range(60):
        remark = Comment(quoted=OLD, suggested=NEW)
        thread = threads.Thread(remark, "", "", None, is_gone=False, fits=False, may_take=False, together=together)
        assert thread.difference
    assert 0 < sum(looked) <= MOST


def test_whatever_compares_many_parts_shares_one_allowance():
    """Each of these modules compares in a loop."""
    for module in (carrying, differences, pieces, rendered, threads, versions, corrections):
        assert "matching.together" in inspect.getsource(module), module.__name__


@pytest.mark.django_db
def test_what_is_too_large_to_be_shown_is_not_rendered_for_a_comparison_either():
    article = make.handed_in()
    browser, url = client(make.editor()), f"{at('compare', article)}?old=1"
    with mock.patch.object(sizes, "MOST_CHARACTERS", 10):
        answer = browser.get(f"{url}&as=rendered")
        assert answer.status_code == 409
        assert "make two articles of it" in text(answer)
        assert browser.get(url).status_code == 200, "as text"
