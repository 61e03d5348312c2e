"""Which cache groups an answer carries: by whose change caches have to forget it (models.cache_groups has their names).

A page is made of the values that are handed to `rendering`, so what it shows is found in them by type: no view can
forget one. What a page might show after a change, and does not yet, no value says: these are the lists that a view
names (`lists`), such as what is listed under a tag.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.http import HttpResponseBase

from articles.models import cache_groups as names
from articles.models.cache_groups import Group, GroupKind
from articles.reading import rows
from articles.reading.feeds.addresses import FeedOwner
from articles.reading.selectors import (
    AlsoIn,
    CheckedFact,
    FoundAuthor,
    FoundEdition,
    FoundQuestion,
    FoundSubject,
    FoundTag,
    Names,
    Neighbours,
)

#: What stands beside the list of a page without being in it.
_BESIDE = (Neighbours, CheckedFact)
_OWNERS = {"tags": GroupKind.TAG, "choice": GroupKind.TAG, "subjects": GroupKind.SUBJECT, "authors": GroupKind.AUTHOR}


def article(slug: str) -> Group:
    return Group(GroupKind.ARTICLE, slug)


def tag(slug: str) -> Group:
    """What is listed under it."""
    return Group(GroupKind.TAG, slug)


def subject(slug: str) -> Group:
    return Group(GroupKind.SUBJECT, slug)


def subject_of(edition: FoundEdition) -> Group | None:
    return subject(edition.subject.slug) if edition.subject else None


def tags_of(known: Names, keys: Iterable[int]) -> tuple[Group, ...]:
    """Of the tags with these primary keys."""
    return tuple(tag(each.slug) for pk, each in known.tags if pk in keys)


def author(slug: str) -> Group:
    return Group(GroupKind.AUTHOR, slug)


def page(slug: str) -> Group:
    return Group(GroupKind.PAGE, slug)


def owner_lists(owner: FeedOwner) -> tuple[Group, ...]:
    """What a feed tells of."""
    if not owner.kind:
        return (names.ARTICLES, names.FACTS)
    return tuple(Group(_OWNERS[owner.kind], slug) for slug in owner.slugs)


def of_page(inputs: Any, lists: Iterable[Group | None] = ()) -> tuple[str, ...]:
    """The names that the answer made of these inputs carries. Rows are covered by the lists that the page names: an
    update of their article is a change of each list that it stands in.
    """
    listed = [group for group in lists if group]
    return names.carried([*listed, *_groups_of(inputs, is_covered=bool(listed))])


def name_in(response: HttpResponseBase, carried: Iterable[str]) -> None:
    """Writes the field that the setting names: for Cache-Groups a list of strings of RFC 9651, as RFC 9875 has it."""
    field: str = settings.CACHE_GROUPS_FIELD
    response[field] = SEPARATORS[field].join(f'"{name}"' if field == "Cache-Groups" else name for name in carried)


#: By field, what stands between two names.
SEPARATORS = {"Cache-Groups": ", ", "xkey": " ", "Surrogate-Key": " ", "Cache-Tag": ","}


def _groups_of(value: Any, *, is_covered: bool) -> Iterator[Group]:
    if isinstance(value, Names):  # tags of closed facts are among them, and an answer that named one would tell it
        yield names.TAG_NAMES
        value = value.authors
    match value:
        case FoundEdition() | FoundQuestion():
            yield article(value.slug)
        case AlsoIn():
            yield article(value.article_slug)
        case rows.ArticleRow() if not is_covered:
            yield article(value.slug)
        case rows.FactRow() if not is_covered:
            yield article(value.article_slug)
        case rows.Tag() | FoundTag():
            yield Group(GroupKind.TAG_NAME, value.slug)
        case rows.SubjectName() | FoundSubject():
            yield Group(GroupKind.SUBJECT_NAME, value.slug)
        case rows.Author() | FoundAuthor():
            yield Group(GroupKind.AUTHOR_NAME, value.slug)
        case FeedOwner() if value.kind:
            kind = GroupKind(f"{_OWNERS[value.kind]}-name")
            yield from (Group(kind, slug) for slug in value.slugs)
    if isinstance(value, tuple):
        for each in value:
            yield from _groups_of(each, is_covered=is_covered and not isinstance(value, _BESIDE))
