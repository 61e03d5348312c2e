"""Columns of text. Whatever way a text takes to the database, it is kept without the signs that break an output."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import models

from articles.text import signs


class _Mended:
    """What is looked for in such a column is mended in the same way, so that a NUL finds nothing and breaks nothing."""

    mend: Callable[[str], str]

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)  # type: ignore[misc]
        return self.mend(value) if isinstance(value, str) else value

    def to_python(self, value: Any) -> Any:
        """Before a form asks whether anything was written: invisible signs alone are no title."""
        value = super().to_python(value)  # type: ignore[misc]
        return self.mend(value) if isinstance(value, str) else value

    def deconstruct(self) -> Any:
        """For migrations it is the column that Django makes of it."""
        name, _path, args, kwargs = super().deconstruct()  # type: ignore[misc]
        return name, f"django.db.models.{self.get_internal_type()}", args, kwargs  # type: ignore[attr-defined]


if TYPE_CHECKING:  # mypy's plugin knows the types of Django's own fields only
    LineField, LinesField = models.CharField, models.TextField
else:

    class LineField(_Mended, models.CharField):
        """A text on one line."""

        mend = staticmethod(signs.line)

    class LinesField(_Mended, models.TextField):
        """A text of several lines."""

        mend = staticmethod(signs.body)
