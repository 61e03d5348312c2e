"""Facts that a reader has saved: which they are the device alone knows (static/js/later/acts.js stores them).

The page is the same for everybody. Its script asks for the rows of its facts; what is not among them is not published
any more.
"""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models.cache_groups import FACTS
from articles.reading import selectors
from articles.reading.outputs import writable
from articles.reading.page_meta import page_meta
from articles.reading.rendering import cached_page
from articles.reading.rows import Day
from articles.reading.selectors import PublicClock, SavedFact
from articles.reading.site import Site
from articles.text.ids import PUBLIC_ID_PATTERN

#: How many facts the script asks for at once.
MOST_AT_ONCE = 40
_ID = re.compile(PUBLIC_ID_PATTERN)


@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    return cached_page(request, "reading/saved.html", saved_page, (), PublicClock(timezone.now()))


def saved_page(site: Site) -> dict[str, Any]:
    description = _("The facts that you have saved on this device.")
    return {"meta": page_meta(site, _("Saved facts"), description, reverse("saved"))}


@require_safe
def saved_facts(request: HttpRequest) -> HttpResponse:
    """For static/js/later/saved.js: of the facts named by `?fact=` those that are in force, as rows, with their last
    corrections. Raises BadRequest for a question that the script does not ask.
    """
    ids = request.GET.getlist("fact")
    if len(ids) > MOST_AT_ONCE or not all(map(_ID.fullmatch, ids)):
        raise BadRequest(_("Ask for at most forty facts at once, each by its id."))
    clock = selectors.public_clock(timezone.now())
    found = selectors.saved_facts(sorted(set(ids)), clock.now)
    response = cached_page(
        request, "reading/saved_facts.html", saved_facts_page, (found,), clock, lists=(FACTS,), is_answer=True
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def saved_facts_page(_site: Site, found: tuple[SavedFact, ...]) -> dict[str, Any]:
    days = ((each.fact.public_id, Day.of(each.corrected_at, each)) for each in found)
    return {
        "facts": writable(each.fact for each in found),
        "corrections": [(public_id, day) for public_id, day in days if day],
    }
