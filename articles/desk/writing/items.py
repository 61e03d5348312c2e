"""What the pages of cards and of questions share: finding one, the form of a new one, JSON for scripts."""

from __future__ import annotations

import dataclasses
from typing import Any, NamedTuple, cast

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy

from articles import document, drafts
from articles.desk.pages import article_url
from articles.document.rules import MOST_CARDS
from articles.drafts.reading import Items
from articles.models import Article, BinnedPart, FactCard, Faq


class NewItem(NamedTuple):
    """A card or question to be added, at a place counted from 1, or at the end without one."""

    value: Any
    position: int | None


class NewItemForm(forms.Form):
    """What a script sends along: an id, so that it may send the same again, and a place.

    Behind the last one means the end: somebody may have deleted the last ones meanwhile.
    """

    public_id = forms.CharField(required=False, widget=forms.HiddenInput)
    position = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_CARDS,
        label=gettext_lazy("position"),
        widget=forms.HiddenInput,
    )

    def value(self) -> NewItem:
        value = super().value()  # type: ignore[misc]
        return NewItem(
            dataclasses.replace(value, public_id=self.cleaned_data["public_id"]), self.cleaned_data["position"]
        )


def get_card(article: Article, public_id: str) -> FactCard:
    """With all that `drafts.card_value` reads; raises Http404."""
    row: FactCard = get_object_or_404(drafts.whole_cards(article.cards.all()), public_id=public_id)
    return row


def get_faq(article: Article, public_id: str) -> Faq:
    """Raises Http404."""
    row: Faq = get_object_or_404(article.faqs.all(), public_id=public_id)
    return row


def value_of(row: FactCard | Faq) -> document.Card | document.Faq:
    """The value of a card or question as it stands in the database now."""
    return drafts.faq_value(row) if isinstance(row, Faq) else drafts.card_value(get_card(row.article, row.public_id))


def place_of(row: FactCard | Faq) -> dict[str, Any]:
    """Where a new card or question stands, for a script: its place counted from 1, its page, the order's new token."""
    page, items = ("card", "cards") if isinstance(row, FactCard) else ("faq", "faqs")
    url = article_url(page, row.article, row.public_id)
    return {"position": row.position, "url": url, **_order_token(row.article, cast("Items", items))}


def undo_of(article: Article, binned: BinnedPart) -> dict[str, Any]:
    """What a script needs after a deletion: the token of the order that is left, and the address that restores it."""
    return {"undo": article_url("unbin", article, binned.pk), **_order_token(article, cast("Items", binned.kind))}


def _order_token(article: Article, items: Items) -> dict[str, str]:
    return {"order_token": drafts.token(drafts.order_of(article, items))}
