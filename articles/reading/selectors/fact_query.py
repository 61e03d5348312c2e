"""What the fact index can be asked for, and the queries that find it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, DateTimeField, Exists, F, Field, IntegerField, OuterRef, QuerySet

from articles.models.editions import PublishedFact, PublishedTag
from articles.reading.selectors.prepared import placeholder_values

NEWEST, OLDEST, EPISODE, CHECKED, TITLE = "newest", "oldest", "episode", "checked", "title"
INTERESTING = "interesting"


class Shape(NamedTuple):
    """What a query looks like without its values: one is compiled for each."""

    tags: int
    single: frozenset[str]  # those of SINGLE that have a value
    without_spoilers: bool
    is_sourced: bool
    has_picture: bool
    sort: str


@dataclass(frozen=True, slots=True)
class FactQuery:
    """What the fact index was asked for. `tags`, all of which must hold, and `subject` are primary keys, or parameters
    that stand for them; so may `kind` (of the subject), `checked_since` and `until`, the instant by which a fact was
    first public. The rows of the first tag are the ones that are looked through: the rarest belongs there.
    """

    tags: tuple[Any, ...] = ()
    subject: Any = None
    kind: Any = None
    checked_since: Any = None
    until: Any = None
    without_spoilers: bool = False
    is_sourced: bool = False
    has_picture: bool = False
    sort: str = NEWEST

    @property
    def name(self) -> str:
        """Of what is found, in whatever order."""
        tags = ",".join(map(str, sorted(self.tags)))
        values = (tags, self.subject, self.kind, self.checked_since, self.until and self.until.isoformat())
        marks = (self.without_spoilers, self.is_sourced, self.has_picture)
        return "/".join(["facts", *(str(value or "") for value in values), *(str(int(mark)) for mark in marks)])

    @property
    def shape(self) -> Shape:
        single = frozenset(name for name in SINGLE if getattr(self, name) is not None)
        return Shape(len(self.tags), single, self.without_spoilers, self.is_sourced, self.has_picture, self.sort)

    @property
    def values(self) -> dict[str, Any]:
        """The parameters of its shape."""
        single = {name: getattr(self, name) for name in SINGLE}
        return placeholder_values("tag", self.tags) | single


MARKS = ("without_spoilers", "is_sourced", "has_picture")
SINGLE: Mapping[str, Field[Any, Any]] = {
    "subject": IntegerField(),
    "kind": CharField(),
    "checked_since": DateField(),
    "until": DateTimeField(),
}


def ids_of(query: FactQuery, at: Any) -> QuerySet[Any]:
    """The primary keys of the facts, in order, from the index that has the fewest rows to look at."""
    if query.sort in (NEWEST, OLDEST):
        rows, fact = rows_of(query, at)
        if fact:
            found: QuerySet[Any] = rows.newest_first().values("fact_id")  # type: ignore[attr-defined]
            return found.reverse() if query.sort == OLDEST else found
    return facts_of(query, at).order_by(*order_of(query.sort)).values("pk")


def rows_of(query: FactQuery, at: Any) -> tuple[QuerySet[Any], str]:
    """One row for each fact, in no order, from the index that has the fewest to look at; and what leads from a row to
    its fact.
    """
    if query.tags and query.subject is None:
        found: QuerySet[Any] = PublishedTag.objects.in_force(at=at).once(at=at).tagged_all(query.tags).order_by()
        return _narrowed(found, query, "fact__"), "fact__"
    return facts_of(query, at), ""


def facts_of(query: FactQuery, at: Any) -> QuerySet[PublishedFact]:
    """The facts in force, in no order."""
    found = _narrowed(_in_force(at), query)
    if query.tags and query.subject is None:
        return found.filter(pk__in=PublishedTag.objects.in_force(at=at).tagged_all(query.tags).values("fact_id"))
    for tag in query.tags:
        found = found.filter(Exists(PublishedTag.objects.filter(tag=tag, fact=OuterRef("pk"))))
    return found


def rows_beyond(query: FactQuery, at: Any) -> QuerySet[PublishedFact]:
    """The facts in force that a query without tags and subject does not find, in no order."""
    return _in_force(at).exclude(**_conditions(query))


def _in_force(at: Any) -> QuerySet[PublishedFact]:
    found: QuerySet[PublishedFact] = PublishedFact.objects.in_force(at=at).once(at=at).order_by()
    return found


def _narrowed(found: QuerySet[Any], query: FactQuery, fact: str = "") -> QuerySet[Any]:
    """By everything but tags. `fact` leads from a row to its fact."""
    found = found.filter(**_conditions(query, fact))
    return found if query.until is None else found.filter(first_visible_from__lte=query.until)


def _conditions(query: FactQuery, fact: str = "") -> dict[str, Any]:
    wanted = {
        "subject": query.subject,
        "subject__kind": query.kind,
        "checked_on__gte": query.checked_since,
        "spoiler_after__isnull": query.without_spoilers or None,
        "is_sourced": query.is_sourced or None,
        "has_picture": query.has_picture or None,
    }
    return {f"{fact}{name}": value for name, value in wanted.items() if value is not None}


#: What orders come first by, where equal ones come newest first.
_FIRST = {CHECKED: "-checked_on", TITLE: "title_key", INTERESTING: "-interest"}


def order_of(sort: str) -> tuple[Any, ...]:
    if sort in _FIRST:
        return (_FIRST[sort], "-first_visible_from", "pk")
    if sort == OLDEST:
        return ("first_visible_from", "-pk")
    if sort == EPISODE:
        return (F("spoiler_after").asc(nulls_first=True), "-first_visible_from", "pk")
    return ("-first_visible_from", "pk")
