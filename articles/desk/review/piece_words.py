"""What readers will see of one part, as the review page and what an editor sends back show it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils import formats
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles import document, drafts
from articles.desk.review import differences
from articles.document import Card, Caveat, Faq, Source
from articles.drafts import Conclusion, Frame, Piece
from articles.models.labels import SOURCE_KIND_LABELS


def words_of(piece: Piece, html: str, pictures: tuple[document.Picture, ...]) -> SafeString:
    """`html` is that of its text, with these pictures."""
    return _drawn(piece, html, pictures, get_language())


@lru_cache(1000)
def _drawn(piece: Piece, html: str, pictures: tuple[document.Picture, ...], _language: str | None) -> SafeString:
    """Kept from one look at an article to the next, as the HTML of bodies is: one part of many is new then."""
    context: dict[str, Any] = {
        "details": _details(piece),
        "heading": piece.conclusion_heading if isinstance(piece, Conclusion) else "",
        "spoiler": _spoiler(piece),
        "caveat": _caveat(piece) if isinstance(piece, Card) else "",
        "html": html,
        "tags": ", ".join(piece.tags) if isinstance(piece, Card) else "",
        "sources": [_said_of(source) for source in piece.sources] if isinstance(piece, Card) else None,
        "pictures": pictures,
    }
    return render_to_string("desk/review/_piece_words.html", context)


def _details(piece: Piece) -> list[tuple[str, str]]:
    """Of what holds the parts together: its fields that are filled, by their labels."""
    if not isinstance(piece, Frame):
        return []
    rows = differences.of_values(drafts.Details(title=""), piece.details)
    return [(row.label, "".join(run.text for run in row.new)) for row in rows]


def _spoiler(piece: Piece) -> str:
    if not isinstance(piece, Card | Faq) or not piece.spoiler_after:
        return ""
    said = _("Closed to readers until they have seen episode %(episode)s.") % {"episode": piece.spoiler_after}
    if isinstance(piece, Faq) or not piece.safe_heading:
        return said
    return f"{said} " + _("Outside stands: %(heading)s") % {"heading": piece.safe_heading}


def _caveat(card: Card) -> str:
    """What readers are told beside the fact, if anything."""
    if not card.caveat:
        return ""
    is_disputed = card.caveat == Caveat.DISPUTED
    said = _("Readers are told that it is disputed") if is_disputed else _("Readers are told that it is no longer true")
    if card.caveat_since:
        day = formats.date_format(card.caveat_since, "SHORT_DATE_FORMAT")
        said += " (" + _("since %(day)s") % {"day": day} + ")"
    return f"{said}: {card.caveat_note}" if card.caveat_note else said


def _said_of(source: Source) -> tuple[str, str, str]:
    """Its address, its name, and what else is known of it."""
    more = [source.publisher] if source.publisher else []
    if source.kind:
        more.append(str(SOURCE_KIND_LABELS[source.kind]))
    if source.seen_on:
        more.append(_("checked on %(day)s") % {"day": formats.date_format(source.seen_on, "SHORT_DATE_FORMAT")})
    if source.archived_url:
        more.append(_("archived copy: %(url)s") % {"url": source.archived_url})
    return source.url, source.title or source.url, "".join(f", {each}" for each in more)
