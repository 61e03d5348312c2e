"""Sources whose addresses are gone, with the facts that use them; archived copies are named here, and a few addresses
looked at anew when an editor says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import rights
from articles.desk.fields import WebAddressField
from articles.desk.pages import page
from articles.desk.places import place_url
from articles.desk.requests import StaffRequest
from articles.models import Source, SourceCheck
from articles.models.source_checks import sources_in_use
from articles.operations import check_sources
from articles.operations.source_checks import name_copy
from articles.roles import ANY_ARTICLE

PERMISSION = "articles.review_article"
ON_A_PAGE = 20
#: An address names so many of its facts; the form takes all of them.
MOST_FACTS = 20
#: What one press of the button looks at: short enough for a page to wait for.
AT_ONCE, SECONDS = 10, 12.0
DEAD, COPIED, DOUBTFUL = "dead", "copied", "doubtful"
CHOICES = (
    (DEAD, gettext_lazy("Gone")),
    (COPIED, gettext_lazy("Gone, with an archived copy")),
    (DOUBTFUL, gettext_lazy("Did not answer the last time")),
)
EMPTY = {
    DEAD: gettext_lazy("No source is gone, as far as somebody has looked."),
    COPIED: gettext_lazy("No source that is gone has an archived copy."),
    DOUBTFUL: gettext_lazy("Every source that was looked at has answered, or is gone."),
}


@dataclass(frozen=True)
class FactWithSource:
    heading: str
    url: str
    article: str
    archived_url: str


@dataclass
class Entry:
    """`typed` and `error` are those of a copy that was refused."""

    check: SourceCheck
    title: str = ""
    facts: list[FactWithSource] = field(default_factory=list)
    more: int = 0
    typed: str = ""
    error: str = ""


def dead_sources(request: StaffRequest) -> HttpResponse:
    """GET `?show=`. POST `look`: looks at some addresses now; or `url` and `archived_url`: names the copy."""
    rights.require(request.user, PERMISSION)
    rights.require(request.user, ANY_ARTICLE)
    if request.method != "POST":
        return _page(request)
    return _look(request) if "look" in request.POST else _name_copy(request)


def _page(request: StaffRequest, refused: str = "", error: str = "") -> HttpResponse:
    """`refused` is the address whose copy was refused: it is shown with what was typed."""
    show = request.GET.get("show", "")
    show = show if show in EMPTY else DEAD
    rows = {each: _rows(each) for each in EMPTY}
    found = Paginator(rows[show].order_by("failing_since", "url"), ON_A_PAGE).get_page(request.GET.get("page"))
    entries = _entries(found)
    for entry in entries:
        if error and entry.check.url == refused:
            entry.typed, entry.error = request.POST.get("archived_url", ""), error
    context: dict[str, Any] = {
        "entries": entries,
        "found": found,
        "show": show,
        "choices": [(name, label, rows[name].count()) for name, label in CHOICES],
        "empty": EMPTY[show],
        "refused": "" if any(entry.error for entry in entries) else error,
        "at_once": AT_ONCE,
        "looked": SourceCheck.objects.exclude(checked_at=None).count(),
    }
    return page(request, "planning/dead_sources", title=_("Dead sources"), status=400 if error else 200, **context)


def _rows(show: str) -> Any:
    if show == DOUBTFUL:
        return SourceCheck.objects.doubtful().in_use()
    dead = SourceCheck.objects.dead().in_use()
    without = SourceCheck.objects.in_use(without_copy=True).values("pk")
    return dead.filter(pk__in=without) if show == DEAD else dead.exclude(pk__in=without)


def _entries(checks: Iterable[SourceCheck]) -> list[Entry]:
    """One query for the facts of all of them."""
    entries = {check.url: Entry(check) for check in checks}
    rows = sources_in_use().filter(url__in=list(entries)).select_related("card", "card__article")
    lean = rows.only("url", "title", "archived_url", "card__heading", "card__public_id", "card__article__title")
    of_url: dict[str, list[Source]] = defaultdict(list)
    for row in lean.order_by("-card__article", "card__position", "id"):
        of_url[row.url].append(row)
    for url, sources in of_url.items():
        entry = entries[url]
        entry.title = next((row.title for row in sources if row.title), "")
        entry.more = max(0, len(sources) - MOST_FACTS)
        entry.facts = [
            FactWithSource(
                heading=str(row.card),
                url=place_url(row.card.article_id, f"card:{row.card.public_id}"),
                article=row.card.article.title,
                archived_url=row.archived_url,
            )
            for row in sources[:MOST_FACTS]
        ]
    return list(entries.values())


def _look(request: StaffRequest) -> HttpResponse:
    report = check_sources(limit=AT_ONCE, seconds=SECONDS)
    if not report.looked:
        messages.info(request, _("Every address was looked at within the last days, or does not answer now."))
    else:
        said = ngettext(
            "%(count)s address was looked at, gone: %(gone)s. Waiting for another look: %(left)s.",
            "%(count)s addresses were looked at, gone: %(gone)s. Waiting for another look: %(left)s.",
            report.looked,
        )
        messages.success(request, said % {"count": report.looked, "gone": report.gone, "left": report.left})
    return _back(request)


def _name_copy(request: StaffRequest) -> HttpResponse:
    url, typed = request.POST.get("url", ""), request.POST.get("archived_url", "")
    try:
        copy = WebAddressField(required=True).clean(typed)
    except ValidationError as error:
        return _page(request, url, " ".join(error.messages))
    if copy == url:
        return _page(request, url, _("This is the address that is gone: name one of a copy of it."))
    named = name_copy(url, copy, by=request.user)
    if named.count:
        said = ngettext(
            "Named in %(count)s fact. Readers see it once its article is published again.",
            "Named in %(count)s facts. Readers see it once their articles are published again.",
            named.count,
        )
        messages.success(request, said % {"count": named.count})
    for sentence in named.refused:
        messages.warning(request, sentence)
    if not named.count and not named.refused:
        messages.info(request, _("No fact uses this address any more without an archived copy."))
    return _back(request)


def _back(request: StaffRequest) -> HttpResponse:
    show = request.GET.get("show", "")
    query = f"?show={show}" if show in EMPTY else ""
    return HttpResponseRedirect(reverse("admin:articles_article_dead_sources") + query)
