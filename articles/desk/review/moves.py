"""One view for all moves: GET asks with what it will do in words, POST goes through workflow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import drafts, publishing, readiness, rights, workflow
from articles.desk.pages import article_url, get_article, page
from articles.desk.requests import StaffRequest
from articles.desk.review import comparison, public_state
from articles.desk.writing.checklist import linked
from articles.desk.writing.forms import FormError, errors_of
from articles.desk.writing.summaries import open_remarks
from articles.models import Article, Edition
from articles.states import MOVES_BY_NAME, Move

Kind = Edition.ChangeKind
INSTANT = dt.timedelta(microseconds=1)

#: What each move will do, in words for the person who is about to make it.
CONSEQUENCES: Mapping[str, Any] = {
    "submit": gettext_lazy("An editor gets the article to read. You can still withdraw it."),
    "withdraw": gettext_lazy("It is a draft again and no editor will decide on it until you hand it in once more."),
    "send-back": gettext_lazy("The writer gets it back with your note. What is live stays as it is."),
    "approve": gettext_lazy("The words that you read may go live. Any later change makes the approval lapse."),
    "publish": gettext_lazy("Readers see the approved words at once, in place of what is live now."),
    "schedule": gettext_lazy(
        "Readers see the approved words from the time that you choose; what is live stays until then."
    ),
    "reschedule": gettext_lazy("The same words, or the same takedown, come at another time."),
    "cancel": gettext_lazy("It will not happen. What readers see before it simply stays."),
    "take-down": gettext_lazy(
        "Readers get “410 Gone” at once. The article itself stays here and can be published again."
    ),
    "take-down-at": gettext_lazy(
        "From the time that you choose readers get “410 Gone”. The article itself stays here."
    ),
    "archive": gettext_lazy("It leaves the lists of work and cannot be changed until somebody brings it back."),
    "unarchive": gettext_lazy("It is a draft again and can be changed."),
}


class MoveForm(forms.Form):
    """The fields that the row of the table asks for, and no other."""

    def __init__(self, move: Move, article: Article, state: workflow.PublicState, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self._move, self._article = move, article
        if move.takes_event:
            self.fields["event"] = event_field({event.pk: public_state.event_words(event) for event in state.waiting})
        if move.takes_time:
            self.fields["at"] = time_field()
        if move.note:
            self.fields["note"] = note_field(required=move.note == "required")
        if _may_ask_kind(move, article, state):
            self.fields |= {"kind": kind_field(), "note": readers_note_field()}
        if move.requires_seen_change:
            self.fields["change"] = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """What kind of change it is depends on the time: until then other words may have come."""
        given = super().clean() or {}
        knows_when = not self._move.takes_time or given.get("at")
        if "kind" in self.fields and knows_when:
            asks = workflow.asks_change_kind(self._move, self._article, given.get("at"))
            if asks and "kind" not in self.errors and not given.get("kind"):
                self.add_error("kind", _("Choose what kind of change it is."))
            if asks and "note" not in self.errors and given.get("kind") == Kind.CORRECTION and not given.get("note"):
                self.add_error("note", _("Say in a few words what was wrong: readers see it."))
        return given

    @property
    def all_errors(self) -> list[FormError]:
        return errors_of(self)


def event_field(waiting: Mapping[int, str]) -> forms.Field:
    """Any number is let through: that an event does not wait any more is for workflow to say, not for the form."""
    radios = forms.RadioSelect(choices=list(waiting.items()))
    sentence = _("Choose what it is about.")
    return forms.IntegerField(
        label=_("What waits"), widget=radios, min_value=1, error_messages={"required": sentence, "invalid": sentence}
    )


def time_field() -> forms.Field:
    return forms.DateTimeField(
        label=_("Time (%(zone)s)") % {"zone": settings.TIME_ZONE},
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={
            "required": _("Choose a time."),
            "invalid": _("Write a day and a time, such as 2030-05-01T10:00."),
        },
    )


def note_field(*, required: bool) -> forms.Field:
    return forms.CharField(
        label=_("Note") if required else _("Note (may stay empty)"),
        required=required,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write a few words on why.")},
        help_text=_("The writer reads it, and it stands in the history."),
    )


def kind_field() -> forms.Field:
    return forms.ChoiceField(
        label=_("Kind of change"),
        choices=Kind.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose what kind of change it is.")},
        help_text=_(
            "A typo moves no date and no feed. The others do, and stand on the card and on the page of corrections."
        ),
    )


def readers_note_field() -> forms.Field:
    return forms.CharField(
        label=_("Note for readers"),
        required=False,
        max_length=publishing.NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "A correction needs one: what was wrong. It stands outside the article too: give away nothing that lies "
            "behind a spoiler point."
        ),
    )


def _may_ask_kind(move: Move, article: Article, state: workflow.PublicState) -> bool:
    """Now, or after any of the events that wait."""
    instants = [None, *(event.visible_from + INSTANT for event in state.waiting)] if move.takes_time else [None]
    return any(workflow.asks_change_kind(move, article, article_url) for article_url in instants)


def move(request: StaffRequest, pk: int, name: str) -> HttpResponse:
    step = MOVES_BY_NAME.get(name)
    if step is None:
        raise Http404
    rights.require(request.user, step.permission)
    article = get_article(pk)
    rights.require(request.user, step.permission, article)
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
    read = form.initial.get("change")
    if step.requires_seen_change and read != article.change:
        return _answer(request, article, step, form, state, status=409, refused=_conflict())
    if article.effective_status not in step.sources:
        sentence = _("“%(move)s” is not possible now: the article is in the state “%(state)s”.")
        words = sentence % {"move": _(step.label), "state": _(str(article.effective_status_label))}
        return _answer(request, article, step, form, state, status=409, refused=words, is_over=True)
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
    except workflow.NotReadyError as error:
        return _answer(request, article, step, form, state, status=409, refused=str(error))
    except workflow.WorkflowError as error:
        return _answer(request, article, step, form, state, status=409, refused=str(error))
    messages.success(request, _("You %(done)s “%(title)s”.") % {"done": _(step.done), "title": article.title})
    return HttpResponseRedirect(article_url("change", article))


def _initial(request: StaffRequest, article: Article, state: workflow.PublicState) -> dict[str, Any]:
    """What the page that one comes from has said: the change number that was read there, and which event."""
    read, event = _number(request, "change"), _number(request, "event")
    only = state.waiting[0] if len(state.waiting) == 1 else None
    chosen = next((waiting for waiting in state.waiting if waiting.pk == event), only)
    return {
        "change": article.change if read is None else read,
        "event": chosen.pk if chosen else None,
        "at": timezone.localtime(chosen.visible_from) if chosen else None,
    }


def _number(request: StaffRequest, name: str) -> int | None:
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


def _conflict() -> str:
    return _("Somebody changed the article after you read it. Read it again before you decide.")


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
    if step.needs_ready:
        context["remarks"] = sum(open_remarks(article).values())
    if step.requires_seen_change:
        context["comparison"] = comparison.with_the_public(article, drafts.document_of(article), state)
    if step.needs_ready:
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
