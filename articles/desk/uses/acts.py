"""A card's link to the fact that it tells: how the two stand, what is different, and what can be done about it.

GET  cards/<id>/uses/       the page; it also says in which articles the card's own fact is told
POST cards/<id>/uses/act/   act, seen: the digest of the original's words that were read
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from articles import drafts, rights, workflow
from articles.desk.pages import CHANGE, VIEW, article_url, article_view, page, refuse
from articles.desk.requests import StaffRequest
from articles.desk.review import differences
from articles.desk.uses import lines
from articles.drafts import Use, UseState
from articles.models import Article, FactCard
from articles.models.fact_uses import Mode
from articles.states import Status
from articles.text import matching
from articles.workflow import fact_uses


@require_safe
@article_view(VIEW)
def uses(request: StaffRequest, article: Article, public_id: str) -> HttpResponse:
    card: FactCard = get_object_or_404(article.cards.defer("body"), public_id=public_id)
    found = drafts.uses_of([public_id]).get(public_id)
    shown = lines.of_found(found, request.user) if found else None
    use = found.use if found else None
    may_act = rights.may(request.user, CHANGE, article) and article.status != Status.ARCHIVED
    context: dict[str, Any] = {
        "card": card,
        "lines": shown,
        "seen": use.seen if use else "",
        "acts": _acts_of(use) if use and may_act else [],
        **(_differences(use) if use else {}),
    }
    return page(request, "uses/card", title=str(card), article=article, **context)


def _differences(use: Use) -> dict[str, Any]:
    """Of the card's words to the original's of now; and what changed in that since they were compared."""
    if use.now is None or use.origin.gone:
        return {}
    together = matching.together()
    to_ours = differences.of_values(use.own, use.now, together)
    since = differences.of_values(use.taken, use.now, together) if use.taken != use.own else []
    return {"to_ours": to_ours, "since": since, "is_compared": True}


def _acts_of(use: Use) -> list[tuple[str, Any]]:
    """Names and labels of what can be done now, the likeliest first."""
    can_take = bool(use.now) and not use.origin.gone
    found: list[str] = []
    if can_take and use.own != use.now:
        found.append("take")
    if use.state is UseState.PENDING:
        found.append("keep")
    if use.state is UseState.STALE:
        found.append("look")
    found += [mode for mode in Mode.values if mode != use.mode and (can_take or mode == Mode.ADAPT)]
    return [(name, _LABELS[name]) for name in [*found, "unlink"]]


_LABELS: Mapping[str, Any] = {
    "take": gettext_lazy("Take over"),
    "keep": gettext_lazy("Keep ours"),
    "look": gettext_lazy("Looked at: ours stays"),
    Mode.FOLLOW.value: gettext_lazy("Follow the original"),
    Mode.PIN.value: gettext_lazy("Pin the wording of the original"),
    Mode.ADAPT.value: gettext_lazy("Tell it in our own words"),
    "unlink": gettext_lazy("Unlink"),
}


@article_view(CHANGE)
def act(request: StaffRequest, article: Article, public_id: str) -> HttpResponse:
    card: FactCard = get_object_or_404(article.cards.defer("body"), public_id=public_id)
    back = HttpResponseRedirect(article_url("uses", article, public_id))
    if request.method != "POST":
        return back
    name = request.POST.get("act", "")
    if name not in _ACTS:
        return refuse(request, article, _("Nobody knows this act."), status=400)
    try:
        said = _ACTS[name](card, request.POST.get("seen", ""), request)
    except workflow.WorkflowError as error:
        return refuse(request, article, str(error))
    messages.success(request, said)
    return back


_Act = Callable[[FactCard, str, StaffRequest], str]


def _take(card: FactCard, seen: str, request: StaffRequest) -> str:
    fact_uses.take_over(card, seen=seen, by=request.user)
    return _("Taken over. Readers see it once this article has been reviewed and published.")


def _keep(card: FactCard, seen: str, request: StaffRequest) -> str:
    fact_uses.keep(card, seen=seen, by=request.user)
    return _("Kept. You are asked again when the original has other words.")


def _look(card: FactCard, seen: str, request: StaffRequest) -> str:
    fact_uses.look_at(card, seen=seen, by=request.user)
    return _("Compared. You are told when the original changes again.")


def _in_mode(mode: Mode) -> _Act:
    def change(card: FactCard, seen: str, request: StaffRequest) -> str:
        fact_uses.set_mode(card, mode, seen=seen, by=request.user)
        return _("From now on: %(mode)s.") % {"mode": mode.label}

    return change


def _unlink(card: FactCard, _seen: str, request: StaffRequest) -> str:
    fact_uses.unlink(card, by=request.user)
    return _("Unlinked: it is a fact of its own.")


_ACTS: Mapping[str, _Act] = {
    "take": _take,
    "keep": _keep,
    "look": _look,
    **{mode.value: _in_mode(mode) for mode in Mode},
    "unlink": _unlink,
}
