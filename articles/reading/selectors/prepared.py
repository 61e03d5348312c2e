"""Queries that Django compiles once.

Building and compiling a query takes the ORM ten to thirty times as long as the database takes to answer it, and a
public page asks the same few questions each time. So the questions are written with `Parameter`s in place of values
and compiled at their first use; afterwards only the values are bound.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DataError, connections
from django.db.models import DateTimeField, Expression, Field, IntegerField, QuerySet

from articles.reading.outputs import BROKEN, log_left_out

#: How many shapes of one query (by numbers of tags, pages …) stay compiled.
MAX_SHAPES = 300
#: What drivers and fields raise for a value that is none of its column's.
UNREADABLE = (DataError, *BROKEN)


class Parameter(Expression):
    """A placeholder for a value that is given when the query is executed."""

    def __init__(self, name: str, output_field: Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:  # noqa: ARG002
        return "%s", [self]

    def bound(self, value: Any, connection: Any) -> Any:
        return value if type(value) in (int, str) else self.output_field.get_db_prep_value(value, connection)


#: The instant that counts as now. It is no datetime, but may be used wherever a query takes one.
NOW: Any = Parameter("now", DateTimeField())


class Prepared:
    """A compiled query for values. Each thread compiles its own: a compiler belongs to a connection."""

    def __init__(self, queryset: QuerySet[Any]) -> None:
        self._queryset = queryset
        self._own = threading.local()

    def rows(self, **values: Any) -> Sequence[tuple[Any, ...]]:
        """The rows for these values of the parameters, without those that cannot be read. One query, else several."""
        connection = connections[DEFAULT_DB_ALIAS]
        sql, params = self._bound(connection, values)
        try:
            return self._fetched(connection, sql, params)
        except UNREADABLE:
            return self._readable(connection, values)

    def _bound(self, connection: Any, values: Mapping[str, Any]) -> tuple[str, list[Any]]:
        _compiler, _converters, sql, params, parameters = self._compiled(connection)
        bound = {name: each.bound(values[name], connection) for name, each in parameters.items()}
        return sql, [bound[each.name] if isinstance(each, Parameter) else each for each in params]

    def _fetched(self, connection: Any, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        compiler, converters, *_ = self._compiled(connection)
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            found = cursor.fetchall()
        return [tuple(row) for row in compiler.apply_converters(found, converters)] if converters else list(found)

    def _readable(self, connection: Any, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """The rows that can be read. Drivers fail for all of an answer when one value is no instant, so the broken rows
        are looked for by halves.
        """
        sql, params = self._bound(connection, values)
        keys = [pk for (pk,) in Prepared(self._queryset.values_list("pk")).rows(**values)]
        found, parts = [], [(0, len(keys))]
        while parts:
            start, stop = parts.pop()
            part = f"SELECT * FROM ({sql}) AS found LIMIT {stop - start} OFFSET {start}"  # noqa: S608 - nothing foreign
            try:
                found += self._fetched(connection, part, params)
            except UNREADABLE as error:
                middle = (start + stop) // 2
                parts += [(middle, stop), (start, middle)] if stop - start > 1 else []
                if stop - start == 1:
                    log_left_out(f"{self._queryset.model.__name__} pk {keys[start]}", error)
        return found

    def _compiled(self, connection: Any) -> tuple[Any, Any, str, Sequence[Any], Mapping[str, Parameter]]:
        if getattr(self._own, "connection", None) is not connection:
            compiler = self._queryset.query.clone().get_compiler(connection=connection)
            sql, params = compiler.as_sql()
            converters = compiler.get_converters([column for column, *_ in compiler.select])
            parameters = {each.name: each for each in params if isinstance(each, Parameter)}
            self._own.connection, self._own.compiled = connection, (compiler, converters, sql, params, parameters)
        compiled: tuple[Any, Any, str, Sequence[Any], Mapping[str, Parameter]] = self._own.compiled
        return compiled


def prepared(build: Callable[..., Any]) -> Callable[..., Prepared]:
    """Makes a function that builds a query of values give it compiled, once for each shape it is called with."""
    return lru_cache(maxsize=MAX_SHAPES)(lambda *shape: Prepared(build(*shape)))


def placeholders(kind: str, size: int, field: Field[Any, Any] | None = None) -> list[Any]:
    """Parameters for a list of `size` values: an `in` of a query (of a key, not of a relation, which takes none)."""
    return [Parameter(f"{kind}{place}", field or IntegerField()) for place in range(size)]


def filled(keys: Iterable[int], step: int = 8) -> list[int]:
    """A list of primary keys, filled up with that of nothing to a multiple of `step`: so few shapes are compiled."""
    found = list(keys)
    return found + [0] * (-len(found) % step)


def placeholder_values(kind: str, values: Iterable[Any]) -> dict[str, Any]:
    """The values for `places`."""
    return {f"{kind}{place}": value for place, value in enumerate(values)}
