"""What an event of a subject is spoken of by: “Season 2” in whatever words and script, a name, a title, a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from articles.claims.finding import claims_in
from articles.claims.reading import plain
from articles.claims.shapes import Kind, StoryPlace
from articles.text import tokens
from articles.text.sentences import sentences

MOST_KEY_WORDS, LONGEST_KEY_WORD = 12, 60
_NAMED = frozenset({Kind.NAME, Kind.TITLE})
#: Ways of speaking of more that name no number.
_ANOTHER = {"season": ("another season", "new season", "renewal", "다음 시즌", "새 시즌")}
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
#: Plain words that name what an event is about.
_THINGS = frozenset(
    {"film", "movie", "sequel", "prequel", "remake", "special", "musical", "spin-off", "concert", "tour", "album"}
    | {"영화", "속편", "리메이크", "뮤지컬", "스핀오프", "콘서트", "앨범"}
)


def proposed(sentence: str, language: str, own_names: Iterable[str] = ()) -> tuple[str, ...]:
    """Key words for an event: its places in the story, names and titles, and what kind of thing it is.

    The subject’s own names say nothing: all of its articles have them.
    """
    own = {tokens.normalised(name) for name in own_names}
    found: list[str] = []
    for claim in claims_in(sentence, language):
        if isinstance(claim.value, StoryPlace):
            found += [f"{what} {number}" for what, number in claim.value.points]
            found += [word for what, _number in claim.value.points for word in _ANOTHER.get(what, ())]
        elif claim.kind in _NAMED and tokens.normalised(claim.words) not in own:
            found.append(claim.words)
    found += [word for word in _WORD.findall(sentence) if word.casefold() in _THINGS]
    return tuple(dict.fromkeys(word.casefold()[:LONGEST_KEY_WORD] for word in found))[:MOST_KEY_WORDS]


class Spoken:
    """Looks for the key words of one event in many texts."""

    def __init__(self, key_words: Iterable[str]) -> None:
        words = [word for word in map(_squeezed, key_words) if word]
        self.places = {point for word in words for point in _points(word, "en")}
        # “season 2” is not found in “season 20”, nor “film” in “filming”; Hangul takes particles behind it.
        pattern = "|".join(rf"(?<!\w){re.escape(word)}(?![^\W가-힣])" for word in sorted(words, key=len, reverse=True))
        self.pattern = re.compile(pattern) if words else None

    def sentence_in(self, source: str, language: str) -> str:
        """The first sentence of a Markdown text that speaks of it, without marks; "" for none."""
        return next(self._sentences(source, language), "")

    def _sentences(self, source: str, language: str) -> Iterator[str]:
        for sentence in sentences(source):
            is_named = self.pattern is not None and self.pattern.search(_squeezed(sentence))
            if is_named or (self.places and self.places & set(_points(sentence, language))):
                yield " ".join(plain(sentence).text.split())


def _points(text: str, language: str) -> list[tuple[str, int]]:
    values = (claim.value for claim in claims_in(text, language))
    return [point for value in values if isinstance(value, StoryPlace) for point in value.points]


def _squeezed(text: str) -> str:
    return " ".join(tokens.normalised(plain(text).text).split())
