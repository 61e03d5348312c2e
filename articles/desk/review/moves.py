"""One view for all moves: GET asks with what it will do in words, POST goes through workflow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import drafts, readiness, workflow
from articles.desk.pages import article_url, open_article, page
from articles.desk.requests import MOST_INTEGER, StaffRequest
from articles.desk.review import comparison
from articles.desk.review.move_form import MoveForm
from articles.desk.writing.checklist import linked
from articles.desk.writing.summaries import open_remarks
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
    "schedule": gettext_lazy(
        "Readers see the approved words from the time that you choose; what is live stays until then."
    ),
    "reschedule": gettext_lazy("The same publication or takedown happens at another time."),
    "cancel": gettext_lazy("It will not happen. What readers saw before it stays."),
    "take-down": gettext_lazy(
        "Readers are told at once that it was taken down (410 Gone). The article itself stays here and can be "
        "published again."
    ),
    "take-down-at": gettext_lazy(
        "From the time that you choose, readers are told that it was taken down (410 Gone). The article itself "
        "stays here."
    ),
    "archive": gettext_lazy("It leaves the lists of work and cannot be changed until somebody unarchives it."),
    "unarchive": gettext_lazy("It is a draft again and can be changed."),
}


def move(request: StaffRequest, pk: int, name: str) -> HttpResponse:
    step = MOVES_BY_NAME.get(name)
    if step is None:
        raise Http404
    article = open_article(request, pk, step.permission)
    state = workflow.public_state(article)
    if request.method != "POST":
        form = MoveForm(step, article, state, initial=_initial(request, article, state))
        return _ask(request, article, step, form, state)
    form = MoveForm(step, article, state, request.POST)
    if not form.is_valid():
        return _answer(request, article, step, form, state, status=400)
    return _make(request, article, step, form, state)


def _ask(
    request: StaffRequest, article: Article, step: Move, form: MoveForm, state: workflow.PublicState
) -> HttpResponse:
    """The confirmation page; when the move is plainly impossible by now it says so at once."""
    if sentence := workflow.change_problem(step, article, form.initial.get("change")):
        return _answer(request, article, step, form, state, status=409, refused=sentence)
    if sentence := workflow.status_problem(step, article):
        return _answer(request, article, step, form, state, status=409, refused=sentence, is_over=True)
    return _answer(request, article, step, form, state)


def _make(
    request: StaffRequest, article: Article, step: Move, form: MoveForm, state: workflow.PublicState
) -> HttpResponse:
    given = form.cleaned_data
    event = Edition.objects.filter(article=article, pk=given["event"]).first() if step.takes_event else None
    try:
        workflow.make(
            step,
            article,
            by=request.user,
            note=given.get("note", ""),
            change=given.get("change"),
            at=given.get("at"),
            event=event,
            kind=given.get("kind", ""),
        )
    except workflow.WorkflowError as error:
        return _answer(request, article, step, form, state, status=409, refused=str(error))
    messages.success(request, _("You %(done)s “%(title)s”.") % {"done": _(step.done), "title": article.title})
    return HttpResponseRedirect(article_url("change", article))


def _initial(request: StaffRequest, article: Article, state: workflow.PublicState) -> dict[str, Any]:
    """What the page that one comes from has said: the change number that was read there, and which event."""
    read, event = (whole_number(request.GET.get(name, ""), most=MOST_INTEGER) for name in ("change", "event"))
    only = state.waiting[0] if len(state.waiting) == 1 else None
    chosen = next((waiting for waiting in state.waiting if waiting.pk == event), only)
    return {
        "change": article.change if read is None else read,
        "event": chosen.pk if chosen else None,
        "at": timezone.localtime(chosen.visible_from) if chosen else None,
    }


def _answer(
    request: StaffRequest,
    article: Article,
    step: Move,
    form: MoveForm,
    state: workflow.PublicState,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    if step.requires_seen_change:
        context["comparison"] = comparison.with_the_public(article, drafts.document_of(article), state)
    if step.needs_ready:
        context["remarks"] = sum(open_remarks(article).values())
        problems = readiness.problems(drafts.document_of(article), article)
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
