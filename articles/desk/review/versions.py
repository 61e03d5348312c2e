"""Earlier wordings of one part of an article: who wrote them until when, what is different now, the return."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from articles import document, drafts, rights
from articles.desk.pages import CHANGE, article_url, article_view, page, post_only, refuse
from articles.desk.requests import StaffRequest
from articles.desk.review import differences
from articles.desk.writing.items import get_card, get_faq
from articles.desk.writing.summaries import name_of_part
from articles.document import FieldChange
from articles.models import Article, PartVersion
from articles.text import matching

ON_A_PAGE = 20


@dataclass(frozen=True)
class VersionRow:
    """A version beside the words as they are now. `rows` is empty when they are equal, None when it is damaged.

    `longest` is the same of the longest wording of the spell that replaced it, where that spell lost words again.
    """

    version: PartVersion
    rows: list[differences.FieldDifference] | None
    longest: list[differences.FieldDifference]


@article_view("articles.view_article")
def part_versions(request: StaffRequest, article: Article, place: str) -> HttpResponse:
    now = _value_now(article, place)
    found = Paginator(drafts.versions_of(article, place), ON_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "place": place,
        "found": found,
        "rows": _rows(found, now, _left_by_first(article, place, found, now)),
        "token": drafts.token(now),
        "home": _home(article, place),
        "days": drafts.ALL_KEPT_FOR.days,
        "may_edit": rights.may(request.user, CHANGE, article),
    }
    title = _("Earlier wordings: %(part)s") % {"part": name_of_part(now)}
    return page(request, "review/versions", title=title, article=article, **context)


@article_view(CHANGE)
@post_only("revisions")
def bring_back(request: StaffRequest, article: Article, version: int) -> HttpResponse:
    """POST `token`: the digest of the words that were shown beside the version; `longest` for that of its spell."""
    try:
        token, is_longest = request.POST.get("token", ""), "longest" in request.POST
        value = drafts.revert(article, version, token=token, by=request.user, is_longest=is_longest)
    except drafts.StaleError:
        sentence = _("Somebody changed this after you looked at it. Look at the earlier wordings again.")
        return refuse(request, article, sentence)
    except drafts.DraftError as error:
        return refuse(request, article, str(error))
    except document.DocumentError:
        return refuse(request, article, _("This wording cannot be read any more."))
    messages.success(
        request, _("Brought back: %(part)s. What stood there is kept too.") % {"part": name_of_part(value)}
    )
    return HttpResponseRedirect(_home(article, drafts.place_of(value)))


def _rows(found: Page[PartVersion], now: Any, left: Any) -> list[VersionRow]:
    """`left` is what the spell of the first one left; that of each other is the wording before it in the list."""
    read: list[tuple[PartVersion, list[FieldChange] | None, list[FieldChange]]] = []
    for version in found:
        try:
            value, longest = drafts.value_of(version), drafts.longest_of(version, left)
        except document.DocumentError:
            read.append((version, None, []))
            continue
        more = list(differences.changes(longest, now)) if longest else []
        read.append((version, list(differences.changes(value, now)), more))
        left = value
    together = matching.together()
    titles = differences.titles_of(change for _row, changed, more in read for change in [*(changed or []), *more])
    return [
        VersionRow(
            version,
            None if changed is None else differences.rows_of(changed, titles, together),
            differences.rows_of(more, titles, together),
        )
        for version, changed, more in read
    ]


def _left_by_first(article: Article, place: str, found: Page[PartVersion], now: Any) -> Any:
    """On the first page the words as they are now, on each other one the last wording of the page before."""
    if not found.has_previous():
        return now
    try:
        return drafts.value_of(drafts.versions_of(article, place)[found.start_index() - 2])
    except document.DocumentError:
        return now


def _value_now(article: Article, place: str) -> Any:
    """Raises Http404 for a place that is none, or a card or question that is not there (any more)."""
    kind, _colon, public_id = place.partition(":")
    match kind:
        case "card":
            return drafts.card_value(get_card(article, public_id))
        case "faq":
            return drafts.faq_value(get_faq(article, public_id))
    parts = {
        "details": drafts.details_of,
        "introduction": drafts.introduction_of,
        "conclusion": drafts.conclusion_of,
    }
    if place not in parts:
        raise Http404
    return parts[place](article)


def _home(article: Article, place: str) -> str:
    return f"{article_url('change', article)}#{place.replace(':', '-')}"
