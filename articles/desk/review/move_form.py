"""The fields that a move asks for, made from its row of the table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from articles import publishing, states, workflow
from articles.desk.fields import WordsField
from articles.desk.forms import DeskForm, uncut
from articles.desk.review import carrying, public_state, times
from articles.models import Article, Edition
from articles.states import Move

Kind = Edition.ChangeKind
INSTANT = dt.timedelta(microseconds=1)


class MoveForm(DeskForm, forms.Form):
    """`carry` is what can be carried into the event that the page is about (CARRY)."""

    def __init__(
        self,
        move: Move,
        article: Article,
        state: workflow.PublicState,
        *args: Any,
        carry: workflow.Carry | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._move, self._article = move, article
        if move is states.CARRY:
            self.fields |= carrying.fields(carry)
        elif move.takes_event:
            self.fields["event"] = event_field({event.pk: public_state.event_words(event) for event in state.waiting})
        if move.takes_time:
            self.fields |= times.time_fields(self.data if self.is_bound else None)
        if move.note:
            self.fields["note"] = note_field(required=move.note == "required")
        if move is states.UNDO_PUBLICATION:
            self.fields |= undoing_fields(article)
        if _may_ask_kind(move, article, state):
            self.fields |= {"kind": kind_field(), "note": readers_note_field()}
        if move.requires_seen_change:
            self.fields["change"] = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

        self.remarks = workflow.open_remarks_of(article) if workflow.asks_of_remarks(move) else None
        if self.remarks and self.remarks.total and settings.OPEN_REMARKS == "ask":
            # By its name the tick is for these very remarks: when others have come meanwhile, it is asked again.
            self.fields[f"despite_{self.remarks.key}"] = despite_field(self.remarks)
        for field in self.fields.values():
            uncut(field)

    @property
    def despite(self) -> str:
        """The key of the open remarks that are ticked."""
        key = self.remarks.key if self.remarks else ""
        return key if self.cleaned_data.get(f"despite_{key}") else ""

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


def note_field(*, required: bool) -> forms.Field:
    return WordsField(
        label=_("Note") if required else _("Note (may stay empty)"),
        required=required,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write a few words on why.")},
        help_text=_("The writer reads it, and it is kept in the history."),
    )


def undoing_fields(article: Article) -> dict[str, forms.Field]:
    """The event that is undone, so that no newer one is; and a note, which readers see where words change for them."""
    fields: dict[str, forms.Field] = {"event": forms.IntegerField(required=False, widget=forms.HiddenInput)}
    try:
        tells_readers = bool(workflow.coming_back(article).kind)
    except workflow.WorkflowError:
        tells_readers = False
    if tells_readers:
        fields["note"] = readers_note_field()
        fields["note"].required = True
        fields["note"].help_text = _("Say why: it is kept in the history, and readers see it with the correction.")
    return fields


def despite_field(remarks: workflow.OpenRemarks) -> forms.Field:
    return forms.BooleanField(
        label=_("Go on although there is still open: %(remarks)s") % {"remarks": remarks},
        error_messages={"required": _("Say that you go on, or see to what is open first.")},
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
