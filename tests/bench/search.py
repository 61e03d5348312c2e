"""What the search costs on the configured database, and what publishing costs with it: python -m tests.bench.search

Each kind of question is asked with many words of the corpus, through the whole middleware, beside the tag page of the
same run. Queries are those of a later request; milliseconds are the median and the longest CPU time.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import statistics
import time
from typing import Any

import django


def questions(words: list[str], rng: random.Random) -> dict[str, list[str]]:
    """Word n of the corpus is the rarer the greater n is; the first stand in nearly every fact."""
    some = [words[int(len(words) * rng.random() ** 3)] for _ in range(400)]
    typos = [word[:2] + word[3:] for word in some if len(word) > 5]
    return {
        "one word": some[:100],
        "a common word": ["the", words[0], words[1]],
        "two words": [f"{one} {other}" for one, other in zip(some[:100], some[100:], strict=False)],
        "a typo": typos[:100],
        "in vain": [f"zq{number}xv" for number in range(100)],
    }


def measure(client: Any, paths: list[str]) -> dict[str, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    gc.collect()
    gc.freeze()
    times, queries = [], []
    for path in paths[:5]:
        client.get(path)
    for path in paths:
        began = time.process_time()
        response = client.get(path)
        times.append(1000 * (time.process_time() - began))
        assert response.status_code == 200, (path, response.status_code)
    for path in paths[:10]:
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        queries.append(len(captured))
    return {"queries": max(queries), "ms": statistics.median(times), "longest": max(times)}


def publish(count: int) -> list[float]:
    """CPU milliseconds of publishing articles of twelve facts, each rolled back."""
    from django.contrib.auth.models import User
    from django.db import transaction

    from articles import drafts, publishing
    from articles.models import History
    from tests.bench.corpus import Corpus

    owner = User.objects.get(username="bench")
    times = []
    corpus = Corpus()
    for number in range(500_000, 500_000 + count):
        document = corpus.article(number)
        with transaction.atomic():
            article = drafts.create(document, by=owner, act=History.Act.IMPORT)
            revision = article.revisions.get()
            began = time.process_time()
            publishing.publish(revision)
            times.append(1000 * (time.process_time() - began))
            transaction.set_rollback(True)
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--publish", type=int, default=40)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanguide.settings")
    django.setup()

    from django.conf import settings
    from django.test import Client
    from django.utils.http import urlencode

    from articles.models import SearchRow, Tag
    from tests.bench.corpus import EVERGREEN, Corpus

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.CACHE_RESPONSES = False  # each answer is made anew
    client, words = Client(), Corpus().words
    paths = {"tag page": [f"/tags/{Tag.objects.get(name=EVERGREEN).slug}/?page={page}" for page in range(1, 51)]}
    for kind, asked in questions(words, random.Random(1)).items():
        paths[kind] = [f"/search/?{urlencode({'q': question})}" for question in asked]
    paths["suggestions"] = [f"/search/suggest?{urlencode({'q': word[:4]})}" for word in words[:100]]
    paths["in the index"] = [f"/facts/?{urlencode({'q': word})}" for word in words[:100]]
    print(f"{SearchRow.objects.count():,} rows\n\n| asked | queries | ms | longest | of the tag page |")
    print("| --- | --- | --- | --- | --- |")
    rows = {kind: measure(client, each) for kind, each in paths.items()}
    for kind, row in rows.items():
        ratio = rows["tag page"]["ms"] / row["ms"]
        print(f"| {kind} | {row['queries']} | {row['ms']:.2f} | {row['longest']:.1f} | {ratio:.2f} |")
    times = publish(options.publish)
    print(f"\nPublishing twelve facts: {statistics.median(times):.1f} ms, {max(times):.1f} at most")


if __name__ == "__main__":
    main()
