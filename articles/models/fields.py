"""Columns of text. Whatever way a text takes to the database, it is kept without the signs that break an output."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import models

from articles.text import finding, signs


class _Mended:
    """What is looked for in such a column is mended in the same way, so that a NUL finds nothing and breaks nothing."""

    mend: Callable[[str], str]

    def to_python(self, value: Any) -> Any:
        """Before a form asks whether anything was written: invisible signs alone are no title. Django passes what it
        writes, and what it looks for, through here too.
        """
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


class FoldedField(models.TextField):  # type: ignore[type-arg]
    """The words of other columns of the row, folded for finding them; written anew whenever the row is saved.

    No database folds the case of every script alike: SQLite knows that of ASCII only.
    """

    def __init__(self, *args: Any, of: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **{"editable": False, "default": "", **kwargs})
        self.of = tuple(of)

    def deconstruct(self) -> Any:
        """For migrations it is a column of text."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002
        value = finding.folded("\n".join(getattr(model_instance, name) for name in self.of))
        setattr(model_instance, self.attname, value)
        return value
