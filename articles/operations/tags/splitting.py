"""Splitting: the articles and facts that somebody chose get another tag in place of this one, everywhere at once."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.models import Tag, TagOperation
from articles.operations.tags import acts, plans
from articles.operations.tags.acts import TagActError
from articles.operations.tags.merging import as_record
from articles.operations.tags.plans import Counts, Exchange
from articles.publishing.relabelling import Scope
from articles.text import keys

#: No tag has this key: for a tag that is yet to be made.
NO_TAG = 0


@dataclass(frozen=True)
class SplitPlan:
    tag: Tag
    name: str
    into: Tag | None  # None where it will be made
    counts: Counts


def plan(tag: Tag, name: str, scope: Scope) -> SplitPlan:
    """Raises TagActError."""
    into = Tag.objects.by_names([name]).get(name)
    _check(tag, name, into, scope)
    exchange = Exchange.find(tag.pk, into.pk if into else NO_TAG, scope)
    return SplitPlan(tag, name, into, Counts.of(exchange))


def split(tag: Tag, name: str, scope: Scope, *, by: User) -> TagOperation:
    """Gives what was chosen the tag of that name, which is made where there is none.

    Raises PermissionDenied, and TagActError with a sentence.
    """
    return acts.carry_out(lambda: _split(tag, name, scope, by), by=by)


def _split(tag: Tag, name: str, scope: Scope, by: User) -> TagOperation:
    known = Tag.objects.by_names([name]).get(name)
    _check(tag, name, known, scope)
    articles = plans.articles_of(Exchange.find(tag.pk, NO_TAG, scope))
    into = known or _new(name)
    there = plans.lock(articles, tag.pk, into.pk)
    if len(there) < 2:
        raise TagActError(_("One of these tags is no more: somebody merged or deleted it."))
    exchange = Exchange.find(tag.pk, into.pk, scope)
    counts = Counts.of(exchange)
    if not exchange.is_something:
        raise TagActError(_("Nothing that you chose has this tag any more: look again."))
    exchange.carry_out()
    plans.outdate_revisions(exchange)
    record = as_record(exchange) | {"made": known is None}
    kind = TagOperation.Kind.SPLIT
    return acts.write(kind, acts.named(tag), acts.named(into), by=by, counts=asdict(counts), record=record)


def _new(name: str) -> Tag:
    tag = Tag(name=name)
    tag.save()
    return tag


def _check(tag: Tag, name: str, into: Tag | None, scope: Scope) -> None:
    if not scope.articles and not scope.facts:
        raise TagActError(_("Tick at least one article or fact."))
    if into and into.pk == tag.pk:
        raise TagActError(_("“%(name)s” means this same tag: write the name of another one.") % {"name": name})
    if not keys.key(name):
        raise TagActError(_("Write a name with at least one letter, digit or emoji."))
    if into is None:
        try:
            Tag(name=name).full_clean()
        except ValidationError as error:
            raise TagActError(" ".join(error.messages)) from error
