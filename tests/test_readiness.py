"""Readiness: problems with a code, a sentence and a place; blocking apart from advice."""

import dataclasses

import pytest

from articles import drafts, readiness
from articles.document import Card, Document, Faq, Source
from tests import make

pytestmark = pytest.mark.django_db


def codes(value: Document, *, is_blocking: bool | None = None) -> set[str]:
    found = readiness.problems(value)
    return {problem.code for problem in found if is_blocking is None or problem.is_blocking is is_blocking}


def with_card(**fields: object) -> Document:
    return make.document(cards=(make.card(**fields),), slug="the-ferry")


def test_an_empty_document_says_all_that_it_lacks():
    assert codes(Document(), is_blocking=True) == {"no-title", "no-subject", "no-author", "no-cards", "no-address"}


def test_a_whole_document_has_nothing_that_blocks():
    assert codes(make.document(slug="the-ferry"), is_blocking=True) == set()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"heading": ""}, "no-heading"),
        ({"body": "  \n"}, "no-body"),
        ({"sources": ()}, "no-source"),
        ({"sources": (Source(publisher="Somebody"),)}, "empty-source"),
        ({"sources": (Source(url="javascript:alert(1)", title="Trust me"),)}, "source-address"),
        ({"body": "> To be or not to be."}, "quote-without-name"),
        ({"body": "![A ferry](picture:nowhere)"}, "picture-missing"),
        ({"body": "In episode 7 the captain dies."}, "no-spoiler-point"),
        ({"spoiler_after": 7}, "no-safe-heading"),
        ({"emoji": "🦸♂️"}, "broken-emoji"),
    ],
)
def test_a_card_names_its_gap_at_its_place(fields: dict[str, object], code: str):
    value = with_card(**fields)
    (problem,) = [problem for problem in readiness.problems(value) if problem.code == code]
    assert problem.place == f"card:{value.cards[0].public_id}"
    assert problem.sentence.endswith(".")
    assert code not in codes(with_card())


def test_a_quotation_with_a_name_lacks_nothing():
    assert "quote-without-name" not in codes(with_card(body="> To be.\n>\n> — Hamlet"))


def test_a_picture_needs_alternative_text_unless_it_is_decorative():
    described, plain = make.picture(), make.picture(alt="")
    article = make.article(cards=(make.card(body=f"![](picture:{plain.public_id})"),))
    assert "picture-without-alt" in codes(drafts.document_of(article))
    plain.decorative = True
    plain.save()
    assert "picture-without-alt" not in codes(drafts.document_of(article))
    other = make.article(cards=(make.card(body=f"![](picture:{described.public_id})"),))
    assert "picture-without-alt" not in codes(drafts.document_of(other))


def test_questions_end_as_questions_and_have_answers():
    value = make.document(faqs=(Faq(public_id="a", question="Who is it"), Faq(public_id="b", answer="Me.")))
    assert {"no-question-mark", "no-answer", "no-question"} <= codes(value)


def test_an_address_of_another_article_blocks():
    make.edition(slug="the-ferry")
    other = make.article(slug="the-ferry")
    found = readiness.blocking(drafts.document_of(other), other)
    assert [problem.code for problem in found] == ["address-taken"]


def test_an_article_may_keep_its_own_address():
    edition = make.edition(slug="the-ferry")
    assert not readiness.blocking(drafts.document_of(edition.article), edition.article)


def test_advice_blocks_nothing():
    bare = dataclasses.replace(
        with_card(), dek="", introduction="", cards=(Card(public_id="a", heading="A", body="B"),)
    )
    assert codes(bare, is_blocking=True) == set()
    assert {"no-dek", "no-introduction", "no-source", "no-cover"} <= codes(bare, is_blocking=False)
