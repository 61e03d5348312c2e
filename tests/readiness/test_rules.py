"""Every rule of the table: what makes its problem appear at which place and field, and what makes it go away."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from articles import drafts, readiness
from articles.document import Card, Caveat, Document, Faq, Source
from articles.readiness import RULES, Problem
from articles.text import bounds
from tests import make

pytestmark = pytest.mark.django_db

CARD = Card(
    public_id="bcdfg",
    heading="The ferry has nine lamps",
    body="Count them in the second scene: there are nine.",
    sources=(Source(url="https://example.org/ferry", title="The ferry"),),
)
DISPUTED = {"caveat": Caveat.DISPUTED, "caveat_since": dt.date(2026, 3, 3), "caveat_note": "The mate counts eight."}
FAQ = Faq(public_id="hjkmn", question="Who is the passenger?", answer="Nobody knows.")
MANY = "*" * bounds.MOST_SIGNS
LONG = "The ferry that leaves the harbour at night without a single passenger on its upper deck"
KOREAN = "밤에 항구를 떠나는 여객선에는 손님이 한 명도 없었다고 선장이 나중에 여러 번 말했다"


def whole(**fields: Any) -> Document:
    defaults: dict[str, Any] = {"title": "About the ferry", "slug": "ferry", "cards": (CARD,), "faqs": (FAQ,)}
    return make.document(**defaults | fields)


def card(**fields: Any) -> Document:
    return whole(cards=(dataclasses.replace(CARD, **fields),))


def faq(**fields: Any) -> Document:
    return whole(faqs=(dataclasses.replace(FAQ, **fields),))


def two(**fields: Any) -> Document:
    other = {"public_id": "pqrst", "heading": "The captain rows", "body": "He was seen to do so on three Sundays."}
    return whole(cards=(CARD, dataclasses.replace(CARD, **other | fields)))


def asked(question: str) -> Document:
    return whole(faqs=(FAQ, dataclasses.replace(FAQ, public_id="pqrst", question=question)))


Maker = Callable[[], Document]
#: Code, place, field; a Document that has the problem and one that does not.
CASES: list[tuple[str, str, str, Maker, Maker]] = [
    ("no-title", "details", "title", lambda: whole(title=""), whole),
    ("no-address", "details", "slug", lambda: whole(slug=""), whole),
    ("no-subject", "details", "subject", lambda: whole(subject=""), whole),
    ("no-author", "details", "authors", lambda: whole(authors=()), whole),
    ("no-cards", "details", "", lambda: whole(cards=()), whole),
    ("no-dek", "details", "dek", lambda: whole(dek=""), whole),
    ("long-dek", "details", "dek", lambda: whole(dek="word " * 33), lambda: whole(dek="word " * 31)),
    ("long-dek", "details", "dek", lambda: whole(dek=KOREAN * 2), lambda: whole(dek=KOREAN)),
    ("no-introduction", "introduction", "introduction", lambda: whole(introduction=""), whole),
    ("no-cover", "details", "cover", whole, lambda: whole(cover="bcdfg")),
    ("other-count", "details", "title", lambda: whole(title="10 facts about it"), lambda: whole(title="2024 facts")),
    ("other-count", "details", "dek", lambda: whole(dek="Ten little-known things"), lambda: whole(dek="One thing")),
    (
        "other-count",
        "introduction",
        "introduction",
        lambda: whole(introduction="Here are 7 facts."),
        lambda: whole(introduction="There are 7 reasons."),
    ),
    ("no-heading", "card:bcdfg", "heading", lambda: card(heading=""), whole),
    ("no-body", "card:bcdfg", "body", lambda: card(body=" \n"), whole),
    ("no-source", "card:bcdfg", "sources", lambda: card(sources=()), whole),
    ("empty-source", "card:bcdfg", "sources", lambda: card(sources=(Source(publisher="Somebody"),)), whole),
    ("source-address", "card:bcdfg", "sources", lambda: card(sources=(Source(url="javascript:alert(1)"),)), whole),
    ("long-heading", "card:bcdfg", "heading", lambda: card(heading=LONG), lambda: card(heading=LONG[:80])),
    ("long-heading", "card:bcdfg", "heading", lambda: card(heading=KOREAN), lambda: card(heading=KOREAN[:40])),
    ("caveat-incomplete", "card:bcdfg", "caveat", lambda: card(caveat_note="Nine."), lambda: card(**DISPUTED)),
    ("caveat-incomplete", "card:bcdfg", "caveat_since", lambda: card(**DISPUTED | {"caveat_since": None}), whole),
    (
        "caveat-incomplete",
        "card:bcdfg",
        "caveat_since",
        lambda: card(**DISPUTED | {"caveat_since": timezone.localdate() + dt.timedelta(days=1)}),
        lambda: card(**DISPUTED | {"caveat_since": timezone.localdate()}),
    ),
    ("caveat-incomplete", "card:bcdfg", "caveat_note", lambda: card(**DISPUTED | {"caveat_note": ""}), whole),
    (
        "no-spoiler-point",
        "card:bcdfg",
        "spoiler_after",
        lambda: card(**DISPUTED | {"caveat_note": "In episode 7 he rows."}),
        lambda: card(**DISPUTED),
    ),
    ("placeholder", "card:bcdfg", "caveat_note", lambda: card(**DISPUTED | {"caveat_note": "TK"}), whole),
    (
        "quote-without-name",
        "card:bcdfg",
        "body",
        lambda: card(body="> To be."),
        lambda: card(body="> To be.\n>\n> — Hamlet"),
    ),
    ("quote-without-name", "introduction", "introduction", lambda: whole(introduction="> To be."), whole),
    ("picture-missing", "card:bcdfg", "body", lambda: card(body="![A ferry](picture:nowhere)"), whole),
    ("empty-link", "card:bcdfg", "body", lambda: card(body="See [here](/a)."), lambda: card(body="The [deck](/here).")),
    ("empty-link", "faq:hjkmn", "answer", lambda: faq(answer="<https://example.org/a>"), whole),
    ("placeholder", "details", "title", lambda: whole(title="About TK"), whole),
    ("placeholder", "details", "dek", lambda: whole(dek="TODO"), whole),
    ("placeholder", "card:bcdfg", "heading", lambda: card(heading="The XXX lamps"), whole),
    ("placeholder", "card:bcdfg", "body", lambda: card(body="Nine [source?]"), lambda: card(body="Nine, a source?")),
    ("placeholder", "card:bcdfg", "sources", lambda: card(sources=(Source(title="TK"),)), whole),
    ("placeholder", "conclusion", "conclusion_heading", lambda: whole(conclusion_heading="TK"), whole),
    ("placeholder", "conclusion", "conclusion", lambda: whole(conclusion="Lorem ipsum"), whole),
    ("placeholder", "faq:hjkmn", "question", lambda: faq(question="Who is TK?"), whole),
    ("broken-emoji", "card:bcdfg", "emoji", lambda: card(emoji="🦸♂️"), lambda: card(emoji="🦸‍♂️")),
    ("broken-emoji", "card:bcdfg", "body", lambda: card(body="A hero \ufffd"), whole),
    (
        "no-spoiler-point",
        "card:bcdfg",
        "spoiler_after",
        lambda: card(body="In episode 7 he rows."),
        lambda: card(body="In episode 7 he rows.", spoiler_after=7),
    ),
    ("no-spoiler-point", "card:bcdfg", "spoiler_after", lambda: card(heading="The killer is the cook"), whole),
    ("no-spoiler-point", "faq:hjkmn", "spoiler_after", lambda: faq(answer="결말에서 배가 가라앉는다."), whole),
    (
        "early-spoiler-point",
        "card:bcdfg",
        "spoiler_after",
        lambda: card(body="In episode 7 he rows.", spoiler_after=6),
        lambda: card(body="In episode 7 he rows.", spoiler_after=8),
    ),
    (
        "no-safe-heading",
        "card:bcdfg",
        "safe_heading",
        lambda: card(spoiler_after=7),
        lambda: card(spoiler_after=7, safe_heading="About lamps"),
    ),
    (
        "telling-heading",
        "card:bcdfg",
        "safe_heading",
        lambda: card(spoiler_after=7, safe_heading="The ferry has NINE lamps!"),
        lambda: card(spoiler_after=7, safe_heading="About lamps"),
    ),
    ("telling-heading", "card:bcdfg", "safe_heading", lambda: card(spoiler_after=7, safe_heading="Episode 7"), whole),
    ("no-question", "faq:hjkmn", "question", lambda: faq(question=""), whole),
    ("no-answer", "faq:hjkmn", "answer", lambda: faq(answer=" "), whole),
    ("no-question-mark", "faq:hjkmn", "question", lambda: faq(question="Who is it"), lambda: faq(question="誰ですか")),
    (
        "no-question-mark",
        "faq:hjkmn",
        "question",
        lambda: faq(question="Who!"),
        lambda: faq(question="Who (is it?) 🤔"),
    ),
    ("same-question", "faq:pqrst", "question", lambda: asked("who is THE passenger"), lambda: asked("Who rows?")),
    ("same-fact", "card:pqrst", "heading", lambda: two(heading="The Ferry has nine lamps."), two),
    ("too-many-signs", "card:bcdfg", "body", lambda: card(body=f"a{MANY}*"), lambda: card(body=f"a{MANY}")),
    ("too-many-signs", "faq:hjkmn", "answer", lambda: faq(answer=f"{MANY}\n- a"), lambda: faq(answer=MANY)),
    ("too-many-signs", "introduction", "introduction", lambda: whole(introduction=f"{MANY}a*"), whole),
    ("too-many-signs", "conclusion", "conclusion", lambda: whole(conclusion=f"{MANY}a*"), whole),
    ("same-fact", "card:pqrst", "body", lambda: two(body=f"**{CARD.body}**"), two),
]
#: Shown with the database, in other tests of this folder.
ELSEWHERE = {
    "dead-source",
    "no-day",
    "picture-without-alt",
    "address-taken",
    "contradiction",
    "published-elsewhere",
    "subject-proposed",
    "is-template",
    "too-large",
    "house-term",
    "other-length",
    "open-claim",  # tests/workflow/test_proving.py
    *("said-before", "rests-on-nothing"),  # test_restatements.py
}


@pytest.mark.parametrize(
    ("code", "place", "field", "wrong", "right"), [pytest.param(*case, id=f"{case[0]}-{case[2]}") for case in CASES]
)
def test_a_gap_is_named_at_its_field_and_goes_away(code: str, place: str, field: str, wrong: Maker, right: Maker):
    (problem,) = [problem for problem in readiness.problems(wrong()) if problem.code == code]
    assert (problem.place, problem.field) == (place, field)
    assert problem.sentence.endswith(".")
    assert code not in {problem.code for problem in readiness.problems(right())}


def test_every_rule_of_the_table_is_tried():
    assert {code for code, *_others in CASES} | ELSEWHERE == set(RULES)


def test_every_code_in_use_stands_in_the_table():
    folder = Path(readiness.__file__).parent
    words = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py") if path.name != "rules.py")
    used = set(re.findall(r'(?:problem|located_problem|yield|Problem)[( ]\(?"([a-z-]+)",', words))
    assert used == set(RULES)


def test_whether_it_blocks_is_read_from_the_table():
    for code, rule in RULES.items():
        assert Problem(code, "details", "A sentence.").is_blocking is rule.is_blocking
        assert (rule.code, str(rule.sentence)[-1]) == (code, ".")


def test_what_several_places_can_lack_is_said_of_several_in_a_sentence():
    broken = dataclasses.replace(CARD, heading="", body="", sources=(Source(url="x"), Source()))
    empty = Faq(public_id="x", question="", answer="")
    document = whole(
        cards=(broken, dataclasses.replace(broken, public_id="b")),
        faqs=(empty, dataclasses.replace(empty, public_id="y")),
    )
    found = [problem.code for problem in readiness.problems(document)]
    several = {code for code in found if found.count(code) > 1}
    assert {"no-heading", "no-body", "source-address", "empty-source", "no-question", "no-answer"} <= several
    assert all(RULES[code].gathered for code in several)
    of_the_article = {"no-title", "no-address", "address-taken", "no-subject", "no-author", "no-cards", "no-cover"}
    assert {code for code, rule in RULES.items() if rule.gathered is None} == of_the_article | {
        *("subject-proposed", "is-template", "too-large", "no-dek", "long-dek", "no-introduction")
    }


def test_what_blocks_stands_first_in_the_table():
    blocks = [rule.is_blocking for rule in RULES.values()]
    assert blocks == sorted(blocks, reverse=True)


def test_a_picture_needs_alternative_text_unless_it_is_decorative():
    described, plain = make.picture(), make.picture(alt="")
    article = make.article(cards=(make.card(body=f"![](picture:{plain.public_id})"),))

    def codes(of: Any) -> set[str]:
        return {problem.code for problem in readiness.problems(drafts.document_of(of))}

    assert "picture-without-alt" in codes(article)
    plain.decorative = True
    plain.save()
    assert "picture-without-alt" not in codes(article)
    assert "picture-without-alt" not in codes(
        make.article(cards=(make.card(body=f"![](picture:{described.public_id})"),))
    )


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("Nine lamps burn.", 3),
        ("One [long](https://example.org/a) word.", 3),
        ("등대는 밤에 켜진다.", 3),
        ("灯台は九つ", 5),
    ],
)
def test_the_length_of_a_fact_is_advice_where_the_house_has_a_range(settings, body: str, count: int):
    def told() -> list[str]:
        found = [problem for problem in readiness.problems(card(body=body)) if problem.code == "other-length"]
        assert all((problem.field, problem.is_blocking) == ("body", False) for problem in found)
        return [problem.sentence for problem in found]

    assert told() == []
    settings.WORDS_PER_FACT = (count, count)
    assert told() == []
    settings.WORDS_PER_FACT = (count + 1, 99)
    assert told() == [f"Fact 1: It has {count} words; {count + 1} to 99 are wanted."]
    settings.WORDS_PER_FACT = (0, count - 1)
    assert len(told()) == 1
