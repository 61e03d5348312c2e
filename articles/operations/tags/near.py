"""Tags that may be one: spelled alike, or one the plural of the other; and tags that nobody uses."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Count, Exists, OuterRef, QuerySet

from articles import rights
from articles.models import EditionTag, PublishedTag, Tag, TagAlias, TaggedArticle, TaggedCard, TagOperation
from articles.operations.tags import acts

#: Shorter keys differ by one letter too often to mean the same: “cat”, “hat”.
SHORTEST = 4
MOST_PAIRS = 100


@dataclass(frozen=True)
class Pair:
    """Two tags that are nearly called the same, the more used first."""

    tag: Tag
    other: Tag
    uses: tuple[int, int]


def pairs() -> tuple[list[Pair], bool]:
    """At most MOST_PAIRS, those used most first; and whether there are more. Without those that were kept apart."""
    keys = dict(Tag.objects.order_by().values_list("key", "pk")) | dict(
        TagAlias.objects.order_by().values_list("key", "tag")
    )
    found = {tuple(sorted((keys[one], keys[two]))) for one, two in near_keys(keys)}
    apart = TagOperation.objects.filter(kind=TagOperation.Kind.DISTINCT).values_list("source", "target")
    found = {pair for pair in found if pair[0] != pair[1]} - {tuple(sorted(pair)) for pair in apart}
    used = _uses({pk for pair in found for pk in pair})
    ordered = sorted(found, key=lambda pair: (-sum(used.get(pk, 0) for pk in pair), pair))
    tags = Tag.objects.in_bulk({pk for pair in ordered[:MOST_PAIRS] for pk in pair})
    result = []
    for pair in ordered[:MOST_PAIRS]:
        more, less = sorted(pair, key=lambda pk: (-used.get(pk, 0), pk))
        if more in tags and less in tags:
            result.append(Pair(tags[more], tags[less], (used.get(more, 0), used.get(less, 0))))
    return result, len(ordered) > MOST_PAIRS


def keep_apart(tag: Tag, other: Tag, *, by: User) -> TagOperation:
    """These two are not offered again."""
    rights.require(by, acts.PERMISSION)
    return acts.write(TagOperation.Kind.DISTINCT, acts.named(tag), acts.named(other), by=by)


def unused() -> QuerySet[Tag]:
    """Tags of nothing, neither of working copies (those in the bin count) nor of editions, whether over or not."""
    free = Tag.objects.order_by("name", "pk")
    for model in (TaggedArticle, TaggedCard, EditionTag, PublishedTag):
        free = free.filter(~Exists(model._base_manager.filter(tag=OuterRef("pk"))))
    return free


def near_keys(keys: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Pairs of keys that are one edit, an accent or a plural apart. Time and memory grow with the letters, not with
    the pairs: keys are compared only where they are the same without one of their letters.
    """
    alike: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        for shape in _shapes(key):
            alike[shape].append(key)
    for group in alike.values():
        for at, one in enumerate(group):
            for two in group[at + 1 :]:
                if one != two and _are_near(one, two):
                    yield (one, two) if one < two else (two, one)


def _shapes(key: str) -> set[str]:
    bare = _without_accents(key)
    shapes = {bare, _singular(bare)}
    if len(key) >= SHORTEST:
        shapes |= {bare[:at] + bare[at + 1 :] for at in range(len(bare))}
    return shapes


def _are_near(one: str, two: str) -> bool:
    bare, other = _without_accents(one), _without_accents(two)
    if _digits(bare) != _digits(other):  # season1 and season2, 2521 and 2512
        return False
    if bare == other or _singular(bare) == _singular(other):
        return True
    is_long = min(len(bare), len(other)) >= SHORTEST
    return is_long and bare[0] == other[0] and _is_one_edit(bare, other)  # games and names, kdrama and jdrama


def _is_one_edit(one: str, two: str) -> bool:
    """A letter more, another letter, or two neighbours exchanged."""
    if len(one) > len(two):
        one, two = two, one
    at = next((place for place, (left, right) in enumerate(zip(one, two, strict=False)) if left != right), len(one))
    if len(one) < len(two):
        return one[at:] == two[at + 1 :] and len(two) - len(one) == 1
    return one[at + 1 :] == two[at + 1 :] or (
        one[at : at + 2] == two[at : at + 2][::-1] and one[at + 2 :] == two[at + 2 :]
    )


def _singular(key: str) -> str:
    """Of an English plural: comedies, boxes, actors. Any other word stays as it is."""
    if len(key) < SHORTEST:
        return key
    if key.endswith("ies"):
        return f"{key[:-3]}y"
    if key.endswith(("ches", "shes", "xes", "sses", "zes")):
        return key[:-2]
    return key[:-1] if key.endswith("s") and not key.endswith("ss") else key


def _without_accents(key: str) -> str:
    """Of letters that are written with them; the parts of a Hangul syllable are no accents."""
    if key.isascii():
        return key
    plain = "".join(sign for sign in unicodedata.normalize("NFD", key) if unicodedata.category(sign) != "Mn")
    return unicodedata.normalize("NFC", plain)


def _digits(key: str) -> str:
    return "".join(filter(str.isdigit, key))


def _uses(tags: set[int]) -> dict[int, int]:
    """How many articles and facts have each tag, in working copies."""
    found: dict[int, int] = defaultdict(int)
    for model in (TaggedArticle, TaggedCard):
        counted = model.objects.filter(tag__in=tags).order_by().values_list("tag").annotate(count=Count("pk"))
        for tag, count in counted:
            found[tag] += count
    return found
