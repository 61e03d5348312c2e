"""Deleting one part: asking first, and putting it into the bin."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles import drafts
from articles.desk.pages import article_url, page, wants_json
from articles.desk.requests import StaffRequest
from articles.desk.review import differences
from articles.desk.writing.items import undo_of
from articles.models import Article, BinnedPart


class PartDeletion(ABC):
    """A part that somebody may delete: its `name` in the sentences, and the page that asked, as `back`."""

    def __init__(self, article: Article, *, title: str, name: str, back: str, anchor: str) -> None:
        self.article, self.title, self.name, self.back = article, title, name, back
        self.home = f"{article_url('change', article)}#{anchor}"

    @abstractmethod
    def read(self) -> Any:
        """The part's value as it stands in the database."""

    @abstractmethod
    def delete(self, *, token: str, by: User) -> BinnedPart:
        """Raises drafts.StaleError or DraftError."""


def delete(request: StaffRequest, part: PartDeletion) -> HttpResponse:
    """GET asks and shows what would go; POST with the token of what was shown deletes it."""
    value = part.read()
    if request.method != "POST":
        return _ask(request, part, value)
    try:
        binned = part.delete(token=request.POST.get("token", ""), by=request.user)
    except drafts.StaleError:
        refused = _("Somebody changed this after you read it. Read it again before you delete it.")
        return _ask(request, part, value, status=409, refused=refused)
    except drafts.DraftError as error:
        return _ask(request, part, value, status=409, refused=str(error))
    if wants_json(request):
        return JsonResponse({"change": part.article.change, **undo_of(part.article, binned)})
    deleted, again = _("Deleted: “%(name)s”.") % {"name": part.name}, _("Restore")
    messages.success(request, format_html('{} <a href="{}">{}</a>', deleted, article_url("bin", part.article), again))
    return HttpResponseRedirect(part.home)


def _ask(
    request: StaffRequest, part: PartDeletion, value: Any, *, status: int = 200, refused: str = ""
) -> HttpResponse:
    token = drafts.token(value)
    if wants_json(request):
        return JsonResponse({"sentence": refused, "token": token}, status=status)
    empty = type(value)(public_id=value.public_id)
    context = {"part": part, "token": token, "refused": refused, "days": drafts.KEPT_IN_BIN.days}
    context["rows"] = differences.of_values(empty, value)
    return page(request, "writing/delete_part", title=part.title, article=part.article, status=status, **context)
