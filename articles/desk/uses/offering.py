"""The page that offers a published correction to the other articles that tell the same fact.

GET   offered/  each of them, with what is different
POST  offered/  card (repeatable) and token-<card>: those that are chosen, as they were read; kind and note for readers
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import workflow
from articles.desk.forms import DeskForm, uncut
from articles.desk.pages import article_url, article_view, page
from articles.desk.requests import StaffRequest
from articles.desk.review import differences
from articles.desk.review.differences import FieldDifference
from articles.desk.review.move_form import kind_field, readers_note_field
from articles.desk.uses import lines
from articles.models import Article
from articles.text import matching
from articles.workflow import Offer

PUBLISH = "articles.publish_article"
#: An address, a kind and a note beside the ticks and their tokens.
_TOKEN = "token-"  # noqa: S105


@dataclass(frozen=True)
class ShownOffer:
    """A card of another article for the template; `title` and `url` as this person may see them."""

    offer: Offer
    title: str
    url: str
    rows: Sequence[FieldDifference]
    is_ticked: bool

    @property
    def field(self) -> str:
        return f"{_TOKEN}{self.offer.card.public_id}"


class NoticeForm(DeskForm, forms.Form):
    """What is told to the readers of each article."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {"kind": kind_field(), "note": readers_note_field()}
        for field in self.fields.values():
            uncut(field)


@article_view(PUBLISH)
def offered(request: StaffRequest, article: Article) -> HttpResponse:
    if request.method != "POST":
        return _page(request, article, NoticeForm(initial=_initial(article)))
    form = NoticeForm(request.POST)
    if not form.is_valid():
        return _page(request, article, form, status=400)
    chosen = {each: request.POST.get(f"{_TOKEN}{each}", "") for each in request.POST.getlist("card")}
    given = form.cleaned_data
    try:
        done = workflow.carry_correction(
            article, chosen, kind=given.get("kind") or "", note=given.get("note") or "", by=request.user
        )
    except workflow.WorkflowError as error:
        return _page(request, article, form, status=409, refused=str(error))
    _tell(request, done)
    return HttpResponseRedirect(article_url("offered", article))


def _tell(request: HttpRequest, done: Sequence[workflow.Carried]) -> None:
    sentence = ngettext("Carried into %(count)s article.", "Carried into %(count)s articles.", len(done))
    messages.success(request, sentence % {"count": len(done)})
    for each in done:
        if workflow.carries(each.article, workflow.public_state(each.article)):
            told = _("A version of “%(title)s” is scheduled that lacks it:") % {"title": each.article.title}
            url = article_url("move", each.article, "carry")
            messages.warning(request, format_html('{} <a href="{}">{}</a>', told, url, _("carry it there, too")))


def _initial(article: Article) -> dict[str, Any]:
    """As it was published in this article."""
    current = workflow.public_state(article).current
    return {"kind": current.change_kind, "note": current.change_note} if current else {}


def _page(
    request: StaffRequest, article: Article, form: NoticeForm, *, status: int = 200, refused: str = ""
) -> HttpResponse:
    together = matching.together()
    ticked = set(request.POST.getlist("card")) if request.method == "POST" else None
    found = []
    for offer in workflow.offers(article, request.user):
        title, url = lines.seen_title(
            offer.article, article_url("uses", offer.article, offer.card.public_id), request.user
        )
        rows = differences.of_values(offer.before, offer.after, together)
        is_ticked = not offer.why_not and (ticked is None or offer.card.public_id in ticked)
        found.append(ShownOffer(offer, title, url, rows, is_ticked))
    context = {
        "form": form,
        "found": found,
        "can_carry": any(not each.offer.why_not for each in found),
        "asks_kind": any(each.offer.live and not each.offer.why_not for each in found),
        "refused": refused,
    }
    return page(
        request, "uses/offered", title=_("Told in other articles, too"), article=article, status=status, **context
    )
