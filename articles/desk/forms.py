"""What all forms of the desk share: labels without a colon, all errors in one list, and nothing cut silently."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

TOO_LONG = _("Keep it to %(limit_value)d characters; there are %(show_value)d now.")


class FormError(NamedTuple):
    """One error of a form. `target` is the id of its input, "" where it belongs to none."""

    name: str
    target: str
    label: str
    sentence: str


def errors_of(form: forms.BaseForm) -> list[FormError]:
    found = []
    for name, sentences in form.errors.items():
        bound = form[name] if name in form.fields else None
        place = (form.add_prefix(name), bound.id_for_label, str(bound.label)) if bound else (name, "", "")
        found += [FormError(*place, str(sentence)) for sentence in sentences]
    return found


class UncutForm(forms.BaseForm):
    """A text that is too long is taken, counted (static/desk/shared/length-count.js) and refused with a sentence.

    A browser would cut what is pasted beyond a `maxlength`, and nobody would see it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            uncut(field)

    def _widget_data_value(self, widget: Any, html_name: str) -> Any:
        """With the ends of lines that are counted: a browser sends two signs for each."""
        value = super()._widget_data_value(widget, html_name)  # type: ignore[misc]
        is_text = isinstance(widget, forms.Textarea) and isinstance(value, str)
        return value.replace("\r\n", "\n").replace("\r", "\n") if is_text else value


def uncut(field: forms.Field) -> None:
    """For a field that is added to a form later."""
    most = field.widget.attrs.pop("maxlength", None)
    if most:
        field.widget.attrs["data-most"] = most
    field.error_messages.setdefault("max_length", TOO_LONG)


class DeskForm(UncutForm):
    """Stands before Django's Form or ModelForm in the bases of a form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    @property
    def all_errors(self) -> list[FormError]:
        return errors_of(self)
