"""Whether all that readers are told of a fact in doubt is there: what, since when, and why."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.document import Card


def missing(card: Card) -> tuple[str, str] | None:
    """The field that lacks something, and the sentence; None where it is whole, or there is no caveat at all."""
    if not card.caveat:
        if not (card.caveat_since or card.caveat_note):
            return None
        return "caveat", _("Say whether it is disputed or no longer true, or empty the day and the sentence.")
    if not card.caveat_since:
        return "caveat_since", _("Say since when it is disputed or no longer true.")
    if card.caveat_since > timezone.localdate():
        return "caveat_since", _("The day since when it is disputed or no longer true lies ahead.")
    if not card.caveat_note:
        return "caveat_note", _("Say who says otherwise, or what is true now.")
    return None
