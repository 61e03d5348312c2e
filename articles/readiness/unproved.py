"""Claims that the site wants proved, and that are not: see models.proofs.ProofRequirement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import proofs
from articles.document import Document
from articles.models import Article
from articles.proofs import ListedClaim
from articles.readiness.parts import card_parts, faq_parts
from articles.readiness.problems import Problem

#: A sentence names so many.
_NAMED = 3
_LONGEST = 60


def of_document(document: Document, article: Article) -> Iterator[Problem]:
    """One problem a part. One query, and one more where something has to be proved."""
    found = proofs.open_claims(document, article)
    if not found:
        return
    for place, name in called_places(document):
        if claims := found.get(place):
            yield Problem("open-claim", place, _sentence(name, claims), claims[0].field)


def called_places(document: Document) -> list[tuple[str, str]]:
    """The places that state something, with what a person calls them, in reading order."""
    cards = [(part.place, part.name) for part, _card in card_parts(document)]
    faqs = [(part.place, part.name) for part, _faq in faq_parts(document)]
    return [("introduction", _("Introduction")), *cards, ("conclusion", _("Conclusion")), *faqs]


def _sentence(name: str, claims: Sequence[ListedClaim]) -> str:
    words = ", ".join(f"“{short(claim.words)}”" for claim in claims[:_NAMED])
    words += " …" if len(claims) > _NAMED else ""
    sentence = ngettext(
        "%(where)s: %(count)s claim is to be proved: %(words)s.",
        "%(where)s: %(count)s claims are to be proved: %(words)s.",
        len(claims),
    )
    return sentence % {"where": name, "count": len(claims), "words": words}


def short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()}…"
