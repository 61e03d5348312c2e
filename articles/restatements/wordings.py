"""What the parts of an article said before, and since when they say what they say now (models.versions)."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from articles.document import Card
from articles.models import Article, PartVersion
from articles.restatements.listing import Text

#: So many earlier wordings of an article are looked through, the newest.
MOST_WORDINGS = 400
#: Before anything that is known: what a sentence stood with that was there from the beginning.
BEGINNING = dt.datetime.min.replace(tzinfo=dt.UTC)
#: As old as what each fact said last: what a sentence stands with of which nobody knows when it came.
JUST_BEFORE = dt.datetime.max.replace(tzinfo=dt.UTC)

#: What is no word and belongs to no figure: white space, marks, quotation marks, emoji.
_NO_WORDS = re.compile(r"(?:[^\w%$€£¥₩.,]|_|(?<!\d)[.,]|[.,](?!\d))+")


@dataclass(frozen=True, slots=True)
class Wording:
    """What stood in a place until somebody wrote over it, from `replaced_at` to `spell_until`."""

    replaced_at: dt.datetime
    spell_until: dt.datetime
    value: Mapping[str, Any]


@dataclass(frozen=True)
class Wordings:
    """By place, the newest first."""

    by_place: Mapping[str, Sequence[Wording]] = field(default_factory=dict)

    def since(self, text: Text, sentence: str) -> dt.datetime:
        """When this sentence came to its text: BEGINNING where it was always there.

        A question says something with its answer alone, and is as old as that. What a picture shows is not kept with
        the wordings: JUST_BEFORE.
        """
        if text.is_picture:
            return JUST_BEFORE
        if text.answer:
            return max(self._since(text.place, "answer", text.answer), self._since(text.place, text.field, sentence))
        return self._since(text.place, text.field, sentence)

    def _since(self, place: str, name: str, sentence: str) -> dt.datetime:
        wanted = _compact(sentence)
        for each in self.by_place.get(place, ()):
            if wanted not in _compact(each.value.get(name) or ""):
                return each.spell_until
        return BEGINNING

    def of_card(self, public_id: str, moment: dt.datetime) -> tuple[str, str] | None:
        """Heading and body of a card at a moment; None where they were as they are now."""
        found = self.by_place.get(f"card:{public_id}", ())
        later = found[:1] if moment == JUST_BEFORE else [each for each in found if each.replaced_at > moment]
        if not later:
            return None
        value = later[-1].value
        return value.get("heading") or "", value.get("body") or ""


def wordings_of(article: Article) -> Wordings:
    """One query."""
    rows = PartVersion.objects.filter(article=article).order_by("-replaced_at", "-pk")
    columns = ("place", "replaced_at", "spell_until", "value")
    found: dict[str, list[Wording]] = defaultdict(list)
    for place, replaced_at, spell_until, value in rows.values_list(*columns)[:MOST_WORDINGS]:
        found[place].append(Wording(replaced_at, spell_until, value))
    return Wordings(found)


def same_words(texts: Iterable[str], others: Iterable[str]) -> bool:
    """Whether they differ in white space, quotation marks, emoji and Markdown's marks at most."""
    return [*map(_compact, texts)] == [*map(_compact, others)]


@lru_cache(maxsize=2000)
def _compact(text: str) -> str:
    return _NO_WORDS.sub("", text).casefold()


def texts_of_card(card: Card) -> tuple[str, str]:
    return card.heading, card.body


def changed_cards(
    cards: Sequence[Card], wordings: Wordings, moment: dt.datetime
) -> Iterator[tuple[int, tuple[str, str]]]:
    """The places of the cards that said something else at a moment, and what."""
    for number, card in enumerate(cards):
        then = wordings.of_card(card.public_id, moment)
        if then is not None and not same_words(then, texts_of_card(card)):
            yield number, then
