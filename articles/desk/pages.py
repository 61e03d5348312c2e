"""What all pages of the desk share: who may open them, their frame, and their answers to a browser or a script.

The endpoints answer HTML forms; with `Accept: application/json` the same addresses give JSON, for the desk's script.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Manager, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rights
from articles.desk.requests import StaffRequest
from articles.models import Article, Revision
from articles.states import Status

View = Callable[..., HttpResponse]

VIEW, CHANGE = "articles.view_article", "articles.change_article"


_LAPSES = gettext_lazy("This article is approved. Saving makes it a draft again, to be handed in once more.")


def article_url(name: str, article: Article | int, *args: Any) -> str:
    """The address of a page of an article, such as article_url("card", article, public_id); a primary key is enough."""
    pk = article if isinstance(article, int) else article.pk
    return reverse(f"admin:articles_article_{name}", args=[pk, *args])


def wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def article_view(permission: str, among: QuerySet[Article] | None = None) -> Callable[[View], View]:
    """Turns the number in the address into the article: 403 without the permission, 404, 403 for another's article.

    `among` are all of them, for a page that wants more of the row.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def opened(request: StaffRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
            article = open_article(request, pk, permission, Article.objects.all() if among is None else among)
            if permission == CHANGE and _would_lapse_unsaid(request, article):
                return JsonResponse({"sentence": str(_LAPSES), "lapses": True}, status=409)
            return view(request, article, *args, **kwargs)

        return opened

    return decorate


def _would_lapse_unsaid(request: HttpRequest, article: Article) -> bool:
    """A script saves by itself, so it has to say that its person knows (`lapse`): a page says it to them beforehand."""
    is_by_itself = request.method == "POST" and wants_json(request) and "lapse" not in request.POST
    return is_by_itself and article.effective_status is Status.APPROVED


def post_only(back: str) -> Callable[[View], View]:
    """Below `article_view`, for acts: whoever comes by GET (signed in again, gone back) gets to the page `back`."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def answer(request: StaffRequest, article: Article, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != "POST":
                return HttpResponseRedirect(article_url(back, article))
            return view(request, article, *args, **kwargs)

        return answer

    return decorate


#: How many an article has: for its tabs, without a query of their own.
_REVISIONS = (
    Revision.objects.filter(article=OuterRef("pk")).order_by().values("article").annotate(n=Count("pk")).values("n")
)


def open_article(
    request: StaffRequest, pk: int, permission: str, among: Manager[Article] | QuerySet[Article] = Article.objects
) -> Article:
    """Raises PermissionDenied without the permission, Http404 without the article, PermissionDenied for another's."""
    rights.require(request.user, permission)
    rows = among.select_related("owner", "changed_by", "subject", "cover", "approved_revision", "reviewer")
    rows = rows.annotate(revision_count=Subquery(_REVISIONS))
    article: Article = get_object_or_404(rows.defer("approved_revision__content"), pk=pk)
    rights.require(request.user, permission, article)
    return article


def behind_login(view: View) -> View:
    """Puts a view behind the log-in; a script gets a status and a sentence instead of a redirect."""
    page_view = admin.site.admin_view(view)

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not wants_json(request):
            return page_view(request, *args, **kwargs)
        if not admin.site.has_permission(request):
            return _json_sentence(401, _("You are signed out: sign in again. What you wrote is not lost."))
        if request.headers.get("X-Account", "") not in {"", str(request.user.pk)}:
            sentence = _("Another account has signed in here meanwhile. Nothing is saved under its name.")
            return JsonResponse({"sentence": sentence, "stranger": True}, status=401)
        try:
            return page_view(request, *args, **kwargs)
        except PermissionDenied:
            return _json_sentence(403, _("You do not have permission to do this."))
        except Http404:
            return _json_sentence(404, _("This does not exist, or was deleted."))

    return answer


def _json_sentence(status: int, sentence: str) -> JsonResponse:
    return JsonResponse({"sentence": sentence}, status=status)


def page(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    article: Article | None = None,
    status: int = 200,
    **context: Any,
) -> TemplateResponse:
    """A page in the frame of the admin."""
    frame = admin.site.each_context(request)
    return TemplateResponse(
        request,
        f"desk/{template}.html",
        {**frame, "opts": Article._meta, "title": title, "article": article, **context},
        status=status,
    )


def refuse(request: HttpRequest, article: Article, sentence: str, *, status: int = 409) -> HttpResponse:
    """A page (or JSON) with a sentence and a link back, for acts without a form of their own."""
    if wants_json(request):
        return _json_sentence(status, sentence)
    return page(request, "refused", title=_("Not possible now"), article=article, status=status, refused=sentence)
