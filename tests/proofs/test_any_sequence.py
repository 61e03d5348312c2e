"""Any sequence of edits, moves, bins, restores and merges leaves each tick true: it holds exactly where its words and
the excerpt that it is bound to stand.
"""

from __future__ import annotations

import dataclasses

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from articles import drafts, proofs
from articles.document import Card, Source
from articles.models import Article, BinnedPart, FactCard
from articles.workflow import claims
from tests import make
from tests.strategies import SLOW

pytestmark = pytest.mark.django_db

#: Each with one claim, by whose words it is known.
SENTENCES = {
    "26 countries": "It ran in 26 countries.",
    "March 8, 2024": "It began on March 8, 2024.",
    "Ko Min-jae": "There it was that Ko Min-jae sang.",
    "Top 10": "It was in the Top 10.",
    "Nobody slept that night": "She said: “Nobody slept that night”.",
}
NOISE = ("", "Much else happened.", "🔥", "> Ahoy.\n>\n> — The captain", "\n\n", "Look *closely*.")
EXCERPT = "\n".join(SENTENCES.values())
bodies = st.lists(st.sampled_from([*SENTENCES.values(), *NOISE]), max_size=9).map("\n\n".join)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), bodies),
        st.tuples(st.just("merge"), bodies),
        st.tuples(st.just("excerpt"), st.booleans()),
        st.tuples(st.sampled_from(["move", "bin", "restore", "keep", "reorder", "bind", "nothing"]), st.just("")),
    ),
    max_size=8,
)


class Site:
    """One fact that wanders between two articles."""

    def __init__(self) -> None:
        source = Source(title="The log", excerpt=EXCERPT)
        fact = make.card(heading="It", body="\n\n".join(SENTENCES.values()), sources=(source,))
        self.here = make.article(cards=(fact, make.card()), faqs=0)
        self.there = make.article(owner=self.here.owner, cards=1, faqs=0)
        self.by, self.public_id, self.bound = self.here.owner, fact.public_id, dict[str, int]()
        self.kept = {row.pk: drafts.keep_named(row, "then", by=self.by) for row in (self.here, self.there)}

    def row(self) -> FactCard:
        return FactCard.objects.get(public_id=self.public_id)

    def value(self) -> Card:
        return drafts.card_value(self.row())

    def save(self, **fields: object) -> None:
        old = self.value()
        drafts.save_card(self.row(), dataclasses.replace(old, **fields), token=drafts.token(old), by=self.by)

    def edit(self, body: str) -> None:
        self.save(body=body)

    def merge(self, body: str) -> None:
        """Two people write: what one adds at the end goes together with what the other has done."""
        base = self.value()
        ours, theirs = (
            dataclasses.replace(base, body=each) for each in (f"{base.body}\n\nMore.", f"{body}\n\n{base.body}")
        )
        together = drafts.merged(base, ours, theirs)
        if together is not None:
            self.save(body=together.body)

    def excerpt(self, is_there: bool) -> None:
        self.save(sources=(Source(title="The log", excerpt=EXCERPT if is_there else "Something else."),))

    def move(self, _nothing: str) -> None:
        goal = self.there if self.row().article_id == self.here.pk else self.here
        drafts.move_card(self.row(), goal, by=self.by)

    def bin(self, _nothing: str) -> None:
        drafts.delete_card(self.row(), token=drafts.token(self.value()), by=self.by)
        drafts.restore_part(BinnedPart.objects.latest("pk"), by=self.by)

    def restore(self, _nothing: str) -> None:
        """Back to the beginning, where the fact stands in its first article."""
        row = self.row()
        if row.article_id == self.here.pk:
            here = Article.objects.get(pk=self.here.pk)
            drafts.restore(here, self.kept[here.pk], change=here.change, by=self.by)

    def keep(self, _nothing: str) -> None:
        drafts.keep_revision(Article.objects.get(pk=self.row().article_id), "requested", by=self.by)

    def reorder(self, _nothing: str) -> None:
        article = Article.objects.get(pk=self.row().article_id)
        order = drafts.order_of(article, "cards")
        drafts.save_order(article, "cards", order[::-1], token=drafts.token(order), by=self.by)

    def bind(self, _nothing: str) -> None:
        article = Article.objects.get(pk=self.row().article_id)
        place = f"card:{self.public_id}"
        if any(state.state is proofs.State.PROPOSED for state in self.states()):
            claims.bind_all(article, place, by=self.by)
            self.bound |= {words: max(often, self.bound.get(words, 0)) for words, often in self.said().items()}

    def nothing(self, _nothing: str) -> None:
        pass

    def states(self) -> tuple[proofs.ClaimState, ...]:
        article = Article.objects.get(pk=self.row().article_id)
        value = drafts.document_of(article)
        acts = proofs.acts_on(value, article.pk)
        return proofs.states_of(value, acts, article.subject)[f"card:{self.public_id}"]

    def said(self) -> dict[str, int]:
        """Of the sentences that stand there now, and how often, by another way than that of articles.proofs."""
        body = self.value().body
        return {words: body.count(sentence) for words, sentence in SENTENCES.items() if sentence in body}

    def check(self) -> None:
        has_excerpt = any(source.excerpt == EXCERPT for source in self.value().sources)
        holds = {each.claim.words for each in self.states() if each.state is proofs.State.BOUND}
        wanted = {words for words, often in self.said().items() if often <= self.bound.get(words, 0)}
        assert holds == (wanted if has_excerpt else set())


@pytest.mark.slow
@SLOW
@given(steps)
def test_each_tick_stays_true(acts):
    with transaction.atomic():
        site = Site()
        site.bind("")
        site.check()
        for name, argument in acts:
            getattr(site, name)(argument)
            site.check()
        transaction.set_rollback(True)
