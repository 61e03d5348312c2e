"""What no text may hold is mended or taken out, and told: doubly encoded letters, misread quotes, control signs."""

from __future__ import annotations

import re

import ftfy
import ftfy.badness

from articles.importing.account import Repaired
from articles.text.messages import _

_SEPARATOR = re.compile(r"[\x1c-\x1f]")  # old signs between fields: what stands around them are two words
_LINE = re.compile(r"\x0b|\x85(?![\x80-\x9f])")  # a line break of Word and of slides; the next line of old hosts
_C1 = re.compile(r"[\x80-\x9f]")
_UNFIT = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x9f\ufeff\ufdd0-\ufdef\ufffe\uffff]|[\ud800-\udfff]")
_ANY_UNFIT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufeff\ufdd0-\ufdef\ufffe\uffff]|[\ud800-\udfff]")
_MISREAD = ("sloppy-windows-1252", "latin-1", "sloppy-windows-1251", "macroman")  # ftfy brings the sloppy ones
_CONFIG = ftfy.TextFixerConfig(fix_c1_controls=False)
_LONGEST_LINE = 20_000


def clean(text: str) -> tuple[str, list[Repaired]]:
    """The text without the signs that nothing can show, and the repairs that tell of them."""
    told: list[Repaired] = []
    text = _singly_encoded(text, told)
    if _ANY_UNFIT.search(text):
        text = _without_unfit(text, told)
    return text, told


def fit(text: str) -> str:
    """As `clean`, for the words behind the entities of HTML: nothing is told of what nobody could have seen."""
    return _without_unfit(text, []) if _ANY_UNFIT.search(text) else text


# --- double encoding --------------------------------------------------------------------------------------------------


def _singly_encoded(text: str, told: list[Repaired]) -> str:
    """UTF-8 that was read as something else and saved again, put right: the whole text at once, or line by line."""
    if text.isascii():
        return text
    lines = text.split("\n")
    bad = [index for index, line in enumerate(lines) if not line.isascii() and ftfy.badness.is_bad(line)]
    if not bad:
        return text
    before = lines[bad[0]]
    lines = _at_once(text).split("\n") if len(bad) > 1 else lines
    for index in bad:
        if len(lines[index]) <= _LONGEST_LINE and ftfy.badness.is_bad(lines[index]):
            lines[index] = ftfy.fix_encoding(lines[index], _CONFIG)
    mended = "\n".join(lines)
    if mended == text:
        return text
    first = next(index for index in bad if lines[index] != text.split("\n")[index])
    before = text.split("\n")[first]
    told.append(Repaired(_short(before), _short(lines[first]), _("letters that were encoded twice")))
    return mended


def _at_once(text: str) -> str:
    """The whole text, if all of it was misread in one way: then no line has to be looked at by itself."""
    for encoding in _MISREAD:
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59] + "…"


# --- control signs ----------------------------------------------------------------------------------------------------


def _without_unfit(text: str, told: list[Repaired]) -> str:
    has_quotes = any(sign != "\x85" for sign in _C1.findall(text))
    if has_quotes:
        text, count = _C1.subn(_from_windows, text)
        if count:
            told.append(Repaired("", "", _("quotation marks and dashes of Windows that were read as control signs")))
    text, lines = _LINE.subn("\n", text)
    text, count = _UNFIT.subn("", _SEPARATOR.sub(" ", text))
    count += lines
    if count == 1:
        told.append(Repaired("", "", _("a control sign that no page can show")))
    elif count:
        told.append(Repaired("", "", _("%(count)s control signs that no page can show", count=count)))
    return text


def _from_windows(found: re.Match[str]) -> str:
    """The sign that this byte is in Windows-1252, as every browser reads it."""
    return found[0].encode("latin-1").decode("cp1252", "ignore")
