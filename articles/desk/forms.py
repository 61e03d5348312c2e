"""What all forms of the desk share: labels without a colon, and all errors in one list."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms


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


class DeskForm(forms.BaseForm):
    """Stands before Django's Form or ModelForm in the bases of a form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    @property
    def all_errors(self) -> list[FormError]:
        return errors_of(self)
