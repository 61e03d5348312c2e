"""What writers leave for later, and nobody should read in public: TK, TODO, [source?], XXX, ???, lorem ipsum."""

from __future__ import annotations

import re

from articles.text.strip_markdown import without_addresses

# Between shouted words TODO is Spanish and TK a name: “TODO LO QUE SABEMOS” is no note.
_SHOUTED_BEFORE = r"(?<![^\W\d_a-z]{2}\s)"
_SHOUTED_AFTER = r"(?!\s[^\W\d_a-z]{2,}\b)"
_FOUND = re.compile(
    rf"(?<![\w#@/.-])(?:TK(?:[ ]?TK)*|{_SHOUTED_BEFORE}(?:TODO|FIXME|XXX+){_SHOUTED_AFTER})(?![\w/]|[.-]\w)"
    r"|[\[(](?:sources?|citation|name|date|link|year|who|출처|Quelle|fuente|fonte|出典|来源)\s?\?+[\])]"
    r"|[\[(](?:(?i:citation|source|quelle|link)\s(?:needed|missing|fehlt)|출처\s?필요|要出典|\?+)[\])]"
    r"|(?<![\w?!？！…”’\")\]])\?{3,}(?!\w)"
    r"|(?i:\blorem ipsum\b)"
)
_MARKS = ("TK", "TODO", "FIXME", "XXX", "?", "needed", "missing", "fehlt", "필요", "要出典", "orem", "OREM")


def placeholder(source: str) -> str:
    """The first note to oneself in `source` (Markdown or plain), as it stands there; "" for none.

    Capitals count: "TK" is a note, "Tk" a toolkit. Nothing inside another word or an address is one.
    """
    if not any(mark in source for mark in _MARKS):
        return ""
    found = _FOUND.search(without_addresses(source))
    return found.group() if found else ""
