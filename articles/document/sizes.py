"""How much an article may hold in all. Each text has a limit of its own (`rules`); a thousand such texts need another.

Whoever shows, checks, compares or publishes an article works through all of its texts at once, and somebody waits.
"""

from __future__ import annotations

from collections.abc import Iterator

from articles.document.rules import Body, rules
from articles.document.shapes import Card, Document, Faq
from articles.text import bounds
from articles.text.messages import TranslatableMessage, _

#: In all texts in Markdown together: a thousand facts of 2,000 characters each.
MOST_CHARACTERS = 2_000_000
#: Of Markdown, in all of them; such a thousand facts have about 60,000.
MOST_SIGNS = 80_000


def excess(document: Document) -> TranslatableMessage | None:
    """What an article has too much of, in a sentence; None for one of a size that can be worked with."""
    found = [*_bodies(document)]
    characters = sum(map(len, found))
    if characters > MOST_CHARACTERS:
        return _(
            "The texts of this article have %(count)s characters in all; at most %(most)s can be shown on one page: "
            "make two articles of it.",
            count=f"{characters:,}",
            most=f"{MOST_CHARACTERS:,}",
        )
    if characters > MOST_SIGNS and (signs := sum(map(bounds.count_signs, found))) > MOST_SIGNS:
        return _(
            "The texts of this article hold %(count)s signs of Markdown, such as * and [; at most %(most)s can be "
            "shown on one page: make two articles of it.",
            count=f"{signs:,}",
            most=f"{MOST_SIGNS:,}",
        )
    return None


def _bodies(document: Document) -> Iterator[str]:
    for part in (document, *document.cards, *document.faqs):
        yield from (getattr(part, name) for name in _BODIES[type(part)])


_BODIES = {
    kind: [name for name, rule in rules(kind).items() if isinstance(rule, Body)] for kind in (Document, Card, Faq)
}
