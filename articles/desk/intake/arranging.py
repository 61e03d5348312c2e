"""A document before it is a draft: its blocks, each with where it goes, beside the article that they make."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import importing
from articles.desk.intake.messages import translated_account
from articles.document import Document
from articles.importing import Account, Choice, Imported, ImportRefused
from articles.importing.blocks import Block, Kind, plain
from articles.importing.finder.layout import LayoutBlock, Role
from articles.text import markdown
from articles.translation import translated

PAGE = 300  # blocks at a time: each has a field of its own, and a request may hold 1,000
_FIRST_WORDS = 240
_SHOWN_HEADINGS = 3
_LONGEST_HEADING = 60

NAMES: Mapping[Choice, str | Promise] = {
    Choice.TITLE: gettext_lazy("Title"),
    Choice.INTRODUCTION: gettext_lazy("Introduction"),
    Choice.CARD: gettext_lazy("Fact heading"),
    Choice.CARD_TEXT: gettext_lazy("Fact text"),
    Choice.QUOTATION: gettext_lazy("Quotation"),
    Choice.QUESTION: gettext_lazy("Question"),
    Choice.ANSWER: gettext_lazy("Answer"),
    Choice.CONCLUSION_HEADING: gettext_lazy("Conclusion heading"),
    Choice.CONCLUSION: gettext_lazy("Conclusion"),
    Choice.LEFT_OUT: gettext_lazy("Leave out"),
}


# --- roles on their way through the form ------------------------------------------------------------------------------


def written(choices: Mapping[int, Choice]) -> str:
    return ",".join(f"{index}:{choice}" for index, choice in sorted(choices.items()))


def choices_in(sent: Mapping[str, str]) -> dict[int, Choice]:
    """Those of the blocks on other pages, and over them those on this one; raises ImportRefused."""
    pairs = [tuple(pair.split(":", 1)) for pair in sent.get("roles", "").split(",") if pair]
    pairs += [(name.removeprefix("role-"), value) for name, value in sent.items() if name.startswith("role-")]
    found: dict[int, str] = {}
    try:
        for index, value in pairs:
            found[int(index)] = value
        return {index: Choice(value) for index, value in found.items() if value}
    except ValueError as error:
        raise ImportRefused(_("A role that does not exist was chosen: import the document again.")) from error


# --- the source -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A block of the source. `mark` says where it goes, `look` how that is painted; `chosen` is "" while nobody did."""

    index: int
    block: Block
    mark: str
    why: str
    look: str
    found: str | Promise
    chosen: str
    options: tuple[tuple[str, str | Promise], ...]

    @property
    def number(self) -> int:
        return self.index + 1

    @property
    def words(self) -> str:
        """As the source has them; a quotation as the article will, for the signs around its speaker came off."""
        block = self.block
        if block.kind is Kind.QUOTE and block.attribution:
            return "\n".join([*(child.text for child in block.children), f"— {plain(block.attribution)}"])
        return block.source

    @property
    def is_picture(self) -> bool:
        return not self.block.source.strip()

    @property
    def is_chosen(self) -> bool:
        return bool(self.chosen)


def _mark(entry: LayoutBlock, where: str) -> str:
    if entry.block.kind is Kind.RULE:
        return _("A dividing line")
    if not where:
        return _("Left out")
    kind, _space, number = where.partition(" ")
    name = {
        "title": _("Title"),
        "introduction": _("Introduction"),
        "card": _("Fact %(number)s"),
        "conclusion": _("Conclusion"),
        "faq": _("Question %(number)s"),
        "faqs": _("Heading of the questions"),
    }[kind] % {"number": number}
    if entry.role in (Role.CARD, Role.CONCLUSION_HEADING):
        return _("%(part)s, heading") % {"part": name}
    if entry.block.kind is Kind.QUOTE:
        return _("%(part)s, quotation") % {"part": name}
    return _("%(part)s, answer") % {"part": name} if entry.role is Role.ANSWER and kind == "faq" else name


def _name(entry: LayoutBlock) -> str | Promise:
    if entry.role is Role.FAQ_HEADING:
        return _("Heading of the questions")
    if entry.role is Role.LEFT_OUT:
        return _("Left out")
    return NAMES[Choice.QUOTATION if entry.block.kind is Kind.QUOTE else Choice(entry.role)]


def _look(entry: LayoutBlock, where: str) -> str:
    if not where:
        return "left-out"
    return "quotation" if entry.block.kind is Kind.QUOTE else entry.role.replace(" ", "-")


@dataclass(frozen=True, slots=True)
class OtherReading:
    """Another way to read the document, offered with one click: `number` is what the button sends."""

    number: int
    document: Document

    @property
    def summary(self) -> str:
        cards = self.document.cards
        count = ngettext("%(count)s fact", "%(count)s facts", len(cards)) % {"count": len(cards)}
        first = [card.heading[:_LONGEST_HEADING] for card in cards[:_SHOWN_HEADINGS]]
        return f"{count}: {' · '.join(first)}{' …' if len(cards) > len(first) else ''}"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """`found` as the importer read it, `imported` with the roles that were chosen. Pages are counted from 1.

    `readings` are all ways to read the document, the likeliest first; `reading` is the place of `found` among them.
    """

    found: Imported
    imported: Imported
    choices: Mapping[int, Choice]
    page: int = 1
    readings: tuple[Imported, ...] = ()
    reading: int = 0

    @classmethod
    def of(cls, read: Imported, choices: Mapping[int, Choice], page: int = 1, reading: int = 0) -> Arrangement:
        """Raises ImportRefused for a reading or a role that does not exist."""
        readings = (read, *importing.other_readings(read))
        if reading >= len(readings):
            raise ImportRefused(_("The document cannot be read in that way: import it again."))
        found = readings[reading]
        return cls(found, importing.rearranged(found, choices), choices, page, readings, reading)

    def titled(self, title: str) -> Arrangement:
        document = dataclasses.replace(self.imported.document, title=title)
        return dataclasses.replace(self, imported=dataclasses.replace(self.imported, document=document))

    @property
    def has_list(self) -> bool:
        """Whether the importer found facts: where it did not, a person gives the blocks their roles."""
        return bool(self.found.document.cards)

    @property
    def other_readings(self) -> list[OtherReading]:
        others = enumerate(self.readings)
        return [OtherReading(number, other.document) for number, other in others if number != self.reading]

    @property
    def document(self) -> Document:
        return self.imported.document

    @property
    def roles(self) -> str:
        return written(self.choices)

    @property
    def count(self) -> int:
        return len(self.found.layout.blocks) if self.found.layout else 0

    @property
    def pages(self) -> range:
        return range(1, max(1, -(-self.count // PAGE)) + 1)

    @property
    def page_number(self) -> int:
        """A page that does not exist is the nearest one."""
        return min(max(1, self.page), self.pages[-1])

    @property
    def block_range(self) -> range:
        """The blocks on this page, by index."""
        return range((self.page_number - 1) * PAGE, min(self.page_number * PAGE, self.count))

    @property
    def first(self) -> int:
        return self.block_range.start + 1

    @property
    def last(self) -> int:
        return self.block_range.stop

    def rows(self) -> Iterator[BlockRow]:
        if self.found.layout is None or self.imported.layout is None:
            return
        places = importing.places(self.imported.layout)
        for index in self.block_range:
            found, entry = self.found.layout.blocks[index], self.imported.layout.blocks[index]
            options = tuple((choice.value, NAMES[choice]) for choice in importing.choices_for(found.block))
            yield BlockRow(
                index,
                found.block,
                _mark(entry, places[index]),
                translated(entry.why),
                _look(entry, places[index]),
                _name(found),
                self.choices.get(index, ""),
                options,
            )

    # --- the article --------------------------------------------------------------------------------------------------

    @property
    def summary(self) -> str:
        counts = (
            (len(self.document.cards), ngettext("%(count)s fact", "%(count)s facts", len(self.document.cards))),
            (len(self.document.faqs), ngettext("%(count)s question", "%(count)s questions", len(self.document.faqs))),
            (len(self.imported.account.unplaced), _("%(count)s not placed")),
        )
        return ", ".join(words % {"count": count} for count, words in counts)

    @property
    def account(self) -> Account:
        return translated_account(self.imported.account)

    @property
    def introduction(self) -> str:
        return _first_words(self.document.introduction)

    @property
    def conclusion(self) -> str:
        return _first_words(self.document.conclusion)

    def cards(self) -> Iterator[tuple[int | None, str, str]]:
        for number, card in self.document.numbered_cards():
            yield number, " ".join(filter(None, [card.emoji, card.heading])), _first_words(card.body)

    def questions(self) -> Iterator[tuple[str, str]]:
        for faq in self.document.faqs:
            yield faq.question, _first_words(faq.answer)


def _first_words(source: str) -> str:
    return markdown.excerpt(source, _FIRST_WORDS)
