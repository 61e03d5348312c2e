"""How much an article holds in all: what is too much is refused in a sentence, wherever all of it is worked through."""

from unittest import mock

import pytest

from articles import document, readiness
from articles.document import Card, Document, Faq, sizes
from articles.text import bounds
from tests import make
from tests.desk.pages import client


def many(body: str, count: int = 12) -> Document:
    return Document(title="Lamps", cards=tuple(Card(heading="One", body=body) for _ in range(count)))


def test_an_article_of_four_hundred_long_facts_with_a_link_in_each_sentence_fits():
    body = "She counted the [lamps](https://example.org/lamps): nine, and *one* was out.\n\n" * 25
    assert sizes.excess(many(body, 400)) is None


@pytest.mark.slow
@pytest.mark.parametrize(
    "value",
    [
        many("a" * (sizes.MOST_CHARACTERS // 12 + 1)),
        many("- a\n" * (sizes.MOST_SIGNS // 24 + 1)),
        Document(faqs=tuple(Faq(answer="[" * 200_000) for _ in range(2))),
        Document(introduction="*" * (sizes.MOST_SIGNS // 2 + 1), conclusion="*" * (sizes.MOST_SIGNS // 2)),
    ],
)
def test_what_is_too_much_is_a_fault_and_all_that_the_checklist_says_beside_the_texts(value: Document):
    (fault,) = document.faults(value)
    assert (fault.place, fault.field) == ("details", "cards")
    assert f"{sizes.MOST_SIGNS:,}" in fault.sentence or f"{sizes.MOST_CHARACTERS:,}" in fault.sentence
    problem, *of_texts = readiness.problems(value)
    assert (problem.code, problem.is_blocking) == ("too-large", True)
    bodies = [value.introduction, *(card.body for card in value.cards), value.conclusion]
    bodies += [faq.answer for faq in value.faqs]
    assert {each.code for each in of_texts} <= {"too-many-signs"}
    assert len(of_texts) == sum(bounds.count_signs(body) > bounds.MOST_SIGNS for body in bodies), "where to begin"


@pytest.mark.django_db
def test_the_desk_says_so_instead_of_showing_it():
    article = make.article(cards=1)
    browser = client(article.owner)
    with mock.patch.object(sizes, "MOST_CHARACTERS", 10):
        page = browser.get(f"/admin/articles/article/{article.pk}/preview/")
        assert page.status_code == 409
        assert "make two articles of it" in page.content.decode()
        answer = browser.post(f"/admin/articles/article/{article.pk}/preview/unsaved/", {"as": "page"})
        assert answer.status_code == 400
        assert "make two articles of it" in answer.json()["sentence"]
    assert browser.get(f"/admin/articles/article/{article.pk}/preview/").status_code == 200
