"""The bin on the desk: deleting an article, the bins of an article and of the site, and restoring what is in them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import drafts, rights
from articles.desk.pages import (
    CHANGE,
    article_url,
    article_view,
    open_article,
    page,
    post_only,
    refuse,
    wants_json,
)
from articles.desk.requests import StaffRequest
from articles.desk.writing.items import place_of, value_of
from articles.models import Article, BinnedPart, FactCard
from articles.states import Status
from articles.text import markdown

DELETE = "articles.delete_article"
ON_A_PAGE = 50

#: Of a body only its beginning is read for the first words.
_BEGINNING, _FIRST_WORDS = 500, 120


@dataclass(frozen=True)
class BinnedRow:
    """Something in a bin: what it is, its name and first words, who deleted it when, and the address that restores."""

    kind: str
    name: str
    first_words: str
    by: str
    at: dt.datetime
    url: str

    @property
    def until(self) -> dt.datetime:
        return self.at + drafts.KEPT_IN_BIN


@article_view(DELETE)
def delete(request: StaffRequest, article: Article) -> HttpResponse:
    """GET asks, POST puts into the bin what no reader ever saw. Anything else is refused with a sentence."""
    status, sentence = 200, ""
    if request.method == "POST":
        try:
            drafts.delete(article, by=request.user)
        except drafts.DraftError as error:
            status, sentence = 409, str(error)
        else:
            deleted, again = _("Deleted: “%(name)s”.") % {"name": article.title}, _("Restore")
            messages.success(request, format_html('{} <a href="{}">{}</a>', deleted, _bin_of_all(), again))
            return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
    context = {"refused": sentence, "card_total": article.cards.count(), "days": drafts.KEPT_IN_BIN.days}
    return page(request, "writing/delete", title=_("Delete this article?"), article=article, status=status, **context)


# --- the bin of an article --------------------------------------------------------------------------------------------


@require_safe
@article_view(CHANGE)
def parts(request: StaffRequest, article: Article) -> HttpResponse:
    """What was deleted from an article, the latest first."""
    found = Paginator(drafts.parts_in_bin(article).select_related("binned_by"), ON_A_PAGE)
    shown = found.get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "found": shown,
        "lines": [_line_of_part(article, part) for part in shown],
        "days": drafts.KEPT_IN_BIN.days,
        "may_restore": article.status != Status.ARCHIVED,
    }
    return page(request, "writing/bin", title=_("Bin"), article=article, **context)


@article_view(CHANGE)
@post_only("bin")
def restore_part(request: StaffRequest, article: Article, part: int) -> HttpResponse:
    """Puts a card or question back into its article."""
    binned = BinnedPart.objects.filter(article=article, pk=part).first()
    if binned is None:
        sentence = _("This is not in the bin any more: perhaps somebody else restored it.")
        return refuse(request, article, sentence, status=404)
    binned.article = article
    try:
        row = drafts.restore_part(binned, by=request.user)
    except drafts.DraftError as error:
        return refuse(request, article, str(error))
    kind = "card" if isinstance(row, FactCard) else "faq"
    if not wants_json(request):
        messages.success(request, _("Restored to the article: “%(name)s”.") % {"name": row})
        return HttpResponseRedirect(f"{article_url('change', article)}#{kind}-{row.public_id}")
    value = value_of(row)
    answer = {"change": article.change, "value": dataclasses.asdict(value), "token": drafts.token(value)}
    return JsonResponse({**answer, **place_of(row)})


def _line_of_part(article: Article, part: BinnedPart) -> BinnedRow:
    words = part.value.get("heading") or part.value.get("question") or ""
    body = part.value.get("body") or part.value.get("answer") or ""
    return BinnedRow(
        kind=str(part.get_kind_display()),
        name=words,
        first_words=_beginning(body),
        by=part.binned_by.get_username() if part.binned_by else "",
        at=part.binned_at,
        url=article_url("unbin", article, part.pk),
    )


# --- the bin of the site ----------------------------------------------------------------------------------------------


@require_safe
def articles(request: StaffRequest) -> HttpResponse:
    """The deleted articles that this person may see."""
    rights.require(request.user, DELETE)
    rows = rights.visible_articles(request.user, drafts.articles_in_bin())
    lean = rows.select_related("owner", "binned_by").defer("conclusion", "unplaced_text")
    shown = Paginator(lean, ON_A_PAGE).get_page(request.GET.get("page"))
    lines = [_line_of_article(article) for article in shown]
    context: dict[str, Any] = {"found": shown, "lines": lines, "days": drafts.KEPT_IN_BIN.days, "may_restore": True}
    return page(request, "writing/bin", title=_("Bin"), **context)


def restore_article(request: StaffRequest, pk: int) -> HttpResponse:
    """Brings an article back with all that belongs to it."""
    article = open_article(request, pk, DELETE, among=Article.with_binned)
    if request.method != "POST":
        return HttpResponseRedirect(_bin_of_all())
    try:
        drafts.take_from_bin(article, by=request.user)
    except drafts.DraftError as error:
        if article.binned_at is not None:  # too old: it has no page on which to say so
            raise Http404 from error
        return refuse(request, article, str(error))
    if wants_json(request):
        return JsonResponse({"url": article_url("change", article)})
    messages.success(request, _("Restored: “%(name)s”.") % {"name": article.title})
    return HttpResponseRedirect(article_url("change", article))


def _bin_of_all() -> str:
    return reverse("admin:articles_article_bin_all")


def _line_of_article(article: Article) -> BinnedRow:
    assert article.binned_at is not None  # noqa: S101  -- it lies in the bin
    return BinnedRow(
        kind=_("article by %(owner)s") % {"owner": article.owner.get_username()},
        name=article.title,
        first_words=_beginning(article.introduction),
        by=article.binned_by.get_username() if article.binned_by else "",
        at=article.binned_at,
        url=article_url("take_from_bin", article),
    )


def _beginning(body: str) -> str:
    return markdown.excerpt(body[:_BEGINNING], _FIRST_WORDS)
