"""The house's spellings: what is named, where, and what is left alone."""

from __future__ import annotations

import pytest

from articles import drafts, readiness
from articles.models import HouseTerm
from articles.text.terms import Spellings, Term
from tests import make

NAME = Term("Ju Ji-hoon", ("Joo Ji-hoon", "Ju Jihoon", "Ji-hoon"))


def words(text: str, *terms: Term) -> list[tuple[str, int]]:
    return [(each.words, each.count) for each in Spellings(terms or (NAME,)).misspelt(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Joo Ji-hoon plays him.", [("Joo Ji-hoon", 1)]),
        ("Ju Ji-hoon plays him.", []),
        ("Ju Ji-hoon, or Ji-hoon.", [("Ji-hoon", 1)]),
        ("Ju Jihoon, Joo Ji-hoon and Ju Jihoon", [("Ju Jihoon", 2), ("Joo Ji-hoon", 1)]),
        ("Joo Ji-hoonster", []),
        ("joo ji-hoon", []),
        ("See [him](https://example.org/Joo Ji-hoon) there", []),
        ("", []),
    ],
)
def test_what_a_text_has(text, found):
    assert words(text) == found


def test_without_case_and_without_the_ends_of_words():
    loose = Term("Netflix", ("net flix",), whole_words=False, match_case=False)
    assert words("NetFlix, NET FLIXed", loose) == [("NET FLIX", 1)]


def test_a_wrong_case_alone_is_found_and_the_right_one_is_not():
    assert words("K-drama and k-Drama", Term("K-drama", ("k-drama",), match_case=False)) == [("k-Drama", 1)]
    assert words("THE TRAUMA CODE", Term("The Trauma Code", ("THE TRAUMA CODE",))) == [("THE TRAUMA CODE", 1)]


def test_signs_of_patterns_and_other_scripts_are_words_like_any_other():
    assert words("C++ (old)", Term("C plus plus", ("C++ (old)",))) == [("C++ (old)", 1)]
    assert words("주지 훈은", Term("주지훈", ("주지 훈",))) == [("주지 훈", 1)]


@pytest.mark.slow
def test_a_long_text_and_a_long_list_stay_cheap():
    """Quadratic work would take minutes here."""
    many = tuple(Term(f"Right {number}", (f"wrong{number}x",)) for number in range(500))
    text = "Joo Ji-hoon " * 17_000
    assert words(text, *many, NAME) == [("Joo Ji-hoon", 17_000)]


@pytest.mark.django_db
def test_the_checklist_names_the_place_and_both_spellings(django_assert_max_num_queries):
    HouseTerm.objects.create(right="Ju Ji-hoon", wrong=["Joo Ji-hoon"])
    cards = (make.card(), make.card(heading="Joo Ji-hoon sails", body="So does **Joo Ji-hoon**."))
    article = make.article(title="Joo Ji-hoon at sea", cards=cards)
    document = drafts.document_of(article)
    with django_assert_max_num_queries(8):
        found = [problem for problem in readiness.problems(document, article) if problem.code == "house-term"]
    assert [(problem.place.partition(":")[0], problem.field) for problem in found] == [
        ("details", "title"),
        ("card", "heading"),
        ("card", "body"),
    ]
    assert found[1].sentence == "Fact 2: “Joo Ji-hoon” is written “Ju Ji-hoon” here."
    assert not any(problem.is_blocking for problem in found)


@pytest.mark.django_db
def test_a_changed_term_holds_at_once():
    article = make.article(title="Joo Ji-hoon at sea")
    term = HouseTerm.objects.create(right="Ju Ji-hoon", wrong=["Joo Ji-hoon"])
    document = drafts.document_of(article)
    assert "house-term" in {problem.code for problem in readiness.problems(document, article)}
    term.wrong = ["Zhu"]
    term.save()
    assert "house-term" not in {problem.code for problem in readiness.problems(document, article)}
