"""The pages of one card and of one question."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from articles import document, drafts
from articles.desk import forms
from articles.desk.pages import at, of_article
from articles.desk.parts import CHANGE
from articles.desk.saving import Part, delete, edit
from articles.models import Article, FactCard, Faq


@of_article(CHANGE)
def card(request: HttpRequest, article: Article, public_id: str) -> HttpResponse:
    row = card_at(article, public_id)
    part = Part(
        article=article,
        title=_("Fact %(number)s") % {"number": row.position},
        template="card",
        form=forms.CardForm,
        read=lambda: drafts.card_value(card_at(article, public_id)),
        save=lambda value, **kw: drafts.save_card(row, value, **kw),
        anchor=f"card-{public_id}",
        context={
            "card": row,
            "tag_names": forms.tag_names(),
            "remarks": open_remarks(row),
            "next_label": _("Save and next fact"),
            "delete_url": at("card_delete", article, public_id),
        },
        ways={"next": lambda: card_after(article, row)},
    )
    return edit(request, part)


@of_article(CHANGE)
def card_add(request: HttpRequest, article: Article) -> HttpResponse:
    added: list[FactCard] = []
    part = Part(
        article=article,
        title=_("New fact"),
        template="card",
        form=forms.CardForm,
        read=lambda: drafts.card_value(added[0]) if added else document.Card(),
        save=lambda value, by, **_token: added.append(drafts.add_card(article, value, by=by)),
        anchor="cards",
        refusal=400,
        context={"tag_names": forms.tag_names(), "next_label": _("Save and next fact")},
        ways={"next": lambda: at("card_add", article)},
    )
    return edit(request, part)


@of_article(CHANGE)
def card_delete(request: HttpRequest, article: Article, public_id: str) -> HttpResponse:
    row = card_at(article, public_id)
    part = Part(
        article=article,
        title=_("Delete fact %(number)s") % {"number": row.position},
        template="delete_part",
        form=forms.CardForm,
        read=lambda: drafts.card_value(card_at(article, public_id)),
        save=lambda **kw: drafts.delete_card(row, **kw),
        anchor="cards",
        context={"name": str(row), "back": at("card", article, public_id)},
    )
    return delete(request, part)


@of_article(CHANGE)
def faq(request: HttpRequest, article: Article, public_id: str) -> HttpResponse:
    row = faq_at(article, public_id)
    part = Part(
        article=article,
        title=_("Question %(number)s") % {"number": row.position},
        template="part",
        form=forms.FaqForm,
        read=lambda: drafts.faq_value(faq_at(article, public_id)),
        save=lambda value, **kw: drafts.save_faq(row, value, **kw),
        anchor=f"faq-{public_id}",
        context={"delete_url": at("faq_delete", article, public_id), "next_label": _("Save and next question")},
        ways={"next": lambda: faq_after(article, row)},
    )
    return edit(request, part)


@of_article(CHANGE)
def faq_add(request: HttpRequest, article: Article) -> HttpResponse:
    added: list[Faq] = []
    part = Part(
        article=article,
        title=_("New question"),
        template="part",
        form=forms.FaqForm,
        read=lambda: drafts.faq_value(added[0]) if added else document.Faq(),
        save=lambda value, by, **_token: added.append(drafts.add_faq(article, value, by=by)),
        anchor="questions",
        refusal=400,
        context={"next_label": _("Save and next question")},
        ways={"next": lambda: at("faq_add", article)},
    )
    return edit(request, part)


@of_article(CHANGE)
def faq_delete(request: HttpRequest, article: Article, public_id: str) -> HttpResponse:
    row = faq_at(article, public_id)
    part = Part(
        article=article,
        title=_("Delete question %(number)s") % {"number": row.position},
        template="delete_part",
        form=forms.FaqForm,
        read=lambda: drafts.faq_value(faq_at(article, public_id)),
        save=lambda **kw: drafts.delete_faq(row, **kw),
        anchor="questions",
        context={"name": str(row), "back": at("faq", article, public_id)},
    )
    return delete(request, part)


def card_at(article: Article, public_id: str) -> FactCard:
    row: FactCard = get_object_or_404(article.cards.prefetch_related("sources", "tagged__tag"), public_id=public_id)
    return row


def faq_at(article: Article, public_id: str) -> Faq:
    row: Faq = get_object_or_404(article.faqs.all(), public_id=public_id)
    return row


def card_after(article: Article, row: FactCard) -> str:
    """The page of the next card; behind the last one, that of a new card."""
    following = article.cards.filter(position__gt=row.position).first()
    return at("card", article, following.public_id) if following else at("card_add", article)


def faq_after(article: Article, row: Faq) -> str:
    following = article.faqs.filter(position__gt=row.position).first()
    return at("faq", article, following.public_id) if following else at("faq_add", article)


def open_remarks(row: FactCard) -> Any:
    return row.comments.filter(parent=None, resolved_at=None).select_related("author")
