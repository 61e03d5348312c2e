"""Editing one part: show its form, save it against its token, and answer what came of it.

Every part has the same four outcomes. Saved (perhaps merged with what somebody else saved meanwhile): back to the
outline, or JSON with the new token. Not valid: 400, each error at its field. Changed by somebody else meanwhile, in the
same words: 409 with both texts and the new token, so that a third text can be saved. Not now (archived, deleted
meanwhile): 409 with a sentence, the writer's words still in the form.
"""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import drafts
from articles.desk.pages import article_url, page, wants_json
from articles.desk.requests import StaffRequest
from articles.desk.review import differences
from articles.desk.writing import conflicts
from articles.desk.writing.forms import PartForm
from articles.document import Fault
from articles.models import Article
from articles.states import Status
from articles.translation import translated

_LAPSED = gettext_lazy("The article was approved. With this change it is a draft again, to be handed in once more.")


@dataclass(frozen=True, slots=True)
class Saved:
    """A part as it is after a save; `answer` goes into the JSON beside its value."""

    value: Any
    answer: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    merge_note: str = ""  # for the writer, where somebody else's changes were merged in
    note: str = ""  # for the writer, where something is not as it was asked for


class PartEditor(ABC):
    """A part of an article that is edited on a page of its own. Subclasses say how it is read and saved."""

    form: ClassVar[type[PartForm]]
    template: ClassVar[str] = "writing/part"
    #: The status of the answer to a DraftError.
    refusal: ClassVar[int] = 409
    #: Whether the part is yet to be added: it has no token, and `read` gives an empty value.
    is_new: ClassVar[bool] = False
    #: On the button that saves and leads to `next_url`; empty without one.
    next_label: str = ""

    def __init__(self, article: Article, *, title: str, anchor: str) -> None:
        """`anchor` is the part's place in the outline."""
        self.article, self.title = article, title
        self.home = f"{article_url('change', article)}#{anchor}"

    @abstractmethod
    def read(self) -> Any:
        """The part's value as it stands in the database."""

    @abstractmethod
    def save(self, value: Any, *, token: str, by: User) -> Saved:
        """Raises drafts.StaleError or DraftError."""

    def proposed(self, request: StaffRequest) -> dict[str, Any]:  # noqa: ARG002
        """Values that the form shows though they are not saved yet."""
        return {}

    def next_url(self) -> str:
        return self.home

    def context(self) -> dict[str, Any]:
        """What the template needs beside the form."""
        return {}


def edit(request: StaffRequest, part: PartEditor) -> HttpResponse:
    if request.method != "POST":
        value = part.read()
        initial = {**initial_of(value), **part.proposed(request)}
        return _form(request, part, part.form(initial=initial), token=drafts.token(value))
    form, token = part.form(data=request.POST), request.POST.get("token", "")
    if not form.is_valid():
        return _invalid(request, part, form, token)
    was = part.article.effective_status
    try:
        saved = _save(request, part, form.value(), token)
    except drafts.StaleError as error:
        return _stale(request, part, form, error)
    except drafts.DraftError as error:
        if _put_at_fields(form, error.faults):
            return _invalid(request, part, form, token)
        return _refused(request, part, form, token, str(error))
    has_lapsed = was is Status.APPROVED and part.article.effective_status is not was
    notes = [*form.notes, *filter(None, [saved.note, saved.merge_note, str(_LAPSED) if has_lapsed else ""])]
    return _saved(request, part, saved, notes)


def initial_of(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


def _save(request: StaffRequest, part: PartEditor, value: Any, token: str) -> Saved:
    """Saves the value, merged with what was saved meanwhile where that changed other words. Raises as `part.save`."""
    try:
        return part.save(value, token=token, by=request.user)
    except drafts.StaleError as error:
        both = None if part.is_new else conflicts.merged(error, part.form, request.POST.get("base", ""))
        if both is None:
            raise
        note = conflicts.merge_note(part.article, error, request.user)
        return dataclasses.replace(part.save(both, token=error.token, by=request.user), merge_note=note)


def _put_at_fields(form: PartForm, faults: Sequence[Fault]) -> bool:
    """Whether there are faults, each of which then stands at its field of the form, or above all of them."""
    for fault in faults:
        at = fault.field if fault.field in form.fields else None
        form.add_error(at, translated(fault.sentence if at else fault.message))
    return bool(faults)


def _saved(request: StaffRequest, part: PartEditor, saved: Saved, notes: list[str]) -> HttpResponse:
    if wants_json(request):
        value = {"token": drafts.token(saved.value), "value": dataclasses.asdict(saved.value)}
        answer = {"change": part.article.change, "notes": notes, "merged": bool(saved.merge_note)}
        return JsonResponse({**value, **answer, **saved.answer})
    messages.success(request, _("Saved: %(part)s.") % {"part": part.title})
    for note in notes:
        messages.warning(request, note)
    return HttpResponseRedirect(part.next_url() if request.POST.get("then") == "next" else part.home)


def _invalid(request: StaffRequest, part: PartEditor, form: PartForm, token: str) -> HttpResponse:
    if wants_json(request):
        errors: dict[str, list[str]] = {}
        for error in form.all_errors:
            errors.setdefault(error.name, []).append(error.sentence)
        return JsonResponse({"sentence": _("Not saved: see the errors."), "errors": errors}, status=400)
    return _form(request, part, form, token=token, status=400)


def _stale(request: StaffRequest, part: PartEditor, form: PartForm, error: drafts.StaleError) -> HttpResponse:
    rows = differences.of_values(error.current, error.submitted)
    said = conflicts.sentence(part.article, error, request.user)
    if wants_json(request):
        answer = {
            "sentence": said,
            "token": error.token,
            "current": dataclasses.asdict(error.current),  # type: ignore[arg-type]
            "submitted": dataclasses.asdict(error.submitted),  # type: ignore[arg-type]
            "rows": [dataclasses.asdict(row) for row in rows],
        }
        return JsonResponse(answer, status=409)
    return _form(request, part, form, token=error.token, status=409, stale_title=said, stale_rows=rows)


def _refused(request: StaffRequest, part: PartEditor, form: PartForm, token: str, sentence: str) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"sentence": sentence}, status=part.refusal)
    return _form(request, part, form, token=token, status=part.refusal, refused=sentence)


def _form(
    request: StaffRequest, part: PartEditor, form: PartForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    form.in_language(part.article.language)
    return page(
        request,
        part.template,
        title=part.title,
        article=part.article,
        status=status,
        **{"part": part, "form": form, **part.context(), **context},
    )
