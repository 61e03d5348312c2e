"""What an update is, as its editor says to the readers, and the refusal of whatever cannot be published."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from articles.models import Edition

NOTE_LENGTH = Edition._meta.get_field("change_note").max_length or 0


class PublishingError(Exception):
    """The event cannot be made or unmade; the message is a sentence for the editor. Nothing was written."""


class UpdateNotice(NamedTuple):
    """What an update is, as its editor says to the readers: an Edition.ChangeKind, and a note."""

    kind: str
    note: str = ""

    @classmethod
    def of(cls, edition: Edition) -> UpdateNotice | None:
        return cls(edition.change_kind, edition.change_note) if edition.change_kind else None

    def check(self) -> None:
        """Raises PublishingError."""
        if self.kind not in Edition.ChangeKind.values:
            raise PublishingError(_("Say whether it is a typo, a clarification or a correction."))
        if self.kind == Edition.ChangeKind.CORRECTION and not self.note:
            raise PublishingError(_("Say in a few words what was wrong: readers see it with the correction."))
        if len(self.note) > NOTE_LENGTH:
            raise PublishingError(_("A note for readers has at most %(most)s characters.") % {"most": NOTE_LENGTH})
