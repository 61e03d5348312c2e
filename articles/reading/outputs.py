"""What keeps one broken row from breaking a page, a feed or a sitemap: what cannot be written is left out and logged.

Rows come broken out of old imports, other programs and hands in the database. A list without one of them is of more
use to readers than an error, and the log says which row it was and why.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, TypeVar

from django.http import Http404
from django.urls import NoReverseMatch, reverse

logger = logging.getLogger("articles.reading")

#: What broken data raises where it is read or written.
BROKEN = (ArithmeticError, AttributeError, LookupError, NoReverseMatch, TypeError, ValueError)

#: Neither XML 1.0 (section 2.2) nor HTML may hold these, and lone surrogates cannot be encoded.
_NOT_ALLOWED = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Source = TypeVar("Source")
Row = TypeVar("Row")
Value = TypeVar("Value")


def log_left_out(what: object, error: object) -> None:
    """`what`: a row, a part of an edition, or words that name one; `error`: the reason."""
    if isinstance(error, NoReverseMatch):
        error = "no address can be made of its slug or id"
    reason = f"{type(error).__name__}: {error}" if isinstance(error, Exception) else error
    logger.warning("Left out of the public site: %s (%s)", _name_of(what), reason)


def made(make: Callable[[Source], Value], sources: Iterable[Source]) -> tuple[Value, ...]:
    """`make` of each source, without those of which it cannot be made."""
    values = []
    for source in sources:
        try:
            values.append(make(source))
        except BROKEN as error:
            log_left_out(source, error)
    return tuple(values)


def writable(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows (named tuples) whose properties (addresses, HTML, days) can all be made: templates can show them."""
    found = []
    for row in rows:
        try:
            _try_properties(row)
        except BROKEN as error:
            log_left_out(row, error)
        else:
            found.append(row)
    return tuple(found)


def writable_or_none(row: Row | None) -> Row | None:
    return next(iter(writable([row])), None) if row is not None else None


def path_or_nothing(name: str, *arguments: object) -> str:
    """The path of a URL pattern; "" where a broken id or slug has none."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch as error:
        log_left_out(f"the address {name} {arguments}", error)
        return ""


def path_or_404(name: str, *arguments: object) -> str:
    """The path of a URL pattern. Raises Http404, and logs, where a broken id or slug has none."""
    path = path_or_nothing(name, *arguments)
    if not path:
        raise Http404
    return path


def without_forbidden_signs(text: str, what: object) -> str:
    """The text without signs that XML and HTML forbid (control signs, lone surrogates); `what` names it in the log."""
    clean = _NOT_ALLOWED.sub("", text)
    if clean != text:
        log_left_out(what, "control signs or broken letters in its text")
    return clean


def _try_properties(row: object) -> None:
    for name in _properties(type(row)):  # type: ignore[arg-type]  # a class has a hash
        getattr(row, name)
    if isinstance(row, tuple):
        for value in row:
            _try_properties(value)


@cache
def _properties(kind: Any) -> tuple[str, ...]:
    if not issubclass(kind, tuple):
        return ()
    return tuple(name for each in kind.__mro__ for name, value in vars(each).items() if isinstance(value, property))


def _name_of(what: object) -> str:
    """The kind and the ids of a row, also of one that is held by `what`."""
    if isinstance(what, str):
        return what
    if isinstance(what, Mapping):
        return f"part {what.get('id') or what.get('anchor') or what.get('place')}"
    ids = [f"{name} {value!r}" for name in ("pk", "public_id", "slug") if (value := _attribute(what, name)) is not None]
    if ids:
        return f"{type(what).__name__} {', '.join(ids)}"
    held = [_name_of(value) for value in what if isinstance(value, tuple)] if isinstance(what, tuple) else []
    named = [name for name in held if " " in name]
    if named:
        return named[0]
    return f"row {what[0]!r}" if type(what) is tuple and what else type(what).__name__


def _attribute(what: Any, name: str) -> object:
    try:
        return getattr(what, name, None)
    except BROKEN:
        return None
