"""Working copies by words, for all searches of the desk: cards by heading and text, articles by title.

Of the articles changed last any part of a word is found, by looking at them; of all others words and their beginnings,
by the index (models.search.working). So a site of some hundred articles loses nothing by the index, and in a large one
a search costs the same however many articles there are. Where there are too many matches, those of the articles changed
last are whole, and beside them stand the cards that were made last: the index is in the order in which rows were made,
for one in the order of changes would have to be written anew for all cards of an article at each of its saves.

Whoever may not see all articles has their own looked at: of those nobody has thousands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db.models import QuerySet

from articles import rights
from articles.models import Article, FactCard
from articles.models.search import working
from articles.roles import ANY_ARTICLE
from articles.text import finding, signs

#: What is asked for in one search.
MOST_WORDS = 10
#: So many articles, those changed last, are looked at themselves.
RECENT = 500
#: So many cards are found at most, and so many rows taken from the index.
MOST_FOUND = 1000
_NEWEST = ("-article__changed_at", "-article_id", "position")


class FoundCards(NamedTuple):
    """Their keys, those of articles changed last first. `is_cut`: there are more."""

    keys: list[int]
    is_cut: bool = False


def words_of(asked: str) -> list[str]:
    return finding.folded(signs.line(asked)).split()[:MOST_WORDS]


def cards_with(words: Sequence[str], user: User) -> FoundCards:
    """Cards with all of these words in articles that this person may see, none in the bin; nothing without words."""
    if not words:
        return FoundCards([])
    if not sees_all(user):
        return _cut(_with_any_part(words, rights.visible_articles(user, Article.objects.order_by()).values("pk")))
    recent = recent_articles()
    found = _with_any_part(words, recent)
    if len(recent) < RECENT or len(found) > MOST_FOUND:
        return _cut(found)
    wanted = working.expression(words)
    keys = working.newest(working.CARDS, wanted, MOST_FOUND + 1) if wanted else []
    rows = FactCard.objects.filter(pk__in=keys, article__binned_at=None).order_by(*_NEWEST)
    known = set(recent)
    found += [pk for pk, article in rows.values_list("pk", "article_id") if article not in known]
    return FoundCards(found[:MOST_FOUND], is_cut=max(len(found), len(keys)) > MOST_FOUND)


def in_order(cards: QuerySet[FactCard]) -> QuerySet[FactCard]:
    return cards.order_by(*_NEWEST)


def called(articles: QuerySet[Article], words: Sequence[str], user: User, *, most: int) -> list[tuple[int, str]]:
    """The first with all of the words in their title, as (pk, title). The articles are those that this person may see,
    in the order of their changes, the last one first.
    """
    rows = articles.values_list("pk", "title")
    if not sees_all(user):
        return _titled(rows.iterator(), words, most)
    recent = list(rows[:RECENT])
    found = _titled(recent, words, most)
    wanted = working.expression(words)
    if len(recent) < RECENT or len(found) == most or not wanted:
        return found
    known = {pk for pk, _title in recent}
    keys = working.newest(working.TITLES, wanted, MOST_FOUND)
    return [*found, *(row for row in rows.filter(pk__in=keys) if row[0] not in known)][:most]


def recent_articles() -> list[int]:
    """The keys of those changed last, whoever may see them. Fewer than RECENT: there are no others."""
    return list(Article.objects.order_by("-changed_at", "-pk").values_list("pk", flat=True)[:RECENT])


def sees_all(user: User) -> bool:
    return rights.may(user, ANY_ARTICLE)


def _cut(keys: list[int]) -> FoundCards:
    return FoundCards(keys[:MOST_FOUND], is_cut=len(keys) > MOST_FOUND)


def _with_any_part(words: Sequence[str], articles: Any) -> list[int]:
    """One more than are shown."""
    found = FactCard.objects.filter(article__in=articles)
    for word in words:
        found = found.filter(folded__contains=word)
    return list(in_order(found).values_list("pk", flat=True)[: MOST_FOUND + 1])


def _titled(rows: Iterable[tuple[int, str]], words: Sequence[str], most: int) -> list[tuple[int, str]]:
    """Folded here: SQLite knows the case of ASCII only."""
    found: list[tuple[int, str]] = []
    for pk, title in rows:
        folded = finding.folded(title)
        if all(word in folded for word in words):
            found.append((pk, title))
            if len(found) == most:
                break
    return found
