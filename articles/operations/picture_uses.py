"""Where pictures are used, against the words: how many articles differ, and making their rows anew.

After an upgrade that begins to keep them, or a hand in the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction

from articles import drafts
from articles.models import Article, PictureUse

_AT_ONCE = 500
_Content = tuple[str, str, int | None]


def rebuild_picture_uses() -> int:
    """Gives how many articles were wrong. People go on writing meanwhile."""
    wrong = 0
    for pk in _differing():
        with transaction.atomic():
            if Article.with_binned.select_for_update().filter(pk=pk).first():
                drafts.rebuild_picture_uses([pk])
                wrong += 1
    return wrong


def wrong_picture_uses() -> int:
    """How many articles have other rows than their words, revisions and bins want."""
    return len(_differing())


def _differing() -> list[int]:
    keys = list(Article.with_binned.order_by("pk").values_list("pk", flat=True))
    return [pk for start in range(0, len(keys), _AT_ONCE) for pk in _differing_of(keys[start : start + _AT_ONCE])]


def _differing_of(keys: Sequence[int]) -> Iterator[int]:
    stored = _by_article(PictureUse.objects.filter(article__in=keys))
    wanted = _by_article(drafts.picture_uses_of(keys))
    return (pk for pk in keys if stored[pk] != wanted[pk])


def _by_article(rows: Iterable[PictureUse]) -> dict[int, set[_Content]]:
    found: dict[int, set[_Content]] = defaultdict(set)
    for row in rows:
        found[row.article_id].add((row.picture, row.place, row.binned_part_id))
    return found
