"""What is true only for a time, and of which nobody has said as of when, or when to look again."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import ngettext

from articles import proofs
from articles.document import Document
from articles.models import Article
from articles.readiness.problems import Problem
from articles.readiness.unproved import called_places, short


def of_document(document: Document, article: Article) -> Iterator[Problem]:
    """One piece of advice a part, however much it says. One query where there is any such sentence, else none."""
    found = proofs.undated(document, article)
    for place, name in called_places(document) if found else ():
        if said := found.get(place):
            sentence = ngettext(
                "%(where)s: say as of when this holds, and when to look again: “%(words)s”",
                "%(where)s: say as of when these %(count)s sentences hold, and when to look again: “%(words)s” …",
                len(said),
            )
            told = {"where": name, "count": len(said), "words": short(said[0].words)}
            yield Problem("no-day", place, sentence % told, said[0].field)
