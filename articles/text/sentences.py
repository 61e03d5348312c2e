"""Where sentences end, and the beginning of a text: whole sentences of it, or as many words as there is room for."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from articles.text.emoji_signs import VS15, VS16, ZWJ

CUT = "…"
#: Whole sentences that fill less than this share of the room are too little: words of the next one follow them.
_ENOUGH = 0.25
#: How far from a place its sentence is looked for.
_FAR = 300

_CLOSERS = "\"'”’“»›)]）］」』》〉】"
#: A stop of western kind ends a sentence before a space, one of eastern kind without one too.
_STOP = re.compile(rf"(?:[.!?…‽؟۔।]+|[。！？．]+)[{re.escape(_CLOSERS)}]*")
_EASTERN = "。！？．"
_PAIRS = {
    "“": "”",
    "„": "“",
    "«": "»",
    "(": ")",
    "[": "]",
    "（": "）",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "【": "】",
}
_MARK = re.compile(f'[{re.escape("".join([*_PAIRS, *_PAIRS.values()]))}"]')

#: Abbreviations that something follows. Others ("etc.") may stand at an end.
_ABBREVIATIONS = frozenset((
    "dr", "mr", "mrs", "ms", "mx", "prof", "st", "sr", "jr", "vs", "nos", "nr", "vol", "vols", "ep", "eps", "ch",
    "pp", "fig", "feat", "ft", "approx", "ca", "cf", "ed", "eds", "esp", "gen", "col", "sgt", "capt", "cmdr", "lt",
    "maj", "rev", "hon", "gov", "sen", "rep", "pres", "messrs", "mt", "viz", "al", "op", "inc", "ltd", "co", "corp",
    "bros", "dept", "univ", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
))  # fmt: skip
_OPENERS = "\"'“‘„«»([「『《〈【（"
_BEFORE_A_WORD = re.compile(rf"\s*[{re.escape(_OPENERS)}]*")
_NUMBER = re.compile(r"\d+")
_SKIN_OR_TAG = re.compile("[\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_FLAG_LETTERS = re.compile("[\U0001f1e6-\U0001f1ff]+$")
_DAY = re.compile(r"\d\. ?\d+\. ?\d+\Z")
_LAST_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*\Z")
#: What no cut text ends in, before the sign that says so: marks, opening quotes, half an emoji.
_LOOSE = ".,;:!?…‽。、，．！？；：·|/\\–—-~\"'“”‘’„«»‹›([{（［「『《〈【" + ZWJ


def sentences(text: str) -> list[str]:
    """The text, taken apart after each sentence; without the spaces between them.

    In doubt two sentences stay one: after an abbreviation or an initial, within quotation marks and brackets, before
    a small letter and between figures. A line break ends a sentence.
    """
    return [text[start:stop] for start, stop in spans(text)]


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends in the text: see `sentences`."""
    first = 0
    for line in text.splitlines(keepends=True):
        start = 0
        for end in [*_ends(line), len(line)]:
            words = line[start:end].strip()
            if words:
                begin = first + line.index(words, start)
                yield begin, begin + len(words)
            start = end
        first += len(line)


def start_of(line: str, place: int) -> int:
    """Where the sentence begins that is at a place of a line; its sentences have a space or nothing between them."""
    near = max(0, place - _FAR)
    ends = [near + end for end in _ends(line[near : place + _FAR]) if near + end <= place]
    start = ends[-1] if ends else near
    return start + 1 if start < place and line[start].isspace() else start


def begins(line: str, place: int) -> bool:
    """Whether a sentence begins at a place of a line."""
    return place == 0 or start_of(line, place) == place


def beginning(parts: Sequence[str], length: int) -> str:
    """As many of these sentences as fit into `length` characters. Where that is none, or next to nothing, words of
    the next one, with … at their end.
    """
    text = ""
    for part in parts:
        longer = f"{text} {part}" if text else part
        if len(longer) > length:
            return text if len(text) >= length * _ENOUGH else cut(longer, length)
        text = longer
    return text


def cut(text: str, length: int) -> str:
    """Whole words of a text, at most `length` characters with the … at their end; a text that fits comes back as it is.

    A text without spaces is cut between characters, none of which is torn apart.
    """
    if len(text) <= length:
        return text
    end = max(0, length - 1)
    if not text[end].isspace():
        space = max(text.rfind(" ", 0, end), text.rfind("\u3000", 0, end))
        end = space if space > length // 2 else _whole_character(text, end)
    while end and (text[end - 1].isspace() or text[end - 1] in _LOOSE):
        end -= 1
    return text[:end] + CUT


def _whole_character(text: str, end: int) -> int:
    """The last place at or before `end` at which no character that is seen as one is torn."""
    while end > 0 and _is_torn(text, end):
        end -= 1
    return end


def _is_torn(text: str, at: int) -> bool:
    after = text[at]
    if ZWJ in (text[at - 1], after) or after in (VS15, VS16) or unicodedata.category(after).startswith("M"):
        return True
    if _SKIN_OR_TAG.match(after):
        return True
    flags = _FLAG_LETTERS.search(text, 0, at) if _FLAG_LETTERS.match(after) else None
    return flags is not None and len(flags.group()) % 2 == 1  # between the two letters of one flag


def _ends(line: str) -> Iterator[int]:
    """The places at which a sentence ends and another begins."""
    pairs, at, closes = _pairs(line), 0, -1
    for stop in _STOP.finditer(line):
        while at < len(pairs) and pairs[at][0] < stop.end():
            closes = max(closes, pairs[at][1])
            at += 1
        if closes < stop.end() and _is_end(line, stop):
            yield stop.end()


def _is_end(line: str, stop: re.Match[str]) -> bool:
    end = stop.end()
    if end == len(line):
        return True
    if not line[end].isspace():
        return line[end - 1] in _EASTERN
    begin = _BEFORE_A_WORD.match(line, end).end()  # type: ignore[union-attr]  # nothing at all matches too
    after = line[begin : begin + 1]
    if not after or after.islower() or after in "—–-":
        return False
    if not stop.group().startswith(".") or stop.group().startswith(".."):
        return True
    is_first = _NUMBER.fullmatch(line, 0, stop.start()) is not None
    return not _is_short_for(line[max(0, stop.start() - 20) : stop.start()], after, is_first=is_first)


def _is_short_for(before: str, after: str, *, is_first: bool) -> bool:
    """Whether the full stop between these belongs to an abbreviation, an initial, a date or the number of a line."""
    found = _LAST_WORD.search(before)
    if is_first or not found:
        return is_first
    word = found.group()
    if word[-1].isdigit():  # "2019. 5. 21." is how Korean writes a day
        return after.isdigit() or bool(_DAY.search(before))
    if word.casefold() == "no":  # which is a word too
        return after.isdigit()
    is_initial = len(word) == 1 and word.isupper() and word != "I"
    is_dotted = "." in word and all(part.isalpha() and len(part) <= 2 for part in word.split("."))
    return is_initial or is_dotted or word.casefold() in _ABBREVIATIONS


def _pairs(line: str) -> list[tuple[int, int]]:
    """Where quotation marks and brackets open and close, in the order in which they open. What is never closed, or
    never opened, counts as none.
    """
    found: list[tuple[int, int]] = []
    opened: list[tuple[int, str]] = []
    waiting: Counter[str] = Counter()  # the closing signs of what is open
    straight = -1
    for mark in _MARK.finditer(line):
        place, sign = mark.start(), mark[0]
        if sign in _PAIRS and not (opened and opened[-1][1] == sign):  # “ closes what „ has opened
            opened.append((place, _PAIRS[sign]))
            waiting[_PAIRS[sign]] += 1
        elif waiting[sign]:
            closed = ""
            while closed != sign:  # what was opened since is closed nowhere
                start, closed = opened.pop()
                waiting[closed] -= 1
            found.append((start, place))
        elif sign == '"':
            if straight >= 0:
                found.append((straight, place))
            straight = -1 if straight >= 0 else place
    return sorted(found)
