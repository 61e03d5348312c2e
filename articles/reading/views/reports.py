"""“Report a mistake”: the one thing that a visitor can write.

There is no token against forged requests because there is nothing to forge: no session and no cookie goes into this
form, so a request that another site makes a browser send has no more power than one that it sends by itself. What
the token would cost is a cookie for every reader. Where a browser says that the request comes from elsewhere, it is
not taken all the same: nobody's machine is to be made a sender by a page that they visit.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from articles.models.editions import Edition
from articles.models.reports import Report, TooManyReportsError, digest_of_sender
from articles.reading import errors, rows, selectors
from articles.reading.forms import ReportForm
from articles.reading.page_meta import NOT_INDEXED, page_meta
from articles.reading.selectors import FoundFact
from articles.reading.site import site_of
from articles.text import markdown
from articles.text.ids import PUBLIC_ID_PATTERN

_HEADING_LENGTH = Report._meta.get_field("heading").max_length


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    now = timezone.now()
    found = selectors.fact_at(public_id, now)
    if found is None:
        if selectors.was_fact_public(public_id, now):
            return errors.gone(request)
        raise Http404
    fact = found[0]
    if request.method != "POST":
        return _form_page(request, fact, ReportForm(public_id=public_id, now=now))
    form = ReportForm(request.POST, public_id=public_id, now=now)
    if _is_cross_site(request):
        return _form_page(request, fact, form, status=403, sentence=_cross_site_sentence())
    if form.honeypot_filled:
        return _thanks(public_id)
    if not form.is_valid():
        return _form_page(request, fact, form, status=400)
    try:
        Report.objects.accept(_report_of(request, fact, form))
    except TooManyReportsError as error:
        response = _form_page(request, fact, form, status=429, sentence=_rate_limit_sentence(error.seconds))
        response["Retry-After"] = str(error.seconds)
        return response
    return _thanks(public_id)


@require_safe
@never_cache
def reported(request: HttpRequest) -> HttpResponse:
    """Says thank you. `?fact=` only leads back: anybody may write anything there, and nothing is looked up."""
    public_id = request.GET.get("fact", "")
    back = reverse("fact-by-id", args=[public_id]) if re.fullmatch(PUBLIC_ID_PATTERN, public_id) else ""
    site = site_of(request)
    context = {
        "site": site,
        "site_name": site.name,
        "meta": page_meta(site, _("Thank you"), _("Your report has arrived."), request.path, robots=NOT_INDEXED),
        "back": back,
    }
    return HttpResponse(render_to_string("reading/reported.html", context))


def _thanks(public_id: str) -> HttpResponse:
    response = HttpResponseRedirect(f"{reverse('reported')}?{urlencode({'fact': public_id})}")
    response["Cache-Control"] = "no-store"
    return response


def _form_page(
    request: HttpRequest, fact: FoundFact, form: ReportForm, *, status: int = 200, sentence: str = ""
) -> HttpResponse:
    """A browser may keep the empty form, so that going back to it finds the words again; answers are not kept."""
    site = site_of(request)
    number, heading = _number_and_heading(fact)
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


def _number_and_heading(fact: FoundFact) -> tuple[int | None, str]:
    """The fact's number, and the heading that may be shown to those who have not opened it."""
    card = next(card for card in fact.edition.edition.parts["cards"] if card["id"] == fact.public_id)
    words = (card["heading"], card["safe_heading"], card["spoiler_after"])
    return card["number"], rows.public_heading_of(*words, fact.edition.subject)


def _report_of(request: HttpRequest, fact: FoundFact, form: ReportForm) -> Report:
    cleaned = form.cleaned_data
    return Report(
        public_id=fact.public_id,
        article_id=Edition.objects.values_list("article_id", flat=True).get(pk=fact.edition.pk),
        heading=_number_and_heading(fact)[1][:_HEADING_LENGTH],
        words=cleaned["words"],
        source=cleaned["source"],
        email=cleaned["email"],
        sender=digest_of_sender(request.META.get("REMOTE_ADDR", ""), form.now),
        made_at=form.now,
    )


def _is_cross_site(request: HttpRequest) -> bool:
    """As far as the browser says; those that say nothing are believed."""
    if sender := request.headers.get("Sec-Fetch-Site"):
        return sender not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    own = {f"{request.scheme}://{request.get_host()}", settings.SITE_URL}
    return origin is not None and origin not in own


def _cross_site_sentence() -> str:
    return _("This was sent from another site, so it was not taken. If you wrote it, send it from here.")


def _rate_limit_sentence(seconds: int) -> str:
    minutes = max(1, -(-seconds // 60))
    sentence = _(
        "More reports have come in than we can take at once. Your words are still here: send them again in "
        "%(minutes)s minutes."
    )
    return sentence % {"minutes": minutes}
