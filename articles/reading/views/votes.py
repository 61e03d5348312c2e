"""“Interesting”: a vote for a fact, without an account and without a cookie (models.votes says what it counts).

A form's button posts it, and static/js/later/acts.js does in place where scripts run. As with reports there is no token
against forged requests, for the same reason (views.reports).
"""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.models.votes import Vote, VoteRefusedError
from articles.reading.forgery import is_cross_site
from articles.reading.outputs import log_left_out
from articles.reading.page_meta import NOT_INDEXED, page_meta
from articles.reading.selectors import FoundFact, PublicClock
from articles.reading.site import site_of
from articles.reading.views.of_fact import number_and_heading, of_fact
from articles.text import markdown

COUNTED, AGAIN = "counted", "again"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@of_fact
def vote(request: HttpRequest, fact: FoundFact, clock: PublicClock) -> HttpResponse:
    """`?said=` is what the answer to a vote leads to: anybody may write it there, and it changes nothing."""
    if request.method != "POST":
        said = request.GET.get("said", "")
        return _page(request, fact, _SENTENCES[said]() if said in _SENTENCES else "")
    if is_cross_site(request):
        return _not_counted(
            request, fact, 403, _("This came from another site, so it was not counted. Vote from here.")
        )
    try:
        said = COUNTED if Vote.objects.cast(fact.public_id, request.META.get("REMOTE_ADDR", ""), clock.now) else AGAIN
    except VoteRefusedError:
        return _not_counted(request, fact, 429, _refused_sentence())
    except DatabaseError as error:
        log_left_out(f"a vote for fact {fact.public_id}", error)
        sentence = _("The site is busy, so your vote was not counted. Vote again in a minute.")
        return _not_counted(request, fact, 503, sentence)
    response = _in_place(_SENTENCES[said](), 200) if _is_script(request) else _see_other(fact.public_id, said)
    response["Cache-Control"] = "no-store"
    return response


def _see_other(public_id: str, said: str) -> HttpResponse:
    response = HttpResponseRedirect(f"{reverse('vote', args=[public_id])}?said={said}")
    response.status_code = 303
    return response


def _not_counted(request: HttpRequest, fact: FoundFact, status: int, sentence: str) -> HttpResponse:
    response = _in_place(sentence, status) if _is_script(request) else _page(request, fact, sentence, status)
    response["Cache-Control"] = "no-store"
    return response


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def _in_place(sentence: str, status: int) -> HttpResponse:
    return JsonResponse({"sentence": sentence}, status=status)


def _page(request: HttpRequest, fact: FoundFact, sentence: str, status: int = 200) -> HttpResponse:
    site = site_of(request)
    number, heading = number_and_heading(fact)
    context: dict[str, Any] = {
        "site": site,
        "site_name": site.name,
        "meta": page_meta(site, _("Is this fact interesting?"), heading, request.path, robots=NOT_INDEXED),
        "sentence": sentence,
        "number": number,
        "heading": markdown.inline(heading),
        "article_title": markdown.inline(fact.edition.title),
        "article_url": f"{reverse('article', args=[fact.edition.slug])}#fact-{fact.public_id}",
        "fact_url": reverse("fact", args=[fact.public_id, fact.slug]),
    }
    response = HttpResponse(render_to_string("reading/vote.html", context), status=status)
    response["Cache-Control"] = "private, no-cache"
    return response


def _refused_sentence() -> str:
    return _(
        "Today more votes came from your network, or from those around it, than are counted. Tomorrow there is room "
        "again; until then you can save the fact on your device."
    )


_SENTENCES = {
    COUNTED: lambda: _("Your vote is counted. Thank you."),
    AGAIN: lambda: _("A vote for this fact has come from your network today. Each network has one a day."),
}
