"""Importing a document: pasted or as a file, it is shown as the article that it would be, and then made a draft.

One page asks for the document; the next shows where each of its blocks goes and takes other roles for them, as often
as wanted. Nothing is stored before "Create draft": until then the document travels with the form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import importing, operations, rights
from articles.desk.forms import DeskForm, FormError
from articles.desk.intake import arranging, refusing, suggesting
from articles.desk.intake.arranging import Arrangement
from articles.desk.intake.transport import Carried
from articles.desk.pages import article_url, page
from articles.desk.requests import MOST_INTEGER, StaffRequest
from articles.desk.writing.subject_field import SubjectField, SubjectSearchField, WithSubjectSearch
from articles.importing import ImportRefused
from articles.importing.entry import LARGEST_TEXT
from articles.models import Article, Subject
from articles.operations.imports import title_of
from articles.text.numbers import whole_number
from articles.translation import translated


class DocumentForm(DeskForm, forms.Form):
    """A file or a text. Reading it is part of the check, so that a refusal stands at the field that it is about."""

    file = forms.FileField(
        required=False,
        label=gettext_lazy("a file"),
    )
    text = forms.CharField(
        required=False,
        strip=False,
        label=gettext_lazy("or the text itself"),
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy("Pasted whole: introduction, numbered facts, conclusion, questions."),
    )
    html = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)  # what was pasted, with its structure

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("One of these, up to 4 MB: %(kinds)s.") % {
            "kinds": ", ".join(translated(row.label) for row in importing.OF_ONE_ARTICLE)
        }
        endings = [ending for row in importing.OF_ONE_ARTICLE for ending in row.endings]
        self.fields["file"].widget.attrs["accept"] = ",".join(endings)

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
        html = self.cleaned_data["html"]
        try:
            carried = _of_file(file) if file else Carried.of_text(html or text, "html" if html.strip() else "text")
            found = carried.read()
            self.cleaned_data |= {"carried": carried, "packed": carried.packed(), "found": found}
        except ImportRefused as error:
            self.add_error("file" if file else "text", translated(error.args[0]))


def _of_file(file: UploadedFile[Any]) -> Carried:
    """A text may be larger than other files, for it is pressed before it travels."""
    if (file.size or 0) > LARGEST_TEXT:
        raise ImportRefused(_("This file is larger than 4 MB: make its pictures smaller, or import it in pieces."))
    return Carried.of_file(file.read(), file.name or "")


class DraftForm(WithSubjectSearch, DeskForm, forms.Form):
    """What the preview still asks for. The document and the roles of its blocks are no business of a person's."""

    title = forms.CharField(
        required=False,
        max_length=200,
        label=gettext_lazy("title"),
        help_text=gettext_lazy("Left empty, the document's own is taken."),
    )
    subject = SubjectField(
        Subject.objects.all(),
        to_field_name="slug",
        required=False,
        label=gettext_lazy("subject"),
        empty_label=gettext_lazy("— choose later —"),
    )
    subject_search = SubjectSearchField()


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """An article that the document became before (`is_same`: it has the same bytes), or one of the same title."""

    article: Article
    is_same: bool

    @property
    def url(self) -> str:
        return article_url("change", self.article)


# --- the pages --------------------------------------------------------------------------------------------------------


def import_document(request: StaffRequest) -> HttpResponse:
    rights.require(request.user, "articles.add_article")
    if request.method != "POST":
        return _asking(request, DocumentForm())
    if "source" in request.POST:
        return _arranging(request)
    form = DocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _asking(request, form)
    carried, arrangement = form.cleaned_data["carried"], Arrangement.of(form.cleaned_data["found"], {})
    arrangement = arrangement.titled(_title("", carried, arrangement))
    return _preview(request, _suggested(arrangement), carried, form.cleaned_data["packed"], arrangement)


def _suggested(arrangement: Arrangement) -> DraftForm:
    """The form with what the document seems to be about, for a person to change."""
    document = arrangement.document
    subject = suggesting.subject_of(document)
    return DraftForm(initial={"title": suggesting.title_for(document, subject), "subject": subject})


def _asking(request: StaffRequest, form: DocumentForm, refused: str = "") -> HttpResponse:
    status = 400 if form.is_bound or refused else 200
    return page(request, "intake/import", title=_("New from a document"), status=status, form=form, refused=refused)


def _preview(
    request: StaffRequest,
    form: DraftForm,
    carried: Carried,
    packed: str,
    arrangement: Arrangement,
    errors: Sequence[FormError] = (),
) -> HttpResponse:
    """`errors`: what the gate refuses in the document itself."""
    errors = [*(form.all_errors if form.is_bound else ()), *errors]
    return page(
        request,
        "intake/import_preview",
        title=_("New from a document"),
        status=400 if errors else 200,
        form=form,
        errors=errors,
        carried=carried,
        packed=packed,
        arrangement=arrangement,
        known=_known(carried, arrangement),
    )


def _known(carried: Carried, arrangement: Arrangement) -> KnownArticle | None:
    """The article that this document became before, or else one of the same title."""
    imported_before = operations.article_of(carried.digest)
    article = imported_before or operations.article_titled(arrangement.document.title)
    return KnownArticle(article, is_same=imported_before is not None) if article else None


def _arranging(request: StaffRequest) -> HttpResponse:
    """The preview again with the roles that were chosen, or the draft."""
    sent = request.POST
    try:
        carried = Carried.unpacked(sent["source"], sent.get("name", "")[:255], sent.get("kind", ""))
        arrangement = _arranged(carried, sent.dict())
    except ImportRefused as error:
        return _asking(request, DocumentForm(), refused=translated(error.args[0]))
    form = DraftForm(sent)
    arrangement = arrangement.titled(_title(sent.get("title", "").strip(), carried, arrangement))
    errors: list[FormError] = []
    if form.is_valid() and sent.get("act") == "create":
        errors, arrangement = refusing.refused(arrangement)
        made = None if errors else _draft(request, form, arrangement, carried.digest)
        if made:
            return made
    return _preview(request, form, carried, sent["source"], arrangement, errors)


def _arranged(carried: Carried, sent: dict[str, str]) -> Arrangement:
    """With another reading asked for, the roles that were chosen are not its: it has other blocks."""
    read = carried.read()
    if "read_as" in sent:
        return Arrangement.of(read, {}, reading=_number(sent["read_as"]))
    shown = _number(sent.get("go") or sent.get("page", "")) or 1
    return Arrangement.of(read, arranging.choices_in(sent), shown, _number(sent.get("reading", "")))


def _title(wish: str, carried: Carried, arrangement: Arrangement) -> str:
    """The one that a person wrote, else the document's own, else the file's; "" for a text that says none."""
    return wish or (title_of(arrangement.imported) if carried.is_file else arrangement.document.title)


def _number(text: str) -> int:
    return whole_number(text, most=MOST_INTEGER) or 0


def _draft(request: StaffRequest, form: DraftForm, arrangement: Arrangement, digest: str) -> HttpResponse | None:
    """None when the article lacks a title or the document holds more than one can; the form says so then."""
    imported, subject = arrangement.imported, form.cleaned_data["subject"]
    if not imported.document.title:
        form.add_error("title", _("No title was found in the text: write one."))
        return None
    try:
        article = operations.make_draft(
            imported, by=request.user, subject=subject.slug if subject else "", digest=digest
        )
    except operations.OperationError as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, account_of(imported))
    if imported.account.unplaced:
        messages.warning(request, _("Some of the text could not be placed: it is shown at the top of the article."))
    return HttpResponseRedirect(article_url("change", article))


def account_of(imported: importing.Imported) -> str:
    """What arrived, in a sentence."""
    cards, faqs = len(imported.document.cards), len(imported.document.faqs)
    facts = ngettext("%(count)s fact", "%(count)s facts", cards) % {"count": cards}
    questions = ngettext("%(count)s question", "%(count)s questions", faqs) % {"count": faqs}
    repaired = len(imported.account.repaired)
    repairs = ngettext("%(count)s repair", "%(count)s repairs", repaired) % {"count": repaired}
    return _("Imported: %(facts)s, %(questions)s, %(repairs)s.") % {
        "facts": facts,
        "questions": questions,
        "repairs": repairs,
    }
