"""nh3 in steps that grow with the length of the HTML, whatever is in it. Two things it does in their square:

- it writes a text with many signs from U+00A0 to U+00BF (no-break space, « » ¡ · °) by looking, at each of them, for a
  no-break space in all the rest, however they were written: as signs, by number or by name;
- it looks through all open elements at each tag.
"""

from __future__ import annotations

import html as html_names
import re
from collections import Counter
from html.entities import html5 as names

import nh3

#: With fewer of these signs the detour costs more than it saves.
_MANY = 500
_SLOW = re.compile("[\xa0-\xbf]|&nbsp;")
#: Signs that stand for them meanwhile: non-characters, which `syntax.without_control_signs` has taken out before.
_AWAY = {0xA0 + number: 0xFDD0 + number for number in range(32)}
_BACK: dict[int, int | str] = {stand_in: sign for sign, stand_in in _AWAY.items()} | {_AWAY[0xA0]: "&nbsp;"}

#: Our own HTML has a fifth of this.
_DEEPEST = 100
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_NEVER_OPEN = frozenset(("br", "hr", "img", "input", "source", "wbr"))


def clean(cleaner: nh3.Cleaner, html: str) -> str:
    """What the cleaner gives for HTML without control signs."""
    if len(_SLOW.findall(html)) < _MANY:
        return cleaner.clean(html)
    return cleaner.clean(html.replace("&nbsp;", "\xa0").translate(_AWAY)).translate(_BACK)


#: "&", and the reference of which it is the beginning. A number of more digits stands for no character.
_REFERENCE = re.compile(r"&(?:(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{0,31});)?")


def with_plain_references(html: str) -> str:
    """HTML of any origin. The slow signs stand for themselves, what stands for no character that HTML may hold is gone,
    and an "&" that begins no reference is written as one, which `render` always does.
    """
    return _REFERENCE.sub(_plain, html)


def _plain(found: re.Match[str]) -> str:
    name = found[1]
    if not name or not (name.startswith("#") or f"{name};" in names):
        return f"&amp;{found[0][1:]}"
    sign = html_names.unescape(found[0])
    return sign if not sign or _SLOW.fullmatch(sign) else found[0]


def without_deep_nesting(html: str) -> str:
    """HTML of any origin. Tags that would stand deeper in others than any of ours become text."""
    open_now: Counter[str] = Counter()
    depth = 0

    def allowed_tag(tag: re.Match[str]) -> str:
        nonlocal depth
        name = tag[2].lower()
        if tag[1]:
            step = -1 if open_now[name] else 0
        elif name in _NEVER_OPEN:
            step = 0
        elif depth < _DEEPEST:
            step = 1
        else:
            return f"&lt;{tag[0][1:]}"
        open_now[name] += step
        depth += step
        return tag[0]

    return _TAG.sub(allowed_tag, html)
