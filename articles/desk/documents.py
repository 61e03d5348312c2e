"""Bringing in a document: a text pasted or a file chosen becomes a draft, with an account of what was not placed."""

from __future__ import annotations

import dataclasses
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import importing, operations, rights
from articles.desk.forms import FormError, errors_of
from articles.desk.pages import at, page
from articles.importing.front import LARGEST_FILE
from articles.models import Article, Subject


class DocumentForm(forms.Form):
    """A file or a text. Reading it is part of the check, so that a refusal stands at the field that it is about."""

    file = forms.FileField(
        required=False,
        label=gettext_lazy("a file"),
        help_text=gettext_lazy("Plain text, Markdown, a web page or a Word document (.docx)."),
    )
    text = forms.CharField(
        required=False,
        strip=False,
        label=gettext_lazy("or the text itself"),
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy("Pasted whole: introduction, numbered facts, conclusion, questions."),
    )
    title = forms.CharField(
        required=False,
        max_length=200,
        label=gettext_lazy("title"),
        help_text=gettext_lazy("Left empty, the document's own is taken."),
    )
    subject = forms.ModelChoiceField(
        Subject.objects.all(),
        required=False,
        label=gettext_lazy("what it is about"),
        empty_label=gettext_lazy("— choose later —"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    @property
    def all_errors(self) -> list[FormError]:
        return errors_of(self)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return data
        file, text = data.get("file"), data.get("text", "")
        if file and text.strip():
            self.add_error("text", _("Choose a file or paste a text, not both."))
        elif not file and not text.strip():
            self.add_error("file", _("Choose a file, or paste the text below."))
        else:
            self._read(file, text)
        return data

    def _read(self, file: UploadedFile[Any] | None, text: str) -> None:
        field = "file" if file else "text"
        try:
            imported = _imported(file, text)
        except importing.ImportRefused as error:
            self.add_error(field, str(error))
            return
        title = self.cleaned_data["title"] or imported.document.title
        if not title and not file:
            self.add_error("title", _("The text does not say its title: write one."))
        document = dataclasses.replace(imported.document, title=title)
        self.cleaned_data |= {"imported": dataclasses.replace(imported, document=document), "source": field}


def _imported(file: UploadedFile[Any] | None, text: str) -> importing.Imported:
    if file is None:
        return importing.read_text(text)
    if (file.size or 0) > LARGEST_FILE:
        raise importing.ImportRefused(_("This file is larger than 50 MB: make its pictures smaller."))
    return importing.read(file.read(), file.name or "")


def bring_in(request: HttpRequest) -> HttpResponse:
    rights.require(request.user, "articles.add_article")
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    article = _draft(form, request) if form.is_valid() else None
    if article is None:
        status = 400 if form.is_bound else 200
        return page(request, "import", title=_("Bring in a document"), status=status, form=form)
    imported: importing.Imported = form.cleaned_data["imported"]
    messages.success(request, account_of(imported))
    if imported.account.unplaced:
        messages.warning(request, _("Some of it found no place: it stands at the top of the article."))
    return HttpResponseRedirect(at("change", article))


def _draft(form: DocumentForm, request: HttpRequest) -> Article | None:
    """None when the document holds more than an article can; the form says so then."""
    subject = form.cleaned_data["subject"]
    try:
        return operations.make_draft(
            form.cleaned_data["imported"], by=request.user, subject=subject.slug if subject else ""
        )
    except operations.OperationError as error:
        form.add_error(form.cleaned_data["source"], str(error))
        return None


def account_of(imported: importing.Imported) -> str:
    """What arrived, in a sentence."""
    cards, faqs = len(imported.document.cards), len(imported.document.faqs)
    facts = ngettext("%(count)s fact", "%(count)s facts", cards) % {"count": cards}
    questions = ngettext("%(count)s question", "%(count)s questions", faqs) % {"count": faqs}
    repaired = len(imported.account.repaired)
    repairs = ngettext("%(count)s repair", "%(count)s repairs", repaired) % {"count": repaired}
    return _("Brought in: %(facts)s, %(questions)s, %(repairs)s.") % {
        "facts": facts,
        "questions": questions,
        "repairs": repairs,
    }
