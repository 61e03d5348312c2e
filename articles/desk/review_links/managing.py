"""The review links of an article: who got one, what came by it; making and revoking them.

GET  review-links/                 the list and the form
POST review-links/                 name, shows, days, may_comment, may_agree
POST review-links/<link>/revoke/
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import workflow
from articles.desk.pages import article_url, article_view, page, post_only, refuse
from articles.desk.requests import StaffRequest
from articles.desk.review_links.forms import LinkForm
from articles.models import Article, ReviewLink, ReviewOpinion
from articles.reading.site import site_of

ON_A_PAGE = 50
#: Carries a new link's token over the redirect to the page that shows it once: no table has it, and no address.
_COOKIE, _COOKIE_SECONDS = "review-link-made", 300


@article_view(workflow.MAKE_LINK)
def links(request: StaffRequest, article: Article) -> HttpResponse:
    form = LinkForm(request.POST if request.method == "POST" else None, article=article)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("days", "may_comment", "may_agree")}
        try:
            _row, token = workflow.make_link(
                article, form.cleaned_data["name"], by=request.user, **given, **form.chosen
            )
        except workflow.ConflictError as error:
            form.add_error("shows", str(error))
        except workflow.WorkflowError as error:
            form.add_error(None, str(error))
        else:
            return _made(request, article, token)
    return _page(request, article, form)


@article_view(workflow.MAKE_LINK)
@post_only("review_links")
def revoke(request: StaffRequest, article: Article, link: int) -> HttpResponse:
    rows = ReviewLink.objects.select_related("revision__article")
    row = get_object_or_404(rows, pk=link, revision__article=article)
    name = {"name": row.name}
    try:
        is_revoked = workflow.revoke_link(row, by=request.user)
    except workflow.WorkflowError as error:
        return refuse(request, article, str(error))
    if is_revoked:
        messages.success(request, _("The link for %(name)s opens nothing any more.") % name)
    else:
        messages.info(request, _("The link for %(name)s was revoked before.") % name)
    return HttpResponseRedirect(article_url("review_links", article))


def _made(request: HttpRequest, article: Article, token: str) -> HttpResponse:
    here = article_url("review_links", article)
    response = HttpResponseRedirect(here)
    safe: dict[str, Any] = {"httponly": True, "samesite": "Strict", "secure": request.is_secure()}
    response.set_cookie(_COOKIE, token, max_age=_COOKIE_SECONDS, path=here, **safe)
    return response


def _page(request: StaffRequest, article: Article, form: LinkForm) -> HttpResponse:
    opinions = Prefetch("opinions", ReviewOpinion.objects.select_related("comment"))
    rows = ReviewLink.objects.filter(revision__article=article).select_related("revision", "made_by", "revoked_by")
    rows = rows.defer("revision__content").prefetch_related(opinions)
    token, now = request.COOKIES.get(_COOKIE, ""), timezone.now()
    made = ReviewLink.objects.behind(token, now)
    if made and made.revision.article_id != article.pk:
        made = None
    response = page(
        request,
        "review_links/links",
        title=_("Review links"),
        article=article,
        status=400 if form.is_bound else 200,
        form=form,
        found=Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        now=now,
        made=made,
        made_url=site_of(request).full(reverse("review-link", args=[token])) if made else "",
    )
    if token:
        response.delete_cookie(_COOKIE, path=article_url("review_links", article), samesite="Strict")
    return response
