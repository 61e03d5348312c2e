"""The record of acts upon tags, and what they share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, Q, QuerySet
from django.utils.translation import gettext as _

from articles import rights
from articles.models import Address, Tag, TagOperation
from articles.models.outbox import purge_names

PERMISSION = "articles.change_tag"
_TRIES = 3
Result = TypeVar("Result")


class TagActError(Exception):
    """The act is not possible; the message is a sentence for the editor. Nothing was written."""


def write(
    kind: TagOperation.Kind,
    source: tuple[int, str],
    target: tuple[int, str],
    *,
    by: User,
    **fields: Any,
) -> TagOperation:
    """Adds a line, and has caches forget what names the tags. `source` and `target`: key and name."""
    tags = Address.objects.filter(kind=Address.Kind.TAG, tag__in=[source[0], target[0]])
    purge_names(Address.Kind.TAG, tags.values_list("slug", flat=True))
    return TagOperation.objects.create(
        kind=kind,
        source=source[0],
        source_name=source[1],
        target=target[0],
        target_name=target[1],
        by=by,
        by_name=by.get_username(),
        **fields,
    )


def named(tag: Tag) -> tuple[int, str]:
    return tag.pk, tag.name


def acts_upon(*tags: int) -> QuerySet[TagOperation]:
    """Newest first, without what it takes to undo them."""
    return TagOperation.objects.filter(Q(source__in=tags) | Q(target__in=tags)).defer("record").order_by("-pk")


def undoable_operations() -> QuerySet[TagOperation]:
    """Acts that can be undone and are not."""
    return TagOperation.objects.filter(kind__in=TagOperation.UNDOABLE, undone_by=None)


def carry_out(act: Callable[[], Result], *, by: User) -> Result:
    """Runs an act whole or not at all. Where somebody began to use a tag in that very moment, it looks again."""
    rights.require(by, PERMISSION)
    for _attempt in range(_TRIES):
        try:
            with transaction.atomic():
                return act()
        except (IntegrityError, ProtectedError):
            continue
    raise TagActError(_("Somebody is just now working with this tag. Nothing was changed: try again in a moment."))
