"""The rules for each part of an article by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.document import Card, Document, Faq
from articles.models import Address, Article
from articles.readiness import caveats, texts
from articles.readiness.problems import PlaceElsewhere, Problem
from articles.readiness.rules import WIDEST_DEK, WIDEST_HEADING
from articles.text import emoji

# Japanese may end a question with か, Chinese with 吗 or 呢; U+037E is the Greek question mark.
_ENDS_OF_A_QUESTION = ("?", "？", "؟", "\u037e", "‽", "⁉", "か", "吗", "呢", "嗎")
_AFTER_THE_END = " \t\"'”’»)]）」』。.!！"


@dataclass(frozen=True, slots=True)
class CheckedPart:
    """A place of a Problem and what a person calls it: "card:bcdfg" is “Fact 3”. `called` is not translated yet."""

    place: str
    called: str
    number: int = 0

    @property
    def name(self) -> str:
        return _(self.called) % {"number": self.number}

    def problem(self, code: str, field: str, sentence: str) -> Problem:
        return Problem(code, self.place, sentence, field)

    def located_problem(self, code: str, field: str, sentence: str, links: tuple[PlaceElsewhere, ...] = ()) -> Problem:
        """For sentences that do not say where."""
        return Problem(
            code, self.place, _("%(where)s: %(problem)s") % {"where": self.name, "problem": sentence}, field, links
        )


def card_parts(document: Document) -> Iterator[tuple[CheckedPart, Card]]:
    """Each card under the number that a reader sees; where there are none, under its place."""
    for position, (number, card) in enumerate(document.numbered_cards(), 1):
        yield CheckedPart(f"card:{card.public_id}", gettext_noop("Fact %(number)s"), number or position), card


def faq_parts(document: Document) -> Iterator[tuple[CheckedPart, Faq]]:
    for number, faq in enumerate(document.faqs, 1):
        yield CheckedPart(f"faq:{faq.public_id}", gettext_noop("Question %(number)s"), number), faq


def places(document: Document) -> Iterator[str]:
    """All places in reading order."""
    yield from ("details", "introduction")
    yield from (part.place for part, _card in card_parts(document))
    yield "conclusion"
    yield from (part.place for part, _faq in faq_parts(document))


def of_document(document: Document) -> Iterator[Problem]:
    """What the Document alone shows."""
    yield from _of_details(document)
    yield from _of_introduction(document)
    for part, card in card_parts(document):
        yield from _of_card(document, part, card)
    conclusion = CheckedPart("conclusion", gettext_noop("Conclusion"))
    yield from _of_line(conclusion, "conclusion_heading", document.conclusion_heading)
    yield from _of_body(document, conclusion, "conclusion", document.conclusion)
    for part, faq in faq_parts(document):
        yield from _of_faq(document, part, faq)


def of_address(document: Document, article: Article) -> Iterator[Problem]:
    taken = Address.objects.filter(kind=Address.Kind.ARTICLE, slug=document.slug)
    if document.slug and taken.exclude(article=article).exists():
        sentence = _("The address “%(slug)s” belongs to another article, now or in the past: choose another one.")
        yield Problem("address-taken", "details", sentence % {"slug": document.slug}, "slug")


def of_article(article: Article) -> Iterator[Problem]:
    """What the row itself says."""
    if article.subject and not article.subject.is_confirmed:
        sentence = _("“%(subject)s” is only proposed: an editor has to confirm it first.")
        yield Problem("subject-proposed", "details", sentence % {"subject": article.subject}, "subject")
    if article.is_template:
        yield Problem("is-template", "details", _("This is a template: make a new article from it."))


# --- details and introduction -----------------------------------------------------------------------------------------


def _of_details(document: Document) -> Iterator[Problem]:
    details = CheckedPart("details", gettext_noop("Details"))
    if not document.title:
        yield details.problem("no-title", "title", _("Give the article a title."))
    if not document.slug:
        yield details.problem("no-address", "slug", _("No address can be made from the title: write one."))
    if not document.subject:
        yield details.problem("no-subject", "subject", _("Say what the article is about: choose a subject."))
    if not document.authors:
        yield details.problem("no-author", "authors", _("Name at least one author."))
    if not document.cards:
        yield details.problem("no-cards", "", _("Add at least one fact."))
    if not document.dek:
        yield details.problem("no-dek", "dek", _("Write a dek: one line that says what the list is."))
    elif texts.line(document.dek).columns > WIDEST_DEK:
        sentence = _("The dek is longer than search results show: they would cut it.")
        yield details.problem("long-dek", "dek", sentence)
    if not document.cover:
        yield details.problem("no-cover", "cover", _("Choose a cover picture."))
    for field, name, text in (
        ("title", gettext_noop("Title"), document.title),
        ("dek", gettext_noop("Dek"), document.dek),
    ):
        part = CheckedPart("details", name)
        yield from _of_line(part, field, text)
        yield from _of_count(document, part, field, texts.announced(text))


def _of_introduction(document: Document) -> Iterator[Problem]:
    part = CheckedPart("introduction", gettext_noop("Introduction"))
    if not document.introduction:
        yield part.problem("no-introduction", "introduction", _("Write an introduction."))
    yield from _of_body(document, part, "introduction", document.introduction)
    yield from _of_count(document, part, "introduction", texts.announced(document.introduction, in_passing=True))


def _of_count(document: Document, part: CheckedPart, field: str, numbers: frozenset[int]) -> Iterator[Problem]:
    """A text that names the right number among others is right."""
    total = len(document.cards)
    if total and numbers and total not in numbers:
        sentence = _("It announces %(announced)s, and the number of facts is %(total)s.")
        yield part.located_problem("other-count", field, sentence % {"announced": max(numbers), "total": total})


# --- cards ------------------------------------------------------------------------------------------------------------


def _of_card(document: Document, part: CheckedPart, card: Card) -> Iterator[Problem]:
    if not card.heading:
        yield part.located_problem("no-heading", "heading", _("Give it a heading."))
    elif texts.line(card.heading).columns > WIDEST_HEADING:
        sentence = _("Its heading takes more than three lines on a phone: shorten it.")
        yield part.located_problem("long-heading", "heading", sentence)
    if not card.body.strip():
        yield part.located_problem("no-body", "body", _("It has no text yet."))
    yield from _of_length(part, card)
    yield from _of_sources(part, card)
    yield from _of_picture(document, part, card)
    if lack := caveats.missing(card):
        yield part.located_problem("caveat-incomplete", *lack)
    yield from _of_line(part, "caveat_note", card.caveat_note)
    if card.emoji and texts.line(card.emoji).words.has_broken_emoji:
        yield part.located_problem("broken-emoji", "emoji", _("An emoji is broken: enter it again."))
    yield from _of_line(part, "heading", card.heading)
    yield from _of_line(part, "safe_heading", card.safe_heading)
    yield from _of_body(document, part, "body", card.body)
    yield from _of_spoilers(part, card.spoiler_after, card.body, card.heading, card.caveat_note)
    if card.spoiler_after is not None:
        yield from _of_safe_heading(part, card)


def _of_sources(part: CheckedPart, card: Card) -> Iterator[Problem]:
    if not card.sources:
        yield part.located_problem("no-source", "sources", _("Name a source."))
    if any(not source.url and not source.title for source in card.sources):
        yield part.located_problem("empty-source", "sources", _("Give each source an address or a title."))
    addresses = [url for source in card.sources for url in (source.url, source.archived_url) if url]
    if any(not url.startswith(("https://", "http://")) for url in addresses):
        sentence = _("A source has an address that does not begin with https:// or http://.")
        yield part.located_problem("source-address", "sources", sentence)
    for source in card.sources:
        yield from _of_line(part, "sources", source.title)


def _of_length(part: CheckedPart, card: Card) -> Iterator[Problem]:
    """Only where the house says how long a fact should be; one without any text lacks more than length."""
    if settings.WORDS_PER_FACT is None or not card.body.strip():
        return
    (least, most), count = settings.WORDS_PER_FACT, texts.count_words(card.body)
    if not least <= count <= most:
        sentence = _("It has %(count)s words; %(least)s to %(most)s are wanted.")
        yield part.located_problem("other-length", "body", sentence % {"count": count, "least": least, "most": most})


def _of_picture(document: Document, part: CheckedPart, card: Card) -> Iterator[Problem]:
    picture = document.picture(card.picture)
    if card.picture and picture is None:
        yield part.located_problem("picture-missing", "picture", _("Its picture is not in the library."))
    elif picture and not (picture.alt or picture.decorative):
        sentence = _("Say what its picture shows, or mark it as decorative.")
        yield part.located_problem("picture-without-alt", "picture", sentence)


def _of_spoilers(part: CheckedPart, spoiler_after: int | None, body: str, *lines: str) -> Iterator[Problem]:
    notes = (*(texts.line(line).words for line in lines), texts.body(body).words)
    episode = max((note.episode for note in notes if note.episode is not None), default=None)
    ending = next((note.ending for note in notes if note.ending), "")
    if spoiler_after is not None:
        if episode is not None and episode > spoiler_after:
            sentence = _("It names episode %(episode)s, which comes after its spoiler point (%(point)s).")
            words = {"episode": episode, "point": spoiler_after}
            yield part.located_problem("early-spoiler-point", "spoiler_after", sentence % words)
    elif episode is not None:
        sentence = _("It names episode %(episode)s. Say after which episode it spoils nothing.")
        yield part.located_problem("no-spoiler-point", "spoiler_after", sentence % {"episode": episode})
    elif ending:
        sentence = _("It seems to tell how the story ends (“%(words)s”). Say after which episode it spoils nothing.")
        yield part.located_problem("no-spoiler-point", "spoiler_after", sentence % {"words": ending})


def _of_safe_heading(part: CheckedPart, card: Card) -> Iterator[Problem]:
    """Without a safe heading nothing leaks: readers outside see “A fact about …”, which says little."""
    heading, safe = texts.line(card.heading), texts.line(card.safe_heading)
    if not card.safe_heading:
        sentence = _("It spoils something. Give it a heading that may stand outside the article.")
        if _tells(heading):
            sentence = _("Its heading gives the story away. Give it one that may stand outside the article.")
        yield part.located_problem("no-safe-heading", "safe_heading", sentence)
    elif safe.folded == heading.folded:
        sentence = _("The heading for outside the article is the heading itself: write one that spoils nothing.")
        yield part.located_problem("telling-heading", "safe_heading", sentence)
    elif _tells(safe):
        sentence = _(
            "The heading for outside the article names an episode or the ending: write one that spoils nothing."
        )
        yield part.located_problem("telling-heading", "safe_heading", sentence)


def _tells(line: texts.LineFacts) -> bool:
    return line.words.episode is not None or bool(line.words.ending)


# --- questions --------------------------------------------------------------------------------------------------------


def _of_faq(document: Document, part: CheckedPart, faq: Faq) -> Iterator[Problem]:
    if not faq.question:
        yield part.located_problem("no-question", "question", _("Write it."))
    elif not _ends_as_a_question(faq.question):
        yield part.located_problem("no-question-mark", "question", _("It does not end as a question."))
    if not faq.answer.strip():
        yield part.located_problem("no-answer", "answer", _("It has no answer yet."))
    yield from _of_line(part, "question", faq.question)
    yield from _of_body(document, part, "answer", faq.answer)
    yield from _of_spoilers(part, faq.spoiler_after, faq.answer, faq.question)


def _ends_as_a_question(question: str) -> bool:
    words, _emoji = emoji.split(question)
    return words.rstrip(_AFTER_THE_END).endswith(_ENDS_OF_A_QUESTION)


# --- any text ---------------------------------------------------------------------------------------------------------


def _of_line(part: CheckedPart, field: str, text: str) -> Iterator[Problem]:
    if text:
        yield from _of_words(part, field, texts.line(text).words)


def _of_body(document: Document, part: CheckedPart, field: str, text: str) -> Iterator[Problem]:
    if not text:
        return
    notes = texts.body(text)
    if notes.has_nameless_quotation:
        sentence = _("Say whose words the quotation holds: add a last line to it that starts with —.")
        yield part.located_problem("quote-without-name", field, sentence)
    for code, sentence in picture_problems(document, text):
        yield part.located_problem(code, field, sentence)
    if notes.empty_links:
        sentence = _("The words of a link do not say where it leads: “%(words)s”.")
        yield part.located_problem("empty-link", field, sentence % {"words": notes.empty_links[0]})
    yield from _of_words(part, field, notes.words)


def _of_words(part: CheckedPart, field: str, words: texts.TextFacts) -> Iterator[Problem]:
    if words.placeholder:
        sentence = _("“%(words)s” still stands in it.")
        yield part.located_problem("placeholder", field, sentence % {"words": words.placeholder})
    if words.has_broken_emoji:
        yield part.located_problem("broken-emoji", field, _("An emoji is broken: enter it again."))


def picture_problems(document: Document, body: str) -> Iterator[tuple[str, str]]:
    """What the pictures of one body lack: codes and sentences, each once."""
    pictures = [(use, document.picture(use.picture_id)) for use in texts.body(body).images]
    if any(picture is None for _use, picture in pictures):
        yield "picture-missing", _("A picture in this text is not in the library.")
    if any(picture and not (use.alt or picture.alt or picture.decorative) for use, picture in pictures):
        yield "picture-without-alt", _("Say what each picture shows, or mark it as decorative.")
