"""Columns of text. Whatever way a text takes to the database, it is kept without the signs that break an output."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.db import models

from articles.text import finding, signs, tokens


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


class _DerivedField(models.TextField):  # type: ignore[type-arg]
    """Made of other columns of the row, and written anew whenever one of them is saved: see `with_derived`."""

    def __init__(self, *args: Any, of: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **{"editable": False, "default": "", **kwargs})
        self.of = tuple(of)

    def deconstruct(self) -> Any:
        """For migrations it is a column of text."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    @property
    def sources(self) -> frozenset[str]:
        return frozenset(self.of)

    def value_for(self, row: models.Model) -> str:
        raise NotImplementedError

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002
        value = self.value_for(model_instance)
        setattr(model_instance, self.attname, value)
        return value


class FoldedField(_DerivedField):
    """The words of other columns, folded for finding any part of them.

    No database folds the case of every script alike: SQLite knows that of ASCII only.
    """

    def value_for(self, row: models.Model) -> str:
        return finding.folded(_text_of(row, self.of))


class TokensField(_DerivedField):
    """The tokens of other columns (see text.tokens), which an index finds them by; those of `headings` once more, as
    tokens of a heading. Of a very long text the beginning counts: PostgreSQL's index takes a megabyte of one row.
    """

    def __init__(self, *args: Any, headings: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headings = tuple(headings)

    @property
    def sources(self) -> frozenset[str]:
        return frozenset((*self.of, *self.headings))

    def value_for(self, row: models.Model) -> str:
        found = tokens.of_text(_text_of(row, self.of)[:MOST_INDEXED])
        found += [f"{tokens.HEADING}{token}" for token in tokens.of_text(_text_of(row, self.headings))]
        return tokens.text_of(found)


#: Letters. As much as of a published fact.
MOST_INDEXED = 20_000


def _text_of(row: models.Model, names: Sequence[str]) -> str:
    return "\n".join(getattr(row, name) for name in names)


def derived_fields(model: type[models.Model]) -> Iterator[_DerivedField]:
    return (field for field in model._meta.concrete_fields if isinstance(field, _DerivedField))


def with_derived(model: type[models.Model], names: Iterable[str] | None) -> set[str] | None:
    """For `save(update_fields=names)`: these columns, and those that are made of them."""
    if names is None:
        return None
    written = set(names)
    return written | {field.name for field in derived_fields(model) if field.sources & written}
