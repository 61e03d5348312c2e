"""The formats that can be imported: one row each. The command, the desk's form and the sentences derive from it.

A new format is a new file in `readers/` with a function that gives a Reading, and one row here; docs/importing.md says
how to write it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from articles.importing.readers import docx, html, markdown, plain
from articles.importing.reading import Reading
from articles.text.messages import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """`read` takes the bytes of a file, or its text, and its name for refusals; it raises ImportRefused.

    It is None for Fanguide's own exports, which are read exactly, and for exports that hold many articles.
    `label` is what a file dialog says; `recognises` tells whether a pasted text, or a .txt file, is of this format.
    """

    name: str
    endings: tuple[str, ...]
    label: str
    read: Callable[[Any, str], Reading] | None
    takes_bytes: bool = False
    declares_encoding: bool = False
    has_many_articles: bool = False
    recognises: Callable[[str], bool] | None = None


FORMATS = (
    Format(name="text", endings=(".txt", ".text"), label=_("plain text"), read=plain.read),
    Format(
        name="markdown",
        endings=(".md", ".markdown", ".mdown", ".mkd"),
        label=_("Markdown"),
        read=markdown.read,
        recognises=markdown.recognises,
    ),
    Format(
        name="html",
        endings=(".html", ".htm", ".xhtml"),
        label=_("a web page (.html)"),
        read=html.read,
        declares_encoding=True,
        recognises=html.recognises,
    ),
    Format(name="docx", endings=(".docx",), label=_("a Word document (.docx)"), read=docx.read, takes_bytes=True),
    Format(name="json", endings=(".json",), label=_("an export of Fanguide (.json)"), read=None),
    Format(
        name="wxr", endings=(".xml",), label=_("a WordPress export (.xml)"), read=None, has_many_articles=True
    ),
)  # fmt: skip
BY_NAME = {row.name: row for row in FORMATS}
BY_ENDING = {ending: row for row in FORMATS for ending in row.endings}
#: Those of which a file is one article: what the desk's form takes.
OF_ONE_ARTICLE = tuple(row for row in FORMATS if not row.has_many_articles)
#: The endings of what cannot be read, but is an article all the same: it is refused with a remedy.
UNREADABLE = frozenset((".doc", ".odt", ".rtf", ".pdf", ".pages"))


def recognised(text: str) -> Format | None:
    """The format of a text that does not say it by its name; None for plain text."""
    return next((row for row in FORMATS if row.recognises and row.recognises(text)), None)
