"""What happened to an article, and its revisions: to read, to compare, to go back to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import drafts, workflow
from articles.desk.pages import article_url, article_view, page
from articles.desk.requests import StaffRequest
from articles.desk.review import comparison, public_state
from articles.desk.review.comparison import revision_at
from articles.models import Article, Edition, History, Revision
from articles.states import MOVES_BY_NAME

ON_A_PAGE = 50

#: What each act other than a move is called, after the name of the person.
ACTS: Mapping[str, Any] = {
    History.CREATE: gettext_lazy("began it"),
    History.IMPORT: gettext_lazy("brought it in"),
    History.IMPORT_PUBLISH: gettext_lazy("published it as it was imported"),
    History.EDIT: gettext_lazy("edited"),
    History.COMMENT: gettext_lazy("commented"),
    History.RESOLVE: gettext_lazy("marked a remark as dealt with"),
    History.DELETE: gettext_lazy("deleted"),
    drafts.TAKE_FROM_BIN: gettext_lazy("took out of the bin"),
    History.RESTORE: gettext_lazy("went back to an earlier revision"),
}

#: What `drafts` calls the parts that a save changes; the words are stored in English and shown in the site's language.
PARTS: Mapping[str, Any] = {
    "card": gettext_lazy("card %(number)s"),
    "question": gettext_lazy("question %(number)s"),
    "a new card": gettext_lazy("a new card"),
    "a new question": gettext_lazy("a new question"),
    "a moved card": gettext_lazy("a moved card"),
    "from the bin": gettext_lazy("from the bin"),
    "order": gettext_lazy("order"),
    "details": gettext_lazy("details"),
    "introduction": gettext_lazy("introduction"),
    "conclusion": gettext_lazy("conclusion"),
    "unplaced text": gettext_lazy("unplaced text"),
    "everything": gettext_lazy("everything"),
}


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
    move = MOVES_BY_NAME.get(row.act)
    done = _("%(done)s “%(title)s”")
    did = done % {"done": _(move.done), "title": row.title} if move else str(ACTS.get(row.act, row.act))
    return HistoryEntry(row.actor_name, did, row.at, row.until, row.note, list(_more(row)))


def _more(row: History) -> Iterator[str]:
    details = row.details
    if parts := details.get("parts"):
        saves = ngettext("%(count)s save", "%(count)s saves", row.times) % {"count": row.times}
        yield f"{', '.join(map(_part, parts))} ({saves})"
    if part := details.get("part"):
        yield _part(part)
    if about := details.get("about"):
        yield about
    if details.get("is_open"):
        yield _("opened again")
    for name, sentence in (("was", _("It was to happen on %(at)s.")), ("at", _("From %(at)s."))):
        if instant := parse_datetime(str(details.get(name, ""))):
            yield sentence % {"at": public_state.moment(instant)}
    if number := details.get("revision"):
        yield _("Revision %(number)s") % {"number": number}
    if (kind := details.get("kind")) in Edition.ChangeKind.values:
        yield str(Edition.ChangeKind(kind).label)
    if details.get("own_work"):
        yield _("own work: the site allows this")


def _part(stored: str) -> str:
    kind, _space, number = stored.partition(" ")
    if number.isdecimal() and kind in PARTS:
        return str(PARTS[kind] % {"number": number})
    return str(PARTS.get(stored, stored))


@article_view("articles.view_article")
def revisions(request: StaffRequest, article: Article) -> HttpResponse:
    rows = article.revisions.select_related("made_by").defer("content")
    found = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    return page(request, "review/revisions", title=_("Revisions"), article=article, found=found)


@article_view("articles.change_article")
def restore(request: StaffRequest, article: Article, number: int) -> HttpResponse:
    """GET asks, POST makes the working copy what it was. What stands there now is kept as a revision first."""
    revision = revision_at(article, number)
    status, sentence = 200, ""
    if request.method == "POST":
        try:
            _go_back(article, revision, request)
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


def _go_back(article: Article, revision: Revision, request: StaffRequest) -> None:
    """Nothing is lost by going back, and nobody goes back over words that they have not seen."""
    with transaction.atomic():
        locked = Article.objects.select_for_update().get(pk=article.pk)
        if request.POST.get("change") != str(locked.change):
            raise drafts.DraftError(_("Somebody changed the article after you read it. Look at it again first."))
        if not locked.revisions.filter(change=locked.change).exists():
            drafts.keep_revision(locked, Revision.Reason.REQUESTED, by=request.user)
        drafts.restore(locked, revision, by=request.user)
