"""The pages of one question, of a new one, and of deleting one. The last two answer scripts with more."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.utils.translation import gettext as _

from articles import document, drafts
from articles.desk.pages import CHANGE, article_url, article_view
from articles.desk.requests import StaffRequest
from articles.desk.writing import deletion, forms
from articles.desk.writing.deletion import PartDeletion
from articles.desk.writing.items import NewItem, NewItemForm, get_faq, place_of
from articles.desk.writing.saving import PartEditor, Saved, edit
from articles.models import Article, BinnedPart, Faq


class NewFaqForm(NewItemForm, forms.FaqForm):  # type: ignore[misc]  # it gives a NewItem
    class Meta(forms.FaqForm.Meta):
        pass


class FaqEditor(PartEditor):
    form = forms.FaqForm

    def __init__(self, article: Article, row: Faq) -> None:
        title = _("Question %(number)s") % {"number": row.position}
        super().__init__(article, title=title, anchor=f"faq-{row.public_id}")
        self.row = row
        self.next_label = _("Save and next question")

    def read(self) -> document.Faq:
        return drafts.faq_value(self.row)

    def save(self, value: document.Faq, *, token: str, by: User) -> Saved:
        saved = drafts.save_faq(self.row, value, token=token, by=by)
        return Saved(saved, {"html": drafts.html_of_closed(saved)})

    def next_url(self) -> str:
        """The page of the next question; behind the last one, that of a new question."""
        following = self.article.faqs.filter(position__gt=self.row.position).first()
        if following is None:
            return article_url("faq_add", self.article)
        return article_url("faq", self.article, following.public_id)

    def context(self) -> dict[str, Any]:
        return {"delete_url": article_url("faq_delete", self.article, self.row.public_id)}


class NewFaqEditor(PartEditor):
    form = NewFaqForm
    refusal = 400
    is_new = True

    def __init__(self, article: Article) -> None:
        super().__init__(article, title=_("New question"), anchor="questions")
        self.next_label = _("Save and next question")

    def read(self) -> document.Faq:
        return document.Faq()

    def save(self, value: NewItem, *, token: str, by: User) -> Saved:  # noqa: ARG002  -- there is nothing yet to be stale
        row = drafts.add_faq(self.article, value.value, by=by, position=value.position)
        saved = drafts.faq_value(row)
        return Saved(saved, {"html": drafts.html_of_closed(saved), **place_of(row)})

    def next_url(self) -> str:
        return article_url("faq_add", self.article)


class FaqDeletion(PartDeletion):
    def __init__(self, article: Article, row: Faq) -> None:
        title = _("Delete question %(number)s") % {"number": row.position}
        back = article_url("faq", article, row.public_id)
        super().__init__(article, title=title, name=str(row), back=back, anchor="questions")
        self.row = row

    def read(self) -> document.Faq:
        return drafts.faq_value(self.row)

    def delete(self, *, token: str, by: User) -> BinnedPart:
        return drafts.delete_faq(self.row, token=token, by=by)


@article_view(CHANGE)
def question(request: StaffRequest, article: Article, public_id: str) -> HttpResponse:
    return edit(request, FaqEditor(article, get_faq(article, public_id)))


@article_view(CHANGE)
def question_add(request: StaffRequest, article: Article) -> HttpResponse:
    return edit(request, NewFaqEditor(article))


@article_view(CHANGE)
def question_delete(request: StaffRequest, article: Article, public_id: str) -> HttpResponse:
    return deletion.delete(request, FaqDeletion(article, get_faq(article, public_id)))
