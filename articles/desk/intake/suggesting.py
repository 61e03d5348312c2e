"""What a document seems to be about: the subject that it names, and a title for one that says none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from django.utils.translation import ngettext

from articles.document import Document
from articles.models import Subject

_LOOKED_AT = 20_000  # letters of the text: what an article is about stands at its beginning
_LEAST = 2  # times that a text names what it is about, when the title does not


def subject_of(document: Document) -> Subject | None:
    """The subject whose name, in any of its spellings, stands in the title, else the one that the text names most.

    Of two in the title the longer name wins ("Kingdom: Ashin" over "Kingdom").
    """
    title, text = _folded(document.title), _folded("\n".join(_texts(document))[:_LOOKED_AT])
    best: tuple[int, int, int] = (0, 0, 0)
    found = 0
    for pk, *names in Subject.objects.values_list("pk", "name", "original_name", "other_names"):
        worth = max((_worth(_folded(name), title, text) for name in _flat(names)), default=(0, 0))
        if worth > (0, 0) and (*worth, -pk) > best:
            best, found = (*worth, -pk), pk
    return Subject.objects.filter(pk=found).first() if found else None


def title_for(document: Document, subject: Subject | None) -> str:
    """A title for a document that has none: how many facts about what; "" when nobody can say."""
    if document.title or subject is None or not document.cards:
        return ""
    count = len(document.cards)
    return ngettext("%(count)s fact about %(subject)s", "%(count)s facts about %(subject)s", count) % {
        "count": count,
        "subject": subject.name,
    }


def _texts(document: Document) -> Iterator[str]:
    yield document.introduction
    for card in document.cards:
        yield from (card.heading, card.body)


def _flat(names: list[object]) -> Iterator[str]:
    for name in names:
        yield from (str(each) for each in (name if isinstance(name, list) else [name]))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _worth(name: str, title: str, text: str) -> tuple[int, int]:
    """Twice the length of a name in the title, and how often the text has it; (0, 0) for a name by the way."""
    if len(name) < 2:
        return 0, 0
    in_title, times = _times(name, title), _times(name, text)
    if in_title:
        return len(name), times
    return (0, times) if times >= _LEAST else (0, 0)


def _times(name: str, text: str) -> int:
    """How often a name stands in a text, not as part of a longer word. Hangul and Han letters may go on behind it."""
    if name not in text:
        return 0
    before = r"(?<!\w)" if name[0].isalnum() and name[0] < "\u1100" else ""
    after = r"(?!\w)" if name[-1].isalnum() and name[-1] < "\u1100" else ""
    return len(re.findall(f"{before}{re.escape(name)}{after}", text))
