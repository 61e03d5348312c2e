"""Bringing in a document: a text pasted or a file chosen becomes a draft, with an account of what was not placed."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import drafts, importing, rights
from articles.desk.pages import at, page
from articles.importing.front import LARGEST_FILE
from articles.models import Article, Author, History, Subject


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
    subject = forms.ModelChoiceField(
        Subject.objects.all(),
        required=False,
        label=gettext_lazy("what it is about"),
        empty_label=gettext_lazy("— choose later —"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

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
        try:
            if file is None:
                self.cleaned_data["imported"] = importing.read_text(text)
                return
            if (file.size or 0) > LARGEST_FILE:
                raise importing.ImportRefused(_("This file is larger than 50 MB: make its pictures smaller."))
            self.cleaned_data["imported"] = importing.read(file.read(), file.name or "")
        except importing.ImportRefused as error:
            self.add_error("file" if file else "text", str(error))


def bring_in(request: HttpRequest) -> HttpResponse:
    rights.require(request.user, "articles.add_article")
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    if not form.is_valid():
        status = 400 if form.is_bound else 200
        return page(request, "import", title=_("Bring in a document"), status=status, form=form)
    imported: importing.Imported = form.cleaned_data["imported"]
    article = make_draft(imported, form.cleaned_data["subject"], by=request.user)
    messages.success(request, account_of(imported))
    if imported.account.unplaced:
        messages.warning(request, _("Some of it found no place: it stands at the top of the article."))
    return HttpResponseRedirect(at("change", article))


def make_draft(imported: importing.Imported, subject: Subject | None, *, by: Any) -> Article:
    authors = tuple(Author.objects.filter(user=by).values_list("slug", flat=True))
    value = dataclasses.replace(
        imported.document,
        title=imported.document.title or _("Without a title"),
        authors=imported.document.authors or authors,
        subject=subject.slug if subject else imported.document.subject,
    )
    unplaced = "\n\n".join(words_of(imported.account.unplaced))
    return drafts.create(value, by=by, act=History.IMPORT, unplaced=unplaced, note=imported.name)


def words_of(unplaced: Sequence[importing.Unplaced]) -> list[str]:
    return [f"{entry.text}\n({entry.why})" for entry in unplaced]


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
