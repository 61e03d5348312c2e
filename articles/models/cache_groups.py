"""The names of the groups by which caches forget public answers (RFC 9875). Answers carry them, acts name them.

Of a kind there are groups of one thing (`tag-lamps`: what is listed under this tag) and the group of all (`tags`: what
is listed under any). An answer that would carry too many of one kind carries that of all instead, so whoever names
one thing names all of its kind as well: `affected`.
"""

from __future__ import annotations

import enum
import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

#: The most groups that an answer carries, and the most characters of one.
MOST_GROUPS, GROUP_LENGTH = 32, 32
_DIGEST_BYTES = 6


class GroupKind(enum.StrEnum):
    """`…-name`: what shows a thing's name, address, picture or description, wherever that stands."""

    ARTICLE = "article"  # its own words: its page, its facts, and what shows its heading beside others
    TAG = "tag"
    SUBJECT = "subject"
    AUTHOR = "author"
    TAG_NAME = "tag-name"
    SUBJECT_NAME = "subject-name"
    AUTHOR_NAME = "author-name"
    PAGE = "page"  # about the site itself


_OF_THINGS = frozenset(map(str, GroupKind))


class Group(NamedTuple):
    """Of one thing, by its slug; without a slug of all things of the kind."""

    kind: str
    slug: str = ""

    def __str__(self) -> str:
        if not self.slug:
            return f"{self.kind}s" if self.kind in _OF_THINGS else self.kind
        name = f"{self.kind}-{self.slug}"
        if name.isascii() and len(name) <= GROUP_LENGTH:
            return name
        return f"{self.kind}-{hashlib.blake2b(self.slug.encode(), digest_size=_DIGEST_BYTES).hexdigest()}"


#: Every public answer; the fact index; what editors have chosen for the home page.
SITE, FACTS, FEATURED = Group("site"), Group("facts"), Group("featured")
ARTICLES, TAGS, SUBJECTS, AUTHORS = (Group(kind) for kind in list(GroupKind)[:4])
TAG_NAMES, SUBJECT_NAMES, AUTHOR_NAMES = (Group(kind) for kind in list(GroupKind)[4:7])
ALL_NAMES = frozenset({TAG_NAMES, SUBJECT_NAMES, AUTHOR_NAMES})


def carried(groups: Iterable[Group]) -> tuple[str, ...]:
    """The names that an answer of these groups carries, sorted: at most MOST_GROUPS.

    Where the group of all of a kind is among them it stands for each of its things; and the kind with the most things
    is given up for it, until the rest is few enough.
    """
    found = {*groups, SITE}
    of_all = {group.kind for group in found if not group.slug}
    while True:
        found = {group for group in found if not group.slug or group.kind not in of_all}
        found |= {Group(kind) for kind in of_all}
        if len(found) <= MOST_GROUPS:
            return tuple(sorted(map(str, found)))
        counts = Counter(group.kind for group in found if group.slug)
        of_all.add(max(sorted(counts), key=counts.__getitem__))


def affected(groups: Iterable[Group]) -> set[str]:
    """The names that caches are told of these groups: each, and that of all of its kind."""
    found = set(groups)
    return {str(group) for group in found} | {str(Group(group.kind)) for group in found}
