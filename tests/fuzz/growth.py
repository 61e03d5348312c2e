"""How the work of each room grows with its text: short pieces, repeated, at n and 4n characters.

In the suite a part of the cases is tried (test_growth.py). By hand, for as long as wanted, with the worst cases named:

    python -m tests.fuzz --seconds 600 [--length 200000] [--seed WORD] [--only TARGET…]
"""

from __future__ import annotations

import gc
import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass

from tests.fuzz.targets import TARGETS

#: What a hostile text is made of: marks of Markdown and HTML, what the importer looks for, signs of other scripts.
PIECES = (
    *("[", "]", "![", "[a](", "](", "[a](b) ", "[a]: /x\n", "[^1]", "[^1]: x\n", "(", ")", "![a](picture:b)\n"),
    *("[[", "*", "**", "_", "~~", "`", "``` \n", "```\n", "**a ", "a** ", "*_", "~~a ", "==", "%%", "\\", "\\\n"),
    *("&", "&amp;", "> ", ">", "> a\n> — b\n\n", "- ", "- a\n", "1. ", "1. a\n", "  - a\n", "# ", "## 1. a\n"),
    *("---\n", "***\n", "\t", "|", "|a|b|\n", "|-|-|\n", "| a | b |\n| --- | --- |\n", "a | b\n", ": a\n", "— "),
    *("-- ", "“", "”", "\"", "'", "<", ">", "</", "<b>", "</b>", "<b ", "<!--", "-->", "<p>", "<a href="),
    *("<blockquote>", "<li>", "<table><tr><td>", "<figure>", "<ol>", "<h2>", "<span hidden>", "<sup>"),
    *("<ruby>a<rt>", "<details>", "<br>", "<img src=a>", "<pre>", "{%", "%}", "{{", "[vc_row]", "[/vc_row]"),
    *("[x a=", "#a ", "www.", "http://", "http://a.b/", "a@b.c ", "mailto:", "\n", "\n\n", "  \n", " ", "    "),
    *("\u00a0", "\u2028", "\r", "\x00", "\x0b", "a", "a ", "ab-", "a.", "a. ", "A ", "1 ", "12.", "Ep 1 "),
    *("episode ", "TODO ", "Q: ", "Q: a?\nA: b\n", "?", "10 facts ", "Itâ€™s ", "Ã©", "한", "한 ", "한국.", "**한"),
    *("주지훈", "人", "カ", "第一、", "제1화 ", "ก", "א", "ع", "é", "e\u0301", "\u0301", "\ufe0f", "\u200d", "\u200b"),
    *("\u202b", "\u2066", "\u00ad"),
    *("\ud83d", "👩", "👩\u200d", "❤", "👩❤", "🔥", "🔥 ", "🇰", "♂", "🏴\U000e0067", "㎏"),
    *("A-", "A: ", "the most ", "1,", "1억", "두 명 ", "배우 한", "1 a b ", "a-A’s "),
    *("ﷺ", "İ", "ß", "-\n", "(A). ", "\"A.\" ", "「a。」", "„", "«"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """A text of any length: `first` again and again and then, if there is one, `second` as often."""

    first: str
    second: str = ""
    end: str = ""

    def text(self, length: int) -> str:
        half = self._times(self.first, length // 2 if self.second else length)
        return half + self._times(self.second, length - len(half)) + self.end

    @staticmethod
    def _times(piece: str, length: int) -> str:
        return (piece * (length // len(piece) + 1))[:length] if piece else ""


def shapes(seed: str) -> Iterator[Shape]:
    """Each piece; then without end some pieces in turn, or many of one before as many of the others. With a seed these
    alone: at 50,000 characters the single pieces take more than ten minutes.
    """
    if not seed:
        yield from (Shape(piece, end=end) for end in ("", "x", "\n") for piece in PIECES)
    chance = random.Random(seed)
    while True:
        pieces = chance.choices(PIECES, k=chance.choice((2, 2, 3, 4)))
        end = chance.choice(("", "", "x", "]", ">", "\n"))
        yield Shape("".join(pieces), end=end) if chance.random() < 0.7 else Shape(pieces[0], "".join(pieces[1:]), end)


@dataclass(frozen=True, slots=True)
class Growth:
    """What a target took, in seconds of the processor, for a text and for one four times as long."""

    target: str
    shape: Shape
    length: int
    small: float
    large: float

    @property
    def power(self) -> float:
        """p, where the work grows as the length to the power of p, if at all."""
        return math.log(max(self.large, 1e-9) / max(self.small, 1e-9), 4)

    def __str__(self) -> str:
        return f"{self.target:<16} n^{self.power:.2f} {self.large * 1000:8.1f} ms at {self.length:>7,}  {self.shape}"


def measured(target: str, shape: Shape, length: int, times: int = 1) -> Growth:
    """At a quarter of `length` and at `length`; each the best of `times`, since other work spoils a measurement."""
    small, large = (min(_seconds(target, shape.text(size)) for _ in range(times)) for size in (length // 4, length))
    return Growth(target, shape, length, small, large)


def _seconds(target: str, text: str) -> float:
    gc.disable()  # which looks through more and more values, and at times that nobody chose
    try:
        start = time.process_time()
        TARGETS[target](text)
        return time.process_time() - start
    finally:
        gc.enable()


#: Work that stays below this, in seconds, is no burden, however it grows: smaller times are noise.
NOTICEABLE = 0.1
#: What is bounded takes no longer, of a text of any length, in any one room; what does is not tried any further.
TOO_LONG = 2.0
#: The work may grow as the length to this power (n log n, and a measurement that is off).
MOST_POWER = 1.3


def grown_too_fast(target: str, shape: Shape, length: int) -> Growth | None:
    """From a short text to `length` in steps of four: what grows fast soon takes long.

    A comparison grows fast at first, and stops where its allowance is spent: the last step is judged.
    """
    for size in (length // 64, length // 16, length // 4, length):
        found = measured(target, shape, size)
        is_last = size == length or found.large > TOO_LONG
        if is_last and _is_too_fast(found) and _is_too_fast(again := measured(target, shape, size, times=3)):
            return again
        if is_last:
            return None
    return None


def _is_too_fast(found: Growth) -> bool:
    return found.large > NOTICEABLE and found.power > MOST_POWER
