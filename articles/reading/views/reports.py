"""“Report a mistake”: the one thing that a visitor can write (a vote has no words: views.votes).

There is no token against forged requests because there is nothing to forge: no session and no cookie goes into this
form, so a request that another site makes a browser send has no more power than one that it sends by itself. What
the token would cost is a cookie for every reader. Where a browser says that the request comes from elsewhere, it is
not taken all the same: nobody's machine is to be made a sender by a page that they visit.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from articles.models.editions import Edition
from articles.models.reports import Report, digest_of_sender
from articles.reading.forgery import is_cross_site
from articles.reading.forms import ReportForm
from articles.reading.page_meta import NOT_INDEXED, page_meta
from articles.reading.selectors import FoundFact, PublicClock
from articles.reading.site import site_of
from articles.reading.views.of_fact import number_and_heading, of_fact
from articles.text import markdown
from articles.text.ids import PUBLIC_ID_PATTERN

_HEADING_LENGTH = Report._meta.get_field("heading").max_length


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@of_fact
def report(request: HttpRequest, fact: FoundFact, clock: PublicClock) -> HttpResponse:
    public_id, now = fact.public_id, clock.now
    if request.method != "POST":
        return _form_page(request, fact, ReportForm(public_id=public_id, now=now))
    form = ReportForm(request.POST, public_id=public_id, now=now)
    if is_cross_site(request):
        return _form_page(request, fact, form, status=403, sentence=_cross_site_sentence())
    if form.honeypot_filled:
        return _thanks(public_id)
    if not form.is_valid():
        return _form_page(request, fact, form, status=400)
    is_listed = Report.objects.accept(_report_of(request, fact, form))
    return _thanks(public_id, is_held=not is_listed)


@require_safe
@never_cache
def reported(request: HttpRequest) -> HttpResponse:
    """Says thank you. `?fact=` only leads back: anybody may write anything there, and nothing is looked up.
    `?held=yes`: the report came in a flood, and waits apart from others.
    """
    public_id = request.GET.get("fact", "")
    back = reverse("fact-by-id", args=[public_id]) if re.fullmatch(PUBLIC_ID_PATTERN, public_id) else ""
    site = site_of(request)
    context = {
        "site": site,
        "site_name": site.name,
        "meta": page_meta(site, _("Thank you"), _("Your report has arrived."), request.path, robots=NOT_INDEXED),
        "back": back,
        "is_held": request.GET.get("held") == "yes",
    }
    return HttpResponse(render_to_string("reading/reported.html", context))


def _thanks(public_id: str, *, is_held: bool = False) -> HttpResponse:
    query = {"fact": public_id} | ({"held": "yes"} if is_held else {})
    response = HttpResponseRedirect(f"{reverse('reported')}?{urlencode(query)}")
    response["Cache-Control"] = "no-store"
    return response


def _form_page(
    request: HttpRequest, fact: FoundFact, form: ReportForm, *, status: int = 200, sentence: str = ""
) -> HttpResponse:
    """A browser may keep the empty form, so that going back to it finds the words again; answers are not kept."""
    site = site_of(request)
    number, heading = number_and_heading(fact)
    title = _("Report a mistake")
    context: dict[str, Any] = {
        "site": site,
        "site_name": site.name,
        "meta": page_meta(site, title, heading, request.path, robots=NOT_INDEXED),
        "form": form,
        "sentences": [*([sentence] if sentence else []), *(form.non_field_errors() if not sentence else [])],
        "number": number,
        "heading": markdown.inline(heading),
        "article_title": markdown.inline(fact.edition.title),
        "fact_url": reverse("fact", args=[fact.public_id, fact.slug]),
    }
    response = HttpResponse(render_to_string("reading/report.html", context), status=status)
    response["Cache-Control"] = "private, no-cache" if status == 200 else "no-store"
    return response


def _report_of(request: HttpRequest, fact: FoundFact, form: ReportForm) -> Report:
    cleaned, address = form.cleaned_data, request.META.get("REMOTE_ADDR", "")
    return Report(
        public_id=fact.public_id,
        article_id=Edition.objects.values_list("article_id", flat=True).get(pk=fact.edition.pk),
        heading=number_and_heading(fact)[1][:_HEADING_LENGTH],
        words=cleaned["words"],
        source=cleaned["source"],
        email=cleaned["email"],
        sender=digest_of_sender(address, form.now),
        network=digest_of_sender(address, form.now, v4=24, v6=48),
        made_at=form.now,
    )


def _cross_site_sentence() -> str:
    return _("This was sent from another site, so it was not taken. If you wrote it, send it from here.")
