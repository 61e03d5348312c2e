"""Where a program stands in a list: the key of the last row that it was given, as one opaque word."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from typing import Any

from django.core.exceptions import BadRequest
from django.utils.translation import gettext as _

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
_LONGEST = 1_000
#: What a column of primary keys can hold.
_MOST = 2**63 - 1


def written(kind: str, *key: dt.datetime | str | int) -> str:
    """A cursor of a `kind` of list: no other list takes it. Instants are kept to the microsecond."""
    plain = [(each - _EPOCH) // _MICROSECOND if isinstance(each, dt.datetime) else each for each in key]
    text = json.dumps([kind, *plain], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode(errors="replace")).decode().rstrip("=")


def read(cursor: str, kind: str, *types: type) -> tuple[Any, ...] | None:
    """The key in a cursor, whose values are of these types; None for "". Raises BadRequest for what is no cursor of
    this kind.
    """
    if not cursor:
        return None
    try:
        found, *key = _list_in(cursor)
        if found == kind:
            return tuple(_value(value, wanted) for value, wanted in zip(key, types, strict=True))
    except (ValueError, TypeError, ArithmeticError, RecursionError):
        pass
    raise BadRequest(_("This cursor is none of ours: take it from “next” of the answer before, as it stands there."))


def _list_in(cursor: str) -> Any:
    if len(cursor) > _LONGEST or not cursor.isascii():
        raise ValueError("too long, or no base64")
    try:
        return json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except binascii.Error as error:
        raise ValueError("no base64") from error


def _value(value: Any, wanted: type) -> Any:
    """Raises ValueError or OverflowError for what is no such value, or none that a database holds."""
    if wanted is dt.datetime:
        return _EPOCH + _value(value, int) * _MICROSECOND
    is_held = "\x00" not in value if wanted is str is type(value) else type(value) is int and abs(value) <= _MOST
    if type(value) is not wanted or not is_held:
        raise ValueError("another type")
    return value
