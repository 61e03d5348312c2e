"""“This article was read”: said once by static/js/read.js, after a reader has looked at it for a while.

What is stored is a number for each article and day (models.read_counts). As with reports there is no token against
forged requests, for the same reason (views.reports).

Whoever asks gets the same answer, whether or not there is such an article and whether or not it counted. What a
request holds beside its address is not read.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from articles.models.read_counts import ReadCount, is_first_today
from articles.reading import selectors
from articles.reading.forgery import is_cross_site
from articles.reading.outputs import log_left_out


@csrf_exempt
@never_cache
@require_POST
def read(request: HttpRequest, slug: str) -> HttpResponse:
    """Two queries where it counts, and one where there is nothing to count."""
    if settings.COUNT_READERS and not is_cross_site(request) and not _wants_no_count(request):
        now = timezone.now()
        article = selectors.article_in_force(slug, now)
        if article and is_first_today(article, request.META.get("REMOTE_ADDR", ""), now):
            _count(article, now)
    return HttpResponse(status=204)


def _wants_no_count(request: HttpRequest) -> bool:
    """Global Privacy Control, and Do Not Track. The script asks before it sends anything; others may not."""
    return "1" in (request.headers.get("Sec-GPC"), request.headers.get("DNT"))


def _count(article: int, now: dt.datetime) -> None:
    try:
        ReadCount.objects.add_one(article, now)
    except DatabaseError as error:
        log_left_out(f"a reader of article pk {article}", error)
