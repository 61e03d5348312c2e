"""Merging: one tag takes the place of another everywhere, with its addresses and its other names."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from articles.models import Address, Tag, TagAlias, TagOperation
from articles.operations.tags import acts, plans
from articles.operations.tags.acts import TagActError
from articles.operations.tags.plans import Counts, Exchange

#: The columns of a merged tag that are kept on record.
COLUMNS = ("name", "slug", "key", "description")


@dataclass(frozen=True)
class MergePlan:
    """What merging `tag` into `into` will change."""

    tag: Tag
    into: Tag
    counts: Counts
    addresses: list[str]
    names: list[str]  # which will mean the other tag


def plan(tag: Tag, into: Tag) -> MergePlan:
    """Raises TagActError."""
    _check(tag, into)
    addresses = plans.addresses_of(tag)
    counts = Counts.of(Exchange.find(tag.pk, into.pk), addresses=len(addresses))
    names = [tag.name, *tag.aliases.order_by("pk").values_list("name", flat=True)]
    return MergePlan(tag, into, counts, addresses, names)


def merge(tag: Tag, into: Tag, *, by: User) -> TagOperation:
    """Raises PermissionDenied, and TagActError with a sentence."""
    return acts.carry_out(lambda: _merge(tag, into, by), by=by)


def _merge(tag: Tag, into: Tag, by: User) -> TagOperation:
    _check(tag, into)
    articles = plans.articles_of(Exchange.find(tag.pk, into.pk))
    there = plans.lock(articles, tag.pk, into.pk)
    for wanted in (tag, into):
        if wanted.pk not in there:
            raise TagActError(_("“%(tag)s” is no more: somebody merged or deleted it.") % {"tag": wanted.name})
    tag, into = there[tag.pk], there[into.pk]
    exchange = Exchange.find(tag.pk, into.pk)  # again, now that nobody changes them
    addresses = plans.addresses_of(tag)
    aliases = list(tag.aliases.order_by("pk").values("pk", "name", "key"))
    counts = Counts.of(exchange, addresses=len(addresses))
    exchange.carry_out()
    Address.objects.filter(kind=Address.Kind.TAG, tag=tag).update(tag=into)
    TagAlias.objects.filter(tag=tag).update(tag=into)
    record = as_record(exchange) | {
        "tag": {name: getattr(tag, name) for name in COLUMNS},
        "addresses": addresses,
        "aliases": aliases,
    }
    source = acts.named(tag)
    Tag.objects.filter(pk=tag.pk).delete()
    TagAlias.objects.update_or_create(key=tag.key, defaults={"name": tag.name, "tag": into})
    return acts.write(TagOperation.Kind.MERGE, source, acts.named(into), by=by, counts=asdict(counts), record=record)


def as_record(exchange: Exchange) -> dict[str, Any]:
    return {
        "articles": exchange.articles.as_json(),
        "facts": exchange.facts.as_json(),
        "editions": exchange.editions,
    }


def _check(tag: Tag, into: Tag) -> None:
    """A circle cannot come about: a merged tag is no more, and its names mean the tag that it went into."""
    if tag.pk == into.pk:
        raise TagActError(_("“%(tag)s” cannot be merged into itself: choose another tag.") % {"tag": tag.name})
