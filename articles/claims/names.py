"""Names in English texts, with the role that stands before them; and titles that only their shape gives away.

A word with a capital inside a sentence belongs to a name, and so do two of them at its beginning unless the first is a
word that begins sentences. One word alone counts only with a role or after “directed by”: nearly each sentence of a fan
guide has the name of its work or channel, and a list of these would be read by nobody.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from articles.claims.quoted import same_words
from articles.claims.reading import Text
from articles.claims.shapes import Found
from articles.claims.vocabulary import BEGINNINGS, MODIFIERS, NO_NAME, ROLES, words_in

_CAPITAL = r"[^\W\d_a-z]"  # an upper-case letter of any Latin script, or one that has no case
_LATIN = r"(?![가-힣\u3040-\u30ff\u3400-\u9fff])"
_WORD = (
    rf"{_LATIN}(?<![^\W\d_])(?:[A-Z]\.(?=\s?[A-Z])|{_CAPITAL}[^\W\d_]*(?:[’'](?!s\b)[^\W\d_]+)*(?:-[^\W\d_]+)*)"
    r"(?![^\W_])"
)
_LINK = r"(?:\s(?:of|of\sthe|de|del|la|van|von|der|da|di|bin|al)(?=\s[^\W\d_a-z])|\s?&)"
_RUN = re.compile(rf"{_WORD}(?:{_LINK}? {_WORD})*")

_SHORT_HONORIFICS = words_in("Dr Mr Mrs Ms Prof St Sgt Capt Lt Gen Rev")
_HONORIFICS = words_in(
    """
    Professor Doctor Captain Sir Dame Lady Lord King Queen Prince Princess Detective Inspector President Judge Agent
    Sergeant General Chef Nurse Uncle Aunt
    """
)
_MADE_BY = words_in(
    """
    directed written co-written drawn voiced played portrayed created produced composed sung performed painted designed
    illustrated adapted developed published novel story book song film album single series webtoon comic manga
    """
)
_ROLE = re.compile(rf"(?<![\w-])(?<!to\s)(?i:(?:{'|'.join(MODIFIERS)})\s)?(?i:{'|'.join(ROLES)})\s(?=[^\W\d_a-z])")
_HONORIFIC = re.compile(
    rf"(?<![\w-])(?:{'|'.join(_SHORT_HONORIFICS)})\.?\s(?=[^\W\d_a-z])"
    rf"|(?<![\w-])(?:{'|'.join(_HONORIFICS)})\s(?=[^\W\d_a-z])"
)
_BY = re.compile(rf"(?<!\w)(?i:(?:{'|'.join(_MADE_BY)})\sby|known\sas|stage\sname)\s(?=[^\W\d_a-z])")
#: Of each a text has one of these words, or no name by it.
_ROLE_WORDS = frozenset(ROLES) | {"founder", "star"}
_HONORIFIC_WORDS = frozenset(map(str.casefold, (*_SHORT_HONORIFICS, *_HONORIFICS)))
_BY_WORDS = frozenset(_MADE_BY) | {"known", "stage"}

#: The words that stand before a name and are none of it, for whoever wants the name alone.
_BEFORE_A_NAME = frozenset(
    word.casefold()
    for word in (*ROLES, *MODIFIERS, *words_in("Dr Dr. Mr Mr. Mrs Mrs. Ms Ms. Prof Prof. St Sgt Capt Lt Gen Rev"))
)


def without_role(words: str) -> str:
    """“actor Ju Ji-hoon” is Ju Ji-hoon; a name without a role stays as it is."""
    parts = words.split()
    while len(parts) > 1 and parts[0].casefold() in _BEFORE_A_NAME:
        parts = parts[1:]
    return " ".join(parts)


_PRONOUNS = frozenset(words_in("He She It We They You"))
_NEVER_IN_A_NAME = frozenset(words_in("I In On At This That These Those It He She They We"))
#: What releases a work stands before its title with a possessive and is no part of it: “Netflix’s Kingdom 2”.
_OWNERS = frozenset(words_in("Netflix Disney HBO Marvel Amazon Apple BBC Sony Nintendo Korea Japan America Hollywood"))
_SENTENCE_START = re.compile(r"(?:^|[.!?:…\n|\ufffc]|[.!?…][”’\"')\]]|[“‘\"(\[•–—-])\s*$")
_HEADLINE_WORD = re.compile(r"[^\W\d_](?:[^\W_]|[-’'](?=[^\W_]))*")
# A line with a year in brackets is an entry of a list: Captain America: Civil War (April 2016).
_ENTRY = re.compile(r"\(\ufffc")
_LINE = re.compile(r"[^\n]+")
_KOREAN_GIVEN_NAME = re.compile(r"[A-Z][a-z]+-[a-z]+")
_LEAST_OF_A_HEADLINE = 4
#: “King” and “Ming” are names.
_LONGEST_ING = 5
#: Chicago Manual of Style 8.159: articles, conjunctions and short prepositions; and what an apostrophe cuts off.
_SMALL_WORDS = frozenset(
    words_in(
        "a an the and or nor but of in on at to for from with by as vs than into over per via s t re ve ll d is it"
    )
)


def names(text: Text) -> Iterator[Found]:
    if text.language == "en":
        pairs = ((_ROLE, _ROLE_WORDS), (_HONORIFIC, _HONORIFIC_WORDS))
        patterns = [pattern for pattern, needed in pairs if text.seen.has_any(needed)]
        yield from _names(text.words, patterns, is_by=text.seen.has_any(_BY_WORDS))


def _names(text: str, role_patterns: Iterable[re.Pattern[str]], *, is_by: bool) -> Iterator[Found]:
    with_role = {found.end(): found.start() for pattern in role_patterns for found in pattern.finditer(text)}
    after_by = {found.end() for found in _BY.finditer(text)} if is_by else set()
    headlines = _Headlines(text)
    for run in _RUN.finditer(text):
        found = _name(text, run, with_role, after_by, is_headline=headlines.hold(run.start()))
        if found:
            start, stop = found
            yield Found(start, stop, same_words(text[start:stop]))


def _name(
    text: str, run: re.Match[str], with_role: dict[int, int], after_by: set[int], *, is_headline: bool
) -> tuple[int, int] | None:
    start, stop = run.span()
    words = [*_words_of(text, start, stop)]
    # A role or “Dr.” may be within the run, for it has a capital too; the name begins behind it.
    named = next((at for at, _end in words if at in with_role), None)
    if named is not None:
        return _with_role(named, stop, with_role)
    if is_headline:
        return _in_headline(text, words)
    if _SENTENCE_START.search(text, max(0, start - 4), start):
        while words and _begins_a_sentence(text[words[0][0] : words[0][1]]):
            words.pop(0)
    else:
        while words and text[words[0][0] : words[0][1]] in _NEVER_IN_A_NAME:
            words.pop(0)
    words = _without_pronoun(text, words)
    if not words:
        return None
    start, stop = words[0][0], words[-1][1]
    # What begins a line and has a colon behind it says what the line is about: “Weak Script: …”.
    if text.startswith(":", stop) and (start == 0 or text[start - 1] == "\n"):
        return _in_headline(text, words)
    parts = [text[at:end] for at, end in words]
    is_name = any(part not in NO_NAME for part in parts)
    if len(parts) > 1 and is_name and parts[-1] not in ("Korean", "American", "British", "Japanese"):
        return start, stop
    return (start, stop) if start in after_by and is_name and parts[0] not in BEGINNINGS else None


def _without_pronoun(text: str, words: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A pronoun behind it begins the next clause, for want of a full stop: “Outkick The Coverage She”, “Recently I”.

    Behind another word than an adverb “I” may be a number: Elizabeth I.
    """
    *before, (start, stop) = words or [(0, 0)]
    is_first_person = text[start:stop] == "I" and before and text[before[-1][0] : before[-1][1]].endswith("ly")
    return before if is_first_person or text[start:stop] in _PRONOUNS else words


def _begins_a_sentence(word: str) -> bool:
    """So does a participle: “Leaving Twitter”."""
    return word in BEGINNINGS or (word.endswith("ing") and len(word) > _LONGEST_ING)


def _with_role(named: int, stop: int, with_role: dict[int, int]) -> tuple[int, int]:
    start = with_role[named]
    while start in with_role:  # Director Dr. Lee
        start = with_role[start]
    return start, stop


def _words_of(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    at = start
    for part in text[start:stop].split(" "):
        if part and (part[0].isupper() or not part[0].islower()) and part != "&":
            yield at, at + len(part)
        at += len(part) + 1


def _in_headline(text: str, words: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Where each word has a capital only the shape of a given name tells: Ju Ji-hoon."""
    for (start, end), (_next_start, next_end) in pairwise(words):
        if _KOREAN_GIVEN_NAME.fullmatch(text, end + 1, next_end):
            return start, next_end
    return None


class _Headlines:
    """The lines of a text in which each word begins with a capital but for the small ones."""

    def __init__(self, text: str) -> None:
        spans = [line.span() for line in _LINE.finditer(text) if _is_headline(line[0])]
        self.starts, self.stops = [start for start, _stop in spans], [stop for _start, stop in spans]

    def hold(self, at: int) -> bool:
        before = bisect_right(self.starts, at) - 1
        return before >= 0 and at < self.stops[before]


def _is_headline(line: str) -> bool:
    count = 0
    for count, found in enumerate(_HEADLINE_WORD.finditer(line), 1):  # noqa: B007
        word = found[0]
        if not (word[0].isupper() or word in _SMALL_WORDS):  # as early as the second of most lines
            return False
    return count >= _LEAST_OF_A_HEADLINE and not _ENTRY.search(line)


# --- titles that only their shape gives away --------------------------------------------------------------------------

_TITLE_WORD = rf"{_LATIN}(?<![^\W\d_])[A-Z0-9][^\W_]*(?:[’'][^\W\d_]+)*(?:-[^\W_]+)*"
_SMALL = r"(?:of|the|and|in|to|a|an|on|for|de|la)"
_TITLE_RUN = rf"{_TITLE_WORD}(?: (?:{_SMALL} ){{0,2}}{_TITLE_WORD}){{0,7}}"
# Squid Game: The Challenge. Both sides need capitals; a word alone at the left must not begin its sentence.
_WITH_COLON = re.compile(rf"(?P<words>{_TITLE_RUN}): (?P<rest>{_TITLE_RUN})")
# Single’s Inferno 4 · Toy Story 3
_WITH_NUMBER = re.compile(
    rf"(?P<words>{_TITLE_WORD}(?: {_TITLE_WORD}){{0,5}}) (?P<number>[2-9]|1\d|I{{2,3}}|IV)"
    r"(?![\w%,.]\d|\w|%|\s[a-z]+s\b|-)"
)


def numbered_titles(text: Text) -> Iterator[Found]:
    if (text.language == "en" and text.seen.digits) or " I" in text.words:
        yield from _shaped(text.words, _WITH_NUMBER)


def titles_with_colon(text: Text) -> Iterator[Found]:
    if text.language == "en" and ": " in text.words:
        yield from _shaped(text.words, _WITH_COLON)


def _shaped(text: str, pattern: re.Pattern[str]) -> Iterator[Found]:
    headlines = _Headlines(text)
    for found in pattern.finditer(text):
        start, stop = found.span()
        if headlines.hold(start):
            continue
        start = _behind_beginnings(text, start, stop)
        if pattern is _WITH_COLON and found["rest"] in BEGINNINGS:
            continue  # “Poor ratings: The drama …”
        left = text[start : found.end("words")].split(": ")[0]
        is_first = _SENTENCE_START.search(text, max(0, start - 4), start) is not None
        is_one_word = " " not in left
        if left and not (is_one_word and (is_first or (pattern is _WITH_NUMBER and left in NO_NAME))):
            yield Found(start, stop, same_words(text[start:stop]))


def _behind_beginnings(text: str, start: int, stop: int) -> int:
    """Behind “When”, “It” at the beginning of a sentence, and behind “Netflix’s”."""
    for part in text[start:stop].split(" "):
        bare = part.replace("’s", "").replace("'s", "")
        is_beginning = part in BEGINNINGS and part != "The"
        if not is_beginning and not (bare != part and bare in _OWNERS):
            break
        start += len(part) + 1
    return start
