"""What the pages that keep tags in order share."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import rights
from articles.desk.pages import View, page
from articles.desk.requests import StaffRequest
from articles.models import Tag, TagOperation
from articles.operations import tags


def tag_url(name: str, *args: Any) -> str:
    return reverse(f"admin:articles_tag_{name}", args=args)


def tag_view(view: View) -> View:
    """Turns the number in the address into the tag: 403 without the permission; 404, but that the page of a tag that
    was merged leads to the one that it went into.
    """

    @functools.wraps(view)
    def opened(request: StaffRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        rights.require(request.user, tags.PERMISSION)
        tag = Tag.objects.filter(pk=pk).first()
        if tag is None:
            return _follow(request, pk)
        return view(request, tag, *args, **kwargs)

    return opened


def _follow(request: HttpRequest, pk: int) -> HttpResponse:
    merges = tags.acts_upon(pk).filter(kind=TagOperation.Kind.MERGE, source=pk, undone_by=None)
    merge = merges.first()
    if merge is None or not Tag.objects.filter(pk=merge.target).exists():
        raise Http404
    said = _("“%(tag)s” was merged into “%(into)s”: this is that tag.")
    messages.info(request, said % {"tag": merge.source_name, "into": merge.target_name})
    return HttpResponseRedirect(tag_url("change", merge.target))


def tag_page(
    request: HttpRequest, template: str, *, title: str, tag: Tag | None = None, status: int = 200, **context: Any
) -> HttpResponse:
    """A page in the frame of the desk, below the list of tags."""
    more: dict[str, Any] = {"opts": Tag._meta, "tag": tag, **context}
    return page(request, f"tags/{template}", title=title, status=status, **more)


def in_words(counts: Mapping[str, Any]) -> list[str]:
    """The numbers of a plan or of an act, each as a phrase; without those that are nought."""
    phrases: dict[str, Callable[[int], str]] = {
        "articles": lambda n: ngettext("%(n)s article", "%(n)s articles", n),
        "facts": lambda n: ngettext("%(n)s fact", "%(n)s facts", n),
        "live": lambda n: ngettext("%(n)s article that readers see", "%(n)s articles that readers see", n),
        "live_facts": lambda n: ngettext("%(n)s fact that readers see", "%(n)s facts that readers see", n),
        "addresses": lambda n: ngettext("%(n)s redirected address", "%(n)s redirected addresses", n),
        "stayed": lambda n: ngettext("%(n)s was tagged otherwise since", "%(n)s were tagged otherwise since", n),
    }
    return [phrase(counts[name]) % {"n": counts[name]} for name, phrase in phrases.items() if counts.get(name)]
