"""Quotations and whose words they are, in all the forms in which sources write them.

Only a paragraph that is a quotation from its first to its last character becomes one, and only when somebody is named
for it; everything quoted inside a sentence stays where it is.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from articles.importing.blocks import Block, Hint, Kind, Span, Spans, cut, is_bold, lines, plain, trim
from articles.importing.finder.numbers import sure_number

_PAIRS = {
    "“": "”",
    "„": "“”‟",
    "«": "»",
    "»": "«",
    "「": "」",
    "『": "』",
    '"': '"',
    "‘": "’",
    "《": "》",
    "＂": "＂",
    "‟": "”",
}
_DASHES = "—–―─~～‒-"
_DASHED = re.compile(rf"\s*[{_DASHES}]{{1,3}}\s*(?P<name>[^\s{_DASHES}].*?)\s*[{_DASHES}]*\s*$", re.DOTALL)
_BRACKETED = re.compile(r"\s*[(\[（［](?P<name>[^()\[\]（）［］]+)[)\]）］]\s*\.?\s*$")
_LED = re.compile(r"(?P<name>[^:：\"“„«»「『‘]{2,60})\s*[:：]\s*(?=[\"“„«»「『‘])")
_LONGEST_NAME = 100
_LONGEST_UNMARKED = 400
_NOT_NAMES = re.compile(
    r"(?:he|she|they|it|we|i|you|the|my|our|his|her|this|that|an?|best|worst|favou?rite|first|last|er|sie|der|die|"
    r"das|il|elle|le|la|el|él|ella|note|tip|update|quote|fun fact|spoiler|example|warning|(?:\w+ )?"
    r"(?:title|name|song|track|tagline|slogan|motto|theme|meaning|translation|lyrics?|genre|network|logline|synopsis|"
    r"headline|caption|line|titel|titre|título|titolo))\b",
    re.IGNORECASE,
)
_SPACELESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_NO_SPACELESS_NAME = re.compile(r"[的说說曰道はがをにで]|名言|标题|標題|题目|歌名")


def find_quotations(blocks: Sequence[Block]) -> list[Block]:
    """The same run with its attributed quotations as quote blocks; an attribution takes at most the next block."""
    found: list[Block] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if following is not None and _is_list(blocks[at + 1 : at + 3]):
            following = None
        quote, used = _from(block, following, blocks[at - 1] if at else None)
        found.append(quote or block)
        at += 1 + (used if quote else 0)
    return found


def _is_list(blocks: Sequence[Block]) -> bool:
    return len(blocks) == 2 and all(block.kind is Kind.ITEM for block in blocks)


def _from(block: Block, following: Block | None, before: Block | None) -> tuple[Block | None, int]:
    if block.kind is Kind.QUOTE:
        return _of_blockquote(block, following)
    if block.kind is not Kind.PARAGRAPH or block.hint not in (Hint.NONE, Hint.ATTRIBUTION) or sure_number(block.text):
        return None, 0
    inside = _with_name_inside(block)
    if inside is not None:
        return inside, 0
    name = _name_alone(following) if following is not None else ()
    if following is not None and name and (is_quotation(block.text) or _is_set_off(before, block, following, name)):
        return _quote(block, (trim(block.spans),), name, following), 1
    return None, 0


def _is_set_off(before: Block | None, block: Block, following: Block, name: Spans) -> bool:
    """ "— Name" under a paragraph without quotation marks, in the middle of a text: pasting has lost what set it off.

    Right under a heading it may be a credit: a joke and the reader who sent it in.
    """
    return (
        before is not None
        and before.kind is not Kind.HEADING
        and sure_number(before.text) is None
        and following.kind is Kind.PARAGRAPH
        and following.text.lstrip()[:1] in "—–―"
        and len(block.text) <= _LONGEST_UNMARKED
        and block.text.rstrip()[-1:] not in ":："
        and _is_person(re.split(r"[,(（]", plain(name))[0])
    )


def _of_blockquote(block: Block, following: Block | None) -> tuple[Block | None, int]:
    if block.attribution:
        return None, 0
    inner = _attributed_inside(block)
    if inner is not None:
        return inner, 0
    name = _name_alone(following) if following is not None and following.depth == block.depth else ()
    if not name or following is None:
        return None, 0
    marker = " ".join(filter(None, [block.marker, _signs(following.source, plain(name))]))
    return dataclasses.replace(block, attribution=name, marker=marker), 1


def _attributed_inside(block: Block) -> Block | None:
    """A blockquote whose last line, or the end of its only paragraph, names the speaker."""
    if not block.children or block.children[-1].kind is not Kind.PARAGRAPH:
        return None
    *before, last = block.children
    *upper, lowest = lines(last.spans)
    found = _DASHED.match(plain(lowest))
    has_words = bool(before or upper)
    if found and has_words and len(found["name"]) <= _LONGEST_NAME:
        name = trim(cut(lowest, found.start("name"), found.end("name")))
        kept = [*before, last.with_spans(_joined(upper))] if upper else before
        signs = _signs(plain(lowest), found["name"])
        return dataclasses.replace(
            block, children=tuple(kept), attribution=name, marker=" ".join(filter(None, [block.marker, signs]))
        )
    if last.hint is Hint.ATTRIBUTION and before:
        return dataclasses.replace(block, children=tuple(before), attribution=trim(last.spans))
    inside = _with_name_inside(last)
    if inside is None:
        return None
    marker = " ".join(filter(None, [block.marker, inside.marker]))
    return dataclasses.replace(
        block, children=(*before, *inside.children), attribution=inside.attribution, marker=marker
    )


def _with_name_inside(block: Block) -> Block | None:
    """“Words.” – Name · “Words.” (Name) · Name: “Words.” as one paragraph, also over two lines."""
    text = plain(block.spans)
    stripped = text.strip()
    if not stripped or block.hint is Hint.CAPTION or len(stripped) > 3000:
        return None
    end = _quotation_end(stripped)
    offset = len(text) - len(text.lstrip())
    if end:
        rest = stripped[end:]
        found = _DASHED.match(rest) or _BRACKETED.match(rest)
        if found is None or not _may_be_name(found["name"]) or not _is_long(stripped[:end]):
            return None
        if found["name"][0].islower() and found["name"].endswith("."):
            return None  # the sentence goes on: “…” – he said on the radio.
        name = cut(block.spans, offset + end + found.start("name"), offset + end + found.end("name"))
        words = cut(block.spans, offset, offset + end)
        signs = _signs(rest, found["name"])
        return _quote(block, (words,), name, None, signs)
    led = _LED.match(stripped)
    if led and is_quotation(stripped[led.end() :]) and _is_person(led["name"]):
        name = cut(block.spans, offset, offset + led.end("name"))
        return _quote(block, (cut(block.spans, offset + led.end()),), name, None, led[0].strip()[-1])
    return None


def _quote(block: Block, words: Sequence[Spans], name: Spans, after: Block | None, signs: str = "") -> Block:
    children = tuple(Block(kind=Kind.PARAGRAPH, spans=_without_lone_bold(trim(spans))) for spans in words)
    marker = signs or (_signs(after.source, plain(name)) if after else "")
    return Block(kind=Kind.QUOTE, children=children, attribution=trim(name), marker=marker, depth=block.depth)


def _name_alone(block: Block) -> Spans:
    """The name in a paragraph that is nothing but an attribution: "— Name", "(Name)", or marked up as one."""
    if block.kind not in (Kind.PARAGRAPH, Kind.ITEM) or block.hint not in (Hint.NONE, Hint.ATTRIBUTION):
        return ()
    text = plain(block.spans)
    if block.kind is Kind.ITEM:
        name = text.rstrip(_DASHES + " ")
        is_one = block.marker and block.marker in _DASHES and _may_be_name(name)
        return trim(cut(block.spans, 0, len(name))) if is_one else ()
    if block.hint is Hint.ATTRIBUTION:
        found = _DASHED.match(text)
        return trim(cut(block.spans, found.start("name"), found.end("name"))) if found else trim(block.spans)
    found = _DASHED.match(text) or _BRACKETED.match(text)
    if found is None or not _may_be_name(found["name"]) or "\n" in text.strip():
        return ()
    return trim(cut(block.spans, found.start("name"), found.end("name")))


def _signs(text: str, name: str) -> str:
    """What stood around a name: dashes and brackets, which the attribution line writes in its own way."""
    return " ".join(text.replace(name, " ", 1).split())


def is_quotation(text: str) -> bool:
    """Whether a text is one quotation from its first to its last character."""
    text = text.strip()
    return bool(text) and _quotation_end(text) == len(text)


def _quotation_end(text: str) -> int:
    """Where the quotation that a text begins with ends; 0 when it does not begin with one.

    A mark of the same kind inside must open again what it closed: “One,” she said, “two” is no single quotation.
    """
    closing = _PAIRS.get(text[0]) if text else None
    if closing is None:
        return 0
    opening = text[0]
    depth = 0
    for index, char in enumerate(text):
        if index and char in closing and not _is_apostrophe(text, index):
            depth -= 1
        elif char == opening:
            depth += 1
        if depth == 0 and index:
            end = index + 1
            while end < len(text) and text[end] in ".,!?。！？…":
                end += 1
            return end
    return 0


def _is_apostrophe(text: str, at: int) -> bool:
    return text[at] in "’'" and at + 1 < len(text) and text[at + 1].isalnum()


def _is_long(quotation: str) -> bool:
    """A quotation, not a title in quotation marks: “Always” – Yoon Mi-rae names a song."""
    words = quotation.split()
    return (
        len(words) >= 4
        or (len(words) <= 2 and len(quotation) >= 10 and not quotation.isascii())
        or quotation[-2:-1] in ".!?。！？"
    )


def _may_be_name(text: str) -> bool:
    text = text.strip()
    return (
        1 < len(text) <= _LONGEST_NAME and any(char.isalpha() for char in text) and not text.endswith(("?", "!", ":"))
    )


def _is_person(text: str) -> bool:
    text = text.strip()
    if _NOT_NAMES.match(text):
        return False
    if _SPACELESS.search(text):
        return len(text) <= 12 and not _NO_SPACELESS_NAME.search(text)
    words = text.split()
    return 1 <= len(words) <= 6 and all(not word[0].islower() for word in words if len(word) > 3)


def _joined(parts: Sequence[Spans]) -> Spans:
    joined: list[Span] = []
    for part in parts:
        joined += [Span("\n"), *part] if joined else part
    return tuple(joined)


def _without_lone_bold(spans: Spans) -> Spans:
    """A quotation that is bold or italic as a whole is so to be seen as one; the figure shows that."""
    if all(is_bold(span) or not span.text.strip() for span in spans):
        spans = tuple(dataclasses.replace(span, bold=False) for span in spans)
    if all(span.italic or not span.text.strip() for span in spans):
        spans = tuple(dataclasses.replace(span, italic=False) for span in spans)
    return spans
