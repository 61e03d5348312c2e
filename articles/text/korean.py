"""Marks runs of Hangul in text as Korean, so that a screen reader speaks them and a browser picks the right font."""

from __future__ import annotations

import re
from html import escape

HANGUL = r"\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc"

# What may stand between two Hangul words without ending the run: spaces, digits, punctuation. Possessive (++), so that
# a long row of dots after a word is read once.
_RUN = re.compile(rf"[{HANGUL}]++(?:[\s\d.,:;!?…·・‧~〜'\"‘’“”()\[\]《》〈〉「」『』–—-]++[{HANGUL}]++)*+")


def escape_and_mark(text: str) -> str:
    """`text` escaped for HTML (element content, not attributes), each run of Hangul in `<span lang="ko">`."""
    parts = []
    end = 0
    for run in _RUN.finditer(text):
        parts += [escape(text[end : run.start()]), '<span lang="ko">', escape(run.group()), "</span>"]
        end = run.end()
    parts.append(escape(text[end:]))
    return "".join(parts)
