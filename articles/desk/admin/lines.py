"""A list of short texts, written one on a line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class LinesField(forms.CharField):
    """Gives a list: each line once, without empty ones."""

    widget = forms.Textarea

    def __init__(self, *, most: int, longest: int, **kwargs: Any) -> None:
        kwargs = {"required": False, "max_length": most * (longest + 2)} | kwargs
        super().__init__(**kwargs)
        self.most, self.longest = most, longest
        self.widget.attrs["rows"] = 4

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, (list, tuple)) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed("\n".join(initial or ()), "\n".join((data or "").split("\r\n")))

    def clean(self, value: Any) -> Any:
        lines = list(
            dict.fromkeys(" ".join(line.split()) for line in super().clean(value).splitlines() if line.strip())
        )
        if len(lines) > self.most:
            raise ValidationError(_("Use at most %(most)s lines."), params={"most": self.most})
        for line in lines:
            if len(line) > self.longest:
                sentence = _("“%(line)s …” is too long: use at most %(most)s characters.")
                raise ValidationError(sentence, params={"line": line[:40], "most": self.longest})
        return lines
