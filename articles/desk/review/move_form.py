"""The fields that a move asks for, made from its row of the table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from articles import publishing, workflow
from articles.desk.fields import WordsField
from articles.desk.forms import DeskForm, uncut
from articles.desk.review import public_state
from articles.models import Article, Edition
from articles.states import Move

Kind = Edition.ChangeKind
INSTANT = dt.timedelta(microseconds=1)


class MoveForm(DeskForm, forms.Form):
    def __init__(self, move: Move, article: Article, state: workflow.PublicState, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._move, self._article = move, article
        if move.takes_event:
            self.fields["event"] = event_field({event.pk: public_state.event_words(event) for event in state.waiting})
        if move.takes_time:
            self.fields["at"] = time_field()
        if move.note:
            self.fields["note"] = note_field(required=move.note == "required")
        if _may_ask_kind(move, article, state):
            self.fields |= {"kind": kind_field(), "note": readers_note_field()}
        if move.requires_seen_change:
            self.fields["change"] = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

        for field in self.fields.values():
            uncut(field)

    def clean(self) -> dict[str, Any]:
        """What kind of change it is depends on the time: until then other words may have come."""
        given = super().clean() or {}
        knows_when = not self._move.takes_time or given.get("at")
        if "kind" in self.fields and knows_when:
            asks = workflow.asks_change_kind(self._move, self._article, given.get("at"))
            if asks and "kind" not in self.errors and not given.get("kind"):
                self.add_error("kind", _("Choose what kind of change it is."))
            if asks and "note" not in self.errors and given.get("kind") == Kind.CORRECTION and not given.get("note"):
                self.add_error("note", _("Say in a few words what was wrong: readers see it."))
        return given


def event_field(waiting: Mapping[int, str]) -> forms.Field:
    """Any number is let through: that an event does not wait any more is for workflow to say, not for the form."""
    radios = forms.RadioSelect(choices=list(waiting.items()))
    sentence = _("Choose one of the scheduled events.")
    return forms.IntegerField(
        label=_("Scheduled event"),
        widget=radios,
        min_value=1,
        error_messages={"required": sentence, "invalid": sentence},
    )


def time_field() -> forms.Field:
    return forms.DateTimeField(
        label=_("Time (%(zone)s)") % {"zone": settings.TIME_ZONE},
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={
            "required": _("Choose a time."),
            "invalid": _("Write a day and a time, such as 2030-05-01T10:00."),
        },
    )


def note_field(*, required: bool) -> forms.Field:
    return WordsField(
        label=_("Note") if required else _("Note (may stay empty)"),
        required=required,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write a few words on why.")},
        help_text=_("The writer reads it, and it is kept in the history."),
    )


def kind_field() -> forms.Field:
    return forms.ChoiceField(
        label=_("Kind of change"),
        choices=Kind.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose what kind of change it is.")},
        help_text=_(
            "A typo changes no date and no feed. The others do, and are shown on the card and on the page of "
            "corrections."
        ),
    )


def readers_note_field() -> forms.Field:
    return WordsField(
        label=_("Note for readers"),
        required=False,
        max_length=publishing.NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "A correction needs one: what was wrong. It is shown outside the article too: give nothing away that lies "
            "behind a spoiler point."
        ),
    )


def _may_ask_kind(move: Move, article: Article, state: workflow.PublicState) -> bool:
    """Now, or after any of the events that wait."""
    instants = [None, *(event.visible_from + INSTANT for event in state.waiting)] if move.takes_time else [None]
    return any(workflow.asks_change_kind(move, article, instant) for instant in instants)
