"""The first page of the desk: sections of articles and reports that this person should look at next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import rights
from articles.desk.pages import article_url
from articles.desk.requests import name_of
from articles.models import Article, Edition, Report, Subject
from articles.states import ANY_ARTICLE, Status

#: A section shows so many rows at most, and says how many there are.
MOST_ROWS = 6


@dataclass(frozen=True)
class SectionRow:
    title: str
    url: str
    status: str = ""
    note: str = ""
    at: dt.datetime | None = None
    is_live: bool = False


@dataclass(frozen=True)
class Section:
    """`name` is stable, for tests and styles. `url` leads to the list of all of them."""

    name: str
    title: str
    empty: str
    rows: Sequence[SectionRow]
    count: int
    url: str

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


def sections(user: User) -> list[Section]:
    """An editor sees what waits for a decision; everybody sees their own articles, what came back first."""
    if not rights.may(user, "articles.view_article"):
        return []
    for_editors = _for_editors() if rights.may(user, ANY_ARTICLE) else []
    reported = _of_reports() if rights.may(user, "articles.view_report") else []
    proposed = _of_subjects() if rights.may(user, "articles.change_subject") else []
    return [*for_editors, *proposed, *reported, *_own(user)]


def _for_editors() -> list[Section]:
    now = timezone.now()
    events = Edition.objects.filter(revision=OuterRef("approved_revision"), visible_until__gt=now)
    review = Article.objects.with_effective_status(Status.IN_REVIEW).order_by("changed_at", "id")
    approved = Article.objects.with_effective_status(Status.APPROVED).filter(~Exists(events))
    waiting = Edition.objects.filter(visible_from__gt=now).order_by("visible_from")
    published = Edition.objects.in_force(at=now).versions().order_by("-visible_from")
    review_title, approved_title = _("Waiting for review"), _("Approved, not published")
    no_review, nothing = _("Nothing waits for review."), _("Nothing here.")
    return [
        _of_articles("in-review", review_title, no_review, review, _status_filter(Status.IN_REVIEW), by_others=True),
        _of_articles("approved", approved_title, nothing, approved, _status_filter(Status.APPROVED), by_others=True),
        _of_editions("waiting", _("Scheduled articles"), _("Nothing is scheduled."), waiting, {"public": "waiting"}),
        _of_editions(
            "published", _("Recently published"), _("Nothing is published yet."), published, {"public": "live"}
        ),
    ]


def _own(user: User) -> list[Section]:
    own = Article.objects.filter(owner=user)
    only_own = {"own": "yes"} if rights.may(user, ANY_ARTICLE) else {}
    back = own.with_effective_status(Status.CHANGES_REQUESTED)
    drafts = own.with_effective_status(Status.DRAFT)
    rest = own.with_effective_status(Status.IN_REVIEW, Status.APPROVED)
    nothing = _("No draft. Start one, or import a document.")
    found = [
        _of_articles("sent-back", _("Sent back to you"), "", back, _status_filter(Status.CHANGES_REQUESTED) | only_own),
        _of_articles("drafts", _("Your drafts"), nothing, drafts, _status_filter(Status.DRAFT) | only_own),
        _of_articles("handed-in", _("Yours, handed in or approved"), "", rest, only_own),
    ]
    return [section for section in found if section.rows or section.empty]


def _of_articles(
    name: str,
    title: str,
    empty: str,
    articles: QuerySet[Article],
    filters: Mapping[str, str],
    *,
    by_others: bool = False,
) -> Section:
    live = Edition.objects.in_force().versions().filter(article=OuterRef("pk"))
    found = articles.select_related("approved_revision", "owner").annotate(is_live=Exists(live))
    rows = [
        SectionRow(
            title=article.title,
            url=article_url("change", article.pk),
            status=_(str(article.effective_status_label)),
            note=name_of(article.owner) if by_others else "",
            at=article.changed_at,
            is_live=article.is_live,
        )
        for article in found.defer("introduction", "conclusion", "unplaced_text", "approved_revision__content")[
            :MOST_ROWS
        ]
    ]
    return _section(name, title, empty, rows, articles, filters)


def _of_editions(name: str, title: str, empty: str, editions: QuerySet[Edition], filters: Mapping[str, str]) -> Section:
    rows = [
        SectionRow(
            title=edition.title or edition.article.title,
            url=article_url("change", edition.article_id),
            note=_("to be taken down") if edition.is_removal else "",
            at=edition.visible_from,
        )
        for edition in editions.select_related("article").only("kind", "title", "visible_from", "article__title")[
            :MOST_ROWS
        ]
    ]
    return _section(name, title, empty, rows, editions, filters)


def _of_reports() -> list[Section]:
    """What readers say is wrong, the oldest first; nothing while nobody says so."""
    found = Report.objects.open().order_by("made_at", "id")
    rows = [
        SectionRow(
            title=report.heading, url=reverse("admin:articles_report_change", args=[report.pk]), at=report.made_at
        )
        for report in found.only("heading", "made_at")[:MOST_ROWS]
    ]
    url = reverse("admin:articles_report_changelist") + "?state=open"
    return [Section("reported", _("Mistakes reported by readers"), "", rows, _total(rows, found), url)] if rows else []


def _of_subjects() -> list[Section]:
    """What writers have proposed, the oldest first; nothing while nobody has."""
    found = Subject.objects.filter(is_confirmed=False).select_related("proposed_by").order_by("pk")
    rows = [
        SectionRow(
            title=subject.name,
            url=reverse("admin:articles_subject_change", args=[subject.pk]),
            status=str(subject.get_kind_display()),
            note=name_of(subject.proposed_by) if subject.proposed_by else "",
        )
        for subject in found[:MOST_ROWS]
    ]
    url = reverse("admin:articles_subject_changelist") + "?is_confirmed__exact=0"
    return [Section("proposed", _("Proposed subjects"), "", rows, _total(rows, found), url)] if rows else []


def _section(
    name: str, title: str, empty: str, rows: list[SectionRow], found: QuerySet[Any], filters: Mapping[str, str]
) -> Section:
    url = reverse("admin:articles_article_changelist") + "?" + urlencode(filters)
    return Section(name, title, empty, rows, _total(rows, found), url)


def _total(rows: list[SectionRow], found: QuerySet[Any]) -> int:
    """How many there are: counted only where the section is full."""
    return len(rows) if len(rows) < MOST_ROWS else found.count()


def _status_filter(status: Status) -> dict[str, str]:
    """The filter of the list of articles (see listing)."""
    return {"status": status.value}
