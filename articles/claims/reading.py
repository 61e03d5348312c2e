"""Markdown as plain text in which each sign knows where it stands in the source, so that a rule needs to know no marks.

Not the whole of CommonMark: what can stand before, between and after words that state something. Each sign is looked at
a bounded number of times.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

#: Stands for what is no word of the text: an address, or words that are a claim already. No rule reads over it.
GAP = "\ufffc"

Span = tuple[int, int]

_SPACES = re.compile(r"  +")
_LINE = re.compile(r"[^\n]*\n?")
# What a line begins with: indent, quotation, bullet, number of a list (not 2025. 1. 24.), heading.
_PREFIX = re.compile(r"[ \t]*(?P<quote>(?:>[ \t]?)*)[ \t]*(?:(?:[-+*]|\d{1,3}[.)])[ \t]+)?(?:#{1,6}[ \t]+)?")
_TABLE_RULE = re.compile(r"(?=[ \t:|]*--)[ \t:|-]+$")
_ATTRIBUTION = re.compile(r"\s*(?:—|–|―|--)")
_DESTINATION = r"\([^()\n]{0,2000}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?\)"
_EMPHASISED = r"(?![\s*_])[^*_\n]{1,200}(?<![\s*_])"
_TOKEN = re.compile(
    rf"(?P<picture>!\[[^\]\n]{{0,500}}\]{_DESTINATION})"
    rf"|(?P<target>\]{_DESTINATION})"
    r"|(?P<address>(?:https?://|www\.|mailto:)[^\s<>]+)"
    rf"|(?P<emphasis>(?<![A-Za-z0-9*])\*{_EMPHASISED}\*(?!\*)|(?<![^\W_])_{_EMPHASISED}_(?![^\W_]))"
    r"|(?P<escaped>\\[!-/:-@\[-`{-~])"
    r"|(?P<cell>\|)"
    r"|(?P<mark>\*+|~~|`+|(?<!\w)__|__(?!\w)|\[(?=[^\[\]\n]{0,500}\]\())",
)
#: Without one of these signs there is no token in a line.
_SIGN = re.compile(r"[\[\]*_\\|~`]|://|www\.|mailto:")
# Full-width figures are figures, and a no-break space is a space: one sign each, so that places stay.
SAME_SIZE = str.maketrans("０１２３４５６７８９，．％\u00a0\u202f\u2009\u3000\u2011", "0123456789,.%    -")


@dataclass(frozen=True, slots=True)
class Plain:
    """`emphasised` and `quoted` (block quotations without the line that says whose they are) are spans of `text`.

    The text consists of runs that stand in the source as they are: one begins at `starts[i]`, in the source at
    `places[i]`.
    """

    text: str
    starts: Sequence[int]
    places: Sequence[int]
    emphasised: Sequence[Span]
    quoted: Sequence[Span]

    def span_in_source(self, start: int, stop: int) -> Span:
        return self._place(start), self._place(stop - 1) + 1

    def _place(self, at: int) -> int:
        run = bisect_right(self.starts, at) - 1
        return self.places[run] + at - self.starts[run]


_SIGNS_OF_WORDS = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"[0-9]")
_HANGUL = re.compile(r"[가-힣]")
_HAN_OR_KANA = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Text:
    """What a rule reads: plain words, GAP where an earlier rule found something, the primary subtag of the language.

    `seen` is what the text has at all, so that the many rules that find nothing in a text cost next to nothing.
    """

    words: str
    language: str
    seen: Seen


class Seen:
    def __init__(self, words: str) -> None:
        self.words = words

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Its words in small letters."""
        return frozenset(_SIGNS_OF_WORDS.findall(self.words.casefold()))

    def has_any(self, words: frozenset[str]) -> bool:
        return not self.vocabulary.isdisjoint(words)

    @cached_property
    def digits(self) -> bool:
        return _DIGIT.search(self.words) is not None

    @cached_property
    def hangul(self) -> bool:
        return not self.words.isascii() and _HANGUL.search(self.words) is not None

    @cached_property
    def han(self) -> bool:
        return not self.words.isascii() and _HAN_OR_KANA.search(self.words) is not None


@lru_cache(maxsize=256)  # the rules of claims and those of clocks read the same texts, one after the other
def plain(source: str) -> Plain:
    builder = _Builder(source)
    for line in _LINE.finditer(source):
        if line[0]:
            builder.add_line(line.start(), line.end())
    return builder.finished()


class _Builder:
    def __init__(self, source: str) -> None:
        self.source = source
        self.size = 0
        self.runs: list[str] = []
        self.starts: list[int] = []
        self.places: list[int] = []
        self.emphasised: list[Span] = []
        self.quoted_lines: list[list[Span]] = []  # by block quotation, its lines in the plain text
        self.was_quoted = False
        self.was_plain = False  # the line before is one of a paragraph, which goes on

    def add_line(self, start: int, end: int) -> None:
        """A line stays a line: what belongs together is not written over the end of one."""
        stop = end - 1 if self.source[end - 1] == "\n" else end
        prefix = _PREFIX.match(self.source, start, stop)
        begin = prefix.end() if prefix else start
        is_quoted = bool(prefix and prefix["quote"])
        is_plain = bool(prefix and not prefix[0].strip()) and begin < stop and "|" not in self.source[begin:stop]
        if start:
            self.put(" " if is_plain and self.was_plain else "\n", start - 1)
        self.was_plain = is_plain and not self.source.endswith(("  ", "\\"), begin, stop)
        first = self.size
        if not _TABLE_RULE.match(self.source, begin, stop):
            self.add_words(begin, stop)
        if is_quoted:
            if not self.was_quoted:
                self.quoted_lines.append([])
            self.quoted_lines[-1].append((first, self.size))
        self.was_quoted = is_quoted

    def put(self, words: str, place: int) -> None:
        if words:
            self.runs.append(words)
            self.starts.append(self.size)
            self.places.append(place)
            self.size += len(words)

    def copy(self, start: int, stop: int) -> None:
        """Several spaces are one, as readers see them."""
        words = self.source[start:stop]
        at = 0
        for spaces in _SPACES.finditer(words) if "  " in words else ():
            self.put(words[at : spaces.start() + 1], start + at)
            at = spaces.end()
        self.put(words[at:], start + at)

    def add_words(self, start: int, stop: int) -> None:
        at = start
        for token in _TOKEN.finditer(self.source, start, stop) if _SIGN.search(self.source, start, stop) else ():
            self.copy(at, token.start())
            at = token.end()
            match token.lastgroup:
                case "picture" | "address":
                    self.put(GAP, token.start())
                case "escaped":
                    self.copy(token.start() + 1, token.end())
                case "cell":
                    self.put("\n", token.start())
                case "emphasis":
                    first = self.size
                    self.add_words(token.start() + 1, token.end() - 1)
                    self.emphasised.append((first, self.size))
        self.copy(at, stop)

    def finished(self) -> Plain:
        text = "".join(self.runs).translate(SAME_SIZE)
        return Plain(text, self.starts, self.places, self.emphasised, list(self._quotations(text)))

    def _quotations(self, text: str) -> Iterator[Span]:
        for lines in self.quoted_lines:
            full = [(start, stop) for start, stop in lines if text[start:stop].strip()]
            if full and _ATTRIBUTION.match(text, *full[-1]):
                full.pop()
            if full:
                yield trimmed(text, full[0][0], full[-1][1])


def trimmed(text: str, start: int, stop: int) -> Span:
    """The span without white space at its ends."""
    words = text[start:stop]
    return start + len(words) - len(words.lstrip()), stop - (len(words) - len(words.rstrip()))
