"""Emoji in headings: taken apart from the words, and mended when pasting lost the joiners between their parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from articles.text import emoji_signs as signs
from articles.text.emoji_signs import TONE, VS15, VS16, ZWJ
from articles.text.messages import _

_EMOJI = re.compile(signs.ONE)
_ROW = re.compile(rf"{signs.PART}++")
_RUN = re.compile(rf"{signs.PART}++(?:[ \t\u00a0]++{signs.PART}++)*+")
_SPACES = " \t\u00a0"
_OPENING = frozenset("([{“‘«¿¡")
_CLOSING = frozenset(")]}”’».,:;!?…\n")


@dataclass(frozen=True, slots=True)
class Repair:
    """What was put right; `why` is a sentence for the writer."""

    before: str
    after: str
    why: str


def split(text: str) -> tuple[str, str]:
    """The heading without the emoji before and after it, and those emoji without the spaces between them."""
    text = text.strip()
    runs = list(_runs(text))
    leading = runs[0] if runs and runs[0].start() == 0 else None
    trailing = runs[-1] if runs and runs[-1].end() == len(text) and runs[-1] is not leading else None
    words = text[leading.end() if leading else 0 : trailing.start() if trailing else len(text)]
    found = "".join(run.group() for run in (leading, trailing) if run)
    return words.strip(), "".join(found.split())


def strip(text: str) -> str:
    """`text` without emoji and without the spaces that they would leave: "So 🔥 good 🔥!" is "So good!"."""
    kept: list[str] = []
    end = 0
    for run in _runs(text):
        _add(kept, text[end : run.start()])
        end = run.end()
    _add(kept, text[end:])
    return "".join(kept)


def _runs(text: str) -> Iterator[re.Match[str]]:
    return (run for run in _RUN.finditer(text) if _EMOJI.search(run.group()))


def _add(kept: list[str], piece: str) -> None:
    """Adds the text after an emoji that is gone, with no more space between it and the text before than belongs."""
    if kept and (not kept[-1] or kept[-1][-1].isspace() or kept[-1][-1] in _OPENING):
        piece = piece.lstrip(_SPACES)
    if kept and (not piece or piece[0] in _CLOSING):
        kept[-1] = kept[-1].rstrip(_SPACES)
    kept.append(piece)


# --- repair -----------------------------------------------------------------------------------------------------------


def repair(text: str) -> tuple[str, tuple[Repair, ...]]:
    """`text` with broken emoji mended, and what was mended. Text without emoji is never changed.

    Mends only what cannot have been meant otherwise: a sign that is no emoji of its own (♂ ⚕ ✈ ☠ ❄ …) right after the
    one emoji that Unicode joins it with, and a heart between two people. Two emoji that stand well alone (👩💻) stay.
    """
    repairs: list[Repair] = []
    for pattern, mend, why in _MENDERS:
        found = (Repair(run.group(), mend(run), why) for run in pattern.finditer(text))
        changed = [each for each in found if each.before != each.after]
        if changed:
            text = pattern.sub(mend, text)
            repairs += changed
    return text, tuple(repairs)


def is_broken(text: str) -> bool:
    """Whether `repair` would change `text`, or it holds what cannot be mended: half a flag, a replacement character."""
    if not _MAY_BREAK.search(text):
        return False
    half_a_flag = any(len(letters) % 2 for letters in _FLAG_LETTERS.findall(text))
    return half_a_flag or "\ufffd" in text or _needs_repair(text)


def _needs_repair(text: str) -> bool:
    """The first change is enough: before it every mender looks at the text as it stands."""
    runs = ((run, mend) for pattern, mend, _why in _MENDERS for run in pattern.finditer(text))
    return any(mend(run) != run.group() for run, mend in runs)


# Without one of these nothing is broken: most texts have none, and the menders take their time.
_MAY_BREAK = re.compile(f"[{ZWJ}{VS16}\ufffd\u2600-\u27bf\U0001f000-\U0001faff]")
_FLAG_LETTERS = re.compile("[\U0001f1e6-\U0001f1ff]+")
_STRAYS = re.compile(rf"(?<={ZWJ})[{ZWJ}{VS16}]+|(?<={VS16}){VS16}+|(?<={TONE}){VS16}+|{ZWJ}[{ZWJ}{VS16}]*\Z")
_LEADING_STRAYS = re.compile(rf"\A[{ZWJ}{VS16}]+")
_BARE_PICTURE = re.compile(rf"[{signs.PICTURES}](?![{VS15}{VS16}]|{TONE})")


def _without_strays(row: re.Match[str]) -> str:
    found = row.group()
    if not _EMOJI.search(found):
        return found
    # After a letter a joiner may shape it (Arabic, Indic).
    follows_a_letter = row.string[max(0, row.start() - 1) : row.start()].isalnum()
    found = found if follows_a_letter else _LEADING_STRAYS.sub("", found)
    return _STRAYS.sub("", found)


def _with_emoji_form(row: re.Match[str]) -> str:
    found = row.group()
    return _BARE_PICTURE.sub(rf"\g<0>{VS16}", found) if len(_EMOJI.findall(found)) > 1 else found


_GAP = f"[{ZWJ}{VS16}]*"


def _pair(first: str, second: str) -> re.Pattern[str]:
    return re.compile(rf"([{first}])({TONE}?){_GAP}([{second}])(?!{VS15}){VS16}*")


def _join_pair(found: re.Match[str]) -> str:
    first, tone, second = found.groups()
    form = VS16 if first in signs.PLAIN_FIRST and not tone else ""
    return f"{first}{tone or form}{ZWJ}{second}{VS16}"


_COUPLE = re.compile(rf"([{signs.PEOPLE}]){TONE}?{_GAP}\u2764{_GAP}(?:\U0001f48b{_GAP})?([{signs.PEOPLE}]){TONE}?")


def _join_couple(found: re.Match[str]) -> str:
    if "".join(found.groups()) not in signs.COUPLES:
        return found.group()
    parts = re.sub(_GAP, "", found.group())
    return re.sub(rf"(?<=.)(?!{TONE})(?=.)", ZWJ, parts).replace("\u2764", f"\u2764{VS16}")


_LOST_JOINER = _("Pasting lost the joiner that makes these signs one emoji.")
_MENDERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str], str], ...] = (
    (_ROW, _without_strays, _("A joiner or variation selector joined or changed nothing.")),
    (_pair(signs.GENDERED, signs.GENDERS), _join_pair, _LOST_JOINER),
    (_pair(signs.PEOPLE, signs.PROFESSIONS), _join_pair, _LOST_JOINER),
    *((_pair(first, second), _join_pair, _LOST_JOINER) for first, second in signs.THINGS),
    (_COUPLE, _join_couple, _LOST_JOINER),
    (_ROW, _with_emoji_form, _("Pasting lost the sign that asks for the colour form of an emoji.")),
)
