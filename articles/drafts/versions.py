"""Earlier wordings of each part: recorded at a save, listed, brought back, and thinned out after a month.

A save within a writing spell changes one row and adds none. A spell ends after SPELL_PAUSE without a save, with another
person's save, with the save of another part, and where the part loses more than LARGEST_LOSS of its text: then the
wording before is kept, or the longest of the spell where the loss came in small steps.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import document
from articles.document import Card, Faq
from articles.drafts.changing import DraftError
from articles.drafts.reading import Conclusion, Details, Introduction
from articles.models import Article, PartVersion

SPELL_PAUSE = dt.timedelta(minutes=10)
#: The share of a part's characters; deleting more than this ends a spell, so that a slip of the hand costs nothing.
LARGEST_LOSS = 1 / 3
#: All wordings of this time are kept; of what is older, the last of each day.
ALL_KEPT_FOR = dt.timedelta(days=31)

#: Whether another part was written over since: whoever comes back begins anew, so that it is known what stood here when
#: the other one was written.
_HAS_TURNED = Exists(
    PartVersion.objects.filter(article=OuterRef("article"), spell_until__gt=OuterRef("spell_until")).order_by()
)

Value = Details | Introduction | Conclusion | Card | Faq
_KINDS: Mapping[str, type[Value]] = {
    "details": Details,
    "introduction": Introduction,
    "conclusion": Conclusion,
    "card": Card,
    "faq": Faq,
}


def place_of(value: Value) -> str:
    """The part's name in its article: "introduction", "card:<public id>" …"""
    kind = next(name for name, kind in _KINDS.items() if isinstance(value, kind))
    return f"{kind}:{value.public_id}" if isinstance(value, Card | Faq) else kind


def versions_of(article: Article, place: str) -> QuerySet[PartVersion]:
    """The latest first."""
    return PartVersion.objects.filter(article=article, place=place).select_related("written_by", "replaced_by")


def value_of(version: PartVersion, *, is_longest: bool = False) -> Value:
    """The wording that the spell replaced, or the longest of the spell itself.

    Raises document.DocumentError when the row was damaged, or has no such wording.
    """
    kind: type[Value] | None = _KINDS.get(version.place.partition(":")[0])
    packed = version.longest if is_longest else version.value
    if kind is None or packed is None:
        raise document.DocumentError(f"There is no part {version.place!r}.")
    return document.part_from_json(kind, packed)


def longest_of(version: PartVersion, left: Value) -> Value | None:
    """The longest wording of the spell, where it is longer than what the spell `left`: else nothing was lost in it.

    Raises document.DocumentError when the row was damaged.
    """
    is_lost = version.longest is not None and version.longest_length > _length(left)
    return value_of(version, is_longest=True) if is_lost else None


def record(article: Article, current: Value, new: Value, *, by: User, is_return: bool = False) -> None:
    """Call it with the article locked, before `new` replaces `current`. Writes one row.

    `is_return` begins a spell of its own: what an earlier wording replaces can be brought back in turn.
    """
    now = timezone.now()
    last = PartVersion.objects.filter(article=article, place=place_of(current)).annotate(has_turned=_HAS_TURNED).first()
    if last is None or is_return or last.has_turned or not _goes_on(last, by, now):
        _add(article, current, last, by, now)
        return
    _note_length(last, current)
    if _is_large_loss(last.longest_length, _length(new)):
        at_once = _is_large_loss(_length(current), _length(new))  # then these words are the ones to be missed
        _add(article, current, last, by, now, value=None if at_once else last.longest)
        return
    last.spell_until = now
    last.save(update_fields=["spell_until", "longest", "longest_length"])


def move(public_id: str, source: Article, target: Article) -> None:
    """Takes the earlier wordings of a card along to the article that it moves to."""
    PartVersion.objects.filter(article=source, place=f"card:{public_id}").update(article=target)


def at(article: Article, pk: int) -> PartVersion:
    """Raises DraftError when it was thinned out meanwhile."""
    version = PartVersion.objects.filter(article=article, pk=pk).first()
    if version is None:
        raise DraftError(_("This wording is not kept any more."))
    return version


# --- spells -----------------------------------------------------------------------------------------------------------


def _goes_on(last: PartVersion, by: User, now: dt.datetime) -> bool:
    return last.replaced_by_id == by.pk and now - last.spell_until < SPELL_PAUSE


def _is_large_loss(before: int, after: int) -> bool:
    return after < before * (1 - LARGEST_LOSS)


def _note_length(last: PartVersion, current: Value) -> None:
    length = _length(current)
    if length > last.longest_length:
        last.longest, last.longest_length = _packed(current), length


def _add(
    article: Article,
    current: Value,
    last: PartVersion | None,
    by: User,
    now: dt.datetime,
    *,
    value: Mapping[str, Any] | None = None,
) -> None:
    PartVersion.objects.create(
        article=article,
        place=place_of(current),
        value=_packed(current) if value is None else value,
        written_by=last.replaced_by if last else None,
        written_at=last.spell_until if last else None,
        replaced_by=by,
        replaced_at=now,
        spell_until=now,
    )
    _thin_out(article, now)


def _thin_out(article: Article, now: dt.datetime) -> None:
    """Of what is older than ALL_KEPT_FOR the last wording of a part and day stays; no worker is needed."""
    old = PartVersion.objects.filter(article=article, replaced_at__lt=now - ALL_KEPT_FOR).order_by(
        "-replaced_at", "-pk"
    )
    seen: set[tuple[str, dt.date]] = set()
    gone = []
    for pk, place, replaced_at in old.values_list("pk", "place", "replaced_at"):
        day = (place, timezone.localdate(replaced_at))
        if day in seen:
            gone.append(pk)
        seen.add(day)
    for start in range(0, len(gone), 500):
        PartVersion.objects.filter(pk__in=gone[start : start + 500]).delete()


def _packed(value: Value) -> dict[str, Any]:
    return document.part_to_json(value)


def _length(value: Value) -> int:
    """Characters of all its texts, those of sources too, without white space: the same measure in every script."""
    return _length_of({name: packed for name, packed in _packed(value).items() if name != "public_id"})


def _length_of(packed: Any) -> int:
    if isinstance(packed, str):
        return len("".join(packed.split()))
    if isinstance(packed, Mapping):
        packed = packed.values()
    return sum(map(_length_of, packed)) if isinstance(packed, Iterable) else 0
