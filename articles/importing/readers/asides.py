"""Words that other readers found to be no part of the article, on their way through the HTML reader."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from articles.text.messages import _

TAG = "x-set-aside"  # an element that no page uses; one that does sets its own words aside, and shows them
#: Why, by the short name that stands in the element.
ASIDES: Mapping[str, str] = {
    "remark": _("a private remark of the writer"),
    "comment": _("a reviewer's comment in the document"),
    "deleted": _("deleted in the document, and not yet for good"),
    "hidden": _("hidden text of the document"),
    "moved": _("moved elsewhere in the document"),
    "property": _("a property of the page in the program that wrote it"),
    "mark": _("a mark of a template or a page builder"),
    "query": _("a query that the program which wrote it answers"),
    "page": _("a head or foot of the page"),
    "file": _("a file that the document refers to and does not hold"),
    "label": _("a label of the program that wrote it"),
}


def element(words: str, why: str, *, is_block: bool = False) -> str:
    """HTML that sets words aside; `why` is a key of ASIDES."""
    inline = f'<{TAG} data-why="{why}">{escape(words)}</{TAG}>'
    return f"<p>{inline}</p>" if is_block else inline
