"""A colour for a subject, proposed from what is seen of it: the editor chooses."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from articles.models import Article, Subject

#: What people call each colour of the palette.
COLOUR_NAMES = {
    "rose": pgettext_lazy("a colour", "rose"),
    "coral": pgettext_lazy("a colour", "coral"),
    "amber": pgettext_lazy("a colour", "amber"),
    "olive": pgettext_lazy("a colour", "olive"),
    "jade": pgettext_lazy("a colour", "jade"),
    "teal": pgettext_lazy("a colour", "teal"),
    "sky": pgettext_lazy("a colour", "sky"),
    "indigo": pgettext_lazy("a colour", "indigo"),
    "violet": pgettext_lazy("a colour", "violet"),
    "plum": pgettext_lazy("a colour", "plum"),
    "slate": pgettext_lazy("a colour", "slate"),
    "brick": pgettext_lazy("a colour", "brick"),
}


def proposed_colour(subject: Subject) -> str:
    """The name of the colour that most of its newest cover has; empty without a cover. One query."""
    covers = Article.objects.filter(subject=subject).exclude(cover=None).exclude(cover__colour="")
    return covers.order_by("-changed_at", "-pk").values_list("cover__colour", flat=True).first() or ""


def proposal(subject: Subject) -> str:
    """A sentence for the choice; empty where there is nothing to propose, or it is chosen already."""
    colour = proposed_colour(subject) if subject.pk else ""
    if not colour or colour == subject.palette:
        return ""
    name = COLOUR_NAMES.get(colour, colour)
    return _("The newest cover is mostly %(colour)s: that colour would suit.") % {"colour": name}
