"""What happened to an article, and its revisions: to read, to compare, to go back to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import drafts, rights, workflow
from articles.desk.forms import DeskForm
from articles.desk.pages import article_url, article_view, page, post_only
from articles.desk.requests import MOST_INTEGER, StaffRequest
from articles.desk.review import comparison, history_lines
from articles.desk.review.comparison import revision_at
from articles.desk.review.history_lines import HistoryFilter, line_of
from articles.models import Article, History, Revision
from articles.roles import ANY_ARTICLE
from articles.text.numbers import whole_number

ON_A_PAGE = 50


class VersionNameForm(DeskForm, forms.Form):
    name = forms.CharField(
        max_length=Revision._meta.get_field("name").max_length,
        label=gettext_lazy("Keep the article as it is now, under a name:"),
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("before the lawyer’s cuts")}),
        error_messages={"required": gettext_lazy("Give this version a name, such as “before the lawyer’s cuts”.")},
    )


@article_view("articles.view_article")
def history(request: StaffRequest, article: Article) -> HttpResponse:
    """`?who=`, `act`, `since`, `until` narrow it; `format=csv` gives it as a table."""
    return _lines(request, article.history.all(), article)


def whole_history(request: StaffRequest) -> HttpResponse:
    """Of all articles, those that are gone among them; for those who see every article."""
    rights.require(request.user, ANY_ARTICLE)
    return _lines(request, History.objects.all())


def _lines(request: StaffRequest, lines: QuerySet[History], article: Article | None = None) -> HttpResponse:
    narrowing = HistoryFilter(request.GET, lines=lines, of_article=article is not None)
    narrowed = narrowing.narrowed(lines)
    if request.GET.get("format") == "csv":
        return history_lines.as_table(narrowed, f"history-{article.pk}" if article else "history")
    found = Paginator(narrowed, ON_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"lines": [line_of(row) for row in found], "found": found, "form": narrowing}
    return page(request, "review/history", title=_("History"), article=article, **context)


@article_view("articles.view_article")
def revisions(request: StaffRequest, article: Article) -> HttpResponse:
    return _revisions(request, article, VersionNameForm())


@article_view("articles.change_article")
@post_only("revisions")
def keep_named(request: StaffRequest, article: Article) -> HttpResponse:
    """POST `name`: keeps the whole article as it is now under that name."""
    form = VersionNameForm(request.POST)
    if form.is_valid():
        try:
            revision = drafts.keep_named(article, form.cleaned_data["name"], by=request.user)
        except drafts.DraftError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("Kept: %(revision)s.") % {"revision": revision})
            return HttpResponseRedirect(article_url("revisions", article))
    return _revisions(request, article, form, status=400)


def _revisions(request: StaffRequest, article: Article, form: VersionNameForm, *, status: int = 200) -> HttpResponse:
    rows = article.revisions.select_related("made_by").defer("content")
    context = {
        "found": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "may_edit": rights.may(request.user, "articles.change_article", article),
        "form": form,
    }
    return page(request, "review/revisions", title=_("Revisions"), article=article, status=status, **context)


@article_view("articles.change_article")
def restore(request: StaffRequest, article: Article, number: int) -> HttpResponse:
    """GET asks, POST makes the working copy what it was."""
    revision = revision_at(article, number)
    status, sentence = 200, ""
    if request.method == "POST":
        change = whole_number(request.POST.get("change", ""), most=MOST_INTEGER)
        try:
            drafts.restore(article, revision, change=change, by=request.user)
        except drafts.DraftError as error:
            status, sentence = 409, str(error)
        else:
            messages.success(request, _("The article is as it was in revision %(number)s.") % {"number": number})
            return HttpResponseRedirect(article_url("change", article))
    now = comparison.side_at(article, comparison.NOW, workflow.public_state(article))
    difference = comparison.between(now, comparison.revision_side(revision))
    context = {"revision": revision, "refused": sentence, "comparison": difference}
    return page(
        request, "review/restore", title=_("Go back to this revision?"), article=article, status=status, **context
    )
