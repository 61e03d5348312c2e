"""Promise 9 by pairs: two sites that differ only in what a reader must not know yet are the same bytes to that reader.

Each pair is made up: the same tags and articles, with other headings, bodies, emoji, tags, sources, pictures and
answers beyond episode SEEN. Everywhere but inside of what is closed the bytes are equal: pages, search, counts, order,
feeds, names of pictures; and so are the ETags of all answers that do not carry what is closed.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from articles.document import Card, Caveat, Faq, Source, SourceKind
from articles.models import Edition, Tag
from tests import make
from tests.reading.addresses import TAKES_WORDS, examples
from tests.sampling import is_thorough

pytestmark = pytest.mark.django_db

SEEN = 6
NOW = timezone.now().replace(microsecond=0)
WORDS = [
    "ferry",
    "lamp",
    "captain",
    "harbour",
    "letter",
    "drowns",
    "marries",
    "주지훈",
    "等待",
    "Ju",
    "Ji-hoon",
    "storm",
]
TAGS = ["Ferries", "Lamps", "Music", "Storms", "Letters", "Nobody else has this"]
QUESTIONS = [*WORDS, "drownz", "captain letter", '"marries the captain"', "-lamp ferry", "nobody else", "stor", "주지"]
#: What a form says of the hour, and what differs from request to request.
UNSTEADY = {"Date", "Set-Cookie", "X-Request-ID"}


class Site:
    """Makes an article's cards: what stands before the reader's episode out of one source of chance, what lies beyond
    out of another.
    """

    def __init__(self, known: int, hidden: int, pictures: list[str]) -> None:
        self.known, self.hidden, self.pictures = random.Random(known), random.Random(hidden), pictures

    def words(self, chance: random.Random, least: int, most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(least, most)))

    def point(self) -> int | None:
        return self.known.choice([None, None, 1, SEEN - 1, SEEN, SEEN + 1, SEEN + 6])

    def card(self, public_id: str) -> Card:
        point = self.point()
        safe_heading = f"Safe {self.words(self.known, 1, 3)}" if point and self.known.random() < 0.5 else ""
        chance = self.hidden if point and point > SEEN else self.known
        body = "\n\n".join(self.words(chance, 3, 120) for _ in range(chance.randint(1, 4)))
        sources = [
            Source(
                url=f"https://example.org/{chance.randrange(99)}",
                title=self.words(chance, 1, 3),
                kind=chance.choice([*SourceKind]),
                excerpt=self.words(chance, 0, 60),
                archived_url=chance.choice(["", f"https://archive.example/{chance.randrange(99)}"]),
            )
            for _ in range(chance.randint(0, 3))
        ]
        caveat = chance.choice([Caveat.NONE, *Caveat])
        return make.card(
            public_id=public_id,
            caveat=caveat,
            caveat_since=dt.date(2026, 1, chance.randint(1, 28)) if caveat else None,
            caveat_note=self.words(chance, 2, 6) if caveat else "",
            heading=self.words(chance, 2, 6),
            emoji=chance.choice(["", "💀", "⛴️"]),
            body=body,
            tags=tuple(chance.sample(TAGS, chance.randint(0, 3))),
            sources=tuple(sources),
            picture=chance.choice(["", *self.pictures]),
            spoiler_after=point,
            safe_heading=safe_heading,
        )

    def faq(self, public_id: str) -> Faq:
        point = self.point()
        chance = self.hidden if point and point > SEEN else self.known
        question, answer = f"{self.words(chance, 2, 6)}?", self.words(chance, 3, 60)
        return make.faq(public_id=public_id, question=question, answer=answer, spoiler_after=point)

    def article(self, number: int, subject: str) -> Edition:
        ids = [f"{letter * 9}{'bcdf'[number]}" for letter in "bcdfghjkmnpqrst"]
        return make.edition(
            title=f"Article {number}",
            slug=f"article-{number}",
            subject=subject,
            tags=("Ferries",),
            cards=(
                make.card(public_id=ids[0], heading="Open", body="Open.", tags=("Ferries",)),
                *map(self.card, ids[1:9]),
            ),
            faqs=tuple(map(self.faq, ids[9:13])),
            at=NOW - dt.timedelta(days=3 - number),
        )


def addresses_of(editions: list[Edition]) -> Iterator[str]:
    for edition in editions:
        for name, address in examples(edition).items():
            if name not in TAKES_WORDS:
                yield address
        yield f"/articles/{edition.slug}/?seen={SEEN}"
        yield f"/subjects/{edition.subject.slug}/?seen={SEEN}"
        for sort in ("newest", "oldest", "episode"):
            yield f"/facts/?subject={edition.subject.slug}&sort={sort}&seen={SEEN}"
        for fact in edition.facts.order_by("public_id"):
            yield f"/facts/{fact.public_id}/{fact.slug}/"
            yield f"/facts/{fact.public_id}/{fact.slug}/?seen={SEEN}"
            yield f"/embed/{fact.public_id}/"
            yield f"/oembed?url=http://testserver/facts/{fact.public_id}/"
    for question in QUESTIONS:
        for path in ("/search/?q=", "/search/suggest?q=", "/facts/?q="):
            yield f"{path}{question}"
        yield f"/search/?q={question}&subject=night-ferry&seen={SEEN}"


def outside(response: HttpResponse) -> tuple[str, bool]:
    """What the answer says beside what is closed, and whether it carries something closed."""
    if "html" not in response.get("Content-Type", ""):
        return repr(b"".join(response)), False
    page = LexborHTMLParser(response.content.decode())
    closed = page.css("details.spoiler:not([open]) .spoiler-body")
    for node in closed:
        node.decompose()
    return page.html if closed else response.content.decode(), bool(closed)


def answers(known: int, hidden: int, pictures: list[str]) -> dict[str, tuple[object, ...]]:
    """What a reader gets at each address of a site that is taken back afterwards."""
    client, found = Client(), {}
    with transaction.atomic():
        site = Site(known, hidden, pictures)
        editions = [site.article(0, "night-ferry"), site.article(1, "day-ferry")]
        cache.clear()
        for address in addresses_of(editions):
            response = client.get(address)
            said, carries_closed = outside(response)
            unsteady = UNSTEADY | ({"ETag", "Content-Length"} if carries_closed else set())
            # That of a download is made of the editions' keys, which PostgreSQL does not give twice.
            unsteady |= {"ETag"} if response.streaming else set()
            headers = {name: value for name, value in response.items() if name not in unsteady}
            found[address] = (response.status_code, headers, said)
        transaction.set_rollback(True)
    cache.clear()
    return found


@pytest.mark.slow
@pytest.mark.parametrize("known", range(12 if is_thorough() else 2))
def test_what_lies_beyond_changes_nothing_that_a_reader_gets(known: int):
    for name, slug in (("Night Ferry", "night-ferry"), ("Day Ferry", "day-ferry")):
        make.subject(name=name, slug=slug)
    make.author()
    for name in TAGS:
        Tag.objects.create(name=name)
    pictures = [make.picture(title=each, alt=each).public_id for each in ("Gull", "Tern")]
    with time_machine.travel(NOW, tick=False):
        one, other = (answers(known, hidden, pictures) for hidden in (1_000 + known, 2_000 + known))
    assert one.keys() == other.keys()
    assert not [address for address in one if one[address] != other[address]]
