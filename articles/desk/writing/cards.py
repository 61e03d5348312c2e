"""The pages of one card and of one question. Those of new ones and of deleting them answer scripts with more."""

from __future__ import annotations

import dataclasses
from typing import Any, NamedTuple

from django import forms as django_forms
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import document, drafts
from articles.desk.pages import CHANGE, article_url, article_view
from articles.desk.requests import StaffRequest
from articles.desk.writing import forms
from articles.desk.writing.saving import PartEditor, delete, edit
from articles.document.rules import MOST_CARDS
from articles.drafts.reading import Items
from articles.models import Article, BinnedPart, FactCard, Faq


class New(NamedTuple):
    """A card or question to be added, at a place counted from 1, or at the end without one."""

    value: Any
    position: int | None


class _NewForm(django_forms.Form):
    """What a script sends along: an id, so that it may send the same again, and a place.

    Behind the last one means the end: somebody may have deleted the last ones meanwhile.
    """

    public_id = django_forms.CharField(required=False, widget=django_forms.HiddenInput)
    position = django_forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_CARDS,
        label=gettext_lazy("position"),
        widget=django_forms.HiddenInput,
    )

    def value(self) -> New:
        value = super().value()  # type: ignore[misc]
        return New(dataclasses.replace(value, public_id=self.cleaned_data["public_id"]), self.cleaned_data["position"])


class NewCardForm(_NewForm, forms.CardForm):  # type: ignore[misc]  # it gives New
    class Meta(forms.CardForm.Meta):
        pass


class NewFaqForm(_NewForm, forms.FaqForm):  # type: ignore[misc]  # as above
    class Meta(forms.FaqForm.Meta):
        pass


@article_view(CHANGE)
def card(request: StaffRequest, article: Article, public_id: str) -> HttpResponse:
    row = _row(article.cards.defer("body"), public_id)
    part = PartEditor(
        article=article,
        title=_("Fact %(number)s") % {"number": row.position},
        template="writing/card",
        form=forms.CardForm,
        read=lambda: drafts.card_value(card_at(article, public_id)),
        save=lambda value, **kw: drafts.save_card(row, value, **kw),
        anchor=f"card-{public_id}",
        context={
            "card": row,
            "remarks": open_remarks(row),
            "next_label": _("Save and next fact"),
            "delete_url": article_url("card_delete", article, public_id),
        },
        ways={"next": lambda: card_after(article, row)},
    )
    return edit(request, part)


@article_view(CHANGE)
def card_add(request: StaffRequest, article: Article) -> HttpResponse:
    added: list[FactCard] = []

    def save(new: New, *, by: User, token: str) -> document.Card:  # noqa: ARG001  -- there is nothing yet to be stale
        added.append(drafts.add_card(article, new.value, by=by, position=new.position))
        return drafts.card_value(card_at(article, added[0].public_id))

    part = PartEditor(
        article=article,
        title=_("New fact"),
        template="writing/card",
        form=NewCardForm,
        read=document.Card,
        save=save,
        extra=lambda: place_of(article, "card", added[0]),
        anchor="cards",
        refusal=400,
        context={"next_label": _("Save and next fact")},
        ways={"next": lambda: article_url("card_add", article)},
    )
    return edit(request, part)


@article_view(CHANGE)
def card_delete(request: StaffRequest, article: Article, public_id: str) -> HttpResponse:
    row = card_at(article, public_id)
    binned: list[BinnedPart] = []
    part = PartEditor(
        article=article,
        title=_("Delete fact %(number)s") % {"number": row.position},
        template="writing/delete_part",
        form=forms.CardForm,
        read=lambda: drafts.card_value(card_at(article, public_id)),
        save=lambda **kw: binned.append(drafts.delete_card(row, **kw)),
        extra=lambda: undo_of(article, "cards", binned[0]),
        anchor="cards",
        context={"name": str(row), "back": article_url("card", article, public_id), "days": drafts.KEPT_IN_BIN.days},
    )
    return delete(request, part)


@article_view(CHANGE)
def faq(request: StaffRequest, article: Article, public_id: str) -> HttpResponse:
    row = faq_at(article, public_id)
    part = PartEditor(
        article=article,
        title=_("Question %(number)s") % {"number": row.position},
        template="writing/part",
        form=forms.FaqForm,
        read=lambda: drafts.faq_value(faq_at(article, public_id)),
        save=lambda value, **kw: drafts.save_faq(row, value, **kw),
        anchor=f"faq-{public_id}",
        context={
            "delete_url": article_url("faq_delete", article, public_id),
            "next_label": _("Save and next question"),
        },
        ways={"next": lambda: faq_after(article, row)},
    )
    return edit(request, part)


@article_view(CHANGE)
def faq_add(request: StaffRequest, article: Article) -> HttpResponse:
    added: list[Faq] = []

    def save(new: New, *, by: User, token: str) -> document.Faq:  # noqa: ARG001  -- as above
        added.append(drafts.add_faq(article, new.value, by=by, position=new.position))
        return drafts.faq_value(added[0])

    part = PartEditor(
        article=article,
        title=_("New question"),
        template="writing/part",
        form=NewFaqForm,
        read=document.Faq,
        save=save,
        extra=lambda: place_of(article, "faq", added[0]),
        anchor="questions",
        refusal=400,
        context={"next_label": _("Save and next question")},
        ways={"next": lambda: article_url("faq_add", article)},
    )
    return edit(request, part)


@article_view(CHANGE)
def faq_delete(request: StaffRequest, article: Article, public_id: str) -> HttpResponse:
    row = faq_at(article, public_id)
    binned: list[BinnedPart] = []
    part = PartEditor(
        article=article,
        title=_("Delete question %(number)s") % {"number": row.position},
        template="writing/delete_part",
        form=forms.FaqForm,
        read=lambda: drafts.faq_value(faq_at(article, public_id)),
        save=lambda **kw: binned.append(drafts.delete_faq(row, **kw)),
        extra=lambda: undo_of(article, "faqs", binned[0]),
        anchor="questions",
        context={"name": str(row), "back": article_url("faq", article, public_id), "days": drafts.KEPT_IN_BIN.days},
    )
    return delete(request, part)


def card_at(article: Article, public_id: str) -> FactCard:
    row: FactCard = _row(drafts.whole_cards(article.cards.all()), public_id)
    return row


def faq_at(article: Article, public_id: str) -> Faq:
    row: Faq = _row(article.faqs.all(), public_id)
    return row


def place_of(article: Article, page: str, row: FactCard | Faq) -> dict[str, Any]:
    """Where a new card or question stands, for a script: its place counted from 1, its page, the order's new token."""
    token = drafts.token(drafts.order_of(article, "cards" if page == "card" else "faqs"))
    return {"position": row.position, "url": article_url(page, article, row.public_id), "order_token": token}


def undo_of(article: Article, items: Items, binned: BinnedPart) -> dict[str, Any]:
    """What a script needs after a deletion: the token of the order that is left, and the way back."""
    token = drafts.token(drafts.order_of(article, items))
    return {"order_token": token, "undo": article_url("unbin", article, binned.pk)}


def card_after(article: Article, row: FactCard) -> str:
    """The page of the next card; behind the last one, that of a new card."""
    following = article.cards.filter(position__gt=row.position).first()
    return article_url("card", article, following.public_id) if following else article_url("card_add", article)


def faq_after(article: Article, row: Faq) -> str:
    following = article.faqs.filter(position__gt=row.position).first()
    return article_url("faq", article, following.public_id) if following else article_url("faq_add", article)


def open_remarks(row: FactCard) -> Any:
    return row.comments.filter(parent=None, resolved_at=None).select_related("author")


def _row(rows: QuerySet[Any], public_id: str) -> Any:
    return get_object_or_404(rows, public_id=public_id)
