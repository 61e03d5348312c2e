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
from articles.models import Article, PartVersion

ON_A_PAGE = 20


@dataclass(frozen=True)
class VersionRow:
    """A version beside the words as they are now. `rows` is empty when they are equal, None when it is damaged."""

    version: PartVersion
    rows: list[differences.FieldDifference] | None


@article_view("articles.view_article")
def part_versions(request: StaffRequest, article: Article, place: str) -> HttpResponse:
    now = _value_now(article, place)
    found = Paginator(drafts.versions_of(article, place), ON_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "place": place,
        "found": found,
        "rows": _rows(found, now),
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
    """POST `token`: the digest of the words that were shown beside the version."""
    try:
        value = drafts.revert(article, version, token=request.POST.get("token", ""), by=request.user)
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


def _rows(found: Page[PartVersion], now: Any) -> list[VersionRow]:
    return [VersionRow(version, _differences(version, now)) for version in found]


def _differences(version: PartVersion, now: Any) -> list[differences.FieldDifference] | None:
    try:
        return differences.of_values(drafts.value_of(version), now)
    except document.DocumentError:
        return None


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
