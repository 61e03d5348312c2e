"""What an article lacks: a list of Problems, each with a code for tests, a sentence for people and a place to go to.

It reads a Document and never writes. Blocking problems keep an article from being handed in and approved; advice does
not keep anybody from anything. A draft may always be saved with all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.document import Card, Document, Faq
from articles.models import Address, Article
from articles.text import emoji, episodes, markdown


@dataclass(frozen=True, slots=True)
class Problem:
    """`place` is "details", "introduction", "conclusion", "card:<public id>" or "faq:<public id>"."""

    code: str
    place: str
    sentence: str
    is_blocking: bool = True


def problems(document: Document, article: Article | None = None) -> list[Problem]:
    """All problems of a Document in reading order; with its article also whether its address is free."""
    found = [*_of_details(document), *_of_address(document, article)]
    found += _of_body(document, document.introduction, "introduction")
    for number, card in enumerate(document.cards, 1):
        found += _of_card(document, card, number)
    found += _of_body(document, document.conclusion, "conclusion")
    for number, faq in enumerate(document.faqs, 1):
        found += _of_faq(document, faq, number)
    return found


def blocking(document: Document, article: Article | None = None) -> list[Problem]:
    return [problem for problem in problems(document, article) if problem.is_blocking]


def _advice(code: str, place: str, sentence: str) -> Problem:
    return Problem(code, place, sentence, is_blocking=False)


def _of_details(document: Document) -> Iterator[Problem]:
    if not document.title:
        yield Problem("no-title", "details", _("Give the article a title."))
    if not document.subject:
        yield Problem("no-subject", "details", _("Say what the article is about: choose a subject."))
    if not document.authors:
        yield Problem("no-author", "details", _("Name at least one author."))
    if not document.cards:
        yield Problem("no-cards", "details", _("Add at least one fact card."))
    if not document.dek:
        yield _advice("no-dek", "details", _("Write a dek: one line that says what the list is."))
    if not document.introduction:
        yield _advice("no-introduction", "introduction", _("Write an introduction."))
    if not document.cover:
        yield _advice("no-cover", "details", _("Choose a cover picture."))


def _of_address(document: Document, article: Article | None) -> Iterator[Problem]:
    if not document.slug:
        yield Problem("no-address", "details", _("No address can be made from the title: write one."))
        return
    taken = Address.objects.filter(kind=Address.Kind.ARTICLE, slug=document.slug)
    if article is not None and taken.exclude(article=article).exists():
        sentence = _("The address “%(slug)s” belongs to another article, now or in the past: choose another one.")
        yield Problem("address-taken", "details", sentence % {"slug": document.slug})


def _of_card(document: Document, card: Card, number: int) -> Iterator[Problem]:
    place = f"card:{card.public_id}"
    label = {"number": number}
    if not card.heading:
        yield Problem("no-heading", place, _("Give fact %(number)s a heading.") % label)
    if not card.body.strip():
        yield Problem("no-body", place, _("Fact %(number)s has no text yet.") % label)
    if not card.sources:
        yield _advice("no-source", place, _("Name a source for fact %(number)s.") % label)
    if any(not source.url and not source.title for source in card.sources):
        yield Problem("empty-source", place, _("Give each source of fact %(number)s an address or a title.") % label)
    if any(source.url and not source.url.startswith(("https://", "http://")) for source in card.sources):
        sentence = _("A source of fact %(number)s has an address that does not begin with https:// or http://.")
        yield Problem("source-address", place, sentence % label)
    if emoji.is_broken(card.emoji) or emoji.is_broken(card.heading):
        yield _advice("broken-emoji", place, _("An emoji of fact %(number)s is broken: enter it again.") % label)
    yield from _of_body(document, card.body, place)
    named = episodes.last_episode_named(f"{card.heading}\n{card.body}")
    if named is not None and card.spoiler_after is None:
        sentence = _("Fact %(number)s names episode %(episode)s: say after which episode it spoils nothing.")
        yield _advice("no-spoiler-point", place, sentence % {**label, "episode": named})
    if card.spoiler_after is not None and not card.safe_heading:
        sentence = _("Fact %(number)s spoils something: give it a heading that may stand outside the article.")
        yield _advice("no-safe-heading", place, sentence % label)


def _of_faq(document: Document, faq: Faq, number: int) -> Iterator[Problem]:
    place = f"faq:{faq.public_id}"
    label = {"number": number}
    if not faq.question:
        yield Problem("no-question", place, _("Write question %(number)s.") % label)
    elif not faq.question.rstrip().endswith(("?", "？", "؟")):
        yield _advice("no-question-mark", place, _("Question %(number)s does not end as a question.") % label)
    if not faq.answer.strip():
        yield Problem("no-answer", place, _("Question %(number)s has no answer yet.") % label)
    yield from _of_body(document, faq.answer, place)


def _of_body(document: Document, body: str, place: str) -> Iterator[Problem]:
    if any(not quotation.attribution for quotation in markdown.quotations(body)):
        sentence = _("Say whose words these are: add a last line to the quotation that starts with —.")
        yield _advice("quote-without-name", place, sentence)
    for use in markdown.images_used(body):
        picture = document.picture(use.picture_id) if use.picture_id else None
        if picture is None:
            yield Problem("picture-missing", place, _("A picture in this text is not in the library."))
        elif not use.alt and not picture.alt and not picture.decorative:
            yield Problem("picture-without-alt", place, _("Say what each picture shows, or mark it as decorative."))
