"""Acts on claims: what holds afterwards, who may, what stays on record, and what is refused."""

from __future__ import annotations

import dataclasses

import pytest
from django.core.exceptions import PermissionDenied

from articles import drafts, proofs, states, workflow
from articles.claims import digest
from articles.document import Source
from articles.models import Article, ClaimAct, FactCard, History
from articles.workflow import ConflictError, WorkflowError, claims
from tests import make
from tests.proofs.makers import BODY, EXCERPT, SOURCE, article, identity, place_of, said
from tests.proofs.makers import states as states_of

pytestmark = pytest.mark.django_db

QUOTATION = "Nobody slept that night,"


@pytest.fixture
def row() -> Article:
    return article()


def rewrite(row: Article, by=None, **fields) -> None:
    card = FactCard.objects.get(article=row, position=1)
    value = drafts.card_value(card)
    drafts.save_card(card, dataclasses.replace(value, **fields), token=drafts.token(value), by=by or row.owner)


def bind(row: Article, words: str = "26 countries") -> ClaimAct:
    return claims.bind(row, place_of(row), identity(row, words), by=row.owner)


def test_what_stands_in_a_source_is_proposed_and_what_does_not_is_open(row: Article):
    assert said(row) == {
        "26 countries": "proposed",
        "March 8, 2024": "proposed",
        QUOTATION: "proposed",
        "Ko Min-jae": "proposed",
        "longest": "open",
    }


def test_binding_keeps_the_words_of_the_source_that_prove_it(row: Article):
    act = bind(row)
    assert (act.source, act.excerpt, act.proves) == (digest(EXCERPT), "26 countries", "figure")
    assert said(row)["26 countries"] == "bound"
    assert states_of(row)[0].act.by_name == row.owner.username
    line = History.objects.filter(article=row).first()
    assert (line.act, line.details["about"], line.actor) == ("bind-claim", "26 countries", row.owner)


def test_a_changed_figure_drops_that_tick_alone_and_changed_back_it_returns_with_person_and_time(row: Article):
    claims.bind_all(row, by=row.owner)
    before = states_of(row)
    rewrite(row, body=BODY.replace("26", "27"))
    after = said(row)
    assert after.pop("27 countries") == "open"
    assert after == {"March 8, 2024": "bound", QUOTATION: "bound", "Ko Min-jae": "bound", "longest": "open"}
    rewrite(row, body=BODY)
    again = states_of(row)
    assert [(each.act and (each.act.made_at, each.act.made_by)) for each in again] == [
        (each.act and (each.act.made_at, each.act.made_by)) for each in before
    ]


@pytest.mark.parametrize(
    "body",
    [
        BODY.replace("**26**", "  26 "),
        BODY.replace("“", "‘").replace("”", "’"),
        f"🔥 {BODY} 🔥",
        f"Much else stands here now.\n\n{BODY}",
        BODY.replace("countries from", "countries\nfrom").replace("It ran in", "People say that it ran in"),
        BODY.replace("March 8, 2024", "8 March 2024"),
    ],
)
def test_edits_around_it_white_space_quotation_marks_emoji_and_notation_drop_nothing(row: Article, body: str):
    claims.bind_all(row, by=row.owner)
    rewrite(row, body=body)
    assert sorted(said(row).values()) == ["bound", "bound", "bound", "bound", "open"]


def test_a_tick_falls_with_the_excerpt_that_it_is_bound_to(row: Article):
    bind(row)
    rewrite(row, sources=(dataclasses.replace(SOURCE, excerpt=EXCERPT.replace("26", "27")),))
    assert said(row)["26 countries"] == "open"
    rewrite(
        row,
        sources=(
            Source(title="Another"),
            dataclasses.replace(SOURCE, excerpt=f"  {EXCERPT}\n\n"),
        ),
    )
    assert said(row)["26 countries"] == "bound", "white space is no other excerpt"


def test_a_card_keeps_its_ticks_wherever_it_moves(row: Article):
    bind(row)
    goal = make.article(owner=row.owner, cards=0)
    drafts.move_card(FactCard.objects.get(article=row), goal, by=row.owner)
    assert said(goal)["26 countries"] == "bound"


def test_a_copy_of_a_card_has_to_be_proved_anew(row: Article):
    bind(row)
    drafts.copy_cards(row, [FactCard.objects.get(article=row).public_id], row, by=row.owner)
    assert said(row, place_of(row, 1))["26 countries"] == "proposed"


def test_binding_all_is_one_act_in_the_history(row: Article):
    count = History.objects.count()
    assert claims.bind_all(row, by=row.owner) == 4
    assert History.objects.count() == count + 1
    with pytest.raises(WorkflowError, match="Nothing more stands"):
        claims.bind_all(row, by=row.owner)


def test_what_no_rule_finds_is_ticked_by_hand_with_a_remark(row: Article):
    place, longest = place_of(row), identity(row, "longest")
    with pytest.raises(WorkflowError, match="No rule finds"):
        claims.bind(row, place, longest, by=row.owner)
    with pytest.raises(WorkflowError, match="Say how"):
        claims.tick(row, place, longest, remark=" \u200b\n", by=row.owner)
    with pytest.raises(WorkflowError, match="Keep it"):
        claims.tick(row, place, longest, remark="x" * 501, by=row.owner)
    claims.tick(row, place, longest, remark="The almanac of 2024, page 9.", by=row.owner)
    assert said(row)["longest"] == "ticked"


def test_words_of_a_persons_choice_have_to_stand_in_the_excerpt(row: Article):
    place, longest = place_of(row), identity(row, "longest")
    given = {"source": digest(EXCERPT), "remark": "None is longer.", "by": row.owner}
    with pytest.raises(WorkflowError, match="do not stand in the excerpt"):
        claims.bind_words(row, place, longest, words="the longest of all", **given)
    with pytest.raises(ConflictError, match="source has changed"):
        claims.bind_words(row, place, longest, words="that night", **given | {"source": "0" * 64})
    act = claims.bind_words(row, place, longest, words="nobody  slept", **given)
    assert (act.excerpt, act.proves) == ("nobody slept", "")
    assert said(row)["longest"] == "bound"


def test_an_opinion_is_set_aside_and_that_is_taken_back(row: Article):
    place, longest = place_of(row), identity(row, "longest")
    act = claims.set_aside(row, place, longest, reason="An opinion.", by=row.owner)
    assert said(row)["longest"] == "set-aside"
    claims.take_back(row, act.public_id, by=make.editor())
    assert said(row)["longest"] == "open"
    assert ClaimAct.objects.filter(public_id=act.public_id).exists(), "the row stays"
    with pytest.raises(ConflictError):
        claims.take_back(row, act.public_id, by=row.owner)
    acts = list(History.objects.filter(article=row).values_list("act", flat=True)[:2])
    assert acts == ["take-back-claim", "set-aside-claim"]


def test_words_that_no_rule_lists_are_marked_and_ticked(row: Article):
    place = place_of(row)
    claims.add(row, place, "that night", by=row.owner)
    assert said(row)["that night"] == "proposed", "the words stand in the source"
    for words, sentence in (("that night", "listed already"), ("no such words", "do not stand"), ("", "Copy some")):
        with pytest.raises(WorkflowError, match=sentence):
            claims.add(row, place, words, by=row.owner)
    claims.tick(row, place, identity(row, "that night"), remark="She said so.", by=row.owner)
    rewrite(row, body=BODY.replace("that night", "that week"))
    assert "that night" not in said(row)
    rewrite(row, body=BODY)
    assert said(row)["that night"] == "ticked"


def test_two_claims_are_joined_into_one_in_their_place(row: Article):
    place = place_of(row)
    both = [identity(row, "26 countries"), identity(row, "March 8, 2024")]
    act = claims.join(row, place, both, by=row.owner)
    assert next(iter(said(row))) == "26 countries from March 8, 2024"
    assert len(said(row)) == 4
    claims.take_back(row, act.public_id, by=row.owner)
    assert "26 countries" in said(row)
    with pytest.raises(WorkflowError, match="Choose two"):
        claims.join(row, place, both[:1] * 2, by=row.owner)


def test_the_introduction_is_proved_by_the_sources_of_the_facts_and_belongs_to_its_article():
    row = article(introduction="It ran in 26 countries.")
    other = article(introduction="It ran in 26 countries.")
    claims.bind(row, "introduction", identity(row, "26 countries", "introduction"), by=row.owner)
    assert said(row, "introduction") == {"26 countries": "bound"}
    assert said(other, "introduction") == {"26 countries": "proposed"}


def test_what_was_changed_or_checked_meanwhile_is_told(row: Article):
    place, countries = place_of(row), identity(row, "26 countries")
    bind(row)
    with pytest.raises(ConflictError, match="meanwhile"):
        claims.bind(row, place, countries, by=row.owner)
    rewrite(row, body="Nothing.")
    for act in (
        lambda: claims.bind(row, place, countries, by=row.owner),
        lambda: claims.tick(row, place, countries, remark="x", by=row.owner),
        lambda: claims.tick(row, "card:none", countries, remark="x", by=row.owner),
    ):
        with pytest.raises(ConflictError, match="changed meanwhile"):
            act()


def test_another_writer_may_not_and_an_archived_article_takes_none(row: Article):
    place, longest = place_of(row), identity(row, "longest")
    with pytest.raises(PermissionDenied):
        claims.tick(row, place, longest, remark="x", by=make.writer())
    assert not ClaimAct.objects.exists()
    workflow.make(states.ARCHIVE, row, by=make.editor())
    with pytest.raises(WorkflowError, match="archived"):
        claims.tick(row, place, longest, remark="x", by=row.owner)


def test_no_approval_lapses_by_a_tick(row: Article):
    change = row.change
    bind(row)
    row.refresh_from_db()
    assert row.change == change


def test_an_act_is_never_written_anew(row: Article):
    act = bind(row)
    act.remark = "Other"
    with pytest.raises(TypeError):
        act.save()


def test_as_of_an_instant_later_acts_count_no_more_than_those_that_were_taken_back_later(row: Article):
    act = bind(row)
    undoing = claims.take_back(row, act.public_id, by=row.owner)
    assert states_of(row, at=act.made_at)[0].state is proofs.State.BOUND
    assert states_of(row, at=undoing.made_at)[0].state is proofs.State.PROPOSED


@pytest.mark.parametrize("words", ["<b>26</b>", "\u202ezz\u0000", "26 " * 300])
def test_hostile_words_are_refused_or_kept_as_words(row: Article, words: str):
    with pytest.raises(WorkflowError):
        claims.add(row, place_of(row), words, by=row.owner)
    act = claims.tick(row, place_of(row), identity(row, "longest"), remark=f"{words[:400]}!", by=row.owner)
    assert "\u0000" not in act.remark
