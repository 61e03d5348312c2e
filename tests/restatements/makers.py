"""An article that says three facts again in other parts, and what a writer does to it."""

from __future__ import annotations

import dataclasses

from articles import drafts, restatements
from articles.document import Document
from articles.models import Article, FactCard
from articles.models import Faq as FaqRow
from articles.restatements import Mark, Restatements
from tests import make

OLD, NEW = "26 countries", "27 countries"
SEASON = "The broadcaster has not announced a second season."


def document() -> Document:
    """Facts 1 to 3; the dek, the conclusion and the first two questions say two of them again."""
    return make.document(
        dek="How a drama about a hospital ship came to the Top 10 of 26 countries.",
        introduction="It begins with a storm, and the storm was real.",
        cards=(
            make.card(heading="A nurse wrote the novel", body="It is based on *Ward by the Water* by Hwang Mi-ran."),
            make.card(
                heading="A hit on three continents",
                body="Within a week it stood in the Top 10 of **26 countries**. Nobody had bought an advertisement.",
            ),
            make.card(heading="Season 2? Not yet", body=f"{SEASON} Director Ahn Sol has a story for it."),
        ),
        conclusion="A drama that 26 countries put into their Top 10 has earned more. Will there be a second season?",
        faqs=(
            make.faq(question="How many countries was it a hit in?", answer="In 26, within a week."),
            make.faq(question="Will there be a season 2?", answer="The broadcaster has not confirmed one yet."),
            make.faq(question="Is there blood in it?", answer="There is, and much shouting."),
        ),
    )


def article() -> Article:
    return make.article(value=document())


def reword_card(row: Article, number: int, old: str, new: str) -> None:
    card: FactCard = row.cards.get(position=number)
    value = drafts.card_value(card)
    assert old in value.heading + value.body
    changed = dataclasses.replace(value, heading=value.heading.replace(old, new), body=value.body.replace(old, new))
    drafts.save_card(card, changed, token=drafts.token(value), by=row.owner)


def reword_answer(row: Article, number: int, old: str, new: str) -> None:
    faq: FaqRow = row.faqs.get(position=number)
    value = drafts.faq_value(faq)
    changed = dataclasses.replace(value, answer=value.answer.replace(old, new))
    drafts.save_faq(faq, changed, token=drafts.token(value), by=row.owner)


def found_in(row: Article) -> Restatements:
    row = Article.objects.get(pk=row.pk)
    value = drafts.document_of(row)
    acts = restatements.acts_on(value, row.pk)
    return restatements.restatements_of(value, restatements.wordings_of(row), acts, row.subject)


def marks(row: Article) -> list[Mark]:
    return list(found_in(row).marks)


def marked(row: Article) -> list[str]:
    """What is marked: the fields, in reading order; of questions with their number."""
    numbers = {f"faq:{faq.public_id}": faq.position for faq in row.faqs.all()}
    return [f"{numbers.get(mark.place, '')}{mark.field}" for mark in marks(row)]
