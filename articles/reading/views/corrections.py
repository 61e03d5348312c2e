"""The page of all corrections."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.reading import selectors
from articles.reading.page_meta import page_meta
from articles.reading.paging import paged
from articles.reading.rendering import cached_page


@require_safe
def correction_list(request: HttpRequest) -> HttpResponse:
    clock = selectors.public_clock(timezone.now())
    paging = paged(request, selectors.count_corrections(clock))
    found = selectors.newest_corrections(clock.now, paging.start, paging.stop)
    return cached_page(
        request,
        "reading/corrections.html",
        (found, paging),
        lambda site: {
            "head": page_meta(
                site,
                _("Corrections"),
                _("What was wrong or unclear in our lists, with the words before and after, newest first."),
                paging.here,
                paging=paging,
            ),
            "corrections": found,
            "paging": paging,
        },
        clock,
    )
