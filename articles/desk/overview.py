"""The first page of the desk: sections of articles, facts and reports that wait for this person.

Each section's count is that of the list that it leads to: both ask `planning.queues`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import rights, workflow
from articles.desk.admin.counting import count_of
from articles.desk.overview_sections import Section, SectionRow
from articles.desk.pages import article_url
from articles.desk.places import place_name, place_url
from articles.desk.planning import plan_words
from articles.desk.planning.due_claims import MOST_SHOWN
from articles.desk.planning.queues import Queue, for_reviewer, in_queue, most_urgent_first, open_comments
from articles.desk.requests import name_of
from articles.drafts.mentions import PartWords
from articles.models import Article, CountKind, Edition, FactCard, PictureChange, Report, Subject
from articles.operations.contradictions import PERMISSION as RULE
from articles.operations.picture_changes import may_decide
from articles.readiness.contradictions import open_contradictions
from articles.reading.selectors.clock import public_clock
from articles.reading.selectors.ledger import counted
from articles.roles import ANY_ARTICLE
from articles.states import Status

#: A section shows so many rows at most, and says how many there are.
MOST_ROWS = 6
#: So many articles of a section are counted as they are found.
MOST_KEYS = 50


def sections(user: User) -> list[Section]:
    """An editor sees what waits for a decision; everybody sees their own articles, what came back first."""
    if not rights.may(user, "articles.view_article"):
        return []
    is_editor = rights.may(user, ANY_ARTICLE)
    reported = _of_reports() if rights.may(user, "articles.view_report") else []
    proposed = _of_subjects() if rights.may(user, "articles.change_subject") else []
    pictures = _of_pictures() if may_decide(user) else []
    contested = _of_contradictions() if rights.may(user, RULE) else []
    for_editors = (
        [*_to_decide(user), *_to_look_at(user), *contested, *pictures, *proposed, *reported] if is_editor else []
    )
    own = _own(user) if is_editor else [*_own(user), *_to_look_at(user)]
    return [section for section in [*for_editors, *own, *_published(is_editor)] if section.rows or section.empty]


def _to_decide(user: User) -> list[Section]:
    """What waits for an editor."""
    review = for_reviewer(in_queue(Article.objects.all(), Queue.REVIEW), user)
    approved = most_urgent_first(in_queue(Article.objects.all(), Queue.APPROVED))
    no_review, nothing = _("Nothing waits for review."), _("Nothing here.")
    return [
        _of_articles("in-review", _("To review"), no_review, review, _queue(Queue.REVIEW), reader=user),
        _of_articles("approved", _("Approved, not published"), nothing, approved, _queue(Queue.APPROVED), reader=user),
        _scheduled(),
    ]


def _to_look_at(user: User) -> list[Section]:
    """What may be forgotten: plans, changes that no reader sees yet, comments; of their own for a writer."""
    seen = rights.visible_articles(user, Article.objects.all())
    planned = in_queue(seen, Queue.PLANNED).order_by("planned_for", "id")
    changed = in_queue(seen, Queue.CHANGED).order_by("-changed_at", "id")
    remarks = in_queue(seen, Queue.COMMENTS).order_by("-changed_at", "id")
    today = timezone.localdate()
    due = workflow.facts_to_check(seen, until=today)
    planned_title, changed_title = _("Planned, without effect yet"), _("Live, with newer changes")
    return [
        _of_articles("planned", planned_title, "", planned, _queue(Queue.PLANNED), reader=user),
        _of_articles("changed", changed_title, "", changed, _queue(Queue.CHANGED), reader=user),
        _of_articles("comments", _("Open comments"), "", remarks, _queue(Queue.COMMENTS), reader=user),
        _of_facts(due, workflow.open_mentions(seen), workflow.claims_to_check(seen, until=today, most=MOST_SHOWN)),
    ]


def _own(user: User) -> list[Section]:
    own = Article.objects.filter(owner=user)
    only_own = {"own": "yes"} if rights.may(user, ANY_ARTICLE) else {}
    back = own.with_effective_status(Status.CHANGES_REQUESTED)
    drafts = own.with_effective_status(Status.DRAFT)
    rest = in_queue(own, Queue.HANDED_IN).order_by("-changed_at", "-id")
    nothing = _("No draft. Start one, or import a document.")
    back_filter, draft_filter = ({"status": status.value} for status in (Status.CHANGES_REQUESTED, Status.DRAFT))
    return [
        _of_articles("sent-back", _("Sent back to you"), "", most_urgent_first(back), back_filter | only_own),
        _of_articles("drafts", _("Yours to write"), nothing, drafts, draft_filter | only_own),
        _of_articles("handed-in", _("Yours, handed in or approved"), "", rest, _queue(Queue.HANDED_IN) | only_own),
    ]


def _of_articles(
    name: str,
    title: str,
    empty: str,
    articles: QuerySet[Article],
    filters: Mapping[str, str],
    *,
    reader: User | None = None,
) -> Section:
    """`reader` sees articles of others: their writers are named, and what waits for a review can be taken."""
    live = Edition.objects.in_force().versions().filter(article=OuterRef("pk"))
    # Keys first, and no count of few: a queue that few of many articles are in is looked for once.
    keys = list(articles.values_list("pk", flat=True)[: MOST_KEYS + 1])
    found = Article.objects.select_related("approved_revision", "owner", "reviewer")
    found = found.annotate(is_live=Exists(live), remarks=count_of(open_comments(), "article"))
    lean = found.defer("introduction", "conclusion", "unplaced_text", "approved_revision__content")
    by_key = lean.in_bulk(keys[:MOST_ROWS])
    rows = [_row(by_key[key], name, reader) for key in keys[:MOST_ROWS] if key in by_key]
    count = len(keys) if len(keys) <= MOST_KEYS else articles.count()
    return Section(name, title, empty, rows, count, _list_of(filters))


def _row(article: Article, section: str, reader: User | None) -> SectionRow:
    has_remarks = section == "comments"
    is_free = section == "in-review" and article.reviewer_id is None
    may_take = reader is not None and is_free and rights.may(reader, "articles.review_article")
    return SectionRow(
        title=article.title,
        url=article_url("comments" if has_remarks else "change", article.pk),
        status=_(str(article.effective_status_label)),
        note=name_of(article.owner) if reader and reader.pk != article.owner_id else "",
        at=article.changed_at,
        is_live=article.is_live,  # type: ignore[attr-defined]
        plans=plan_words.of(article, reader, remarks=article.remarks if has_remarks else 0),  # type: ignore[attr-defined]
        take=article_url("take_review", article.pk) if may_take else "",
    )


def _of_facts(
    due: QuerySet[FactCard], reopened: Sequence[workflow.OpenMention], claims: Sequence[workflow.DueClaim]
) -> Section:
    """What an event has opened, then what is due by its day: claims, and whole facts."""
    first = [_of_part(each.part, f"{each.part.article.title}: {each.mention.event}") for each in reopened[:MOST_ROWS]]
    first += [_of_part(each.part, each.part.article.title, each.act.again_on) for each in claims[:MOST_ROWS]]
    lean = due.select_related("article").only("heading", "position", "public_id", "article__title")
    rows = [
        SectionRow(
            title=str(card),
            url=article_url("card", card.article_id, card.public_id),
            note=card.article.title,
            plans=[plan_words.due_words(card.due_on)],  # type: ignore[attr-defined]
        )
        for card in lean[:MOST_ROWS]
    ]
    url = reverse("admin:articles_article_facts")
    count = _total(rows, due) + len(reopened) + len(claims)
    return Section("facts", _("Facts to check again"), "", [*first, *rows][:MOST_ROWS], count, url)


def _of_part(part: PartWords, note: str, due_on: dt.date | None = None) -> SectionRow:
    plans = [plan_words.due_words(due_on)] if due_on else []
    url = place_url(part.article.pk, part.place)
    return SectionRow(title=part.name or place_name(part.place), url=url, note=note, plans=plans)


def _scheduled() -> Section:
    """The next event of each article that has one ahead."""
    ahead = Edition.objects.filter(visible_from__gt=timezone.now(), article__binned_at=None)
    sooner = ahead.filter(article=OuterRef("article"), visible_from__lt=OuterRef("visible_from"))
    first = ahead.filter(~Exists(sooner)).order_by("visible_from", "id")
    rows, url = _edition_rows(first), _list_of(_queue(Queue.SCHEDULED))
    return Section("waiting", _("Scheduled articles"), _("Nothing is scheduled."), rows, _total(rows, first), url)


def _published(is_editor: bool) -> list[Section]:
    if not is_editor:
        return []
    # Without a takedown, not “of the kind version”: SQLite would sort all of that kind for the last six.
    published = Edition.objects.in_force().exclude(kind=Edition.Kind.REMOVAL).order_by("-visible_from")
    rows, count = _edition_rows(published), counted(public_clock(timezone.now()), CountKind.ARTICLES)
    url = _list_of({"public": "live"})
    return [Section("published", _("Recently published"), _("Nothing is published yet."), rows, count, url)]


def _edition_rows(editions: QuerySet[Edition]) -> list[SectionRow]:
    lean = editions.select_related("article").only("kind", "title", "visible_from", "article__title")
    return [
        SectionRow(
            title=edition.title or edition.article.title,
            url=article_url("change", edition.article_id),
            note=_("to be taken down") if edition.is_removal else "",
            at=edition.visible_from,
        )
        for edition in lean[:MOST_ROWS]
    ]


def _of_reports() -> list[Section]:
    """What readers say is wrong, and what is held of it, the oldest first; nothing while nobody says so."""
    titles = {"open": _("Mistakes reported by readers"), "held": _("Reports held back: they came in a flood")}
    return [
        _reports("reported", titles["open"], Report.objects.open(), "open"),
        _reports("held", titles["held"], Report.objects.held(), "held"),
    ]


def _reports(name: str, title: str, reports: QuerySet[Report], state: str) -> Section:
    found = reports.order_by("made_at", "id")
    rows = [
        SectionRow(
            title=report.heading, url=reverse("admin:articles_report_change", args=[report.pk]), at=report.made_at
        )
        for report in found.only("heading", "made_at")[:MOST_ROWS]
    ]
    url = f"{reverse('admin:articles_report_changelist')}?state={state}"
    return Section(name, title, "", rows, _total(rows, found), url)


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
    return [Section("proposed", _("Proposed subjects"), "", rows, _total(rows, found), url)]


def _of_pictures() -> list[Section]:
    """Changes of pictures by writers, the oldest first; nothing while there are none."""
    found = PictureChange.objects.filter(decided_at=None).select_related("picture").order_by("at", "pk")
    rows = [
        SectionRow(
            title=change.picture.title,
            url=reverse("admin:articles_picture_change", args=[change.picture_id]) + "#waiting",
            note=change.by_name,
            at=change.at,
        )
        for change in found.only("by_name", "at", "picture__title")[:MOST_ROWS]
    ]
    url = reverse("admin:articles_picture_changelist") + "?waiting=yes"
    return [Section("pictures", _("Changes of pictures"), "", rows, _total(rows, found), url)]


def _of_contradictions() -> list[Section]:
    """The first on which nobody has ruled, or not since one of the sentences changed; nothing while there are none.

    To count them takes all sentences that are contested anywhere, so beyond what is shown there are only “more”.
    """
    url = reverse("admin:articles_article_contradictions")
    found = open_contradictions(MOST_ROWS + 1)
    rows = [SectionRow(title=each.words, url=url, note=each.subject.name) for each in found[:MOST_ROWS]]
    is_all = len(found) <= MOST_ROWS
    return [Section("contradictions", _("Contradictions"), "", rows, len(rows), url, is_counted=is_all)]


def _list_of(filters: Mapping[str, str]) -> str:
    return reverse("admin:articles_article_changelist") + "?" + urlencode(filters)


def _total(rows: list[SectionRow], found: QuerySet[Any]) -> int:
    """How many there are: counted only where the section is full."""
    return len(rows) if len(rows) < MOST_ROWS else found.count()


def _queue(queue: Queue) -> dict[str, str]:
    """The filter of the list of articles (see desk.admin.listing)."""
    return {"queue": queue.value}
