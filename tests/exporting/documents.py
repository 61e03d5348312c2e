"""Documents of every kind, and texts made of what could be mistaken for the marks of an export."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from articles.document import Card, Caveat, Document, Faq, Numbering, Picture, Source, SourceKind
from tests.strategies import every_field, hostile

PIECES = (
    *("\n", "\n\n", " ", "\t", "\r", "\r\n", "\x00", "\x7f", "\x1b", "\x85", "\u2028", "\ufeff", "\\", '"', "'", "'''"),
    *(
        '"""',
        "+++",
        "++",
        "## ",
        "##",
        "### ",
        "# ",
        "1. ",
        "1.",
        "Question:",
        "Conclusion: ",
        "```",
        "````",
        "```toml",
    ),
    *("~~~", "---", "> ", "- ", "a = 1", "[[sources]]", "fanguide = 1", "{", "#", "“", "한국어", "👩‍⚕️", "é", "word"),
)

nasty = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=8).map("".join)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | nasty | hostile()
days = st.none() | st.dates()
points = st.none() | st.integers(-(10**30), 10**30)
names = st.lists(texts, max_size=3).map(tuple)
sources = every_field(
    Source,
    url=texts,
    title=texts,
    publisher=texts,
    seen_on=days,
    kind=st.sampled_from(SourceKind),
    excerpt=texts,
    archived_url=texts,
)
cards = every_field(
    Card,
    public_id=texts,
    heading=texts,
    emoji=texts,
    picture=texts,
    body=texts,
    tags=names,
    sources=st.lists(sources, max_size=2).map(tuple),
    spoiler_after=points,
    safe_heading=texts,
    check_on=days,
    caveat=st.sampled_from(Caveat),
    caveat_since=days,
    caveat_note=texts,
)
faqs = every_field(Faq, public_id=texts, question=texts, answer=texts, spoiler_after=points)
pictures = st.builds(
    Picture,
    public_id=texts,
    file=texts,
    width=st.integers(),
    height=st.integers(),
    alt=texts,
    decorative=st.booleans(),
    credit=texts,
    focal_x=st.integers(0, 100),
)
documents = st.builds(
    Document,
    title=texts,
    slug=texts,
    dek=texts,
    language=texts,
    introduction=texts,
    cards=st.lists(cards, max_size=4).map(tuple),
    conclusion_heading=texts,
    conclusion=texts,
    faqs=st.lists(faqs, max_size=3).map(tuple),
    numbering=st.sampled_from(Numbering),
    tags=names,
    subject=texts,
    authors=names,
    cover=texts,
    pictures=st.lists(pictures, max_size=2).map(tuple),
)


def ferry(**fields: Any) -> Document:
    """A small article in which every kind of part is there."""
    lamps = Card(
        public_id="bcdfghjkmn",
        heading="The ferry has 3 lamps",
        emoji="🏮",
        body="Count them in the second scene.\n\n> Three.\n>\n> — Mina Park\n\nThere are three.",
        tags=("Lamps", "Props"),
        sources=(Source(url="https://example.org/ferry", title="The ferry", seen_on=dt.date(2024, 5, 1)),),
        spoiler_after=3,
        safe_heading="How many lamps there are",
    )
    defaults: dict[str, Any] = {
        "title": "2 facts about the ferry",
        "slug": "2-facts-about-the-ferry",
        "introduction": "It leaves at night.",
        "cards": (lamps, Card(public_id="cdfghjkmnp", heading="Nobody steers it", body="Look closely.")),
        "conclusion_heading": "Ashore",
        "conclusion": "It arrives in the morning.",
        "faqs": (Faq(public_id="dfghjkmnpq", question="Who is the captain?", answer="Nobody knows."),),
        "tags": ("Ferries",),
        "subject": "night-ferry",
        "authors": ("mina-park",),
    }
    return Document(**defaults | fields)
