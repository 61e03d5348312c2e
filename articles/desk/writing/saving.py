"""Editing one part: show its form, save it against its token, and answer what came of it.

Every part has the same four outcomes. Saved: back to the outline, or JSON with the new token. Not valid: 400, each
error at its field. Changed by somebody else meanwhile: 409 with both texts and the new token, so that a third text can
be saved. Not now (archived, deleted meanwhile): 409 with a sentence, the writer's words still in the form.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import drafts
from articles.desk.pages import article_url, page, wants_json
from articles.desk.requests import StaffRequest
from articles.desk.review import differences
from articles.desk.writing import conflicts
from articles.desk.writing.forms import PartForm
from articles.models import Article
from articles.states import Status

_LAPSED = gettext_lazy("The article was approved. With this change it is a draft again, to be handed in once more.")


@dataclass(frozen=True, kw_only=True)
class PartEditor:
    """A part of an article that is edited on a page of its own.

    `read` gives the part's value as it stands in the database now, `save` writes a value and gives it as it stands
    then, or raises. A part that is yet to be added has no token: `read` gives an empty value. `refusal` is the status
    of a DraftError, `extra` what a JSON answer tells of the part beside its value.
    """

    article: Article
    title: str
    template: str
    form: type[PartForm]
    read: Callable[[], Any]
    save: Callable[..., Any]
    anchor: str = ""
    refusal: int = 409
    extra: Callable[[], dict[str, Any]] = dict
    context: dict[str, Any] = dataclasses.field(default_factory=dict)
    #: Where "save and …" buttons lead, by the value of the button `then`.
    ways: dict[str, Callable[[], str]] = dataclasses.field(default_factory=dict)

    @property
    def home(self) -> str:
        return article_url("change", self.article) + (f"#{self.anchor}" if self.anchor else "")


def edit(request: StaffRequest, part: PartEditor) -> HttpResponse:
    if request.method != "POST":
        value = part.read()
        return _form(request, part, part.form(initial=initial_of(value)), token=drafts.token(value))
    form, token = part.form(data=request.POST), request.POST.get("token", "")
    if not form.is_valid():
        return _invalid(request, part, form, token)
    was = part.article.effective_status
    notes, is_merged = [], False
    try:
        try:
            value = part.save(form.value(), token=token, by=request.user)
        except drafts.StaleError as error:
            both = conflicts.merged(error, part.form, request.POST.get("base", ""))
            if both is None:
                raise
            notes.append(conflicts.merge_note(part.article, error, request.user))
            value, is_merged = part.save(both, token=error.token, by=request.user), True
    except drafts.StaleError as error:
        return _stale(request, part, form, error)
    except drafts.DraftError as error:
        return _refused(request, part, form, token, str(error))
    if was is Status.APPROVED and part.article.effective_status is not was:
        notes.append(str(_LAPSED))
    return _saved(request, part, form, value, notes, is_merged=is_merged)


def initial_of(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


def _saved(
    request: StaffRequest, part: PartEditor, form: PartForm, value: Any, notes: list[str], *, is_merged: bool
) -> HttpResponse:
    notes = [*form.notes, *notes]
    if wants_json(request):
        answer = {"token": drafts.token(value), "change": part.article.change, "value": dataclasses.asdict(value)}
        return JsonResponse({**answer, **part.extra(), "notes": notes, "merged": is_merged})
    messages.success(request, _("Saved: %(part)s.") % {"part": part.title})
    for note in notes:
        messages.warning(request, note)
    way = part.ways.get(request.POST.get("then", ""))
    return HttpResponseRedirect(way() if way else part.home)


def _invalid(request: StaffRequest, part: PartEditor, form: PartForm, token: str) -> HttpResponse:
    if wants_json(request):
        errors: dict[str, list[str]] = {}
        for error in form.all_errors:
            errors.setdefault(error.name, []).append(error.sentence)
        return JsonResponse({"sentence": _("Not saved: see the errors."), "errors": errors}, status=400)
    return _form(request, part, form, token=token, status=400)


def _stale(request: StaffRequest, part: PartEditor, form: PartForm, error: drafts.StaleError) -> HttpResponse:
    rows = differences.of_values(error.current, error.submitted)
    if wants_json(request):
        answer = {
            "sentence": conflicts.sentence(part.article, error, request.user),
            "token": error.token,
            "current": dataclasses.asdict(error.current),  # type: ignore[arg-type]
            "submitted": dataclasses.asdict(error.submitted),  # type: ignore[arg-type]
            "rows": [dataclasses.asdict(row) for row in rows],
        }
        return JsonResponse(answer, status=409)
    return _form(request, part, form, token=error.token, status=409, stale=error, differences=rows)


def _refused(request: StaffRequest, part: PartEditor, form: PartForm, token: str, sentence: str) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"sentence": sentence}, status=part.refusal)
    return _form(request, part, form, token=token, status=part.refusal, refused=sentence)


def _form(
    request: StaffRequest, part: PartEditor, form: PartForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    return page(
        request,
        part.template,
        title=part.title,
        article=part.article,
        status=status,
        **{"part": part, "form": form, **part.context, **context},
    )


def delete(request: StaffRequest, part: PartEditor) -> HttpResponse:
    """GET asks and shows what would go; POST with the token of what was shown deletes it."""
    value = part.read()
    token, status, sentence = drafts.token(value), 200, ""
    if request.method == "POST":
        try:
            part.save(token=request.POST.get("token", ""), by=request.user)
        except drafts.StaleError:
            status, sentence = 409, _("Somebody changed this after you read it. Read it again before you delete it.")
        except drafts.DraftError as error:
            status, sentence = 409, str(error)
        else:
            return _gone(request, part)
    if wants_json(request):
        return JsonResponse({"sentence": sentence, "token": token}, status=status)
    empty = type(value)(public_id=value.public_id)
    context = {"part": part, "token": token, "refused": sentence, "rows": differences.of_values(empty, value)}
    return page(
        request,
        part.template,
        title=part.title,
        article=part.article,
        status=status,
        **{**part.context, **context},
    )


def _gone(request: StaffRequest, part: PartEditor) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"change": part.article.change, **part.extra()})
    deleted, again = _("Deleted: “%(name)s”.") % {"name": part.context["name"]}, _("Bring it back")
    messages.success(request, format_html('{} <a href="{}">{}</a>', deleted, article_url("bin", part.article), again))
    return HttpResponseRedirect(part.home)
