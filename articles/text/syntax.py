"""The Markdown that Fanguide understands, as one shared parser: CommonMark with tables, in the words of a writer.

Above CommonMark: quotations with an attribution, pictures that are figures, bold and italic next to Hangul, Kana and
Han. Below it: no HTML, no indented code and no underlined headings (a pasted indent is not code, and a row of dashes
under a paragraph is a line, not a heading).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

from articles.text import bounds
from articles.text.korean import HANGUL

PICTURE_SCHEME = "picture:"

# A quote or list this deep stays text. markdown-it stops at its own limit too, but by dropping what lies deeper.
_DEEPEST_CONTAINER = 12
_DEEPEST = 20

_GOOD_LINK = re.compile(r"https?://|mailto:|/(?!/)|#", re.IGNORECASE)
_OUTSIDE = re.compile(r"https?://", re.IGNORECASE)
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DASH = re.compile(r"\s*(?:—|–|―|--)-*\s*(?=\S|$)")
_BREAKS = frozenset({"softbreak", "hardbreak"})
_CJK = re.compile(
    rf"[{HANGUL}\u2e80-\u303e\u3041-\u30ff\u3105-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff01-\uffef"
    r"\U0001aff0-\U0001b16f\U00020000-\U0003fffd]"
)


def parse(source: str) -> list[Token]:
    """The block tokens of `source`. What our own rules found stands in `meta` (see each rule).

    A text with too many signs (see `bounds`) ends with a paragraph of what is not read as Markdown.
    """
    end = bounds.markdown_length(source)
    if end == len(source):
        return _parser.parse(source, {})
    return [*_parser.parse(source[:end], {}), *_as_typed(source[end:])]


def _as_typed(text: str) -> list[Token]:
    words = text.strip()
    if not words:
        return []
    opening, closing = Token("paragraph_open", "p", 1, block=True), Token("paragraph_close", "p", -1, block=True)
    inline = Token("inline", "", 0, content=words, children=[Token("text", "", 0, content=words)], level=1, block=True)
    return [opening, inline, closing]


def image_of(figure: Token) -> Token:
    return (figure.children or [])[0]


def picture_id(image: Token) -> str:
    """The library id that an image names; empty for a picture from anywhere else, which is never shown."""
    src = str(image.attrs["src"])
    return src.removeprefix(PICTURE_SCHEME) if src.startswith(PICTURE_SCHEME) else ""


def is_outside(href: str) -> bool:
    return _OUTSIDE.match(href) is not None


def visible_text(inline: Iterable[Token]) -> str:
    """The words of inline tokens: no marks, no alt texts of pictures, but their captions."""
    return "".join(_visible(token) for token in inline).strip()


def _visible(token: Token) -> str:
    if token.type == "image":
        return str(token.attrs.get("title", ""))
    return {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content)


def without_control_signs(text: str) -> str:
    """`text` without what neither HTML nor XML may hold: control signs, halves of surrogate pairs, non-characters."""
    return _UNFIT.sub("", text)


# --- emphasis next to Hangul, Kana and Han ----------------------------------------------------------------------------


class _State(StateInline):
    """Lets ** and ~~ open and close next to CJK, where no space stands between a closing quote and a particle.

    CommonMark 0.31 (section 6.2) asks for a space or punctuation outside a mark that has punctuation inside. Here a CJK
    sign counts as such, and CJK punctuation as a letter, as proposed in commonmark-spec issue 650.
    """

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803 - markdown-it's names
        scanned = super().scanDelims(start, canSplitWord)
        if not canSplitWord:
            return scanned
        end = start + scanned.length
        before = self.src[start - 1] if start else " "
        after = self.src[end] if end < self.posMax else " "
        if not (_CJK.match(before) or _CJK.match(after)):
            return scanned
        return Scanned(
            can_open=_flanks(inside=after, outside=before),
            can_close=_flanks(inside=before, outside=after),
            length=scanned.length,
        )


def _flanks(*, inside: str, outside: str) -> bool:
    if inside.isspace():
        return False
    return not _is_western_punctuation(inside) or outside.isspace() or _is_sign(outside)


def _is_western_punctuation(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "PS" and not _CJK.match(sign)


def _is_sign(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "PS" or _CJK.match(sign) is not None


class _Inline(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


# --- our own rules, after markdown-it's -------------------------------------------------------------------------------


def _demote_headings(state: StateCore) -> None:
    """A card's heading is an h2, so a heading inside its body is an h3, whatever its writer counted."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h3"


def _judge_links(state: StateCore) -> None:
    """Hides a link that leads nowhere we allow; its text stays."""
    for inline in state.tokens:
        is_refused = False
        for token in inline.children or ():
            if token.type == "link_open":
                href = str(token.attrs["href"])
                is_refused = token.hidden = not _GOOD_LINK.match(href)
            elif token.type == "link_close":
                token.hidden = is_refused


def _name_quotations(state: StateCore) -> None:
    """Takes the attribution out of a blockquote: its inline tokens are `meta["by"]` of the closing token.

    The opening token has `meta["has_by"]`. The attribution is the last line if that begins with
    a dash, and if words come before it.
    """
    kept: list[Token] = []
    opened: list[int] = []
    for token in state.tokens:
        if token.type == "blockquote_open":
            opened.append(len(kept))
        elif token.type == "blockquote_close":
            start = opened.pop()
            by = _take_attribution(kept, start)
            if by:
                kept[start].meta["has_by"] = True
                token.meta["by"] = by
        kept.append(token)
    state.tokens = kept


def _take_attribution(tokens: list[Token], start: int) -> list[Token]:
    """The attribution at the end of `tokens`, removed from them; empty if the quote opened at `start` has none."""
    if tokens[-1].type != "paragraph_close" or tokens[-1].level != tokens[start].level + 1:
        return []
    inline = tokens[-2]
    *before, last = _lines(inline.children or [])
    if not before and len(tokens) - start == 4:  # blockquote, paragraph, inline, paragraph: no words but these
        return []
    by = _without_dash(last)
    if by and before:
        inline.children = list(chain.from_iterable(before))
    elif by:
        del tokens[-3:]
    return by


def _without_dash(line: Sequence[Token]) -> list[Token]:
    """The line without the dash that it begins with, also inside emphasis; empty if it has no dash or nothing more."""
    tokens = [token for token in line if token.type not in _BREAKS]
    first = next((token for token in tokens if token.nesting != 1 and token.content), None)
    dash = _DASH.match(first.content) if first and first.type == "text" else None
    if not first or not dash or not "".join(token.content for token in tokens)[dash.end() :].strip():
        return []
    first.content = first.content[dash.end() :]
    return tokens


def _lines(children: Sequence[Token]) -> list[list[Token]]:
    """Inline tokens line by line, each break at the head of its line.

    A break inside emphasis or a link ends no line: its parts belong together.
    """
    lines: list[list[Token]] = [[]]
    depth = 0
    for token in children:
        depth += token.nesting
        if token.type in _BREAKS and not depth:
            lines.append([])
        lines[-1].append(token)
    return lines


def _place_pictures(state: StateCore) -> None:
    """Makes of a picture on a line of its own a block token "figure" whose only child is that image."""
    tokens: list[Token] = []
    stream = iter(state.tokens)
    for token in stream:
        if token.type != "paragraph_open":
            tokens.append(token)
            continue
        inline, closing = next(stream), next(stream)
        if any(child.type == "image" for child in inline.children or ()):
            tokens += _split_paragraph(token, inline, closing)
        else:
            tokens += (token, inline, closing)
    state.tokens = tokens


def _split_paragraph(opening: Token, inline: Token, closing: Token) -> Iterator[Token]:
    """The paragraph cut at the lines that are a picture alone (a figure may not stand in a paragraph)."""
    for is_figure, lines in groupby(_lines(inline.children or []), _is_picture_alone):
        if is_figure:
            for line in lines:
                image = next(token for token in line if token.type == "image")
                yield Token("figure", "figure", 0, children=[image], block=True)
            continue
        children = list(chain.from_iterable(lines))
        yield opening
        yield replace(inline, children=children[1:] if children[0].type in _BREAKS else children)
        yield closing


def _is_picture_alone(line: Sequence[Token]) -> bool:
    return [token.type for token in line if token.type not in _BREAKS and token.content != " "] == ["image"]


# --- the parser -------------------------------------------------------------------------------------------------------

_BlockRule = Callable[[StateBlock, int, int, bool], bool]


def _capped(rule: _BlockRule) -> _BlockRule:
    def capped(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return state.level < _DEEPEST_CONTAINER and rule(state, start, end, silent)

    return capped


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - markdown-it's name
        """_judge_links refuses addresses: markdown-it would show the Markdown of what it refuses, not its text."""
        return True


def base_parser(**options: int | bool) -> MarkdownIt:
    """A parser by the rules of the site, without those that only its pages need: for whoever reads foreign Markdown."""
    parser = _Parser()
    parser.inline = _Inline()
    parser.configure("commonmark", {"html": False, "maxNesting": _DEEPEST, **options})
    parser.enable(["table", "strikethrough"]).disable("code")
    parser.block.ruler.at("blockquote", _capped(blockquote), {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.block.ruler.at("list", _capped(list_block), {"alt": ["paragraph", "reference", "blockquote"]})
    return parser


def _make_parser() -> MarkdownIt:
    parser = base_parser()
    parser.disable(["lheading", "html_block", "html_inline"])
    for rule in (_demote_headings, _judge_links, _name_quotations, _place_pictures):
        parser.core.ruler.push(rule.__name__, rule)
    return parser


_parser = _make_parser()
