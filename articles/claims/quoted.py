"""Words in quotation marks, block quotations, and titles of works."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from articles.claims.reading import Plain, trimmed
from articles.claims.shapes import Found, Words

_LONGEST = 600
_INSIDE = rf"[^\n{{}}]{{{{1,{_LONGEST}}}}}?"
# Opening and closing marks of the languages (CLDR, “quotationStart” and its alternates). A curved single mark closes
# only where no letter follows, for it is the apostrophe too.
_PAIRS = tuple(
    f"{before}{first}(?P<{name}>{_INSIDE.format(exclude)}){last}"
    for name, before, first, exclude, last in (
        ("double", "", "“", "“”", "”"),
        ("german", "", "„", "„“”", "[“”]"),
        ("french", "", "«", "«»", "»"),
        ("inverted", "", "»", "«»", "«"),
        ("corner", "", "「", "「」", "」"),
        ("work", "", "[『《〈]", "『』《》〈〉", "[』》〉]"),
        ("straight", r"(?<![\w\"])", '"', '"', r'"(?![A-Za-z0-9])'),
        ("single", r"(?<![\w’])", "‘", "‘", r"’(?![A-Za-z])"),
        ("straight_single", r"(?<![\w'])", r"'(?![\s\d])", "'", r"'(?![A-Za-z])"),
    )
)
_QUOTED = re.compile("|".join(_PAIRS))
_OPENING = re.compile("[“„«»「『《〈\"‘']")
_SINGLE = frozenset({"single", "straight_single"})
_MARKS = "“”„«»「」『』《》〈〉\"‘’'"
_WITHOUT_MARKS = dict.fromkeys(map(ord, _MARKS))
_SPACE = re.compile(r"\s+")
_STOPS = ".,!?…。，！？、"
_UNSPACED = re.compile(r"[가-힣\u3041-\u30ff\u3400-\u9fff]")
_LEAST_WORDS, _LEAST_SIGNS = 3, 6
_HANGUL = re.compile(r"[가-힣]")
_MOST_WORDS_OF_A_TITLE, _LONGEST_UNSPACED_TITLE = 9, 30
_LEAST_OF_A_SENTENCE = 4
# Small words of a title, which begin with no capital.
_SHORT = 4


def quotations(plain: Plain) -> Iterator[Found]:
    """Block quotations first: what is quoted within them belongs to them."""
    for start, stop in plain.quoted:
        begin, end = _without_marks(plain.text, start, stop)
        if begin < end:
            yield Found(begin, end, same_words(plain.text[begin:end]))
    for found in _in_marks(plain.text):
        if not _is_title(found):
            start, stop = trimmed(plain.text, *found.span(found.lastgroup or 0))
            if _is_said(plain.text[start:stop]):
                yield Found(start, stop, same_words(plain.text[start:stop]))


def _in_marks(text: str) -> Iterable[re.Match[str]]:
    return _QUOTED.finditer(text) if _OPENING.search(text) else ()


def _is_said(words: str) -> bool:
    """One word or two in quotation marks are a term, or are meant in another way: a “dad” joke, the “pink sea”."""
    if not any(sign.isalnum() for sign in words):
        return False
    if words.endswith((".", "!", "?", "…", "。", "！", "？")):
        return True
    is_spaced = words.isascii() or not _UNSPACED.search(words)
    return len(words.split()) >= _LEAST_WORDS if is_spaced else len(words) >= _LEAST_SIGNS


def titles(plain: Plain) -> Iterator[Found]:
    for span in plain.emphasised:
        start, stop = _without_marks(plain.text, *trimmed(plain.text, *span))
        words = plain.text[start:stop]
        if any(sign.isalpha() for sign in words) and not words[0].islower() and not _is_remark(words):
            yield Found(start, stop, same_words(words))
    for found in _in_marks(plain.text):
        if _is_title(found):
            start, stop = trimmed(plain.text, *found.span(found.lastgroup or 0))
            stop -= len(plain.text[start:stop]) - len(plain.text[start:stop].rstrip(".,"))
            yield Found(start, stop, same_words(plain.text[start:stop]))


def _is_title(found: re.Match[str]) -> bool:
    """Brackets for works; single marks in Korean; and where each main word begins with a capital."""
    kind = found.lastgroup or ""
    words = found[kind].strip()
    if kind == "work":
        return True
    if kind == "corner" or not words:
        return False
    if _HANGUL.search(words):
        return kind in _SINGLE
    if words.endswith(("!", "?", "…", ".")):
        return False
    return len(words.split()) <= _MOST_WORDS_OF_A_TITLE and _has_high_main_words(words)


def _is_remark(words: str) -> bool:
    """Emphasised for another reason than that it is a title: a label, or a note of a sentence or more."""
    if words.endswith((":", "：", ",", "，")):
        return True
    if _UNSPACED.search(words):
        return "。" in words or len(words) > _LONGEST_UNSPACED_TITLE
    is_sentence = words.endswith((".", "!", "?", "…")) and len(words.split()) > _LEAST_OF_A_SENTENCE
    return (is_sentence or len(words.split()) > _MOST_WORDS_OF_A_TITLE) and not _has_high_main_words(words)


def _has_high_main_words(words: str) -> bool:
    all_words = words.rstrip(",").split()
    return all(_begins_high(word) for at, word in enumerate(all_words) if at == 0 or len(word) >= _SHORT)


def _begins_high(word: str) -> bool:
    first = next((sign for sign in word if sign.isalnum()), "")
    return first.isupper() or first.isdecimal()


def _without_marks(text: str, start: int, stop: int) -> tuple[int, int]:
    """The span without quotation marks around the whole."""
    while stop - start > 1 and text[start] in _MARKS and text[stop - 1] in _MARKS:
        start, stop = trimmed(text, start + 1, stop - 1)
    return start, stop


def same_words(words: str) -> Words:
    """What two quotations of the same words have in common."""
    plain = unicodedata.normalize("NFC", words).translate(_WITHOUT_MARKS)
    return Words(_SPACE.sub(" ", plain).strip().rstrip(_STOPS).casefold())
