"""Marks runs of Hangul in text as Korean, so that a screen reader speaks them and a browser picks the right font; and
keeps a particle on the line of what it belongs to: Unicode lets a line end after “인용”, before 은 (UAX 14, LB 19a).
"""

from __future__ import annotations

import re
from html import escape

HANGUL = r"\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc"

# What closes a quotation or a bracket; a row of them is read once, from its beginning.
_CLOSING = r"’”)\]》〉」』"
_CLOSED = rf"(?<![{_CLOSING}])[{_CLOSING}]++"
_PARTICLE = re.compile(rf"{_CLOSED}[{HANGUL}]")
# What may stand between two Hangul words without ending the run: spaces, digits, punctuation. Possessive (++), so that
# a long row of dots after a word is read once.
_BETWEEN = r"[\s\d.,:;!?…·・‧~〜'\"‘’“”()\[\]《》〈〉「」『』–—-]++"
_RUN = re.compile(rf"(?:{_CLOSED})?+[{HANGUL}]++(?:{_BETWEEN}[{HANGUL}]++)*+")


def escape_and_mark(text: str) -> str:
    """`text` escaped for HTML (element content, not attributes), each run of Hangul in `<span lang="ko">`.

    In it a closing mark and the syllable that follows it stand in a span of their own, which no line divides.
    """
    parts = []
    end = 0
    for run in _RUN.finditer(text):
        kept = _PARTICLE.sub(r'<span class="keep">\g<0></span>', escape(run.group()))
        parts += [escape(text[end : run.start()]), '<span lang="ko">', kept, "</span>"]
        end = run.end()
    parts.append(escape(text[end:]))
    return "".join(parts)
