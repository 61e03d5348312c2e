"""What can be checked of an article and how far it is proved: the list, one claim by itself, and what is done about it.

GET  claims/                       the page
GET  claims/?place=card:<id>       {claims: [{kind, label, words, field, start, stop, …}], may}; start and stop count
                                   code points
GET  claims/one/?place=…&claim=…   one claim, with the excerpts that may prove it
POST claims/act/                   act, place, claim, remark, source, words, row, other; or bind="<place> <claim>"
                                   -> the page again; a script gets the list of the part, or 409 with a sentence
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from articles import drafts, proofs, rights, workflow
from articles.claims import normalised
from articles.desk.claims import Line, claims_by_place, line_of, states_by_place
from articles.desk.pages import VIEW, article_url, article_view, page, post_only, refuse, wants_json
from articles.desk.requests import StaffRequest
from articles.models import Article
from articles.proofs import State
from articles.states import Status
from articles.workflow import claims as acts

_GONE = gettext_lazy("These words have changed meanwhile: look at the claims again.")


@require_safe
@article_view(VIEW)
def claims(request: StaffRequest, article: Article) -> HttpResponse:
    if wants_json(request):
        return _as_json(request, article, request.GET.get("place", ""))
    value = drafts.document_of(article)
    found = claims_by_place(article, value)
    may = _may(request, article)
    parts: list[dict[str, Any]] = [
        {
            "place": place,
            "anchor": place.replace(":", "-"),
            "name": drafts.name_of_piece(piece),
            "lines": found[place],
            "proposed": sum(line.state is State.PROPOSED for line in found[place]),
        }
        for place, piece in drafts.pieces_of(value).items()
        if found.get(place) or (may and place in found)
    ]
    proposed = sum(part["proposed"] for part in parts)
    is_empty = not any(part["lines"] for part in parts)
    context: dict[str, Any] = {"parts": parts, "may_check": may, "proposed": proposed, "is_empty": is_empty}
    return page(request, "writing/claims", title=_("Things to check"), article=article, **context)


@require_safe
@article_view(VIEW)
def claim(request: StaffRequest, article: Article) -> HttpResponse:
    place, identity = request.GET.get("place", ""), request.GET.get("claim", "")
    value = drafts.document_of(article)
    lines = [line_of(each) for each in states_by_place(article, value).get(place, ())]
    line = next((line for line in lines if line.identity == identity), None)
    if line is None:
        return refuse(request, article, str(_GONE))
    excerpts = [
        {"digest": each.digest, "title": each.source.title or each.source.url, "words": normalised(each.source.excerpt)}
        for each in proofs.excerpts_of(value)[place]
    ]
    same_text = [other for other in lines if other.field == line.field and other is not line and not other.act]
    piece = drafts.pieces_of(value)[place]
    context: dict[str, Any] = {"line": line, "place": place, "anchor": place.replace(":", "-"), "excerpts": excerpts}
    context |= {"others": same_text, "part": drafts.name_of_piece(piece), "may_check": _may(request, article)}
    return page(request, "writing/claim", title=line.words, article=article, **context)


@article_view(acts.CHECK_CLAIMS)
@post_only("claims")
def act(request: StaffRequest, article: Article) -> HttpResponse:
    given = request.POST
    name, place, identity = _asked(given)
    if name not in _ACTS:
        return refuse(request, article, _("Nobody knows this act."), status=400)
    try:
        said = _ACTS[name](article, place, identity, given, request)
    except workflow.WorkflowError as error:
        return refuse(request, article, str(error))
    if wants_json(request):
        return _as_json(request, article, place, said)
    messages.success(request, said)
    back = "review" if given.get("back") == "review" else "claims"
    return HttpResponseRedirect(f"{article_url(back, article)}#{place.replace(':', '-')}")


def _asked(given: QueryDict) -> tuple[str, str, str]:
    """The act, the place and the claim; a button that binds has them all in its value."""
    if bound := given.get("bind"):
        place, _space, identity = bound.partition(" ")
        return "bind", place, identity
    return given.get("act", ""), given.get("place", ""), given.get("claim", "")


def _may(request: StaffRequest, article: Article) -> bool:
    return rights.may(request.user, acts.CHECK_CLAIMS, article) and article.status != Status.ARCHIVED


def _as_json(request: StaffRequest, article: Article, place: str, said: str = "") -> JsonResponse:
    lines = claims_by_place(article, drafts.document_of(article)).get(place, ())
    values = {"claims": [_as_values(line) for line in lines], "may": _may(request, article)}
    return JsonResponse({**values, "sentence": said} if said else values)


def _as_values(line: Line) -> dict[str, Any]:
    more = {"label": line.label, "state_label": line.state_label, "settled": line.is_settled}
    return {**dataclasses.asdict(line), **more}


# --- the acts ---------------------------------------------------------------------------------------------------------

_Act = Callable[[Article, str, str, QueryDict, StaffRequest], str]


def _bind(article: Article, place: str, identity: str, _given: QueryDict, request: StaffRequest) -> str:
    return _("Bound: %(words)s") % {"words": acts.bind(article, place, identity, by=request.user).excerpt}


def _bind_all(article: Article, place: str, _identity: str, _given: QueryDict, request: StaffRequest) -> str:
    count = acts.bind_all(article, place, by=request.user)
    sentence = ngettext(
        "%(count)s claim is bound to its source.", "%(count)s claims are bound to their sources.", count
    )
    return sentence % {"count": count}


def _words(article: Article, place: str, identity: str, given: QueryDict, request: StaffRequest) -> str:
    source, words, remark = (given.get(name, "") for name in ("source", "words", "remark"))
    row = acts.bind_words(article, place, identity, source=source, words=words, remark=remark, by=request.user)
    return _("Bound: %(words)s") % {"words": row.excerpt}


def _tick(article: Article, place: str, identity: str, given: QueryDict, request: StaffRequest) -> str:
    acts.tick(article, place, identity, remark=given.get("remark", ""), by=request.user)
    return _("Ticked.")


def _set_aside(article: Article, place: str, identity: str, given: QueryDict, request: StaffRequest) -> str:
    acts.set_aside(article, place, identity, reason=given.get("remark", ""), by=request.user)
    return _("Set aside.")


def _take_back(article: Article, _place: str, _identity: str, given: QueryDict, request: StaffRequest) -> str:
    acts.take_back(article, given.get("row", ""), by=request.user)
    return _("Taken back.")


def _add(article: Article, place: str, _identity: str, given: QueryDict, request: StaffRequest) -> str:
    acts.add(article, place, given.get("words", ""), by=request.user)
    return _("Marked as a claim.")


def _join(article: Article, place: str, identity: str, given: QueryDict, request: StaffRequest) -> str:
    acts.join(article, place, [identity, given.get("other", "")], by=request.user)
    return _("The two are one claim now.")


_ACTS: Mapping[str, _Act] = {
    "bind": _bind,
    "bind_all": _bind_all,
    "words": _words,
    "tick": _tick,
    "set_aside": _set_aside,
    "take_back": _take_back,
    "add": _add,
    "join": _join,
}
