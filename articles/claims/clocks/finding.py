"""Sentences that are true for a time: which have a clock, of which kind, and as of when they say that they hold.

A plain past has none (“In 2025 it ranked No. 1”), nor has what stands in quotation marks or is a title. In doubt a
sentence that says nothing of when (“A Top 10 Hit in 31 Countries”) has one, unless it names a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from articles.claims import dates, story
from articles.claims.clocks.eastern import CHINESE, JAPANESE, KOREAN
from articles.claims.clocks.english import ENGLISH
from articles.claims.clocks.european import GERMAN, SPANISH
from articles.claims.clocks.tables import ClockKind, LanguageTable, Marker
from articles.claims.finding import OF_MARKS, spoken_in, take
from articles.claims.reading import Plain, Seen, Text, plain
from articles.claims.shapes import Day, Found, Kind, Rank
from articles.text import sentences

_TABLES: Mapping[str, LanguageTable] = {
    "en": ENGLISH,
    "es": SPANISH,
    "de": GERMAN,
    "ko": KOREAN,
    "ja": JAPANESE,
    "zh": CHINESE,
}
_CLAUSE_END = re.compile(
    r"[,;:–—()]\s?|\s(?=(?:and|but|while|whereas|although|though|because|which|when|where|y|pero|und|aber|als)\s)"
)
#: What a top ten is of, or stands in; “the top 10 scenes” are none.
_IS_OF_A_LIST = re.compile(
    r"\s?(?:(?:in|of|on|for|among|list|lists|hits?|chart|charts|series|shows?|drama|dramas|films?|spots?|en|de|auf)\b|[^\s\w]|\Z|[에의안위권の])",
    re.IGNORECASE,
)
_PLAYED = re.compile(
    r"\b(?:plays?|playing|played|portrays?|portrayed|voices?|role|character|heroine|protagonist|interpreta|spielt)\b"
    r"|연기|역을|역할|배역|주인공|인물|캐릭터|役|饰演|扮演",
    re.IGNORECASE,
)
#: A sentence is judged by its first so many signs: one without an end costs no more.
_LONGEST = 1_000
_NO_RANK = re.compile(r"위라는")


@dataclass(frozen=True, slots=True)
class Timed:
    """source[start:stop] of the Markdown is a sentence with a clock; `words` are without marks.

    `as_of` is what the sentence itself says.
    """

    kinds: tuple[ClockKind, ...]
    start: int
    stop: int
    words: str
    as_of: Day | None = None


def timed_in(source: str, language: str = "en") -> tuple[Timed, ...]:
    """In the order in which they stand. `language` is a BCP 47 tag: see claims_in."""
    table = _TABLES.get(spoken_in(source, language))
    return tuple(_timed(source, table)) if table else ()


def _timed(source: str, table: LanguageTable) -> Iterator[Timed]:
    text = plain(source)
    if not _Sentence(_squeezed(text.text), table).has_a_marker():  # most texts have none: they are not taken apart
        return
    free = _own_words(text)
    for start, stop in sentences.spans(text.text):
        sentence = _Sentence(_squeezed(free[start:stop])[:_LONGEST], table)
        if kinds := sentence.kinds():
            span = text.span_in_source(start, stop)
            yield Timed(kinds, *span, text.text[start:stop], sentence.as_of)


def _squeezed(words: str) -> str:
    return " ".join(words.split())


def _own_words(text: Plain) -> str:
    """Without what others have said, and without titles."""
    free, found = text.text, list[tuple[Kind, Found]]()
    for kind, find in OF_MARKS:
        free = take(free, kind, find(text), found)
    return free


class _Sentence:
    """`words` with one space between them, and with gaps for what is not said by the writer. A whole text can be asked
    for `has_a_marker`, too.
    """

    def __init__(self, words: str, table: LanguageTable) -> None:
        self.words, self.table, self.seen = words, table, Seen(words)

    def kinds(self) -> tuple[ClockKind, ...]:
        """Empty for a sentence without a clock."""
        found = {marker.kind for marker in self._markers() if self._has(marker)}
        if any(self._holds(each.start, each.stop) for each in self._ranks()):
            found.add(ClockKind.RANK)
        if self.as_of:
            found = found or {ClockKind.NOW}
        elif found and self.table.then.search(self.words):
            return ()
        return tuple(kind for kind in ClockKind if kind in found)

    def has_a_marker(self) -> bool:
        """Whether it has a word, a rank or a day that gives a sentence its clock, if the rest of it agrees."""
        has_word = any(marker.pattern.search(self.words) for marker in self._markers())
        return has_word or self._names_as_of() or next(self._ranks(), None) is not None

    def _names_as_of(self) -> bool:
        return self.seen.digits and self._has_any(self.table.as_of_seen)

    def _has_any(self, words: frozenset[str]) -> bool:
        return self.seen.has_any(words) if self.table.is_spaced else any(each in self.words for each in words)

    @cached_property
    def as_of(self) -> Day | None:
        """The day of which it says itself that it holds then."""
        if not self._names_as_of():
            return None
        before, after = self.table.as_of_before, self.table.as_of_after
        spans = ((start, stop, day) for start, stop, day in self._days if day.year)
        return next(
            (day for at, to, day in spans if before.search(self.words[:at]) or after.match(self.words, to)), None
        )

    @cached_property
    def _days(self) -> list[tuple[int, int, Day]]:
        found = dates.dates(Text(self.words, "", self.seen)) if self.seen.digits else ()
        return [(each.start, each.stop, each.value) for each in found if isinstance(each.value, Day)]

    def _markers(self) -> Iterator[Marker]:
        """Those of which it has a word."""
        by_word, words = self.table.by_word, self.table.words
        seen = self.seen.vocabulary & words if self.table.is_spaced else {each for each in words if each in self.words}
        found = {id(marker): marker for word in seen for marker in by_word[word]}
        yield from found.values()
        yield from self.table.of_figures if self.seen.digits else ()

    def _has(self, marker: Marker) -> bool:
        if marker.kind is ClockKind.AGE and _PLAYED.search(self.words):
            return False
        return any(marker.is_always or self._holds(*found.span()) for found in marker.pattern.finditer(self.words))

    def _ranks(self) -> Iterator[Found]:
        for each in story.ranks(Text(self.words, "", self.seen)):
            is_of_a_list = not (isinstance(each.value, Rank) and each.value.is_among) or _IS_OF_A_LIST.match(
                self.words, each.stop
            )
            if is_of_a_list and not _NO_RANK.match(self.words, each.stop - 1):
                yield each

    def _holds(self, start: int, stop: int) -> bool:
        """Whether it is said of now: by the verbs, and where there are none, by naming no day of its own."""
        if self.as_of:
            return True
        is_past = self._is_past(start, stop) if self.table.is_spaced else self._is_past_behind(stop)
        return not any(day.year for _start, _stop, day in self._days) if is_past is None else not is_past

    def _is_past(self, start: int, stop: int) -> bool | None:
        """By the clause, then by the whole sentence: a verb of now outweighs others there (“has been sold”)."""
        for span in (self._clause(start, stop), (0, len(self.words))):
            if self.table.present.search(self.words, *span):
                return False
            if self.table.past.search(self.words, *span):
                return True
        return None

    def _clause(self, start: int, stop: int) -> tuple[int, int]:
        ends = [found.span() for found in _CLAUSE_END.finditer(self.words)]
        begin = max((end for _begin, end in ends if end <= start), default=0)
        return begin, min((begin for begin, _end in ends if begin >= stop), default=len(self.words))

    def _is_past_behind(self, stop: int) -> bool | None:
        """In eastern languages the verb comes last: the next one decides."""
        after = max(stop - 1, 0)
        past, present = (each.search(self.words, after) for each in (self.table.past, self.table.present))
        if past and present:
            return past.start() <= present.start()
        return None if not past and not present else past is not None
