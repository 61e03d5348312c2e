"""From a layout to the Document and the account of every word in it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from articles.document import Card, Document, Faq, Source
from articles.importing import account, writing
from articles.importing.account import Account, Placed, Repaired, Unplaced
from articles.importing.blocks import Block, Kind, Span, plain
from articles.importing.finder.layout import Layout, LayoutBlock, Role
from articles.importing.finder.numbers import lone_number
from articles.importing.finder.words import is_bare_faq_heading
from articles.text import emoji, episodes
from articles.text.messages import _

_RULE_WHY = _("a dividing line; the parts of an article are divided by themselves")


@dataclass(slots=True)
class _Body:
    heading: list[str] = field(default_factory=list)
    emoji: str = ""
    sources: list[Source] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


def build(layout: Layout, *, source: str, repaired: Iterable[Repaired] = ()) -> tuple[Document, Account]:
    """The Document of a layout, and the account that holds it against `source`, the visible text."""
    builder = _Builder(layout)
    for entry in layout.blocks:
        builder.add(entry)
    document = builder.document()
    return document, account.settle(
        source,
        builder.placed,
        [*repaired, *builder.repaired],
        builder.unplaced,
        [*layout.notes, *builder.notes],
    )


def places(layout: Layout) -> tuple[str, ...]:
    """Where each block of a layout goes, in the words of `Placed.where`; "" for what goes nowhere."""
    builder = _Builder(layout)
    found = []
    for entry in layout.blocks:
        builder.where = ""
        builder.add(entry)
        found.append(builder.where)
    return tuple(found)


class _Builder:
    """Every way to add words also tells the account, so that neither can be forgotten."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._title = ""
        self._introduction = _Body()
        self._conclusion = _Body()
        self._cards: list[_Body] = []
        self._faqs: list[_Body] = []
        self.placed: list[Placed] = []
        self.repaired: list[Repaired] = []
        self.unplaced: list[Unplaced] = []
        self.notes: list[str] = []
        self.where = ""  # of the entry that was placed last

    def add(self, entry: LayoutBlock) -> None:
        block = entry.block
        if block.kind is Kind.RULE:
            if block.marker:
                self.repaired.append(Repaired(block.marker, "", _RULE_WHY))
            return
        match entry.role:
            case Role.TITLE:
                self._set_title(block)
            case Role.CARD:
                self._start_card(block)
            case Role.CONCLUSION_HEADING:
                self._head_conclusion(block)
            case Role.QUESTION:
                self._faqs.append(_Body(heading=[_one_line(block)]))
                self._place(block, f"faq {len(self._faqs)}")
            case Role.FAQ_HEADING:
                self._head_questions(block)
            case Role.LEFT_OUT:
                self._leave_out(block, entry.why or _("left out"))
            case _:
                self._add_text(block, entry.role)

    def _add_text(self, block: Block, role: Role) -> None:
        if role is Role.CARD_TEXT and self._cards:
            body, where = self._cards[-1], f"card {len(self._cards)}"
        elif role is Role.ANSWER and self._faqs:
            body, where = self._faqs[-1], f"faq {len(self._faqs)}"
        elif role is Role.CONCLUSION:
            body, where = self._conclusion, "conclusion"
        else:
            body, where = self._introduction, "introduction"
        body.blocks.append(_with_marker(block))
        self._place(block, where)

    def _place(self, block: Block, where: str) -> None:
        self.where = where
        if block.source.strip():
            self.placed.append(Placed(block.source, where))

    def _leave_out(self, block: Block, why: str) -> None:
        if block.source.strip():
            self.unplaced.append(Unplaced(block.source, why))

    def _set_title(self, block: Block) -> None:
        text = _one_line(block)
        if self._title and self._title != text:
            self._leave_out(block, _("a second title"))
            return
        self._title = text
        if number := _lone(block):
            self.unplaced.append(Unplaced(number, _("a number over the title")))
            block = dataclasses.replace(block, marker="")
        self._place(block, "title")

    def _start_card(self, block: Block) -> None:
        heading, signs = emoji.split(_one_line(block))
        card = _Body(heading=[heading], emoji=signs)
        if not heading:  # a heading of nothing but emoji keeps them
            card.heading, card.emoji = [signs], ""
        card.sources = _sources(block)
        self._cards.append(card)
        self._place(block, f"card {len(self._cards)}")

    def _head_conclusion(self, block: Block) -> None:
        if self._conclusion.heading or self._conclusion.blocks:
            self._conclusion.blocks.append(block)
        else:
            self._conclusion.heading.append(_one_line(block))
        self._place(block, "conclusion")

    def _head_questions(self, block: Block) -> None:
        if is_bare_faq_heading(block.text):
            self._place(block, "faqs")
        else:
            self._leave_out(block, "The heading over the questions; the page writes its own.")

    # --- the end ------------------------------------------------------------------------------------------------------

    def document(self) -> Document:
        return Document(
            title=self._title or self._layout.title,
            introduction=writing.markdown(self._introduction.blocks),
            cards=tuple(self._card(number, body) for number, body in enumerate(self._cards, 1)),
            conclusion_heading=" ".join(self._conclusion.heading),
            conclusion=writing.markdown(self._conclusion.blocks),
            faqs=tuple(self._faq(number, body) for number, body in enumerate(self._faqs, 1)),
            numbering=self._layout.numbering,
        )

    def _card(self, number: int, body: _Body) -> Card:
        heading = " ".join(body.heading)
        return Card(
            heading=heading,
            emoji=body.emoji,
            body=writing.markdown(body.blocks),
            sources=tuple(body.sources),
            spoiler_after=self._spoiler(_("Fact %(number)s", number=number), heading, body.blocks),
        )

    def _faq(self, number: int, body: _Body) -> Faq:
        question = " ".join(body.heading)
        return Faq(
            question=question,
            answer=writing.markdown(body.blocks),
            spoiler_after=self._spoiler(_("Question %(number)s", number=number), question, body.blocks),
        )

    def _spoiler(self, name: str, heading: str, blocks: Sequence[Block]) -> int | None:
        episode = episodes.last_episode_named("\n".join([heading, *(block.text for block in blocks)]))
        if episode is not None:
            self.notes.append(
                _(
                    "%(name)s names episode %(episode)s: proposed as safe after episode %(episode)s.",
                    name=name,
                    episode=episode,
                )
            )
        return episode


def _lone(block: Block) -> str:
    """The number of a block that is no item, from a line of its own; it may be underlined, too."""
    if block.kind not in (Kind.PARAGRAPH, Kind.HEADING):
        return ""
    return next(filter(lone_number, (block.marker, block.marker.rpartition(" ")[0])), "")


def _with_marker(block: Block) -> Block:
    """A number that the heading of no card took stays before its words; only a list writes its own."""
    number = _lone(block)
    return block.with_spans((Span(f"{number} "), *block.spans)) if number else block


_SPACES = re.compile(r"\s+")


def _one_line(block: Block) -> str:
    """Plain text for a field that is one line and no Markdown."""
    return _SPACES.sub(" ", plain(block.spans) if block.spans else block.text).strip()


def _sources(block: Block) -> list[Source]:
    """The addresses that a heading links to: a heading is plain text, so they go where a fact is looked up."""
    addresses = dict.fromkeys(span.href for span in block.spans if span.href.startswith(("http://", "https://")))
    return [Source(url=address, title=_one_line(block)) for address in addresses]
