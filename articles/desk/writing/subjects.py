"""A new subject, proposed from the article that is about it. A script shows the form in a dialog and chooses it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import operations, rights
from articles.desk.admin.reference import SUBJECT_CHECKS
from articles.desk.forms import DeskForm
from articles.desk.pages import CHANGE, article_url, article_view, page, wants_json
from articles.desk.requests import StaffRequest
from articles.desk.writing.subject_field import label_of
from articles.models import Article, Subject


class NewSubjectForm(DeskForm, forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Subject
        fields = ("name", "kind", "year", "episodes")
        help_texts: ClassVar = {"name": gettext_lazy("As readers know it; its name in another script can follow.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, checks in SUBJECT_CHECKS.items():
            if name in self.fields:
                self.fields[name].validators.extend(checks)


@article_view(CHANGE)
def propose(request: StaffRequest, article: Article) -> HttpResponse:
    """GET shows the form; POST gives {slug, name, note} to a script, and leads others back to the details."""
    rights.require(request.user, "articles.propose_subject")
    form = NewSubjectForm(request.POST if request.method == "POST" else None, initial={"kind": Subject.Kind.DRAMA})
    if not form.is_valid():
        return _asked(request, article, form)
    wish = form.instance
    subject = operations.propose_subject(wish, by=request.user)
    note = _note(subject, is_new=subject is wish)
    if wants_json(request):
        return JsonResponse({"slug": subject.slug, "name": label_of(subject), "note": note})
    messages.success(request, note)
    return HttpResponseRedirect(f"{article_url('details', article)}?subject={subject.slug}")


def _note(subject: Subject, *, is_new: bool) -> str:
    if not is_new:
        return _("There is “%(name)s” already: it is chosen.") % {"name": subject}
    said = _("“%(name)s” is new, at the address “%(slug)s”.") % {"name": subject, "slug": subject.slug}
    if subject.is_confirmed:
        return said
    return f"{said} {_('You can write about it at once; an editor confirms it before the article is handed in.')}"


def _asked(request: StaffRequest, article: Article, form: NewSubjectForm) -> HttpResponse:
    if form.is_bound and wants_json(request):
        errors: dict[str, list[str]] = {}
        for error in form.all_errors:
            errors.setdefault(error.name, []).append(error.sentence)
        return JsonResponse({"sentence": _("Not saved: see the errors."), "errors": errors}, status=400)
    status = 400 if form.is_bound else 200
    return page(request, "writing/subject", title=_("A new subject"), article=article, status=status, form=form)
