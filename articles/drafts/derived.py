"""What is kept beside the words of a working copy and made of them: the one door for every act that writes words.

It is called in the transaction that writes them, with the article locked.
"""

from __future__ import annotations

from articles.document import Card, Document, Faq
from articles.drafts import pictures_shown, reading, statements
from articles.drafts.reading import Conclusion, Details, Introduction
from articles.models import Article

Value = Details | Introduction | Conclusion | Card | Faq


def replace(article: Article, place: str, old: Value, new: Value) -> None:
    """`new` stands in the place of `old`; the article's subject and language are the same as before."""
    statements.replace(article, place, old, new)
    pictures_shown.replace(article, place, old, new)


def replace_details(article: Article, old: Details, new: Details) -> None:
    """With another subject or language, all words state something else."""
    if (old.subject, old.language) == (new.subject, new.language):
        statements.replace(article, "details", old, new)
    else:
        statements.rebuild(article, reading.document_of(article))
    pictures_shown.replace(article, "details", old, new)


def add(article: Article, place: str, value: Value) -> None:
    statements.add(article, place, value)
    pictures_shown.add(article, place, value)


def remove(article: Article, place: str, value: Value) -> None:
    """`value` stood in the place."""
    statements.remove(article, place)
    pictures_shown.remove(article, place, value)


def move(source: Article, target: Article, place: str, value: Value) -> None:
    """A card moves to another article; both are locked."""
    statements.move(source, target, place, value)
    pictures_shown.move(source, target, place, value)


def rebuild(article: Article, value: Document, *, is_new: bool = False) -> None:
    """Of the whole article, whose words are `value`."""
    statements.rebuild(article, value, is_new=is_new)
    pictures_shown.rebuild(article, value, is_new=is_new)
