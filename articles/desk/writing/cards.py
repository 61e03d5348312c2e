"""The pages of one fact, of a new one, and of deleting one. The last two answer scripts with more."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import document, drafts
from articles.desk.pages import CHANGE, article_url, article_view
from articles.desk.requests import StaffRequest
from articles.desk.uses import lines as use_lines
from articles.desk.writing import deletion, forms
from articles.desk.writing.deletion import PartDeletion
from articles.desk.writing.items import NewItem, NewItemForm, get_card, place_of
from articles.desk.writing.saving import PartEditor, Saved, edit
from articles.models import Article, BinnedPart, Comment, FactCard
from articles.models.fact_uses import Mode
from articles.text import signs


class NewCardForm(NewItemForm, forms.CardForm):  # type: ignore[misc]  # it gives a NewItem
    class Meta(forms.CardForm.Meta):
        pass


class CardEditor(PartEditor):
    form = forms.CardForm
    template = "writing/card"

    def __init__(self, article: Article, row: FactCard, user: User) -> None:
        """`row` with `is_use`, see drafts.with_use_marks."""
        super().__init__(article, title=_("Fact %(number)s") % {"number": row.position}, anchor=f"card-{row.public_id}")
        self.row, self.user = row, user
        self.next_label = _("Save and next fact")

    def read(self) -> document.Card:
        return drafts.card_value(get_card(self.article, self.row.public_id))

    def save(self, value: document.Card, *, token: str, by: User) -> Saved:
        was = drafts.use_of(self.row.public_id) if self.row.is_use else None  # type: ignore[attr-defined]
        saved = drafts.save_card(self.row, value, token=token, by=by)
        return Saved(saved, {"html": drafts.html_of_closed(saved)}, note=_note_of_use(was))

    def proposed(self, request: StaffRequest) -> dict[str, Any]:
        """`?caveat=` and `?note=`: what readers might be told of a fact that another one contradicts."""
        caveat = request.GET.get("caveat", "")
        if self.row.caveat or caveat not in (document.Caveat.DISPUTED, document.Caveat.OUTDATED):
            return {}
        note = signs.line(request.GET.get("note", ""))[: document.longest(document.Card, "caveat_note")]
        return {"caveat": caveat, "caveat_since": timezone.localdate(), "caveat_note": note}

    def next_url(self) -> str:
        """The page of the next card; behind the last one, that of a new card."""
        following = self.article.cards.filter(position__gt=self.row.position).first()
        if following is None:
            return article_url("card_add", self.article)
        return article_url("card", self.article, following.public_id)

    def context(self) -> dict[str, Any]:
        delete_url = article_url("card_delete", self.article, self.row.public_id)
        uses = use_lines.of_cards([self.row.public_id], self.user).get(self.row.public_id)
        return {"card": self.row, "remarks": _open_comments(self.row), "delete_url": delete_url, "uses": uses}


class NewCardEditor(PartEditor):
    form = NewCardForm
    template = "writing/card"
    refusal = 400
    is_new = True

    def __init__(self, article: Article) -> None:
        super().__init__(article, title=_("New fact"), anchor="cards")
        self.next_label = _("Save and next fact")

    def read(self) -> document.Card:
        return document.Card()

    def save(self, value: NewItem, *, token: str, by: User) -> Saved:  # noqa: ARG002  -- there is nothing yet to be stale
        row = drafts.add_card(self.article, value.value, by=by, position=value.position)
        saved = drafts.card_value(get_card(self.article, row.public_id))
        return Saved(saved, {"html": drafts.html_of_closed(saved), **place_of(row)})

    def next_url(self) -> str:
        return article_url("card_add", self.article)


class CardDeletion(PartDeletion):
    def __init__(self, article: Article, row: FactCard) -> None:
        title = _("Delete fact %(number)s") % {"number": row.position}
        back = article_url("card", article, row.public_id)
        super().__init__(article, title=title, name=str(row), back=back, anchor="cards")
        self.row = row

    def read(self) -> document.Card:
        return drafts.card_value(self.row)

    def delete(self, *, token: str, by: User) -> BinnedPart:
        return drafts.delete_card(self.row, token=token, by=by)


@article_view(CHANGE)
def card(request: StaffRequest, article: Article, public_id: str) -> HttpResponse:
    row: FactCard = get_object_or_404(drafts.with_use_marks(article.cards.defer("body")), public_id=public_id)
    return edit(request, CardEditor(article, row, request.user))


@article_view(CHANGE)
def card_add(request: StaffRequest, article: Article) -> HttpResponse:
    return edit(request, NewCardEditor(article))


@article_view(CHANGE)
def card_delete(request: StaffRequest, article: Article, public_id: str) -> HttpResponse:
    return deletion.delete(request, CardDeletion(article, get_card(article, public_id)))


def _note_of_use(was: drafts.Use | None) -> str:
    """For the writer, where a card had the words of the original until this save."""
    if was is None or was.mode is Mode.ADAPT:
        return ""
    now = drafts.use_of(was.row.public_id)
    if now is None or now.mode is not Mode.ADAPT:
        return ""
    return _("It had the words of the original. From now on this article tells the fact in its own.")


def _open_comments(row: FactCard) -> QuerySet[Comment]:
    rows = row.article.comments.filter(place=f"card:{row.public_id}", parent=None, resolved_at=None)
    return rows.select_related("author")
