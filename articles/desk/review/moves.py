"""One view for all moves: GET asks with what it will do in words, POST goes through workflow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import drafts, readiness, states, workflow
from articles.desk.pages import article_url, open_article, page
from articles.desk.requests import MOST_INTEGER, StaffRequest
from articles.desk.review import carrying, comparison, public_state, publish_plan, times
from articles.desk.review.move_form import MoveForm
from articles.desk.uses import lines as use_lines
from articles.desk.writing.checklist import linked
from articles.models import Article, Edition
from articles.states import MOVES_BY_NAME, Move
from articles.text.numbers import whole_number

#: What each move will do, in words for the person who is about to make it.
CONSEQUENCES: Mapping[str, Any] = {
    "submit": gettext_lazy("An editor gets the article to read. You can still withdraw it."),
    "withdraw": gettext_lazy("It is a draft again and no editor will decide on it until you hand it in once more."),
    "send-back": gettext_lazy("The writer gets it back with your note. Readers notice nothing."),
    "approve": gettext_lazy("The words that you read may go live. Any later change makes the approval lapse."),
    "publish": gettext_lazy("Readers see the approved words at once, in place of what is live now."),
    "publish-approved": gettext_lazy(
        "Readers see the approved parts at once. Every other part stays as it is live, or out where it never was; its "
        "draft is untouched."
    ),
    "schedule": gettext_lazy(
        "Readers see the approved words from the time that you choose; what is live stays until then."
    ),
    "reschedule": gettext_lazy("The same publication or takedown happens at another time."),
    "cancel": gettext_lazy("It will not happen. What readers saw before it stays."),
    "carry": gettext_lazy(
        "The scheduled version gets these parts as readers see them now, and happens at its time as before. They were "
        "reviewed already; nothing else of it changes."
    ),
    "take-down": gettext_lazy(
        "Readers are told at once that it was taken down (410 Gone). The article itself stays here and can be "
        "published again."
    ),
    "take-down-at": gettext_lazy(
        "From the time that you choose, readers are told that it was taken down (410 Gone). The article itself "
        "stays here."
    ),
    "undo-publication": gettext_lazy(
        "What readers saw before comes back at once. What happened stays on record, and what is scheduled still "
        "happens."
    ),
    "archive": gettext_lazy("It leaves the lists of work and cannot be changed until somebody unarchives it."),
    "unarchive": gettext_lazy("It is a draft again and can be changed."),
}
#: After these, versions that wait may lack what readers see now.
OFFER_TO_CARRY = (states.PUBLISH, states.PUBLISH_APPROVED, states.UNDO_PUBLICATION, states.CARRY)
#: After these, other articles that tell the same fact may have other words of it.
OFFER_TO_OTHERS = (states.PUBLISH, states.PUBLISH_APPROVED, states.UNDO_PUBLICATION)


class Asked(NamedTuple):
    """Who asks for which move, and how things stand. `carry` is what can go along (CARRY)."""

    request: StaffRequest
    article: Article
    step: Move
    state: workflow.PublicState
    carry: workflow.Carry | None


def move(request: StaffRequest, pk: int, name: str) -> HttpResponse:
    step = MOVES_BY_NAME.get(name)
    if step is None:
        raise Http404
    article = _open(request, pk, step)
    state = workflow.public_state(article)
    carry = _carry(request, article, state) if step is states.CARRY else None
    asked = Asked(request, article, step, state, carry)
    if request.method != "POST":
        return _ask(asked, MoveForm(step, article, state, carry=carry, initial=_initial(asked)))
    form = MoveForm(step, article, state, request.POST, carry=carry)
    if not form.is_valid():
        return _answer(asked, form, status=400)
    if "look" in request.POST:
        return _answer(asked, form, plan=_plan(asked, form, form.cleaned_data))
    return _make(asked, form)


def _open(request: StaffRequest, pk: int, step: Move) -> Article:
    """As `open_article`; who tries what they may not is on record, if only for articles that there are."""
    try:
        return open_article(request, pk, step.permission)
    except PermissionDenied:
        article = Article.objects.filter(pk=pk).first()
        if article and request.method == "POST":
            why = _("They do not have permission to do this.")
            workflow.note_refusal(step.name, article, by=request.user, why=why, reason="rights")
        raise


def _ask(asked: Asked, form: MoveForm) -> HttpResponse:
    """The confirmation page; when the move is plainly impossible by now it says so at once."""
    if sentence := workflow.change_problem(asked.step, asked.article, form.initial.get("change")):
        return _answer(asked, form, status=409, refused=sentence)
    if sentence := workflow.status_problem(asked.step, asked.article):
        return _answer(asked, form, status=409, refused=sentence, is_over=True)
    given = {name: form.initial.get(name) for name in form.fields}
    if asked.step is states.RESCHEDULE:
        given["at"] = None  # the time of now says nothing
    return _answer(asked, form, plan=_plan(asked, form, given))


def _plan(asked: Asked, form: MoveForm, given: Mapping[str, Any]) -> publish_plan.ShownPlan | None:
    how = _how(asked.article, given)
    return publish_plan.plan_for_page(asked.request, asked.step, asked.article, how, form.remarks)


def _how(article: Article, given: Mapping[str, Any]) -> dict[str, Any]:
    """What `workflow.make` takes, out of the fields of a form."""
    event = Edition.objects.filter(article=article, pk=given["event"]).first() if given.get("event") else None
    return {
        "note": given.get("note") or "",
        "change": given.get("change"),
        "at": given.get("at"),
        "event": event,
        "kind": given.get("kind") or "",
        "carried": carrying.choice(given),
    }


def _make(asked: Asked, form: MoveForm) -> HttpResponse:
    request, article, step = asked.request, asked.article, asked.step
    how = _how(article, form.cleaned_data)
    try:
        workflow.make(step, article, by=request.user, despite=form.despite, **how)
    except workflow.WorkflowError as error:
        return _answer(asked, form, status=409, refused=str(error))
    messages.success(request, _("You %(done)s “%(title)s”.") % {"done": _(step.done), "title": article.title})
    is_offered = step in OFFER_TO_OTHERS and _offer_to_others(request, article)
    if step in OFFER_TO_CARRY and (
        waiting := carrying.next_to_ask(article, after=how["event"] if asked.carry else None)
    ):
        sentence = _(
            "The version that is scheduled for %(at)s does not have what readers see now: choose what it gets."
        )
        messages.warning(request, sentence % {"at": public_state.moment(waiting.visible_from)})
        return HttpResponseRedirect(f"{article_url('move', article, states.CARRY.name)}?event={waiting.pk}")
    return HttpResponseRedirect(article_url("offered" if is_offered else "change", article))


def _offer_to_others(request: StaffRequest, article: Article) -> bool:
    """Says so where this publication has corrected a fact that other articles tell in other words."""
    corrected = workflow.corrected_facts(article)
    offers = [offer for offer in workflow.offers(article, request.user) if offer.fact in corrected] if corrected else []
    if not offers:
        return False
    count = len({offer.article.pk for offer in offers})
    sentence = ngettext(
        "%(count)s other article tells this in other words:",
        "%(count)s other articles tell this in other words:",
        count,
    )
    url = article_url("offered", article)
    messages.warning(
        request, format_html('{} <a href="{}">{}</a>', sentence % {"count": count}, url, _("offer it the correction"))
    )
    return True


def _carry(request: StaffRequest, article: Article, state: workflow.PublicState) -> workflow.Carry | None:
    """Into the event that is named, else into the first that lacks something."""
    found = workflow.carries(article, state)
    given = request.POST if request.method == "POST" else request.GET
    if "event" not in given:
        return next(iter(found.values()), None)
    event = whole_number(given["event"], most=MOST_INTEGER)
    return found.get(event) if event else None


def _initial(asked: Asked) -> dict[str, Any]:
    """What the page that one comes from has said: the change number that was read there, and which event."""
    request, article, step, state, carry = asked
    read, event = (whole_number(request.GET.get(name, ""), most=MOST_INTEGER) for name in ("change", "event"))
    if step is states.CARRY:
        return carrying.initial(carry)
    only = state.waiting[0] if len(state.waiting) == 1 else None
    chosen = next((waiting for waiting in state.waiting if waiting.pk == event), only)
    undone = state.current if step is states.UNDO_PUBLICATION else None
    return {
        "change": article.change if read is None else read,
        "event": undone.pk if undone else chosen.pk if chosen else None,
        "at": timezone.localtime(chosen.visible_from) if chosen and step.takes_event else None,
    }


def _answer(asked: Asked, form: MoveForm, *, status: int = 200, **context: Any) -> HttpResponse:
    request, article, step, state, carry = asked
    now = drafts.document_of(article) if step.needs_ready else None
    if step is states.PUBLISH_APPROVED:
        context |= _of_partial(article, state)
    elif step is states.UNDO_PUBLICATION:
        context |= _of_undoing(article, state)
    elif step is states.CARRY:
        context = carrying.page_context(carry) | context
    elif step.requires_seen_change:
        context["comparison"] = comparison.with_the_public(article, now or drafts.document_of(article), state)
    context["remarks"] = form.remarks
    if step in OFFER_TO_OTHERS:
        context["used_elsewhere"] = use_lines.users_of(article, request.user)
    if step.takes_time or step.takes_event:
        context["beside"] = times.events_beside(article, _time_of(form, state))
    context["can_look"] = step in workflow.PLANNED_MOVES and (step.takes_event or bool({"at", "kind"} & {*form.fields}))
    if now:
        problems = readiness.problems(now, article)
        context["problems"] = linked(article, (problem for problem in problems if problem.is_blocking))
        context["advice"] = linked(article, (problem for problem in problems if not problem.is_blocking))
    return page(
        request,
        "review/move",
        title=_(step.label),
        article=article,
        status=status,
        **{"move": step, "consequence": CONSEQUENCES[step.name], "form": form, **context},
    )


def _time_of(form: MoveForm, state: workflow.PublicState) -> dt.datetime | None:
    """The instant that is asked for, or that of the event that is chosen."""
    given = getattr(form, "cleaned_data", {}) if form.is_bound else form.initial
    if "at" in form.fields:
        return given["at"] if isinstance(given.get("at"), dt.datetime) else None
    return next((event.visible_from for event in state.waiting if event.pk == given.get("event")), None)


def _of_undoing(article: Article, state: workflow.PublicState) -> dict[str, Any]:
    """What comes back, in a sentence, and how it differs from what is live."""
    try:
        back = workflow.coming_back(article)
    except workflow.WorkflowError as error:
        return {"refused": str(error), "is_over": True}
    if back.revision is None:
        return {"returns": _("Nothing was public before: it is taken down, as before that publication (410 Gone).")}
    side = comparison.Side(_("what comes back"), back.revision.document)
    live = comparison.public_side(article, state) if state.is_live else None
    return {
        "returns": _("%(revision)s comes back, which was public before.") % {"revision": back.revision},
        "comparison": comparison.between(live, side) if live else None,
    }


def _of_partial(article: Article, state: workflow.PublicState) -> dict[str, Any]:
    """What of the article goes out and what does not, and how that differs from what is live."""
    try:
        partial = workflow.approved_document(article)
    except workflow.WorkflowError as error:
        return {"refused": str(error), "is_over": True}
    return {"partial": partial, "comparison": comparison.with_the_public(article, partial.document, state)}
