"""The addresses of the API as a table. The URL patterns, what the views take, the OpenAPI description and the page for
people are made from it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.reading.api import shapes
from articles.reading.filters import MOST_TAGS

PER_ANSWER = 100
JSON, JSON_LINES, CSV = "application/json", "application/x-ndjson", "text/csv"
OPENAPI = "application/vnd.oai.openapi+json;version=3.1"
PROBLEM = "application/problem+json"
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Parameter:
    """`most`: how often it may stand in an address; `is_in_path`: it is a part of the path."""

    name: str
    about: Words
    example: str
    most: int = 1
    is_in_path: bool = False


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`path` is below /api/, as Django writes it; `answer` is a shape, or None for what has a media type of its own."""

    name: str
    path: str
    about: Words
    parameters: tuple[Parameter, ...] = ()
    answer: type | None = None
    media_type: str = JSON

    @property
    def is_about_one(self) -> bool:
        return any(each.is_in_path for each in self.parameters)


TAG = Parameter("tag", _("Slug of a tag. Given several times, all must hold."), "boats", most=MOST_TAGS)
SUBJECT = Parameter("subject", _("Slug of a subject."), "night-ferry")
CURSOR = Parameter("cursor", _("Out of “next” in the answer before; it says nothing by itself."), "")
WORDS = Parameter("q", _("Words, phrases in quotation marks, words after a minus that must not occur."), "lamp")
PUBLIC_ID = Parameter("public_id", _("The id of a fact."), "bcdfghjkmn", is_in_path=True)
SLUG = Parameter("slug", _("The slug of an article, a former one too."), "night-ferry-facts", is_in_path=True)

FACTS = Endpoint("api-facts", "facts", _("The facts, newest first, each once."), (TAG, SUBJECT, CURSOR), shapes.Facts)
FACT = Endpoint("api-fact", "facts/<fact:public_id>", _("One fact."), (PUBLIC_ID,), shapes.WholeFact)
ARTICLES = Endpoint(
    "api-articles", "articles", _("The articles, newest first."), (TAG, SUBJECT, CURSOR), shapes.Articles
)
ARTICLE = Endpoint("api-article", "articles/<name:slug>", _("One article."), (SLUG,), shapes.WholeArticle)
TAGS = Endpoint("api-tags", "tags", _("The tags, from A to Z."), (CURSOR,), shapes.Tags)
SUBJECTS = Endpoint("api-subjects", "subjects", _("The subjects, from A to Z."), (CURSOR,), shapes.Subjects)
SEARCH = Endpoint(
    "api-search", "search", _("Facts and articles with these words, the best first."), (WORDS, CURSOR), shapes.Hits
)
FACTS_AS_LINES = Endpoint(
    "api-facts-jsonl",
    "facts.jsonl",
    _("All facts in one file: a fact in JSON on each line."),
    answer=shapes.WholeFact,
    media_type=JSON_LINES,
)
FACTS_AS_TABLE = Endpoint(
    "api-facts-csv",
    "facts.csv",
    _("All facts in one file, as a table for a spreadsheet."),
    media_type=CSV,
)
DESCRIPTION = Endpoint(
    "api-openapi", "openapi.json", _("This description for programs, in OpenAPI 3.1."), media_type=OPENAPI
)

ENDPOINTS = (
    *(FACTS, FACT, ARTICLES, ARTICLE, TAGS, SUBJECTS, SEARCH),
    *(FACTS_AS_LINES, FACTS_AS_TABLE, DESCRIPTION),
)
