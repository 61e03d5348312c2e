"""The one form that a reader can fill in."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

_SALT = "articles.reading.report"
#: Nobody reads the form and writes ten letters in less, and no page lies open for longer.
SHORTEST, LONGEST = dt.timedelta(seconds=3), dt.timedelta(days=1)

OLD = _("This form has lain open for long. Your words are still here: look them over and send them once more.")
QUICK = _("That came faster than people write. If you are one, just send it once more: your words are still here.")


def sign_timestamp(public_id: str, now: dt.datetime) -> str:
    """Goes out with a form and comes back with it: for which fact, and since when it was open."""
    return signing.dumps([public_id, now.timestamp()], salt=_SALT)


class WordsField(forms.CharField):
    """Browsers count a new line as one sign and send two."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class WebField(forms.URLField):
    """An address that an editor may follow: Django's takes ftp as well."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        others = [check for check in self.validators if not isinstance(check, URLValidator)]
        self.validators = [*others, URLValidator(schemes=["http", "https"])]


class ReportForm(forms.Form):
    """`homepage` is a trap: people and assistive technology do not meet it, and programs like to fill it in."""

    words = WordsField(
        label=_("What is wrong?"),
        min_length=10,
        max_length=2000,
        help_text=_("A sentence or two are enough."),
        error_messages={
            "required": _("Write what is wrong with this fact."),
            "min_length": _("Write a little more, so that an editor knows what to look at."),
            "max_length": _("Keep it to %(limit_value)d characters; there are %(show_value)d now."),
        },
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    source = WebField(
        label=_("Where can it be looked up? (optional)"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("The address of a page that has it right."),
        error_messages={"invalid": _("Write a whole web address, such as https://example.org/page.")},
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address, if you want an answer (optional)"),
        required=False,
        max_length=254,
        help_text=_("Only editors see it, and it is deleted some time after the report is closed."),
        error_messages={"invalid": _("Write an e-mail address such as name@example.org, or leave it empty.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    homepage = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    people_fields: ClassVar = ("words", "source", "email")

    def __init__(self, *args: Any, public_id: str, now: dt.datetime, **kwargs: Any) -> None:
        shape: dict[str, Any] = {"label_suffix": "", "auto_id": "report-%s", "use_required_attribute": False}
        super().__init__(*args, **shape | kwargs)
        self.public_id, self.now = public_id, now

    @property
    def honeypot_filled(self) -> bool:
        return bool(self.data.get("homepage", "").strip())

    @property
    def people_see(self) -> list[forms.BoundField]:
        return [self[name] for name in self.people_fields]

    @property
    def wrong(self) -> list[forms.BoundField]:
        return [field for field in self.people_see if field.errors]

    @property
    def fresh_stamp(self) -> str:
        """The stamp that came back while it holds: what is mended and sent again was not written in a moment."""
        return self.data["stamp"] if self._opened_at() else sign_timestamp(self.public_id, self.now)

    def clean(self) -> dict[str, Any]:
        opened_at = self._opened_at()
        if opened_at is None:
            raise forms.ValidationError(OLD)
        if self.now - opened_at < SHORTEST:
            raise forms.ValidationError(QUICK)
        return self.cleaned_data

    def _opened_at(self) -> dt.datetime | None:
        """None for a stamp that is missing, old, of another fact, or none of ours."""
        try:
            public_id, seconds = signing.loads(self.data.get("stamp", ""), salt=_SALT, max_age=LONGEST)
        except signing.BadSignature:
            return None
        return dt.datetime.fromtimestamp(seconds, dt.UTC) if public_id == self.public_id else None
