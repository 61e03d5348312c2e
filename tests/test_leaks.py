"""A word that stands in every place that is not public, and on no public surface: page, file, header, cache, redirect.

The places are found, not listed: every text column of every table that no public address may read (test_promises.py)
is overwritten with it, of the live article too, and a table without a row fails. What is not public of the other
tables (scheduled, ended, taken down, unused, behind a spoiler point) is made by hand in `tests/canary.py`.
"""

from __future__ import annotations

import itertools
import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client

from articles.models import (
    Article,
    Author,
    Edition,
    Picture,
    Subject,
    Tag,
)
from tests.canary import CANARY, planted_site, private_models, words_in
from tests.reading.addresses import TAKES_WORDS, examples
from tests.reading.test_spoilers import closed_and_open

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def live(module_db) -> Edition:
    return planted_site()


def public_paths(edition: Edition) -> Iterator[tuple[str, Any]]:
    """Every public address that can be come to from the examples of all of them, and its answer.

    Of the addresses with a query, one of each path and set of names: choices of facets are without end.
    """
    waiting = deque(path for name, path in examples(edition).items() if name not in TAKES_WORDS)
    waiting += ["/facts/", "/feeds/articles.atom", "/feeds/facts.rss", "/feeds/articles.json", "/sitemap.xml"]
    seen: set[str] = set()
    while waiting:
        path = waiting.popleft().replace("&amp;", "&").partition("#")[0]
        kind = re.sub(r"=[^&]*", "", path)
        if kind in seen or path.startswith(("/static/", "/admin/", "//")) or "seen=" in path:
            continue
        seen.add(kind)
        answer: Any = Client().get(path)
        yield path, answer
        if answer.status_code in (301, 302):
            waiting.append(answer["Location"].removeprefix("http://testserver"))
        elif answer["Content-Type"].partition(";")[0] != "image/jpeg":
            text = answer.getvalue().decode(errors="replace")
            waiting += re.findall(r"(?:[\"'>(]|http://testserver)(/[^\s\"'<>)\\]*)", text)


def telling(answer: Any) -> str:
    """All of an answer that a reader is told before they open a spoiler."""
    text = answer.getvalue().decode(errors="replace")
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        _inside, text = closed_and_open(text)
    return f"{answer.headers}\n{text}".lower()


@pytest.mark.slow
def test_every_private_table_has_a_row_with_the_word(live: Edition):
    empty = [model.__name__ for model in private_models() if not words_in(model)]
    assert empty == [], "Make a row of each in make_of_live."


@pytest.mark.slow
def test_no_public_answer_file_or_cache_holds_it(live: Edition):
    asked = {}
    for path, answer in public_paths(live):
        asked[path] = answer.status_code
        assert CANARY not in telling(answer), path
        assert CANARY not in path, path
    assert len(asked) > 120
    assert {status for status in asked.values() if status >= 400} <= {404, 400}
    files = [*walk("")]
    assert files
    assert [name for name in files if CANARY in name.lower()] == []
    assert CANARY not in telling_cache()


@pytest.mark.slow
def test_a_word_that_is_out_is_found(live: Edition):
    """The crawl can fail."""
    tag = Tag.objects.get(name="Boats")
    places = {
        "a title": lambda: Edition.objects.filter(pk=live.pk).update(title=f"{CANARY} out"),
        "a name": lambda: Tag.objects.filter(pk=tag.pk).update(name=f"{CANARY} boats"),
        "a picture": lambda: Edition.objects.filter(pk=live.pk).update(cover={**live.cover, "alt": CANARY}),
    }
    for name, leak in places.items():
        with transaction.atomic():
            leak()
            cache.clear()
            shown = [CANARY in telling(answer) for _path, answer in itertools.islice(public_paths(live), 12)]
            transaction.set_rollback(True)
        assert any(shown), name
    cache.clear()


def telling_cache() -> str:
    """Keys and values of the cache, without what stands in a closed spoiler."""
    rows: dict[str, bytes] = cache._cache  # type: ignore[attr-defined]  # of the tests: in memory
    assert rows
    pages = (value.decode(errors="replace") for value in rows.values())
    return f"{[*rows]} {[closed_and_open(page)[1] for page in pages]}".lower()


def walk(folder: str) -> Iterator[str]:
    folders, files = default_storage.listdir(folder)
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from walk(f"{folder}/{name}".strip("/"))


#: Where a slug may be guessed.
PATTERNS = (
    *("/articles/{}/", "/articles/{}.md", "/api/articles/{}", "/embed/articles/{}/"),
    *("/tags/{}/", "/tags/{}.md", "/subjects/{}/", "/subjects/{}.md", "/authors/{}/"),
    *("/feeds/tags/{}/facts.atom", "/feeds/subjects/{}/articles.json", "/feeds/authors/{}/facts.rss"),
    *("/facts/?tag={}", "/facts/?subject={}", "/api/facts?tag={}", "/api/articles?subject={}", "/follow/?tag={}"),
)
NOTHING = "never-was-anything"


#: Of the words of an answer, or of its request.
UNSTEADY = ("ETag", "Content-Length", "X-Request-ID")


def without(word: str, answer: Any) -> tuple[int, dict[str, str], str]:
    """An answer as it would be if it did not repeat the word that was asked for."""
    headers = {name: value for name, value in answer.items() if name not in UNSTEADY}
    text = answer.getvalue().decode(errors="replace").lower().replace(word, "")
    return answer.status_code, headers, text


@pytest.mark.slow
def test_what_is_not_public_is_not_told_apart_from_nothing(live: Edition):
    public = {live.slug, "lamps-again"}
    slugs = {*Article.with_binned.values_list("slug", flat=True), *Edition.objects.values_list("slug", flat=True)}
    for model in (Subject, Tag, Author):
        slugs |= set(model._base_manager.filter(name__contains=CANARY).values_list("slug", flat=True))
    assert len(slugs) > 30
    nothing = {pattern: without(NOTHING, Client().get(pattern.format(NOTHING))) for pattern in PATTERNS}
    for slug in filter(None, slugs - public):
        for pattern in PATTERNS:
            answer = Client().get(pattern.format(slug))
            if answer.status_code == 410:  # it was public once
                assert CANARY not in telling(answer).replace(slug, ""), slug
                continue
            assert without(slug, answer) == nothing[pattern], (pattern, slug)


def test_nothing_is_found_by_the_word(live: Edition):
    """A search answers as one for a word that stands nowhere at all."""
    for path in SEARCHES:
        found, none = (Client().get(path.format(word)) for word in (CANARY, "qzmzry"))
        assert without(CANARY, found) == without("qzmzry", none), path


SEARCHES = (
    *("/search/?q={}", "/search.md?q={}", "/search/suggest?q={}", "/api/search?q={}", "/facts/?q={}"),
    *('/search/?q="{}"', "/search/?q={} lamps", "/search/?q={}&kind=facts"),
)


@pytest.mark.slow
def test_pictures_and_facts_that_nobody_published_are_not_there(live: Edition):
    shown = json.dumps([*Edition.objects.in_force().values("cover", "parts")], default=str)
    hidden = [row.file for row in Picture.objects.all() if row.file not in shown]
    assert len(hidden) > 10
    cards = Article.with_binned.exclude(pk=live.article_id).values_list("cards__public_id", flat=True)
    paths = [f"/facts/{each}/" for each in filter(None, cards)]
    paths += [f"{kind}/{each}/" for each in filter(None, cards) for kind in ("/report", "/vote", "/embed")]
    gone = {"down", "ended"}
    for path in paths:
        answer = Client().get(path, follow=True)
        assert CANARY not in telling(answer), (path, gone)
