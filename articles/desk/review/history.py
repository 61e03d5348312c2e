"""What happened to an article, and its revisions: to read, to compare, to go back to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import drafts, rights, workflow
from articles.desk.forms import DeskForm
from articles.desk.pages import article_url, article_view, page, post_only
from articles.desk.requests import MOST_INTEGER, StaffRequest
from articles.desk.review import comparison, public_state
from articles.desk.review.comparison import revision_at
from articles.models import Article, Edition, History, Revision
from articles.states import MOVES_BY_NAME
from articles.text.numbers import whole_number

ON_A_PAGE = 50

Act, Part = History.Act, History.Part


class VersionNameForm(DeskForm, forms.Form):
    name = forms.CharField(
        max_length=Revision._meta.get_field("name").max_length,
        label=gettext_lazy("Keep the article as it is now, under a name:"),
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("before the lawyer’s cuts")}),
        error_messages={"required": gettext_lazy("Give this version a name, such as “before the lawyer’s cuts”.")},
    )


@dataclass(frozen=True)
class HistoryEntry:
    """A line of the history as a person reads it."""

    who: str
    did: str
    at: dt.datetime
    until: dt.datetime | None
    note: str
    more: list[str]


@article_view("articles.view_article")
def history(request: StaffRequest, article: Article) -> HttpResponse:
    found = Paginator(article.history.all(), ON_A_PAGE).get_page(request.GET.get("page"))
    lines = [line_of(row) for row in found]
    return page(request, "review/history", title=_("History"), article=article, lines=lines, found=found)


def line_of(row: History) -> HistoryEntry:
    return HistoryEntry(row.actor_name, _act(row), row.at, row.until, row.note, list(_more(row)))


def _act(row: History) -> str:
    if move := MOVES_BY_NAME.get(row.act):
        return _("%(done)s “%(title)s”") % {"done": _(move.done), "title": row.title}
    return str(Act(row.act).label) if row.act in Act.values else row.act


def _more(row: History) -> Iterator[str]:
    """What the details say. An import may bring any details: those that mean nothing here are left out."""
    details = row.details
    yield from _parts(row)
    if isinstance(about := details.get("about"), str) and about:
        yield about
    for name, sentence in (("was", _("It was scheduled for %(at)s.")), ("at", _("From %(at)s."))):
        if instant := parse_datetime(str(details.get(name, ""))):
            yield sentence % {"at": public_state.moment(instant)}
    if number := details.get("revision"):
        yield _("Revision %(number)s") % {"number": number}
    if (kind := details.get("kind")) in Edition.ChangeKind.values:
        yield str(Edition.ChangeKind(kind).label)
    if details.get("own_work"):
        yield _("own work, which this site allows")


def _parts(row: History) -> Iterator[str]:
    """The part that was deleted or brought back, or the parts of all saves that this line tells of."""
    if part := _part(row.details):
        yield part
    saved = row.details.get("parts")
    if isinstance(saved, list) and (parts := list(filter(None, map(_part, saved)))):
        saves = ngettext("%(count)s save", "%(count)s saves", row.times) % {"count": row.times}
        yield f"{', '.join(parts)} ({saves})"


def _part(stored: Any) -> str:
    if not isinstance(stored, dict) or stored.get("part") not in Part.values:
        return ""
    part = str(Part(stored["part"]).label)
    return _("%(part)s %(number)s") % {"part": part, "number": stored["number"]} if "number" in stored else part


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
