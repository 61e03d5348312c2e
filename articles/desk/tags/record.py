"""What was done to tags: by whom, when, with what effect; and undoing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from articles import rights
from articles.desk.requests import StaffRequest
from articles.desk.tags.pages import in_words, tag_page, tag_url
from articles.models import Tag, TagOperation
from articles.operations import tags

ON_A_PAGE = 50
Kind = TagOperation.Kind


@dataclass(frozen=True)
class ActRow:
    """An act in words."""

    act: TagOperation
    sentence: str
    counts: list[str]
    may_undo: bool


def rows_of(acts: Any) -> list[ActRow]:
    """Of acts without their record; one query more, for those that are undone."""
    acts = list(acts)
    undone = set(TagOperation.objects.filter(undoes__in=[act.pk for act in acts]).values_list("undoes", flat=True))
    return [
        ActRow(act, sentence_of(act), in_words(act.counts), act.kind in TagOperation.UNDOABLE and act.pk not in undone)
        for act in acts
    ]


def sentence_of(act: TagOperation) -> str:
    names = {"name": act.by_name, "tag": act.source_name, "into": act.target_name}
    sentences = {
        Kind.MERGE: _("%(name)s merged “%(tag)s” into “%(into)s”"),
        Kind.SPLIT: _("%(name)s gave a part of “%(tag)s” the tag “%(into)s”"),
        Kind.RENAME: _("%(name)s renamed “%(tag)s” to “%(into)s”"),
        Kind.DISTINCT: _("%(name)s said that “%(tag)s” and “%(into)s” are two things"),
        Kind.UNDO: _("%(name)s undid what was done to “%(tag)s” and “%(into)s”"),
    }
    if act.source_name == act.target_name and act.kind in (Kind.RENAME, Kind.UNDO):
        sentences |= {
            Kind.RENAME: _("%(name)s changed the address or other spellings of “%(tag)s”"),
            Kind.UNDO: _("%(name)s undid what was done to “%(tag)s”"),
        }
    return sentences[Kind(act.kind)] % names


def record(request: StaffRequest) -> HttpResponse:
    """Newest first. Everybody who sees tags may read it."""
    rights.require(request.user, "articles.view_tag")
    acts = TagOperation.objects.defer("record").order_by("-pk")
    found = Paginator(acts, ON_A_PAGE).get_page(request.GET.get("page"))
    may_change = rights.may(request.user, tags.PERMISSION)
    title = _("What was done to tags")
    return tag_page(request, "record", title=title, found=found, rows=rows_of(found), may_change=may_change)


def undo(request: StaffRequest, act: int) -> HttpResponse:
    rights.require(request.user, tags.PERMISSION)
    found = get_object_or_404(TagOperation, pk=act)
    context: dict[str, Any] = {"row": rows_of([found])[0]}
    if request.method != "POST":
        return _page(request, status=200, refused=tags.obstacle(found), **context)
    try:
        undone = tags.undo(found, by=request.user)
    except tags.TagActError as error:
        return _page(request, status=409, refused=str(error), **context)
    said = _("Undone: “%(tag)s” is as it was.") % {"tag": found.source_name}
    messages.success(request, " ".join([said, *in_words({"stayed": undone.counts.get("stayed")})]))
    is_there = Tag.objects.filter(pk=found.source).exists()
    return HttpResponseRedirect(tag_url("change", found.source) if is_there else tag_url("record"))


def _page(request: StaffRequest, **context: Any) -> HttpResponse:
    return tag_page(request, "undo", title=_("Undo"), **context)
