"""Tags that may be one, and tags of nothing: offered, never done by itself."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from articles import rights
from articles.desk.requests import MOST_INTEGER, StaffRequest
from articles.desk.tags.pages import tag_page, tag_url
from articles.models import Tag
from articles.operations import tags
from articles.text.numbers import whole_number

ON_A_PAGE = 100


def tidy(request: StaffRequest) -> HttpResponse:
    """POST `one` and `two`, keys of tags: they are two things, and are not offered again."""
    rights.require(request.user, tags.PERMISSION)
    if request.method == "POST":
        return _keep_apart(request)
    pairs, are_more = tags.pairs()
    found = Paginator(tags.unused(), ON_A_PAGE).get_page(request.GET.get("page"))
    return tag_page(
        request, "tidy", title=_("Tags to look at"), pairs=pairs, are_more=are_more, found=found, unused=list(found)
    )


def _keep_apart(request: StaffRequest) -> HttpResponse:
    wanted = [whole_number(request.POST.get(name, ""), most=MOST_INTEGER) or 0 for name in ("one", "two")]
    found = Tag.objects.in_bulk(wanted)
    if len(found) == 2:
        one, two = (found[pk] for pk in wanted)
        tags.keep_apart(one, two, by=request.user)
        said = _("“%(one)s” and “%(two)s” stay two tags.")
        messages.success(request, said % {"one": one.name, "two": two.name})
    else:
        messages.error(request, _("One of these tags is no more: somebody merged or deleted it."))
    return HttpResponseRedirect(tag_url("tidy"))
