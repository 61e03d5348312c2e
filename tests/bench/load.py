"""Loads the corpus as live articles into the configured database: python -m tests.bench.load COUNT [--cards N]

Every article goes through the doors of the product: a draft, a revision, an edition. Prints the seconds it took.
"""

from __future__ import annotations

import argparse
import os
import time

import django
from django.db import transaction


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--cards", type=int, default=12)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanguide.settings")
    django.setup()

    from django.contrib.auth.models import User
    from django.core.management import call_command

    from articles import drafts, publishing
    from articles.models import Author, History, Revision, Subject
    from tests.bench.corpus import Corpus

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    corpus = Corpus()
    owner, _created = User.objects.get_or_create(username="bench")
    for name in corpus.subjects:
        Subject.objects.get_or_create(name=name, defaults={"episodes": 16})
    for name in corpus.authors:
        Author.objects.get_or_create(name=name)
    known = set(Revision.objects.values_list("article__slug", flat=True))
    made = [pair for pair in corpus.articles(options.count, cards=options.cards) if pair[1].slug not in known]
    began, cpu = time.perf_counter(), time.process_time()
    with transaction.atomic():
        for instant, document in made:
            article = drafts.create(document, by=owner, act=History.Act.IMPORT)
            publishing.publish(article.revisions.get(), at=instant, backdated=True)
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    print(f"{len(made)} articles loaded as live in {seconds:.1f} s, {cpu:.1f} s of it CPU")


if __name__ == "__main__":
    main()
