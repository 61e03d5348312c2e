"""Forms of the admin in which nobody's words are written over: each carries along what it was opened with.

What somebody else changed meanwhile in other fields, or in other lines of a text, is merged in. Where both
changed the same words, nothing is saved: both versions stand side by side above the form, which then carries what is
saved now, so that a third text can be saved. A form that comes without what it was opened with is compared with
everything that is saved.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db import connection
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles import drafts
from articles.desk.forms import UncutForm
from articles.desk.requests import signed_in
from articles.desk.review.differences import FieldDifference
from articles.desk.writing import conflicts
from articles.text import word_runs

_SALT = "articles.desk.admin.versioned"
#: The name of the hidden input.
VERSION = "version"

#: A field as it is sent: one text, or several where several may be chosen.
Plain = str | list[str]


class VersionedForm(UncutForm, forms.ModelForm):  # type: ignore[type-arg]
    """Its template shows `version` in a hidden input of that name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        #: Of the fields in which both changed the same words: what is saved, and what was sent.
        self.conflicts: dict[str, tuple[Plain, Plain]] = {}
        self.is_merged = False
        self.opened_at: dt.datetime | None = None

    def row_name(self) -> str:
        """What the row is called in the version; empty for a new row, which cannot be written over."""
        return str(self.instance.pk or "")

    @cached_property
    def saved_values(self) -> dict[str, Plain]:
        """The fields as they are saved now, in the shape in which they are sent."""
        return {name: _plain(field, self.get_initial_for_field(field, name)) for name, field in self._compared()}

    def sent_values(self) -> dict[str, Plain]:
        """The fields as they were sent; one that is missing was not touched."""
        return {
            name: _plain(field, field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name)))
            for name, field in self._compared()
        }

    @property
    def version(self) -> str:
        """For the hidden input: what is saved now, which this form has shown or taken in. Empty for a new row."""
        if not self.row_name():
            return ""
        opened = {"row": self._signed_name(), "at": timezone.now().isoformat(), "values": self.saved_values}
        return signing.dumps(opened, salt=_SALT, compress=True)

    @property
    def is_stale(self) -> bool:
        return bool(self.is_bound and not self.is_valid() and self.conflicts)

    def full_clean(self) -> None:
        if self.is_bound and self.row_name():
            self._reconcile()
        super().full_clean()
        if self.conflicts:
            self.add_error(None, _("Not saved yet: both versions are shown. Edit the form until it is right."))

    def _post_clean(self) -> None:
        """A row that is not saved keeps its values, so that the page is still called what it is called."""
        if not self.conflicts:
            super()._post_clean()  # type: ignore[misc]

    def _reconcile(self) -> None:
        opened = self._opened_with()
        for name, ours in self.sent_values().items():
            theirs, before = self.saved_values[name], opened.get(name)
            if theirs in (ours, before):
                continue
            merged = None if before is None else _merged(self.fields[name], before, ours, theirs)
            if merged is None:
                self.conflicts[name] = (theirs, ours)
            else:
                self._put(name, merged)
                self.is_merged = True

    def _opened_with(self) -> Mapping[str, Plain]:
        try:
            opened = signing.loads(self.data.get(VERSION, ""), salt=_SALT)
        except signing.BadSignature:
            return {}
        if opened["row"] != self._signed_name():
            return {}
        self.opened_at = dt.datetime.fromisoformat(opened["at"])
        values: Mapping[str, Plain] = opened["values"]
        return values

    def _signed_name(self) -> str:
        return f"{self._meta.model._meta.label}:{self.row_name()}"

    def _compared(self) -> list[tuple[str, forms.Field]]:
        return [
            (name, field)
            for name, field in self.fields.items()
            if not (field.disabled or field.widget.is_hidden or isinstance(field, forms.FileField))
        ]

    def _put(self, name: str, value: Plain) -> None:
        """Puts a value among those that were sent."""
        data = cast("QueryDict", self.data).copy()
        if isinstance(value, list):
            data.setlist(self.add_prefix(name), value)
        else:
            data[self.add_prefix(name)] = value  # an empty text ticks no box
        self.data = data

    # --- for the page ---------------------------------------------------------------------------------------------

    def stale_rows(self) -> list[FieldDifference]:
        rows = []
        for name, (theirs, ours) in self.conflicts.items():
            field = self.fields[name]
            old, new = word_runs.of_texts(_words(field, theirs), _words(field, ours))
            rows.append(FieldDifference(name, capfirst(str(field.label or name)), old, new))
        return rows

    def last_writer(self) -> User | None:
        """Who changed the row after this form was opened, by the history; None where that is unknown."""
        if self.opened_at is None:
            return None
        lines = LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(self._meta.model), object_id=str(self.instance.pk)
        )
        last = lines.filter(action_time__gte=self.opened_at).select_related("user").order_by("-action_time").first()
        return last.user if last else None


def stale_context(form: Any, user: User) -> dict[str, Any]:
    """What `desk/_stale.html` shows; nothing for a form that is not stale."""
    if not (isinstance(form, VersionedForm) and form.is_stale):
        return {}
    return {"stale_title": conflicts.said_of(form.last_writer(), user), "stale_rows": form.stale_rows()}


def merge_note(form: Any, user: User) -> str:
    """For the writer, where somebody else's changes were taken in; else empty."""
    if not (isinstance(form, VersionedForm) and form.is_merged):
        return ""
    return conflicts.merged_with(form.last_writer(), user)


class VersionedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Its form is a VersionedForm."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Locked while it is saved: otherwise two that come at once would each see what was there before both."""
        found = super().get_object(request, object_id, from_field)
        if found is not None and request.method == "POST" and connection.in_atomic_block:
            self.model._default_manager.select_for_update().filter(pk=found.pk).first()
            found = super().get_object(request, object_id, from_field)
        return found

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Model:
        if note := merge_note(form, signed_in(request)):
            messages.warning(request, note)
        saved: Model = super().save_form(request, form, change)
        return saved

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        stale = stale_context(context["adminform"].form, signed_in(request))
        if not stale:
            return super().render_change_form(request, context, *args, **kwargs)
        # Both versions say what is wrong; errors of fields stand at their fields all the same.
        answer = super().render_change_form(request, {**context, **stale, "errors": []}, *args, **kwargs)
        answer.status_code = 409
        return answer


def _plain(field: forms.Field, value: Any) -> Plain:
    value = field.prepare_value(value)
    if isinstance(field, forms.ModelMultipleChoiceField) and field.queryset is not None:
        offered = {str(pk) for pk in field.queryset.values_list("pk", flat=True)}
        return sorted({str(item) for item in value or ()} & offered)
    if isinstance(value, (list, tuple)):
        return sorted(map(str, value))
    if isinstance(value, bool):
        return "on" if value else ""
    return "" if value is None else "\n".join(str(value).splitlines()).strip()


def _merged(field: forms.Field, before: Plain, ours: Plain, theirs: Plain) -> Plain | None:
    """None where both changed the same words, or a field that holds one thing."""
    if ours == before:
        return theirs
    if isinstance(ours, list):
        return [
            *(item for item in theirs if item in ours or item not in before),
            *sorted(set(ours) - {*before, *theirs}),
        ]
    if isinstance(field.widget, forms.Textarea):
        return drafts.merged_lines(str(before), ours, str(theirs))
    return None


def _words(field: forms.Field, value: Plain) -> str:
    """A value as a person reads it: the names of what was chosen."""
    if isinstance(value, list):
        return ", ".join(_words(field, item) for item in value)
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    choices = getattr(field, "choices", ())
    names = {str(key): str(name) for key, name in choices if not isinstance(name, (list, tuple))}
    return names.get(value, value) if value else ""
