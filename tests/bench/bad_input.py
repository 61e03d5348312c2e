"""What bad queries cost: python -m tests.bench.bad_input [--most MILLISECONDS]

Asks every public address of the loaded corpus (see README.md) for the queries of tests/reading/test_bad_queries.py,
each twice, and prints the slowest answers by the processor's time of the better one, and every error of ours.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import time

import django


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=float, default=100, help="milliseconds; above it an answer is printed")
    parser.add_argument("--queries", type=int, default=60, help="of each address")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanguide.settings")
    django.setup()

    from django.conf import settings
    from django.core.cache import cache
    from django.db.models import Count
    from django.test import Client

    from articles.models import PublishedFact
    from tests.reading.addresses import TAKES_WORDS, examples
    from tests.reading.test_bad_queries import QUERIES

    settings.ALLOWED_HOSTS = ["*"]
    settings.CACHE_RESPONSES = False  # each answer is made anew
    logging.disable(logging.WARNING)
    facts = PublishedFact.objects.in_force().filter(spoiler_after=None, edition__subject__isnull=False)
    signed = facts.annotate(signed=Count("edition__authors", distinct=True)).filter(signed=1)
    fact = signed.filter(edition__tags__isnull=False).last()
    assert fact, "Load the corpus first: see README.md."
    found = []
    for name, address in examples(fact.edition).items():
        path, _mark, own = address.partition("?")
        if name in TAKES_WORDS:
            continue
        for query in random.Random(name).sample(QUERIES, min(options.queries, len(QUERIES))):
            for asked in {f"{path}?{query}", f"{path}?{own}&{query}"}:
                times = []
                for _time in range(2):
                    cache.clear()
                    start = time.process_time()
                    answer = Client().get(asked)
                    answer.getvalue()
                    times.append(time.process_time() - start)
                found.append((min(times) * 1000, answer.status_code, name, query[:80]))
    found.sort(reverse=True)
    print(f"{len(found):,} questions of {len({row[2] for row in found})} addresses")
    for row in [*found[:15], *(row for row in found[15:] if row[0] > options.most or row[1] >= 500)]:
        print(f"{row[0]:8.1f} ms  {row[1]}  {row[2]:<20} {row[3]!r}")


if __name__ == "__main__":
    main()
