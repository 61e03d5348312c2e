"""What people call the choices of an article and its cards."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from articles.document import Caveat, Numbering, SourceKind

NUMBERING_LABELS = {
    Numbering.UP: _("1, 2, 3 …"),
    Numbering.COUNTDOWN: _("Countdown … 3, 2, 1"),
    Numbering.NONE: _("No numbers"),
}

CAVEAT_LABELS = {
    Caveat.NONE: _("Yes, as far as we know"),
    Caveat.DISPUTED: _("Disputed"),
    Caveat.OUTDATED: _("No longer true"),
}

SOURCE_KIND_LABELS = {
    SourceKind.UNKNOWN: _("Not said"),
    SourceKind.PRIMARY: _("Primary source"),
    SourceKind.INTERVIEW: _("Interview"),
    SourceKind.NEWS: _("News"),
    SourceKind.FAN_SITE: _("Fan site"),
}
