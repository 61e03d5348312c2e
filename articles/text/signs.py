"""Text without the signs that break what reads it, and without invisible ones that mean nothing.

XML 1.0 (section 2.2) holds no control signs but tab and line feed, no halves of surrogate pairs and no noncharacters;
JSON, databases and browsers stumble over some of them too. Invisible format signs are a matter of meaning: a joiner
shapes Arabic and Indic letters and makes one emoji of several, a pair of direction signs holds a run of Hebrew
together, and all of them are noise anywhere else, often pasted, sometimes put there to hide something.
"""

from __future__ import annotations

import re
import unicodedata

from articles.text import emoji_signs
from articles.text.emoji_signs import VS15, VS16, ZWJ

_ZWSP, _ZWNJ, _WORD_JOINER, _MONGOLIAN_SEPARATOR = "\u200b", "\u200c", "\u2060", "\u180e"
_DIRECTION_MARKS = "\u200e\u200f\u061c"  # LRM, RLM, ALM
_OPENS_DIRECTION = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_CLOSES_DIRECTION = frozenset(_OPENS_DIRECTION.values())
_DIRECTION_PAIRS = "".join([*_OPENS_DIRECTION, *_CLOSES_DIRECTION])

#: Soft hyphen, byte order mark, directional overrides (which show a text backwards), invisible operators, deprecated
#: format characters, annotation anchors, shorthand and music controls, the sign that stands for a pasted object.
_WITHOUT_MEANING = (
    r"\u00ad\ufeff\u17b4\u17b5\u202d\u202e\u2061-\u2065\u206a-\u206f\ufff9-\ufffc"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
)
_NONCHARACTERS = r"\ufdd0-\ufdef" + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(17))
_DROPPED = re.compile(rf"[\x00-\x08\x0e-\x1f\x7f{_WITHOUT_MEANING}{_NONCHARACTERS}]")
#: Vertical tab (a soft break out of Word or slides), form feed, Unicode's line and paragraph separators.
_LINE_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\u2028\u2029]")
#: Hangul fillers that are nothing but a blank.
_BLANKS = re.compile(r"[\u3164\uffa0]")
_C1 = re.compile(r"[\x80-\x9f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")

_TAGS = r"\U000e0000-\U000e007f"
#: The flags of England, Scotland, Wales: a black flag, a region in tag signs, their end (UTS 51, ED-14a).
_FLAG_OR_TAG = re.compile(rf"(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{{3,6}}\U000e007f)|[{_TAGS}]")
_SELECTORS = r"\ufe00-\ufe0f\U000e0100-\U000e01ef"
_SELECTOR = re.compile(rf"[{_SELECTORS}]")
_JAMO_FILLERS = re.compile(r"[\u115f\u1160]+")
_JAMO = re.compile(r"[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]")
_JOINERS = f"{ZWJ}{_ZWNJ}{_ZWSP}{_WORD_JOINER}{_MONGOLIAN_SEPARATOR}"
_RUN = re.compile(f"[{_JOINERS}{_DIRECTION_MARKS}]+")
_DIRECTION_SIGN = re.compile(f"[{_DIRECTION_PAIRS}]")

_INVISIBLE = re.compile(f"[{_JOINERS}{_DIRECTION_MARKS}{_DIRECTION_PAIRS}]")

#: Scripts whose letters join or stack: Arabic to Myanmar, Philippine, Khmer, Mongolian and their neighbours.
_JOINING = re.compile(
    r"[\u0600-\u109f\u1700-\u18af\u1900-\u1c7f\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc"
    r"\U00010a00-\U00011fff\U00016100-\U00016d7f\U0001e900-\U0001e95f]"
)
#: Scripts without spaces between words, where a zero-width one says where a line may break.
_WITHOUT_SPACES = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\ua9e0-\ua9ff\uaa60-\uaadf]"
)
_RIGHT_TO_LEFT = re.compile(
    r"[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_EMOJI = re.compile(
    rf"[{emoji_signs.ALONE}{emoji_signs.PLAIN}\u00a9\u00ae\u2122\u20e3{VS16}\U000e007f"
    r"\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]"
)
_TAKES_EMOJI_FORM = re.compile(
    rf"[{emoji_signs.ALONE}{emoji_signs.PLAIN}\u00a9\u00ae\u20220-9#*\u2122\U0001f1e6-\U0001f3ff]"
)

#: Most texts hold none of what is looked at here.
_SUSPECT = re.compile(
    rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\u115f\u1160\u2028\u2029\u3164\uffa0\ud800-\udfff{_WITHOUT_MEANING}{_NONCHARACTERS}"
    rf"{_TAGS}{_SELECTORS}{_JOINERS}{_DIRECTION_MARKS}{_DIRECTION_PAIRS}]"
)
_SPACES = re.compile(r"[ \t\n]+")


def body(text: str) -> str:
    """`text` as it can be kept and shown, in its lines; every visible sign stays. Doing it twice changes nothing.

    Line breaks of all kinds become line feeds. Half a surrogate pair becomes U+FFFD, a C1 control what Windows-1252
    means by it (as in HTML), and what has no meaning goes.
    """
    if not _SUSPECT.search(text):
        return text
    text = _LINE_BREAKS.sub("\n", _whole_characters(text))
    text = _BLANKS.sub(" ", _DROPPED.sub("", _C1.sub(_as_in_windows, text)))
    text = _FLAG_OR_TAG.sub(lambda found: found[1] or "", text)
    text = _JAMO_FILLERS.sub(_between_jamo, text)
    text = _SELECTOR.sub(_after_its_base, text)
    return _with_meaning(_in_pairs(text))


def line(text: str) -> str:
    """As `body`, on one line: breaks and tabs become spaces, and the ends have none."""
    if text.isascii() and text.isprintable():  # as most are, and every row has many
        return text.strip()
    text = body(text)
    if "\n" in text or "\t" in text:
        text = _SPACES.sub(lambda run: " " if run[0].strip(" ") else run[0], text)
    return text.strip()


def is_fit(text: str) -> bool:
    """Whether every consumer of XML and JSON can hold `text`; invisible signs do not count."""
    return not (_SURROGATES.search(text) or _C1.search(text) or _UNFIT.search(text))


_UNFIT = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f{_NONCHARACTERS}]")


def _whole_characters(text: str) -> str:
    if not _SURROGATES.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _as_in_windows(found: re.Match[str]) -> str:
    return found[0].encode("latin-1").decode("cp1252", "ignore")


def _between_jamo(found: re.Match[str]) -> str:
    before, after = _beside(found)
    return found[0] if _JAMO.match(before) or _JAMO.match(after) else ""


def _after_its_base(found: re.Match[str]) -> str:
    """A variation selector where it can vary something: in an emoji, a symbol, a Han character."""
    base, _after = _beside(found)
    if found[0] in (VS15, VS16):
        return found[0] if _TAKES_EMOJI_FORM.match(base) else ""
    return found[0] if base and not base.isascii() and _is_visible(base) and not _SELECTOR.match(base) else ""


def _in_pairs(text: str) -> str:
    """Without direction signs that lack their other half in a paragraph, or stand where all runs one way."""
    if not _DIRECTION_SIGN.search(text):
        return text
    return "\n\n".join(map(_paired, text.split("\n\n")))


def _paired(paragraph: str) -> str:
    kept: set[int] = set()
    opened: list[int] = []
    if _RIGHT_TO_LEFT.search(paragraph):
        for found in _DIRECTION_SIGN.finditer(paragraph):
            if found[0] in _OPENS_DIRECTION:
                opened.append(found.start())
            elif opened and _OPENS_DIRECTION[paragraph[opened[-1]]] == found[0]:
                kept |= {opened.pop(), found.start()}
    return _DIRECTION_SIGN.sub(lambda found: found[0] if found.start() in kept else "", paragraph)


def _with_meaning(text: str) -> str:
    """Without the joiners and direction marks that mean nothing between what stands on both sides of them."""
    if not _RUN.search(text):
        return text
    marks = _DIRECTION_MARKS if _RIGHT_TO_LEFT.search(text) else ""
    return _RUN.sub(lambda found: _of_run(found, marks), text)


def _of_run(found: re.Match[str], marks: str) -> str:
    before, after = _beside(found)
    kept = ""
    for sign in dict.fromkeys(found[0]):
        if sign in _DIRECTION_MARKS:
            kept += sign if sign in marks else ""
        elif not any(joiner in kept for joiner in _JOINERS) and _joins(sign, before, after):
            kept += sign
    return kept


def _joins(sign: str, before: str, after: str) -> bool:
    is_shaped = bool(_JOINING.match(before) or _JOINING.match(after))
    if sign == ZWJ:
        return is_shaped or bool(_EMOJI.match(before) and _EMOJI.match(after))
    if sign == _ZWNJ:
        return is_shaped and _is_letter(before) and _is_letter(after)
    if sign == _ZWSP:
        is_within = _is_visible(before) and _is_visible(after)
        return is_within and bool(_WITHOUT_SPACES.match(before) or _WITHOUT_SPACES.match(after))
    if sign == _MONGOLIAN_SEPARATOR:
        return "\u1820" <= before <= "\u18aa"
    return _is_visible(before) and _is_visible(after)


def _beside(found: re.Match[str]) -> tuple[str, str]:
    """The sign before and the one after, empty at an end. (A slice of all that stands before is a copy of the text.)"""
    text, start, end = found.string, found.start(), found.end()
    return text[max(0, start - 1) : start], text[end : end + 1]


def _is_letter(sign: str) -> bool:
    return bool(sign) and unicodedata.category(sign)[0] in "LMN"


def _is_visible(sign: str) -> bool:
    return bool(sign) and not sign.isspace() and not _INVISIBLE.match(sign)
