"""A seeded corpus for the benchmark: article i depends on the seed and i alone, so the first 1,000 of 10,000 are the
1,000. Twelve cards, six questions, five of 200 tags; the tag EVERGREEN stands on about three articles in ten."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from articles.document import Card, Document, Faq, Source

EVERGREEN = "Evergreen"
ALPHABET = "bcdfghjkmnpqrstvwxz"
START = dt.datetime(2016, 1, 1, 8, tzinfo=dt.UTC)
#: From one article to the next: 100,000 of them are over within eight years, so that all of them are public.
STEP = dt.timedelta(minutes=40)
ONSETS = ("b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "tr", "st", "pl", "gr")
SYLLABLES = [onset + vowel for onset in ONSETS for vowel in ("a", "e", "i", "o", "u", "ea", "ou")]
SHORT = ("the", "of", "and", "to", "in", "is", "it", "was", "for", "on", "are", "as", "with", "that", "by", "from")


class Corpus:
    def __init__(self, seed: int = 7) -> None:
        self.seed = seed
        rng = random.Random(f"{seed}/words")
        self.words = ["".join(rng.choices(SYLLABLES, k=rng.choice((2, 2, 3)))) for _ in range(5000)]
        self.tags = [EVERGREEN, *(f"{first.title()} {second}" for first, second in self._pairs(0, 199))]
        self.subjects = [f"{first.title()} {second.title()}" for first, second in self._pairs(500, 40)]
        self.authors = [f"{first.title()} {second.title()}" for first, second in self._pairs(600, 12)]

    def _pairs(self, start: int, count: int) -> list[tuple[str, str]]:
        words = self.words[start : start + 2 * count]
        return list(zip(words[::2], words[1::2], strict=True))

    def articles(self, count: int, *, cards: int = 12) -> Iterator[tuple[dt.datetime, Document]]:
        """Pairs of the instant of publication and the Document; subject and author are names made to slugs."""
        for number in range(count):
            yield START + number * STEP, self.article(number, cards)

    def article(self, number: int, cards: int = 12) -> Document:
        rng = random.Random(f"{self.seed}/{number}/{cards}")
        tags = [EVERGREEN] if rng.random() < 0.3 else []
        while len(tags) < 5:
            tag = self.tags[1 + int((len(self.tags) - 1) * rng.random() ** 1.6)]
            tags += [tag] if tag not in tags else []
        return Document(
            title=f"{cards} facts about the {self._phrase(rng, 3)}"[:190],
            slug=f"a{number:05d}-{cards}-facts",
            dek=self._text(rng, 22)[:290],
            introduction=self._text(rng, 60),
            cards=tuple(self._card(rng, number, place, cards) for place in range(1, cards + 1)),
            conclusion_heading="In the end",
            conclusion=self._text(rng, 40),
            faqs=tuple(self._faq(rng, number, place) for place in range(1, 7)),
            tags=tuple(tags),
            subject=self.subjects[number % len(self.subjects)].lower().replace(" ", "-"),
            authors=(self.authors[number % len(self.authors)].lower().replace(" ", "-"),),
        )

    def _card(self, rng: random.Random, article: int, place: int, cards: int) -> Card:
        parts = [self._text(rng, 45), self._text(rng, 45)]
        if place % 3 == 0:
            parts.append(f"> {self._text(rng, 18)}\n>\n> — {rng.choice(self.authors)}")
        if place % 4 == 0:
            parts.append("\n".join(f"- {self._phrase(rng, 8)}" for _ in range(3)))
        return Card(
            public_id=self._id(f"c{article}-{place}-{cards}"),
            heading=self._phrase(rng, rng.randint(5, 9)).capitalize()[:190],
            body="\n\n".join(parts),
            sources=(Source(url=f"https://example.org/{article}/{place}", title=self._phrase(rng, 3)),),
            spoiler_after=rng.randint(1, 16) if rng.random() < 0.1 else None,
        )

    def _faq(self, rng: random.Random, article: int, place: int) -> Faq:
        return Faq(
            public_id=self._id(f"q{article}-{place}"),
            question=self._phrase(rng, 8).capitalize() + "?",
            answer=self._text(rng, 35),
        )

    def _id(self, name: str) -> str:
        return "".join(random.Random(f"{self.seed}/{name}").choices(ALPHABET, k=10))

    def _phrase(self, rng: random.Random, words: int) -> str:
        return " ".join(
            rng.choice(SHORT) if rng.random() < 0.5 else self.words[int(len(self.words) * rng.random() ** 3)]
            for _ in range(words)
        )

    def _text(self, rng: random.Random, words: int) -> str:
        sentences = []
        while words > 0:
            length = min(words, rng.randint(8, 18))
            sentences.append(self._phrase(rng, length).capitalize() + ".")
            words -= length
        return " ".join(sentences)
