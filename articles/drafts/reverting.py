"""Saving any part of an article by its value, and bringing an earlier wording back."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from articles.document import Card, Faq
from articles.drafts import items, saving, versions
from articles.drafts.changing import DraftError
from articles.drafts.reading import Details, Introduction
from articles.models import Article


def revert(article: Article, version_pk: int, *, token: str, by: User, is_longest: bool = False) -> versions.Value:
    """Saves the wording of a version, or the longest of its spell, in place of the words whose token was shown, and
    gives it as it stands then.

    A change like any other, which can be taken back in turn. Raises StaleError when the part is different by now,
    DraftError when the version or its part is gone.
    """
    value = versions.value_of(versions.at(article, version_pk), is_longest=is_longest)
    return save_part(article, value, token=token, by=by)


def save_part(article: Article, value: versions.Value, *, token: str, by: User) -> versions.Value:
    """Saves a value as the part that it is of, keeping the wording before in any case. Raises as a save of the part."""
    if isinstance(value, Card):
        card = article.cards.filter(public_id=value.public_id).first()
        if card is None:
            raise DraftError(_("This fact was deleted: restore it from the bin first."))
        return items.save_card(card, value, token=token, by=by, is_return=True)
    if isinstance(value, Faq):
        faq = article.faqs.filter(public_id=value.public_id).first()
        if faq is None:
            raise DraftError(_("This question was deleted: restore it from the bin first."))
        return items.save_faq(faq, value, token=token, by=by, is_return=True)
    if isinstance(value, Details):
        return saving.save_details(article, value, token=token, by=by, is_return=True)
    if isinstance(value, Introduction):
        return saving.save_introduction(article, value, token=token, by=by, is_return=True)
    return saving.save_conclusion(article, value, token=token, by=by, is_return=True)
