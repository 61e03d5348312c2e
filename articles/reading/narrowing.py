"""What the fact index offers to narrow by, with numbers and addresses, and what can be taken away again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple, TypeVar

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.models.reference import Subject
from articles.reading import filters as f
from articles.reading.filters import Filters
from articles.reading.outputs import writable
from articles.reading.rows import FactRow, SubjectName, Tag
from articles.reading.selectors import Facets, names_beside
from articles.reading.selectors.facet_rows import CHECKED_LATELY, PICTURED, SOURCED, SPOILER_FREE
from articles.reading.selectors.fact_query import CHECKED, EPISODE, INTERESTING, NEWEST, OLDEST, TITLE
from articles.text import markdown

Named = TypeVar("Named", Tag, SubjectName)

#: So many of the commonest tags and subjects are shown before a reader asks for all.
SHOWN_TAGS, SHOWN_SUBJECTS = 16, 8


class Offers(NamedTuple):
    """What is left to narrow by, each with its number of facts; how many tags and subjects there are in all."""

    tags: tuple[tuple[Tag, int], ...] = ()
    subjects: tuple[tuple[SubjectName, int], ...] = ()
    kinds: tuple[tuple[str, int], ...] = ()
    marks: tuple[tuple[str, int], ...] = ()
    tag_count: int = 0
    subject_count: int = 0


class Offer(NamedTuple):
    """`key` names the thing, offered or chosen: so a script finds it again."""

    key: str
    html: SafeString
    url: str
    number: str = ""


class Group(NamedTuple):
    """Offers of one kind. `all_url` is the same page with all of them, empty where they all stand there."""

    name: str
    title: str
    offers: tuple[Offer, ...]
    all_url: str = ""
    all_title: str = ""
    find_label: str = ""


def address(filters: Filters) -> str:
    path = reverse("facts")
    return f"{path}?{filters.query}" if filters.query else path


def named(
    facets: Facets, filters: Filters, facts: Sequence[FactRow] = (), *, is_by_number_alone: bool = False
) -> tuple[Offers, tuple[FactRow, ...]]:
    """The offers of a choice, and its facts with their own tags. One query.

    Of what holds one value (subject, kind) nothing is offered once it is chosen: it can be taken away.
    `is_by_number_alone`: among equal numbers the facets are in no order of names yet.
    """
    most_tags = len(facets.tags) if filters.show == f.TAGS else SHOWN_TAGS
    most_subjects = 0 if filters.subject else len(facets.subjects) if filters.show == f.SUBJECTS else SHOWN_SUBJECTS
    tags = _first(facets.tags, most_tags + len(filters.tags), with_equals=is_by_number_alone)
    subjects = _first(facets.subjects, most_subjects, with_equals=is_by_number_alone)
    names = names_beside(facts, tuple(tags), tuple(subjects))
    may_have_more = len(filters.tags) < f.MOST_TAGS
    left = {pk: tag for pk, tag in names.tags.items() if tag.slug not in filters.tags}
    offers = Offers(
        tags=_by_count(left, tags)[:most_tags] if may_have_more else (),
        subjects=_by_count(names.subjects, subjects)[:most_subjects],
        kinds=() if filters.kind or filters.subject else _known(facets.kinds),
        marks=tuple((mark, count) for mark, count in facets.marks.items() if not _marks_of(filters)[mark]),
        tag_count=len(facets.tags) - len(filters.tags),
        subject_count=len(facets.subjects),
    )
    return offers, names.facts


def _by_count(names: Mapping[int, Named], counts: Mapping[int, int]) -> tuple[tuple[Named, int], ...]:
    """The most first, equal ones from A to Z."""
    found = ((names[pk], count) for pk, count in counts.items() if pk in names)
    return tuple(sorted(found, key=lambda each: (-each[1], each[0].name)))


def _known(kinds: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple((kind, count) for kind, count in kinds.items() if kind in Subject.Kind.values)


def _first(counts: Mapping[int, int], most: int, *, with_equals: bool) -> dict[int, int]:
    """`with_equals`: and those that have as many as the last of them."""
    first = dict(islice(counts.items(), most))
    if with_equals and first:
        least = min(first.values())
        return {pk: count for pk, count in counts.items() if count >= least}
    return first


def groups(offers: Offers, filters: Filters) -> list[Group]:
    """Those that offer something."""
    plain = replace(filters, show="")
    marks = dict(offers.marks)
    of_marks = tuple(_mark(mark, marks[mark], plain) for mark in _NAMES if mark in marks)
    found = [
        Group("only", _("Only facts"), of_marks),
        Group("kind", _("Kind of subject"), tuple(_kind(kind, count, plain) for kind, count in offers.kinds)),
        Group(
            "subject",
            pgettext("a subject", "About"),
            tuple(_subject(each, count, plain) for each, count in offers.subjects if writable([each])),
            address(replace(plain, show=f.SUBJECTS)) if offers.subject_count > len(offers.subjects) > 0 else "",
            _("All subjects"),
            _("Find a subject") if offers.subject_count > SHOWN_SUBJECTS else "",
        ),
        Group(
            "tag",
            _("Tagged"),
            tuple(_tag(tag, count, plain) for tag, count in offers.tags if writable([tag])),
            address(replace(plain, show=f.TAGS)) if offers.tag_count > len(offers.tags) > 0 else "",
            _("All tags"),
            _("Find a tag") if offers.tag_count > SHOWN_TAGS else "",
        ),
    ]
    return [group for group in found if group.offers]


def chosen(filters: Filters, tags: Sequence[Tag], subject: SubjectName | None) -> list[Offer]:
    """What can be taken away again: its name, and the address of the index without it."""
    plain = replace(filters, show="")
    found = (
        [Offer("q", markdown.inline(f"“{filters.words}”"), address(replace(plain, words="")))] if filters.words else []
    )
    found += [Offer(f"tag:{tag.slug}", tag.html, address(plain.without_tag(tag.slug))) for tag in tags]
    found += [Offer(f"subject:{subject.slug}", subject.html, address(plain.without_subject()))] if subject else []
    if filters.kind:
        found.append(Offer(f"kind:{filters.kind}", _kind_name(filters.kind), address(replace(plain, kind=""))))
    for mark, is_on in _marks_of(filters).items():
        if is_on:
            found.append(Offer(mark, _mark_name(mark), address(plain.with_mark(_FIELDS[mark], is_on=False))))
    return found


def orders(filters: Filters) -> list[tuple[Offer, bool]]:
    """The orders of the list, and which of them it has."""
    plain = replace(filters, show="")
    names = {
        NEWEST: _("Best first") if filters.words else _("Newest first"),
        OLDEST: _("Oldest first"),
        INTERESTING: _("Most interesting first"),
        CHECKED: _("Last checked first"),
        TITLE: _("By title"),
    }
    names |= {EPISODE: _("By episode")} if filters.subject else {}
    return [
        (Offer(f"sort:{sort}", markdown.inline(name), address(replace(plain, sort=sort))), sort == filters.sort)
        for sort, name in names.items()
    ]


def mark_names(filters: Filters) -> list[str]:
    """The kind and the marks of a choice in words."""
    names = [str(Subject.Kind(filters.kind).label)] if filters.kind else []
    return names + [str(_NAMES[mark]()) for mark, is_on in _marks_of(filters).items() if is_on]


# --- one offer of each kind -------------------------------------------------------------------------------------------

_FIELDS = {
    SOURCED: "is_sourced",
    CHECKED_LATELY: "is_checked",
    PICTURED: "has_picture",
    SPOILER_FREE: "without_spoilers",
}
_NAMES = {
    SOURCED: lambda: _("with sources"),
    CHECKED_LATELY: lambda: _("checked in the last 12 months"),
    PICTURED: lambda: _("with a picture"),
    SPOILER_FREE: lambda: _("without spoilers"),
}


def _marks_of(filters: Filters) -> dict[str, bool]:
    return {mark: getattr(filters, field) for mark, field in _FIELDS.items()}


def _mark_name(mark: str) -> SafeString:
    return markdown.inline(_NAMES[mark]())


def _kind_name(kind: str) -> SafeString:
    return markdown.inline(str(Subject.Kind(kind).label))


def _mark(mark: str, count: int, filters: Filters) -> Offer:
    return Offer(mark, _mark_name(mark), address(filters.with_mark(_FIELDS[mark], is_on=True)), _number(count))


def _kind(kind: str, count: int, filters: Filters) -> Offer:
    return Offer(f"kind:{kind}", _kind_name(kind), address(replace(filters, kind=kind)), _number(count))


def _subject(subject: SubjectName, count: int, filters: Filters) -> Offer:
    url = address(replace(filters, subject=subject.slug, kind=""))
    return Offer(f"subject:{subject.slug}", subject.html, url, _number(count))


def _tag(tag: Tag, count: int, filters: Filters) -> Offer:
    return Offer(f"tag:{tag.slug}", tag.html, address(filters.with_tag(tag.slug)), _number(count))


def _number(count: int) -> str:
    return number_format(count, force_grouping=True)
