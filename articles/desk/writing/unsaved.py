"""An article as it stands on a writer's screen: the working copy with the words that nobody has saved yet.

Nothing is written. What a screen sends of a part is what its form would send. Showing is more patient than saving:
words that the form refuses are shown as they were typed, and what is no words (a number, a choice, tags) stays as it
was last saved.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.core.exceptions import TooManyFieldsSent
from django.http import QueryDict
from django.utils.translation import gettext as _

from articles import drafts
from articles.desk.writing import forms
from articles.desk.writing.language_field import WORDS
from articles.document import Card, Document, Faq, excess
from articles.document.rules import BODY_LENGTH, MOST_CARDS, MOST_FAQS
from articles.models import Article
from articles.translation import translated

Item = TypeVar("Item", Card, Faq)

#: Parts of which an article has one: the form of each, and what `drafts` calls its value.
_SINGLE: Mapping[str, tuple[type[forms.PartForm], type[Any]]] = {
    "details": (forms.DetailsForm, drafts.Details),
    "introduction": (forms.IntroductionForm, drafts.Introduction),
    "conclusion": (forms.ConclusionForm, drafts.Conclusion),
}


class UnsavedError(ValueError):
    """What was sent is more than an article takes; the message is a sentence for the writer."""


@dataclass(frozen=True, slots=True)
class UnsavedArticle:
    """`cards` and `faqs` are the ids by which the screen knows the document's, in its order: a new one has no other."""

    document: Document
    cards: tuple[str, ...]
    faqs: tuple[str, ...]


def on_screen(article: Article, sent: Mapping[str, str]) -> UnsavedArticle:
    """The whole article with the parts in `sent`, named as in a Problem's place, each a URL-encoded form.

    `cards` and `faqs` are all ids on the screen, in order, with spaces between: what they leave out was deleted there.
    Without them the saved order holds, and new ones come last. Raises UnsavedError.
    """
    document = drafts.document_of(article)
    for name, (form, kind) in _SINGLE.items():
        if name in sent:
            value = _value(form(data=_fields(sent[name])), _part_of(document, kind))
            document = dataclasses.replace(document, **_plain(value))
    cards = _items("card", document.cards, sent, forms.CardForm, Card(), _order(sent, "cards", MOST_CARDS))
    faqs = _items("faq", document.faqs, sent, forms.FaqForm, Faq(), _order(sent, "faqs", MOST_FAQS))
    document = dataclasses.replace(document, cards=tuple(cards.values()), faqs=tuple(faqs.values()))
    if too_much := excess(document):
        raise UnsavedError(translated(too_much))
    return UnsavedArticle(drafts.with_pictures(document), tuple(cards), tuple(faqs))


def _fields(form: str) -> QueryDict:
    try:
        return QueryDict(form)
    except TooManyFieldsSent as error:
        raise UnsavedError(_("One part of the article has too many fields to be shown.")) from error


def _part_of(document: Document, kind: type[Any]) -> Any:
    return kind(**{field.name: getattr(document, field.name) for field in dataclasses.fields(kind)})


def _plain(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


def _order(sent: Mapping[str, str], name: str, most: int) -> Sequence[str] | None:
    """The ids on the screen, None where it names none. A screen holds no more of them than can be saved."""
    ids = list(dict.fromkeys(sent[name].split())) if name in sent else None
    if ids and len(ids) > most:
        raise UnsavedError(_("An article takes at most %(most)s of these.") % {"most": most})
    return ids


def _items(
    kind: str,
    saved: Iterable[Item],
    sent: Mapping[str, str],
    form: type[forms.PartForm],
    empty: Item,
    order: Sequence[str] | None,
) -> dict[str, Item]:
    """The cards or questions by the id that the screen knows them by. One that is new there has no `public_id`."""
    found = {item.public_id: item for item in saved}
    prefix = f"{kind}:"
    for name, fields in sent.items():
        public_id = name.removeprefix(prefix)
        if name.startswith(prefix) and (order is None or public_id in order):
            was = found.get(public_id, empty)
            value = cast("Item", _value(form(data=_fields(fields)), was))
            found[public_id] = dataclasses.replace(value, public_id=was.public_id)
    return found if order is None else {public_id: found[public_id] for public_id in order if public_id in found}


def _value(form: forms.PartForm, saved: Any) -> Any:
    form.is_valid()
    refused = [name for name in form.fields if name not in form.cleaned_data]
    for name in refused:
        form.cleaned_data[name] = None if name == "subject" else getattr(saved, name)
    shown = {name: _typed(form, name) if name in WORDS else getattr(saved, name) for name in refused}
    if isinstance(form, forms.CardForm) and not form.sources.management_form.is_valid():
        shown[forms.SOURCES] = saved.sources
    return dataclasses.replace(form.value(), **shown)


def _typed(form: forms.PartForm, name: str) -> str:
    words = str(form.data.get(name, "")).replace("\r\n", "\n").strip()
    if len(words) > BODY_LENGTH:
        label = form.fields[name].label or name
        raise UnsavedError(_("Too long to be shown: %(field)s.") % {"field": label})
    return words
