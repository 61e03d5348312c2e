"""Every text field × every kind of hostile text: refused at that field, or every output that shows it parses.

One field at a time, so that a failure names it; test_both_ends.py mixes them. A part by default, all in CI.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse

from articles import document
from articles.document import Card, Document, Faq, Source
from articles.document.rules import Body, EmojiLine, Items, Line, Slug, TagName, WebAddress, rules
from articles.models import Author, Edition, Picture, SitePage, Subject, Tag
from tests import make
from tests.document.outputs import check_edition, check_machines, check_page
from tests.document.test_both_ends import published
from tests.sampling import sampled

pytestmark = pytest.mark.django_db

HOSTILE = {
    "control signs": "The \x00\x01\x08\x0b\x0c\x1b\x7f\x85\x9f\ufffe\uffff lamps",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)><b>&amp;&lt;&#x3c;<svg/onload=a> lamps",
    "right to left": "\u202eThe \u2067\u200fلمبات \u061c\u2066\u202b lamps",
    "ten kilobytes": "lamps and ferries " * 580,
    "emoji": "👩\u200d⚕️\u200d\u200d 👨\u200d👩\u200d👧 🇰🇷🇰 ❤\ufe0f\u200d🔥\ufe0f\u200d lamps",
    "end of data": "]]> ]]&gt; <![CDATA[ --> <!-- ?> lamps",
    "end of a script": "</script></title></textarea></style><script>alert(1) lamps",
    "half a letter": "Half \ud83d a \udc00 letter of lamps",
    "lines": "One\r\ntwo\rthree\u2028four\u2029five\x0bsix\x1c\x1d\x1e lamps",
    "quotes": "=cmd|' /C calc'!A0,\"a\"\"b\";'c'\t{{7*7}} ${7} `x` lamps",
}
WRITTEN = (Line, Body, EmojiLine, TagName, Slug, WebAddress)


def fields_of_documents() -> Iterator[tuple[type[Any], str]]:
    """Of a document and its parts: the names of texts and of lists of texts, without ids and files."""
    for kind in (Document, Card, Faq, Source):
        for name, rule in rules(kind).items():
            rule = rule.each if isinstance(rule, Items) else rule
            if isinstance(rule, WRITTEN) and name not in ("caveat", "authors", "subject"):
                yield kind, name


ROWS: dict[type[models.Model], tuple[str, ...]] = {
    Subject: ("name", "original_name", "description"),
    Author: ("name", "bio"),
    Tag: ("name", "description"),
    Picture: ("title", "alt", "credit", "licence"),
    SitePage: ("title", "body"),
}
CASES = sampled([(kind, name, what) for kind, name in fields_of_documents() for what in HOSTILE], 12, "documents")
_ROWS = [(kind, name, what) for kind, names in ROWS.items() for name in names for what in HOSTILE]
ROW_CASES = sampled(_ROWS, 6, "rows")


def put(kind: type[Any], name: str, text: str, value: Document) -> Document:
    """The document with the text in a field: its own, or that of its first card, question or source."""

    def changed(item: Any) -> Any:
        was = getattr(item, name)
        return dataclasses.replace(item, **{name: (text,) if isinstance(was, tuple) else text})

    first, *others = value.cards
    if kind is Document:
        return changed(value)
    if kind is Faq:
        return dataclasses.replace(value, faqs=(changed(value.faqs[0]), *value.faqs[1:]))
    if kind is Source:
        first = dataclasses.replace(first, sources=(changed(first.sources[0]), *first.sources[1:]))
    else:
        first = changed(first)
    return dataclasses.replace(value, cards=(first, *others))


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "name", "what"), CASES, ids=lambda each: getattr(each, "__name__", each))
def test_a_field_of_a_document(kind: type[Any], name: str, what: str):
    value = make.document(cards=(make.card(tags=("Boats",)), make.card(spoiler_after=2)), faqs=1)
    value = put(kind, name, HOSTILE[what], value)
    faults = [*document.faults(document.mend(value))]
    if faults:
        assert {fault.field for fault in faults} == {name}
        return
    article = make.article(value=value)
    if article.slug:  # of some titles no address can be made, which the checklist says
        check(published(article))


def check(edition: Edition) -> None:
    check_edition(edition)
    check_machines(reverse("article-markdown", args=[edition.slug]))


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "name", "what"), ROW_CASES, ids=lambda each: getattr(each, "__name__", each))
def test_a_field_of_what_stands_beside_the_articles(kind: type[models.Model], name: str, what: str):
    picture = make.picture()
    edition = make.edition(cover=picture.public_id, introduction=picture.markdown, tags=("Ferries",))
    row: Any = kind._base_manager.first() or SitePage(slug="about", title="About us", body="We are many.")
    setattr(row, name, HOSTILE[what])
    try:
        row.full_clean()
    except ValidationError as error:
        assert set(error.message_dict) <= {name, "slug"}  # noqa: PT017 -- it may be let in, too
        return
    with transaction.atomic():
        row.save()
    if kind is Picture:  # an edition keeps what was said of a picture when it was made
        edition = make.edition(cover=picture.public_id, introduction=picture.markdown)
    check(edition)
    check_page(reverse("about"))
