"""The page that a review link opens: for whoever holds its address, without an account.

It reads a revision, which no public page may, so it stands in the desk's room, though outside of the log-in. Nothing
of it is kept by a cache or found by a search engine, and no cookie is set but the one of the form's token against
forged requests, by which nobody is known; a link that is for reading only sets none.
An address that opens nothing (expired, revoked, of something deleted, never made) has one answer, which does not tell
which of these it is.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles import drafts, publishing, workflow
from articles.desk.review.threads import names_of
from articles.desk.review_links.forms import AnswerForm
from articles.document import Document
from articles.models import Edition, ReviewLink, ReviewOpinion
from articles.models.editions import public_heading
from articles.models.reports import TooManyReportsError
from articles.reading import pages
from articles.reading.errors import ErrorText
from articles.reading.rows import SubjectName, public_question
from articles.reading.seen import seen_episode
from articles.reading.site import site_of

COMMENT, AGREE = "comment", "agree"
_HEADERS = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    # Where somebody goes on to must not learn the address. "no-referrer" would also hide from our own form where it
    # was sent from, which the check against forged requests asks.
    "Referrer-Policy": "same-origin",
}


def _unlisted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @functools.wraps(view)
    def answer(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        for name, value in _HEADERS.items():
            response[name] = value
        return response

    return answer


@_unlisted
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review_link(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    link = ReviewLink.objects.behind(token, now)
    if link is None:
        return _closed()
    value = link.revision.document
    if request.method == "POST":
        return _answer(request, link, value)
    if request.method == "GET":
        link.note_visit(now)
    return _page(request, link, value, _form_of(value))


def _answer(request: HttpRequest, link: ReviewLink, value: Document) -> HttpResponse:
    act, form = request.POST.get("act", ""), _form_of(value, request.POST)
    if act not in {COMMENT, AGREE}:
        return _refused(request, link, value, form, _("Choose one of the buttons."), HTTPStatus.BAD_REQUEST)
    if not (link.may_comment if act == COMMENT else link.may_agree):
        sentence = _("This link is not for comments.") if act == COMMENT else _("This link is not for saying yes.")
        return _refused(request, link, value, form, sentence, HTTPStatus.FORBIDDEN)
    if not form.is_valid():
        return _refused(request, link, value, form, "", HTTPStatus.BAD_REQUEST)
    given = form.cleaned_data
    try:
        if act == COMMENT:
            workflow.comment_by_link(link, given["place"], given["text"])
        else:
            workflow.agree(link, given["note"])
    except workflow.LinkClosedError:
        return _closed()
    except TooManyReportsError as error:
        return _too_many(request, link, value, form, error.seconds)
    except workflow.ConflictError as error:
        return _refused(request, link, value, form, str(error), HTTPStatus.CONFLICT)
    except workflow.WorkflowError as error:
        form.add_error("text" if act == COMMENT else "note", str(error))
        return _refused(request, link, value, form, "", HTTPStatus.BAD_REQUEST)
    return _accepted(request, link, value, {"place": given["place"], "text": given["text"], "note": given["note"]}, act)


def _accepted(request: HttpRequest, link: ReviewLink, value: Document, given: dict[str, str], act: str) -> HttpResponse:
    """What was written for the other button is not sent by this one: it comes back."""
    rest = {"note": given["note"]} if act == COMMENT else {"place": given["place"], "text": given["text"]}
    if not (rest.get("note") or rest.get("text")):
        return HttpResponseRedirect(f"{request.get_full_path()}#said")
    form = AnswerForm(places=names_of(drafts.texts_in(value)), initial=rest)
    return _page(request, link, value, form, sentence=_("That has arrived. What stands below is not sent yet."))


def _refused(
    request: HttpRequest, link: ReviewLink, value: Document, form: AnswerForm, sentence: str, status: HTTPStatus
) -> HttpResponse:
    return _page(request, link, value, form, sentence=sentence, status=status)


def _too_many(request: HttpRequest, link: ReviewLink, value: Document, form: AnswerForm, seconds: int) -> HttpResponse:
    minutes = {"minutes": max(1, -(-seconds // 60))}
    sentence = _("That is more than we can take at once. Your words are still here: send them in %(minutes)s minutes.")
    response = _refused(request, link, value, form, sentence % minutes, HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(seconds)
    return response


def _form_of(value: Document, data: Any = None) -> AnswerForm:
    return AnswerForm(data, places=names_of(drafts.texts_in(value)))


def _page(
    request: HttpRequest,
    link: ReviewLink,
    value: Document,
    form: AnswerForm,
    *,
    sentence: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    edition = publishing.compose(value).edition
    names = _public_names(value, edition)
    form.name_places(names)
    said = [
        (row, names.get(row.comment.place, "") if row.comment and row.comment.place else "")
        for row in link.opinions.select_related("comment")
    ]
    context: dict[str, Any] = {
        **pages.preview_page(site_of(request), edition, seen_episode(request.GET)),
        "link": link,
        "form": form,
        "sentence": sentence,
        "is_refused": status != HTTPStatus.OK,
        "said": said,
        "has_agreed": any(row.verdict == ReviewOpinion.Verdict.YES for row, _name in said),
    }
    return TemplateResponse(request, "desk/review_links/guest.html", context, status=status)


def _public_names(value: Document, edition: Edition) -> dict[str, str]:
    """What the parts are called outside of themselves: one that is closed on the page tells none of its words."""
    texts = {place: dict(fields) for place, fields in drafts.texts_in(value).items()}
    for card in value.cards:
        words = (card.heading, card.safe_heading, card.spoiler_after)
        texts[f"card:{card.public_id}"]["heading"] = public_heading(*words, edition.subject)
    subject = SubjectName.of(edition.subject)
    for faq in value.faqs:
        texts[f"faq:{faq.public_id}"]["question"] = public_question(faq.question, faq.spoiler_after, subject)
    return names_of(texts)


def _closed() -> HttpResponse:
    title = _("This link opens nothing")
    dek = _("It may have run out, or a piece of the address is missing. Ask the person who gave it to you.")
    context: dict[str, Any] = {"site_name": settings.SITE_NAME, "status": 404, "text": ErrorText(title, dek)}
    return HttpResponse(render_to_string("reading/error.html", context), status=HTTPStatus.NOT_FOUND)
