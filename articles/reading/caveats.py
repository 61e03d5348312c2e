"""What readers are told of a fact that stays although it is disputed, or true no longer."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.document import Caveat as Kind
from articles.models.parts import CardPart
from articles.reading.days import Day
from articles.reading.outputs import log_left_out
from articles.text import markdown


class Caveat(NamedTuple):
    """Behind a spoiler point it is, like the words that it is about. `since` is None where no day can be read."""

    kind: str  # document.Caveat, never the empty one
    since: Day | None
    note: str

    @classmethod
    def of(cls, kind: str, since: Day | None, note: str, row: object) -> Caveat | None:
        """None without one, and for a kind that nobody knows: that is logged with the name of `row`."""
        if kind and kind not in [*Kind]:
            log_left_out(row, f"unknown caveat {kind!r}")
            return None
        return cls(kind, since, note) if kind else None

    @classmethod
    def in_part(cls, card: CardPart) -> Caveat | None:
        return cls.of(card["caveat"], Day.in_text(card["caveat_since"], card), card["caveat_note"], card)

    @property
    def name(self) -> str:
        """One or a few words."""
        return gettext("Disputed") if self.kind == Kind.DISPUTED else gettext("No longer true")

    @property
    def label(self) -> str:
        if self.since is None:
            return self.name
        words = {"day": self.since.text}
        if self.kind == Kind.DISPUTED:
            return gettext("Disputed since %(day)s") % words
        return gettext("No longer true since %(day)s") % words

    @property
    def note_html(self) -> SafeString:
        return markdown.inline(self.note)
