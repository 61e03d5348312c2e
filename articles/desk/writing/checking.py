"""What can be checked of an article and how far it is proved: the list, one claim by itself, and what is done about it.

GET  claims/                       the page; ?show=clock what is true only for a time
GET  claims/?place=card:<id>       {claims: [{kind, label, words, field, start, stop, …}], may}; start and stop count
                                   code points
GET  claims/one/?place=…&claim=…   one claim, with the excerpts that may prove it
POST claims/act/                   act, place, claim, remark, source, words, row, other, as_of, again_on, months, back;
                                   or bind="<place> <claim>"
                                   -> the page again; a script gets the list of the part, or 409 with a sentence
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from articles import drafts, proofs, rights, workflow
from articles.claims import normalised
from articles.desk.claims import Line, claims_by_place, line_of, states_by_place
from articles.desk.dated import DaysForm, dated_by_place, saved_sentence
from articles.desk.forms import errors_of
from articles.desk.pages import VIEW, article_url, article_view, page, post_only, refuse, wants_json
from articles.desk.planning.fact_checks import MONTHS, months_after
from articles.desk.requests import StaffRequest
from articles.document import Document
from articles.models import Article
from articles.proofs import State
from articles.states import Status
from articles.text.numbers import whole_number
from articles.workflow import claims as acts

#: `?show=` and `back`: what is true only for a time.
CLOCK = "clock"
_GONE = gettext_lazy("These words have changed meanwhile: look at the claims again.")


@require_safe
@article_view(VIEW)
def claims(request: StaffRequest, article: Article) -> HttpResponse:
    if wants_json(request):
        return _as_json(request, article, request.GET.get("place", ""))
    value = drafts.document_of(article)
    dated, may = dated_by_place(article, value), _may(request, article)
    context: dict[str, Any] = {"may_check": may, "clocks": sum(map(len, dated.values()))}
    if request.GET.get("show") == CLOCK:
        context["parts"] = [part for part in _parts(value, dated) if part["lines"]]
        return page(request, "writing/dated", title=_("True only for a time"), article=article, **context)
    parts = [part for part in _parts(value, claims_by_place(article, value)) if part["lines"] or may]
    for part in parts:
        part["proposed"] = sum(line.state is State.PROPOSED for line in part["lines"])
    context |= {"parts": parts, "proposed": sum(part["proposed"] for part in parts)}
    context["is_empty"] = not any(part["lines"] for part in parts)
    return page(request, "writing/claims", title=_("Things to check"), article=article, **context)


def _parts(value: Document, lines: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """Those that state something, in reading order, each with its lines."""
    return [
        {
            "place": place,
            "anchor": place.replace(":", "-"),
            "name": drafts.name_of_piece(piece),
            "lines": lines[place],
        }
        for place, piece in drafts.pieces_of(value).items()
        if place in lines
    ]


@require_safe
@article_view(VIEW)
def claim(request: StaffRequest, article: Article) -> HttpResponse:
    place, identity = request.GET.get("place", ""), request.GET.get("claim", "")
    value = drafts.document_of(article)
    lines = [line_of(each) for each in states_by_place(article, value).get(place, ())]
    line = next((line for line in lines if line.identity == identity), None)
    dated = next((each for each in dated_by_place(article, value).get(place, ()) if each.identity == identity), None)
    context = _place_context(request, article, value, place) | {"dated": dated, "form": DaysForm.offered()}
    if line is None and dated is None:
        return refuse(request, article, str(_GONE))
    if line is None:
        return page(request, "writing/dated_one", title=_("True only for a time"), article=article, **context)
    excerpts = [
        {"digest": each.digest, "title": each.source.title or each.source.url, "words": normalised(each.source.excerpt)}
        for each in proofs.excerpts_of(value)[place]
    ]
    same_text = [other for other in lines if other.field == line.field and other is not line and not other.act]
    context |= {"line": line, "excerpts": excerpts, "others": same_text}
    return page(request, "writing/claim", title=line.words, article=article, **context)


def _place_context(request: StaffRequest, article: Article, value: Document, place: str) -> dict[str, Any]:
    piece = drafts.pieces_of(value).get(place)
    name = drafts.name_of_piece(piece) if piece else ""
    return {"place": place, "anchor": place.replace(":", "-"), "part": name, "may_check": _may(request, article)}


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
    return HttpResponseRedirect(_back(given.get("back", ""), article, place))


def _back(page_name: str, article: Article, place: str) -> str:
    if page_name == "facts":
        return reverse("admin:articles_article_facts")
    url = article_url("review" if page_name == "review" else "claims", article)
    return f"{url}{f'?show={CLOCK}' if page_name == CLOCK else ''}#{place.replace(':', '-')}"


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


def _date(article: Article, place: str, identity: str, given: QueryDict, request: StaffRequest) -> str:
    form = DaysForm(given)
    if not form.is_valid():
        raise workflow.WorkflowError(" ".join(error.sentence for error in errors_of(form)))
    days = form.cleaned_data
    row = acts.date(article, place, identity, as_of=days["as_of"], again_on=days["again_on"], by=request.user)
    return saved_sentence(row.as_of, row.again_on)


def _still_true(article: Article, place: str, identity: str, given: QueryDict, request: StaffRequest) -> str:
    months = whole_number(given.get("months", ""), most=max(MONTHS))
    if months not in MONTHS:
        raise workflow.WorkflowError(_("Choose when to look at it again."))
    again_on = months_after(timezone.localdate(), months)
    row = acts.still_true(article, place, identity, act=given.get("row", ""), again_on=again_on, by=request.user)
    return saved_sentence(row.as_of, row.again_on)


_ACTS: Mapping[str, _Act] = {
    "bind": _bind,
    "bind_all": _bind_all,
    "words": _words,
    "tick": _tick,
    "set_aside": _set_aside,
    "take_back": _take_back,
    "add": _add,
    "join": _join,
    "date": _date,
    "still_true": _still_true,
}
