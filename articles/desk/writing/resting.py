"""On which facts the other parts of an article rest, and what is to be looked at because a fact has changed.

GET  restatements/       the page
POST restatements/act/   still_right=<key> or ask_again=<key>; or act=rest_on with place and fact=<public id> for each,
                         act=leave_as_found with place
                         -> the page again (back=review: the review page); a script gets {sentence}, or 409 with one
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import drafts, restatements, rights, workflow
from articles.desk.pages import VIEW, article_url, article_view, page, post_only, refuse, wants_json
from articles.desk.requests import StaffRequest
from articles.desk.restatements import Sides, drawn, names_of_facts, sides_of
from articles.document import Document
from articles.models import Article, RestatementAct
from articles.restatements import Resting
from articles.states import Status
from articles.workflow import restatements as acts


@dataclass(frozen=True)
class RestingPart:
    """A part with the facts that it rests on: (public id, name, heading, whether it does)."""

    place: str
    name: str
    facts: list[tuple[str, str, str, bool]]
    is_declared: bool
    says: str  # on what it rests, in a sentence
    marks: str  # HTML
    settled: list[tuple[Sides, str]]  # with who said that it is still right

    @property
    def anchor(self) -> str:
        return self.place.replace(":", "-")


@require_safe
@article_view(VIEW)
def resting(request: StaffRequest, article: Article) -> HttpResponse:
    value = drafts.document_of(article)
    may = _may(request, article)
    parts = _parts(article, value, may_settle=may)
    context: dict[str, Any] = {"parts": parts, "may_say": may}
    return page(request, "writing/resting", title=_("What rests on which fact"), article=article, **context)


@article_view(acts.SAY)
@post_only("restatements")
def act(request: StaffRequest, article: Article) -> HttpResponse:
    place = request.POST.get("place", "")
    try:
        said = _done(request, article, place)
    except workflow.WorkflowError as error:
        return refuse(request, article, str(error))
    if not said:
        return refuse(request, article, _("Nobody knows this act."), status=400)
    if wants_json(request):
        return JsonResponse({"sentence": said})
    messages.success(request, said)
    back = "review" if request.POST.get("back") == "review" else "restatements"
    return HttpResponseRedirect(f"{article_url(back, article)}#{place.replace(':', '-')}")


def _done(request: StaffRequest, article: Article, place: str) -> str:
    """What was done, in a sentence; "" for an act that nobody knows."""
    given = request.POST
    if key := given.get("still_right", ""):
        acts.still_right(article, key, by=request.user)
        return _("Still right: it is asked again only when one of the sentences changes.")
    if key := given.get("ask_again", ""):
        acts.ask_again(article, key, by=request.user)
        return _("Taken back: it is asked again.")
    match given.get("act", ""):
        case "rest_on":
            row = acts.rest_on(article, place, given.getlist("fact"), by=request.user)
            return (
                _("Saved: it is marked when one of these facts changes.")
                if row.facts
                else _("Saved: it needs no fact.")
            )
        case "leave_as_found":
            acts.leave_as_found(article, place, by=request.user)
            return _("Taken back: the rules find on which facts it rests.")
    return ""


def _may(request: StaffRequest, article: Article) -> bool:
    return rights.may(request.user, acts.SAY, article) and article.status != Status.ARCHIVED


def _parts(article: Article, value: Document, *, may_settle: bool) -> list[RestingPart]:
    """In reading order: those of which people say on which facts they rest, and what else is marked."""
    wordings, said = restatements.wordings_of(article), restatements.acts_on(value, article.pk)
    found = restatements.restatements_of(value, wordings, said, article.subject)
    names = names_of_facts(value)
    headings = {card.public_id: card.heading for card in value.cards}
    settled: dict[str, list[tuple[Sides, str]]] = {}
    for mark, row in found.settled:
        (sides,) = sides_of(article, value, [mark])
        settled.setdefault(mark.place, []).append((sides, _by(row)))
    parts = []
    for place, piece in drafts.pieces_of(value).items():
        rests = found.resting.get(place)
        marks = found.by_place.get(place, ())
        if rests or marks or place in settled:
            cards = rests.cards if rests else ()
            facts = [(each, name, headings[each], each in cards) for each, name in names.items()] if rests else []
            parts.append(
                RestingPart(
                    place=place,
                    name=_("Dek") if place == "details" else drafts.name_of_piece(piece),
                    facts=facts,
                    is_declared=bool(rests and rests.declared),
                    says=_says(rests, names) if rests else "",
                    marks=drawn(sides_of(article, value, marks), may_settle=may_settle),
                    settled=settled.get(place, []),
                )
            )
    return parts


def _by(row: RestatementAct) -> str:
    name = row.made_by.get_username() if row.made_by else _("a deleted account")
    day = formats.date_format(timezone.localtime(row.made_at), "SHORT_DATE_FORMAT")
    return _("Still right, said %(name)s on %(day)s.") % {"name": name, "day": day}


def _says(rests: Resting, names: dict[str, str]) -> str:
    there = ", ".join(names[card] for card in rests.cards if card in names)
    if rests.declared:
        name = rests.declared.made_by.get_username() if rests.declared.made_by else _("a deleted account")
        words = {"name": name, "facts": there}
        return _("Rests on %(facts)s, said %(name)s.") % words if there else _("Needs no fact, said %(name)s.") % words
    return _("Repeats %(facts)s, as far as the rules see.") % {"facts": there} if there else _("Repeats no fact.")
