"""The one form that a reader can fill in."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from articles.text import signs

_SALT = "articles.reading.report"
#: Nobody reads the form and writes ten letters in less, and no page lies open for longer.
MIN_AGE, MAX_AGE = dt.timedelta(seconds=3), dt.timedelta(days=1)

TOO_OLD = _("This form has lain open for long. Your words are still here: look them over and send them once more.")
TOO_FAST = _("That came faster than people write. If you are one, just send it once more: your words are still here.")


def sign_timestamp(public_id: str, now: dt.datetime) -> str:
    """Sent with a form and back: for which fact it is, and when it was opened."""
    return signing.dumps([public_id, now.timestamp()], salt=_SALT)


TOO_LONG = _("Keep it to %(limit_value)d characters; there are %(show_value)d now.")


class WordsField(forms.CharField):
    """Mended before the form asks how much was written. Browsers count a new line as one sign and send two."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return super().to_python(signs.body(str(value)) if value else value) or ""


class WebField(forms.URLField):
    """An address that an editor may follow: Django's takes ftp as well."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        others = [check for check in self.validators if not isinstance(check, URLValidator)]
        self.validators = [*others, URLValidator(schemes=["http", "https"])]


class ReportForm(forms.Form):
    """`homepage` is a honeypot: hidden from people and assistive technology, and filled in by programs."""

    words = WordsField(
        label=_("What is wrong?"),
        min_length=10,
        max_length=2000,
        help_text=_("A sentence or two are enough."),
        error_messages={
            "required": _("Write what is wrong with this fact."),
            "min_length": _("Write a little more, so that an editor knows what to look at."),
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
    timestamp = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    visible_names: ClassVar = ("words", "source", "email")

    def __init__(self, *args: Any, public_id: str, now: dt.datetime, **kwargs: Any) -> None:
        shape: dict[str, Any] = {"label_suffix": "", "auto_id": "report-%s", "use_required_attribute": False}
        super().__init__(*args, **shape | kwargs)
        for field in self.fields.values():  # a browser would cut what is pasted, unseen: it is refused with a sentence
            field.widget.attrs.pop("maxlength", None)
            field.widget.attrs.pop("minlength", None)
            field.error_messages.setdefault("max_length", TOO_LONG)
        self.public_id, self.now = public_id, now

    @property
    def honeypot_filled(self) -> bool:
        return bool(self.data.get("homepage", "").strip())

    @property
    def visible_inputs(self) -> list[forms.BoundField]:
        return [self[name] for name in self.visible_names]

    @property
    def invalid_inputs(self) -> list[forms.BoundField]:
        return [field for field in self.visible_inputs if field.errors]

    @property
    def fresh_timestamp(self) -> str:
        """The timestamp that was sent, while it is valid: a corrected form may be sent again at once."""
        return self.data["timestamp"] if self._opened_at() else sign_timestamp(self.public_id, self.now)

    def clean(self) -> dict[str, Any]:
        opened_at = self._opened_at()
        if opened_at is None:
            raise forms.ValidationError(TOO_OLD)
        if self.now - opened_at < MIN_AGE:
            raise forms.ValidationError(TOO_FAST)
        return self.cleaned_data

    def _opened_at(self) -> dt.datetime | None:
        """None for a timestamp that is missing, expired, of another fact, or not signed by us."""
        try:
            public_id, seconds = signing.loads(self.data.get("timestamp", ""), salt=_SALT, max_age=MAX_AGE)
        except signing.BadSignature:
            return None
        return dt.datetime.fromtimestamp(seconds, dt.UTC) if public_id == self.public_id else None
