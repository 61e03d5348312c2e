"""Renaming, and other spellings: the form saves them; here it goes on record, and comes back."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from articles.models import Tag, TagAlias, TagOperation
from articles.operations.tags import acts
from articles.text import keys


def state_of(tag: Tag) -> dict[str, Any]:
    """What is called by which name and address."""
    aliases = tag.aliases.order_by("key").values_list("name", flat=True)
    return {"name": tag.name, "slug": tag.slug, "aliases": list(aliases)}


def record(tag: Tag, before: dict[str, Any], *, by: User) -> TagOperation | None:
    """Adds a line where names or the address changed."""
    after = state_of(tag)
    if after == before:
        return None
    counts = {"from": before["slug"], "to": after["slug"]} if before["slug"] != after["slug"] else {}
    counts |= {"aliases": sorted(set(after["aliases"]) ^ set(before["aliases"]))}
    source, target = (tag.pk, before["name"]), (tag.pk, after["name"])
    written = {"before": before, "after": after}
    return acts.write(TagOperation.Kind.RENAME, source, target, by=by, counts=counts, record=written)


def obstacle(act: TagOperation) -> str:
    before = act.record["before"]
    wanted = {keys.key(name): name for name in [before["name"], *before["aliases"]]}
    taken = Tag.objects.filter(key__in=wanted).exclude(pk=act.source).first()
    foreign = TagAlias.objects.filter(key__in=wanted).exclude(tag=act.source).select_related("tag").first()
    if owner := taken or (foreign and foreign.tag):
        return _("“%(name)s” is the tag “%(tag)s” by now: rename that first.") % {"name": before["name"], "tag": owner}
    return ""


def rename_back(act: TagOperation) -> None:
    """The name and address of before. The later name stays another spelling: what was written meanwhile names it."""
    before = act.record["before"]
    tag = Tag.objects.get(pk=act.source)
    later = tag.name
    tag.name, tag.slug = before["name"], before["slug"]
    tag.save()
    wanted = {keys.key(name): name for name in [*before["aliases"], later]}
    wanted.pop(tag.key, None)
    tag.aliases.exclude(key__in=wanted).delete()
    for key, name in wanted.items():
        TagAlias.objects.update_or_create(key=key, defaults={"name": name, "tag": tag})
