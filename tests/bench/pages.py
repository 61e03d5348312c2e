"""What each kind of public page costs on the configured database: python -m tests.bench.pages [--json FILE]

Goes through the whole middleware in this process, without a server. Queries are those of a first request (caches of
counts are empty) and of a later one; milliseconds are the median CPU time of the later ones.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from typing import Any

import django


def measure(client: Any, paths: list[str], rounds: int) -> dict[str, float]:
    from django.core.cache import cache
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    cache.clear()
    queries = []
    for path in (paths[0], paths[0]):
        with CaptureQueriesContext(connection) as captured:
            response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        queries.append(len(captured))
    size = len(response.content)
    times = []
    for turn in range(rounds):
        began = time.process_time()
        client.get(paths[turn % len(paths)])
        times.append(time.process_time() - began)
    return {"first": queries[0], "queries": queries[1], "ms": 1000 * statistics.median(times), "bytes": size}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--json")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanguide.settings")
    django.setup()

    from django.conf import settings
    from django.test import Client

    from articles.models import Edition, Tag
    from tests.bench.corpus import EVERGREEN

    settings.ALLOWED_HOSTS = ["testserver"]
    slugs = list(Edition.objects.in_force().order_by("-visible_from").values_list("slug", flat=True)[:50])
    tag = Tag.objects.get(name=EVERGREEN).slug
    other = Tag.objects.exclude(slug=tag).order_by("name").first()
    assert other is not None
    kinds = {
        "article": [f"/articles/{slug}/" for slug in slugs],
        "home": ["/"],
        "facts, no tag": ["/facts/"],
        "facts, two tags": [f"/facts/?tag={tag}&tag={other.slug}"],
        "tag": [f"/tags/{tag}/"],
        "feed": ["/feeds/articles.atom"],
    }
    print(f"{Edition.objects.count()} editions\n")
    print("| page | queries, first | queries | ms | bytes |")
    print("| --- | --- | --- | --- | --- |")
    rows = {}
    for kind, paths in kinds.items():
        row = rows[kind] = measure(Client(), paths, options.rounds)
        print(f"| {kind} | {row['first']} | {row['queries']} | {row['ms']:.2f} | {row['bytes']:,} |")
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:  # noqa: PTH123
            json.dump(rows, file, indent=1)


if __name__ == "__main__":
    main()
