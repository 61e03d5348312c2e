"""What each kind of public page costs on the configured database: python -m tests.bench.pages [--only WORDS]

Goes through the whole middleware in this process, without a server. Queries are those of a first request (caches of
counts are empty) and of a later one. Milliseconds are of CPU: the median of this process over later requests, and on
PostgreSQL the mean of its backend beside it. Each request of a search asks something else, so no page comes finished
out of memory; the others are asked again and again, as popular pages are.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import statistics
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import django

TAG_SIZES = (3_000, 30_000)


class Backend:
    """The CPU time of the database's process, where it is one beside ours on this machine."""

    def __init__(self) -> None:
        from django.db import connection

        self.stat: Path | None = None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self.stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")

    def seconds(self) -> float:
        if self.stat is None or not self.stat.exists():
            return 0.0
        user, system = self.stat.read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def measure(client: Any, paths: list[str], rounds: int) -> dict[str, float]:
    from django.core.cache import cache
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    queries = []
    cache.clear()
    for path in (paths[0], paths[0]):
        with CaptureQueriesContext(connection) as captured:
            response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        queries.append(len(captured))
    size = len(response.content)
    for path in paths[:5]:
        client.get(path)
    times, backend = [], Backend()
    before = backend.seconds()
    for path in itertools.islice(itertools.cycle(paths), rounds):
        began = time.process_time()
        client.get(path)
        times.append(time.process_time() - began)
    database = 1000 * (backend.seconds() - before) / rounds
    ms = 1000 * statistics.median(times)
    return {"first": queries[0], "queries": queries[1], "ms": ms, "database_ms": database, "bytes": size}


def first_request(client: Any, path: str) -> dict[str, float]:
    """CPU milliseconds after an event: the median of five requests with empty caches of counts."""
    from django.core.cache import cache

    client.get(path)
    times, backend = [], Backend()
    before = backend.seconds()
    for _round in range(5):
        cache.clear()
        began = time.process_time()
        client.get(path)
        times.append(time.process_time() - began)
    return {"ms": 1000 * statistics.median(times), "database_ms": 1000 * (backend.seconds() - before) / 5}


def pages() -> dict[str, list[str]]:
    """The paths of each kind."""
    from django.db.models import Count

    from articles.models import Author, Edition, PublishedFact, Subject, Tag
    from tests.bench.corpus import EVERGREEN, Corpus

    words = Corpus().words
    live = Edition.objects.in_force().versions()
    slugs = list(live.order_by("-visible_from").values_list("slug", flat=True)[:50])
    newest = PublishedFact.objects.in_force().order_by("-pk").values_list("public_id", "slug")[:50]
    fact_paths = [f"/facts/{public_id}/{slug}/" for public_id, slug in newest]
    author = Author.objects.order_by("pk")[0].slug
    sizes = dict(Tag.objects.annotate(n=Count("fact_rows")).values_list("slug", "n"))
    tag = Tag.objects.get(name=EVERGREEN).slug
    by_size = {size: min(sizes, key=lambda slug: abs(sizes[slug] - size)) for size in TAG_SIZES}
    about = Subject.objects.filter(published_facts__tag_rows__tag__slug=tag).order_by("pk").values("slug")[0]["slug"]
    others = [slug for slug in sorted(sizes) if slug != tag][:1]
    facts = PublishedFact.objects.count()
    three = urlencode([("tag", slug) for slug in sorted((tag, *others))] + [("sourced", "yes")])
    kinds = {
        "article": [f"/articles/{slug}/" for slug in slugs],
        "home": ["/"],
        "index": ["/facts/"],
        "index, one mark": ["/facts/?sourced=yes"],
        "index, one tag": [f"/facts/?tag={tag}"],
        "index, three facets": [f"/facts/?{three}"],
        "index, tag and subject": [f"/facts/?tag={tag}&subject={about}"],
    }
    for size, slug in by_size.items():
        if size <= facts:
            kinds[f"tag page, {sizes[slug]:,} facts"] = [f"/tags/{slug}/"]
    typos = [word[:3] + "x" + word[4:] for word in words[:400] if len(word) > 6]
    pairs = zip(words[:50], words[60:110], strict=True)
    kinds |= {
        "search, one word": [f"/search/?q={word}" for word in words[:50]],
        "search, two words": [f"/search/?q={one}+{two}" for one, two in pairs],
        "search, a typo": [f"/search/?q={word}" for word in typos[:50]],
        "index, a word": [f"/facts/?q={word}" for word in words[:50]],
        "index, a typo and a tag": [f"/facts/?q={word}&tag={tag}" for word in typos[:50]],
        "index, a word, seen": [f"/facts/?q={word}&subject={about}&seen=9" for word in words[:50]],
        "suggestions": [f"/search/suggest?q={word[:4]}" for word in words[:50]],
        "articles": ["/articles/"],
        "articles, page 500": [f"/articles/?page={min(500, (live.count() - 1) // 20 + 1)}"],
        "tags": ["/tags/"],
        "subjects": ["/subjects/"],
        "a subject": [f"/subjects/{about}/"],
        "authors": ["/authors/"],
        "an author": [f"/authors/{author}/"],
        "a fact": fact_paths,
        "corrections": ["/corrections/"],
        "llms.txt": ["/llms.txt"],
        "feed of articles": ["/feeds/articles.atom"],
        "feed of facts": ["/feeds/facts.atom"],
        "sitemap": ["/sitemap.xml"],
        "sitemap, a part": ["/sitemap-facts-1.xml"],
        "API, facts": ["/api/facts"],
        "API, facts of a tag": [f"/api/facts?tag={tag}"],
        "API, search": [f"/api/search?q={word}" for word in words[:50]],
    }
    return kinds


def _ms(row: dict[str, float]) -> str:
    return f"{row['ms']:.2f}" + (f" + {row['database_ms']:.1f}" if row["database_ms"] else "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--json")
    parser.add_argument("--only", default="", help="the kinds of pages with this in their name")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanguide.settings")
    django.setup()

    from django.conf import settings
    from django.test import Client

    from articles.models import PublishedFact

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.CACHE_RESPONSES = False  # each answer is made anew
    print(f"{PublishedFact.objects.count():,} facts\n")
    print("| page | queries (first, later) | ms, first | ms, later | bytes |")
    print("| --- | --- | --- | --- | --- |")
    rows = {}
    for kind, paths in pages().items():
        if options.only not in kind:
            continue
        first = first_request(Client(), paths[0])
        row = rows[kind] = measure(Client(), paths, options.rounds)
        row |= {"first_ms": first["ms"], "first_database_ms": first["database_ms"]}
        print(
            f"| {kind} | {row['first']}, {row['queries']} | {_ms(first)} | {_ms(row)} | {row['bytes']:,} |", flush=True
        )
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:  # noqa: PTH123
            json.dump(rows, file, indent=1)


if __name__ == "__main__":
    main()
