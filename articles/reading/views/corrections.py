"""The page of all corrections."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models.cache_groups import ARTICLES
from articles.reading import markdown_pages, selectors, structured
from articles.reading.outputs import writable
from articles.reading.page_meta import page_meta
from articles.reading.paging import Paging, paginate
from articles.reading.rendering import cached_page
from articles.reading.selectors import FoundCorrection
from articles.reading.site import Site


@require_safe
def correction_list(request: HttpRequest) -> HttpResponse:
    clock = selectors.public_clock(timezone.now())
    paging = paginate(request, selectors.count_corrections(clock))
    found = selectors.newest_corrections(clock.now, paging.start, paging.stop)
    return cached_page(
        request,
        "reading/corrections.html",
        correction_list_page,
        (found, paging),
        clock,
        lists=(ARTICLES,),
        markdown=markdown_pages.correction_list,
    )


def correction_list_page(site: Site, found: tuple[FoundCorrection, ...], paging: Paging) -> dict[str, Any]:
    description = _("What was wrong or unclear in our lists, with the words before and after, newest first.")
    meta = page_meta(site, _("Corrections"), description, paging.here, paging=paging)
    return {
        "meta": structured.described(meta, structured.page(site, meta, "CollectionPage")),
        "corrections": writable(found),
        "paging": paging,
    }
