"""Undoing an act upon tags: everything comes back that nobody has changed since.

Acts upon the same tags are undone from the last one back. What was tagged otherwise since stays so, and is counted.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Address, FactCard, Tag, TagAlias, TaggedArticle, TaggedCard, TagOperation
from articles.operations.tags import acts, plans, renaming, rows
from articles.operations.tags.acts import TagActError
from articles.operations.tags.merging import COLUMNS
from articles.operations.tags.plans import Exchange
from articles.operations.tags.rows import RetaggedRows
from articles.publishing import relabelling
from articles.publishing.relabelling import Places, Scope

Kind = TagOperation.Kind


def obstacle(act: TagOperation) -> str:
    """Why it cannot be undone now, as a sentence; empty where it can."""
    if act.kind not in TagOperation.UNDOABLE:
        return _("This cannot be undone.")
    if TagOperation.objects.filter(undoes=act).exists():
        return _("This is undone already.")
    return _later_act(act) or _names_taken(act)


def undo(act: TagOperation, *, by: User) -> TagOperation:
    """Gives the new line of the record. Raises PermissionDenied, and TagActError with a sentence."""
    return acts.carry_out(lambda: _undo(act, by), by=by)


def _undo(act: TagOperation, by: User) -> TagOperation:
    exchange = _exchange(act)
    plans.lock(plans.articles_of(exchange) if exchange else (), act.source, act.target)
    exchange = _exchange(act)  # again, now that nobody publishes
    if sentence := obstacle(act):
        raise TagActError(sentence)
    stayed = 0
    match act.kind:
        case Kind.MERGE:
            _make_again(act)
            stayed = _put_back(exchange)
        case Kind.SPLIT:
            stayed = _put_back(exchange)
            _give_up(act)
        case Kind.RENAME:
            renaming.rename_back(act)
    if exchange:
        plans.outdate_revisions(exchange, since=act.at)
    counts = {**act.counts, "stayed": stayed}
    source, target = (act.source, act.source_name), (act.target, act.target_name)
    return acts.write(Kind.UNDO, source, target, by=by, counts=counts, undoes=act)


# --- what stands in the way -------------------------------------------------------------------------------------------


def _later_act(act: TagOperation) -> str:
    tags = {act.source, act.target}
    later = acts.undoable_operations().filter(pk__gt=act.pk, pk__in=acts.acts_upon(*tags).order_by().values("pk"))
    names = [f"“{each.source_name}” → “{each.target_name}”" for each in later.order_by("-pk")[:3]]
    if not names:
        return ""
    sentence = ngettext(
        "This came after it, and has to be undone first: %(acts)s.",
        "These came after it, and have to be undone first: %(acts)s.",
        len(names),
    )
    return sentence % {"acts": ", ".join(names)}


def _names_taken(act: TagOperation) -> str:
    """Names and addresses that the tag would have again, and that mean something else by now."""
    if not Tag.objects.filter(pk=act.target if act.kind == Kind.MERGE else act.source).exists():
        return _("The tag “%(tag)s” is no more.") % {"tag": act.target_name or act.source_name}
    if act.kind != Kind.MERGE:
        return renaming.obstacle(act) if act.kind == Kind.RENAME else ""
    tag, aliases = act.record["tag"], act.record["aliases"]
    wanted = {tag["key"]: tag["name"]} | {alias["key"]: alias["name"] for alias in aliases}
    taken = Tag.objects.filter(key__in=wanted).first()
    foreign = TagAlias.objects.filter(key__in=wanted).exclude(tag=act.target).select_related("tag").first()
    if taken or foreign:
        name, owner = (wanted[taken.key], taken) if taken else (foreign.name, foreign.tag)  # type: ignore[union-attr]
        return _("“%(name)s” is the tag “%(tag)s” by now: rename that first.") % {"name": name, "tag": owner}
    if holder := Tag.objects.filter(slug=tag["slug"]).first():
        said = _("The address “%(slug)s” is that of the tag “%(tag)s” by now: give that another one first.")
        return said % {"slug": tag["slug"], "tag": holder}
    return ""


# --- bringing it back -------------------------------------------------------------------------------------------------


def _exchange(act: TagOperation) -> Exchange | None:
    if act.kind not in (Kind.MERGE, Kind.SPLIT):
        return None
    stored: dict[str, Any] = act.record
    articles, facts = RetaggedRows.from_json(stored["articles"]), RetaggedRows.from_json(stored["facts"])
    known: Places = {int(pk): places for pk, places in stored["editions"].items()}
    since = relabelling.places_since(
        act.target,
        act.at,
        exchanged=Scope(set(articles.moved), _public_ids(facts.moved)),
        beside=Scope({owner for owner, _row in articles.both}, _public_ids(owner for owner, _row in facts.both)),
    )
    return Exchange(act.source, act.target, articles, facts, known | since)


def _public_ids(cards: Any) -> set[str]:
    found: set[str] = set()
    for some in relabelling.batched(cards, 500):
        found |= set(FactCard.objects.filter(pk__in=some).values_list("public_id", flat=True))
    return found


def _put_back(exchange: Exchange | None) -> int:
    if exchange is None:
        return 0
    stayed = rows.put_back(TaggedArticle, exchange.articles, exchange.old, exchange.new)
    stayed += rows.put_back(TaggedCard, exchange.facts, exchange.old, exchange.new)
    relabelling.put_back(exchange.editions, exchange.old, exchange.new)
    return stayed


def _make_again(act: TagOperation) -> None:
    """The merged tag with its key, its addresses and its other names."""
    stored: dict[str, Any] = act.record
    TagAlias.objects.filter(key=stored["tag"]["key"], tag=act.target).delete()
    tag = Tag(pk=act.source, **{name: stored["tag"][name] for name in COLUMNS})
    tag.save_base(raw=True, force_insert=True)  # the row as it was: `save` would claim another address
    own = Address.objects.filter(kind=Address.Kind.TAG, tag=act.target)
    for slugs in (stored["addresses"][at : at + 500] for at in range(0, len(stored["addresses"]), 500)):
        own.filter(slug__in=slugs).update(tag=tag)
    for alias in stored["aliases"]:
        TagAlias.objects.update_or_create(key=alias["key"], defaults={"name": alias["name"], "tag": tag})


def _give_up(act: TagOperation) -> None:
    """A tag that the split made goes when nothing uses it: its names and addresses mean the one it came from."""
    tag = Tag.objects.filter(pk=act.target).first()
    if tag is None or not act.record["made"] or Exchange.find(tag.pk, act.source).is_something:
        return
    Address.objects.filter(kind=Address.Kind.TAG, tag=tag).update(tag=act.source)
    names = {tag.key: tag.name} | dict(tag.aliases.values_list("key", "name"))
    tag.delete()
    for key, name in names.items():
        TagAlias.objects.update_or_create(key=key, defaults={"name": name, "tag_id": act.source})
