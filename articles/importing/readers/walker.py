"""One walk over the tree of a page: what each element does to the blocks that are being collected."""

from __future__ import annotations

from dataclasses import replace

from selectolax.lexbor import LexborNode

from articles.importing.blocks import Block, Hint, Kind, Span
from articles.importing.readers import folding, markup, pictures, raised, tree, word
from articles.importing.readers.asides import ASIDES
from articles.importing.readers.asides import TAG as _ASIDE_TAG
from articles.importing.readers.collector import OpenFrame
from articles.importing.readers.elements import CLOSERS, OPENERS, Elements
from articles.importing.readers.folding import Folded
from articles.importing.readers.markup import BLOCKS, EMBEDS, HEADINGS
from articles.importing.reading import Embedded
from articles.text.messages import _

BYLINE = _("a byline or a date: authors and dates are set on the article itself")
HIDDEN = _("hidden on the page: nothing there shows it to a reader")
LABEL = _("a label that unfolds words of the page")


class Walker(Elements):
    """`survey` knows what each element holds, `folded` which hidden ones a reader can open."""

    folded: Folded
    is_word = False

    def walk(self, root: LexborNode, main: int | None) -> list[Block]:
        self._main = main
        self._outside = main is not None and main != root.mem_id
        for node, entering in tree.steps(root):
            tag = node.tag or ""
            if tag == "-text":
                self._text(node.text_content or "")
            elif entering:
                self._enter(node, tag)
            else:
                self._leave(node, tag)
        self._flush()
        return self._runs[0].blocks

    # --- elements -----------------------------------------------------------------------------------------------------

    def _enter(self, node: LexborNode, tag: str) -> None:
        given = markup.attributes(node)
        if tag in BLOCKS and tag != "li":
            self._flush()
        if given.get("id"):
            self._waiting_ids.append(given["id"])
        if node.mem_id == self._main:
            self._flush()
            self._outside = False
        if tag in _SINGLE or tag in EMBEDS:
            self._single(node, tag, given)
        outer = self._frames[-1]
        frame = OpenFrame(
            self._styles.look(tag, given, outer.look), node.mem_id or 0, preserves=outer.preserves,
            keeps_lines=outer.keeps_lines, is_muted=outer.is_muted,
            is_paragraph=outer.is_paragraph or tag == "p" or tag in HEADINGS,
        )  # fmt: skip
        frame.hint, frame.why = self._aside(node, tag, given)
        self._frames.append(frame)
        if frame.hint is Hint.NONE:
            self._set_frame(node, tag, given, frame)
        elif frame.hint is Hint.ASIDE and tag not in BLOCKS and tag not in _SINGLE:
            self._hold()
            frame.closes = "aside"

    def _aside(self, node: LexborNode, tag: str, given: dict[str, str]) -> tuple[Hint, str]:
        """Why the words of an element are no part of the article; (Hint.NONE, "") when they are."""
        if tag == _ASIDE_TAG:
            return Hint.ASIDE, ASIDES.get(given.get("data-why", ""), HIDDEN)
        if tag in _LABELS and folding.is_label(node.text()[:60]) and not _leads_away(given):
            return Hint.ASIDE, LABEL
        if tag == "button" and folding.is_control(given):
            return Hint.NONE, ""
        found = markup.aside(tag, given)
        if found[0] is Hint.NONE and given:
            why = word.aside(tag, given, is_word=self.is_word)
            if not why and markup.is_hidden(given) and not self.folded.can_be_unfolded(node, given):
                why = HIDDEN
            return (Hint.ASIDE, why) if why else found
        return found

    def _set_frame(self, node: LexborNode, tag: str, given: dict[str, str], frame: OpenFrame) -> None:
        if tag in HEADINGS or (given.get("role") == "heading" and given.get("aria-level", "").isdigit()):
            frame.kind = Kind.HEADING
            frame.level = HEADINGS.get(tag) or min(6, max(1, int(given["aria-level"][:2])))
        if markup.is_title(tag, given):
            frame.kind, frame.level, frame.hint = Kind.HEADING, frame.level or 1, Hint.TITLE
        elif markup.is_byline(tag, given):
            frame.hint, frame.why = Hint.BYLINE, BYLINE
        opener = OPENERS.get(tag)
        if opener:
            opener(self, node, given, frame)
        if tag == "button" or markup.is_question(tag, given, _of_parent(node, given)):
            self._open_question(frame)
        power = raised.written(node, tag) if tag in _RAISED and not frame.is_muted else None
        if power is not None:
            self._add(power)
            frame.is_muted = True
        if word.is_marker(given):
            self._hold()
            frame.closes = "marker"
        word.mark(tag, given, frame)

    def _open_question(self, frame: OpenFrame) -> None:
        self._flush()
        frame.hint = Hint.QUESTION
        frame.look = replace(frame.look, bold=True)
        frame.closes = frame.closes or "flush"

    def _leave(self, node: LexborNode, tag: str) -> None:
        frame = self._frames[-1]
        if tag in BLOCKS:
            self._flush()
        if frame.closes:
            CLOSERS[frame.closes](self)
        self._frames.pop()
        if tag == "sup" and frame.level == -1:
            self._add("]")
        if node.mem_id == self._main:
            self._flush()
            self._outside = True

    def _single(self, node: LexborNode, tag: str, given: dict[str, str]) -> None:
        if tag == "br":
            self._break()
        elif tag == "hr":
            if len(self._tables) == 0:
                self._runs[-1].blocks.append(Block(kind=Kind.RULE))
        elif tag == "img":
            self._picture(node, given)
        elif given.get("src", "").startswith(("http:", "https:", "//")):
            self._buffer.append(Span(tag.replace("iframe", "embedded page"), picture=given["src"]))

    def _picture(self, node: LexborNode, given: dict[str, str]) -> None:
        if tree.is_emoji(given):
            self._add(given["alt"])
            return
        alt = " ".join(given.get("alt", "").split())
        for address in pictures.addresses(node, given):
            if address.startswith("data:"):
                found = pictures.embedded(address)
                kept = self.keep(*found, alt) if found else ""
            else:
                kept = address
            if kept:
                self._buffer.append(Span(alt, picture=kept))
                return

    def keep(self, data: bytes, ending: str, alt: str) -> str:
        name = f"picture-{len(self.pictures) + 1}.{ending}"
        self.pictures.append(Embedded(name, data, alt))
        return f"picture:{name}"


def _of_parent(node: LexborNode, given: dict[str, str]) -> dict[str, str]:
    parent = node.parent if "itemprop" in given else None
    return markup.attributes(parent) if parent is not None else {}


def _leads_away(given: dict[str, str]) -> bool:
    """A link to another page is no label that unfolds this one."""
    return given.get("href", "#")[:1] != "#" and not given.get("href", "").startswith("javascript:")


_SINGLE = frozenset(("br", "hr", "img"))
_LABELS = frozenset(("button", "a", "label", "span"))
_RAISED = frozenset(("sup", "sub", "span"))
