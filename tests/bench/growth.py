"""What grows with the site: python -m tests.bench.growth SMALL LARGE [--only WORDS]

Measures every kind of public page, the lists of the desk and the commands in two data folders (FANGUIDE_DATA; or
addresses of databases, postgres://…), each in a process of its own, and prints the table of docs/performance.md.
Milliseconds are of CPU, that of PostgreSQL's backend among them; steps are thousands of instructions of SQLite's
machine, which are the same on every computer. Publishes a few articles.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import django

Row = dict[str, float]
#: Articles that one act of a command is over.
SOME = 100
ROUNDS = 15


class Meter:
    """Counts the work of one act after the other."""

    def __init__(self) -> None:
        from django.db import connection

        from tests.bench.pages import Backend

        connection.ensure_connection()
        self.connection, self.backend, self.steps = connection, Backend(), 0
        if connection.vendor == "sqlite":
            connection.connection.set_progress_handler(self._step, 1000)

    def _step(self) -> int:
        self.steps += 1
        return 0

    def of(self, act: Callable[[], Any], rounds: int = ROUNDS, *, with_queries: bool = True) -> Row:
        """Medians; steps are those of the last round, queries those of one more."""
        from django.test.utils import CaptureQueriesContext

        times = []
        backend = self.backend.seconds()
        for _round in range(rounds):
            began, steps = time.process_time(), self.steps
            act()
            times.append(1000 * (time.process_time() - began))
            steps = self.steps - steps
        row = {"ms": statistics.median(times), "steps": steps}
        row["ms"] += 1000 * (self.backend.seconds() - backend) / rounds
        if not with_queries:
            return row
        with CaptureQueriesContext(self.connection) as captured:
            act()
        return row | {"queries": len(captured)}


def desk_pages() -> dict[str, str]:
    """Paths below /admin/articles/, by what they are called in the table."""
    from articles.models import Article, Author, Subject, Tag
    from tests.bench.corpus import EVERGREEN, Corpus

    tag = Tag.objects.get(name=EVERGREEN).pk
    article = Article.objects.order_by("pk")[100].pk
    author, subject = Author.objects.order_by("pk")[0], Subject.objects.order_by("pk")[0]
    last = (Article.objects.count() - 1) // 50 + 1
    word = Corpus().words[3]
    found = {"first page": ""}
    found |= {"list": "article/", "list, last page": f"article/?p={last}", "list, a title": f"article/?q={word}"}
    states = ("live", "changed", "waiting", "taken-down", "never")
    found |= {f"list, {name}": f"article/?public={name}" for name in states}
    queues = ("review", "approved", "planned", "scheduled", "comments", "handed-in", "undated")
    found |= {f"queue, {name}": f"article/?queue={name}" for name in queues}
    found |= {
        "list, status": "article/?status=draft",
        "list, author": f"article/?author={author.slug}",
        "list, about": f"article/?about={subject.name.split()[0].lower()}",
    }
    lists = ("calendar", "history", "notifications", "events", "facts", "contradictions", "dead-sources")
    for name in (*lists, "featured", "bin"):
        found[name] = f"article/{name}/"
    found |= {
        "history, a kind": "article/history/?act=publish",
        "search": f"article/search/?q={word}",
        "link to an article": f"article/links/?q={word}",
        "tags": "tag/",
        "tags, most used": "tag/?o=-3",
        "tags, unused": "tag/?use=unused",
        "a tag": f"tag/{tag}/change/",
        "deleting a tag of 3 in 10 articles": f"tag/{tag}/delete/",
        "tags to look at": "tag/tidy/",
        "authors": "author/",
        "an author": f"author/{author.pk}/change/",
        "deleting an author": f"author/{author.pk}/delete/",
        "subjects": "subject/",
        "a subject": f"subject/{subject.pk}/change/",
        "deleting a subject": f"subject/{subject.pk}/delete/",
        "pictures": "picture/",
        "reports": "report/",
    }
    for name in ("change", "details", "review", "preview", "history", "revisions", "checklist", "comments", "planning"):
        found[f"an article, {name}"] = f"article/{article}/{name}/"
    return found


def desk(meter: Meter) -> dict[str, Callable[[], Row]]:
    from django.contrib.auth.models import User
    from django.test import Client

    # Not the owner of all articles, which nobody is.
    user, _created = User.objects.get_or_create(username="bench-all", is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(user)

    def measured(path: str) -> Row:
        def act() -> None:
            response = client.get(f"/admin/articles/{path}" if path else "/admin/")
            assert response.status_code == 200, (path, response.status_code)

        act()
        return meter.of(act, 3)

    return {f"desk: {name}": partial(measured, path) for name, path in desk_pages().items()}


def public(meter: Meter) -> dict[str, Callable[[], Row]]:
    """The pages of the public site, made anew; `first_ms` is that of the first request after a publication."""
    from django.core.cache import cache
    from django.test import Client

    from tests.bench.pages import pages

    client = Client()

    def measured(paths: list[str]) -> Row:
        def first() -> None:
            cache.clear()
            client.get(paths[0])

        turns = itertools.cycle(paths)
        first()
        row = meter.of(first, 5)
        return meter.of(lambda: client.get(next(turns)), 25) | {"first_ms": row["ms"], "first_steps": row["steps"]}

    found = pages().items()
    return {_without_size(name): partial(measured, paths) for name, paths in found}


def _without_size(name: str) -> str:
    """The name of a kind of page, the same whatever the size of the site."""
    return re.sub(r", [0-9,]+ facts$", "", name)


def commands(meter: Meter) -> dict[str, Callable[[], Row]]:
    """One round of each. What is over all articles is given for SOME of them."""
    from articles import operations
    from articles.models import Edition

    live = Edition.objects.in_force().versions()

    def for_some(act: Callable[[], Any]) -> Row:
        row = meter.of(act, 1, with_queries=False)
        return {name: value * SOME / live.count() for name, value in row.items()}

    def rebuild_some() -> Row:
        Edition.objects.filter(pk__in=list(live.order_by("pk").values_list("pk", flat=True)[:SOME])).update(renderer=0)
        return meter.of(operations.rebuild_editions, 1, with_queries=False)

    return {
        "publishing twelve facts": partial(_publishing, meter),
        f"rebuild_editions of {SOME}": rebuild_some,
        f"check_content, for {SOME} articles": lambda: for_some(lambda: list(operations.content_problems())),
        f"rebuild_counts, for {SOME} articles": lambda: for_some(operations.rebuild_counts),
        f"doctor, for {SOME} articles": lambda: for_some(lambda: list(operations.examine())),
    }


def _publishing(meter: Meter) -> Row:
    from django.contrib.auth.models import User

    from articles import drafts, publishing
    from articles.models import Article, History
    from tests.bench.corpus import Corpus

    owner, corpus, first = User.objects.get(username="bench"), Corpus(), 700_000 + Article.with_binned.count()
    made = [drafts.create(corpus.article(first + n), by=owner, act=History.Act.IMPORT) for n in range(ROUNDS + 1)]
    waiting = iter([article.revisions.get() for article in made])
    return meter.of(lambda: publishing.publish(next(waiting)), ROUNDS)


# --- the table --------------------------------------------------------------------------------------------------------


def measure(only: str) -> dict[str, Row]:
    from tests.bench import working_set

    working_set.make()
    meter, rows = Meter(), {}
    for name, act in (public(meter) | desk(meter) | commands(meter)).items():
        if only in name:
            rows[name] = act()
            print(name, {key: round(value, 1) for key, value in rows[name].items()}, file=sys.stderr, flush=True)
    return rows


def in_process(place: str, only: str) -> dict[str, Row]:
    where = {"FANGUIDE_DATABASE_URL" if place.startswith("postgres") else "FANGUIDE_DATA": place}
    command = [sys.executable, "-m", "tests.bench.growth", "--measure", "--only", only]
    done = subprocess.run(command, env=os.environ | where, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Row] = json.loads(done.stdout.splitlines()[-1])
    return found


def table(small: dict[str, Row], large: dict[str, Row]) -> Iterator[str]:
    yield "| | queries | small: ms | large: ms | ratio | thousand steps | first, large |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for name in small.keys() & large.keys():
        one, other = small[name], large[name]
        cells = [name, f"{other.get('queries', 0):.0f}", _ms(one["ms"]), _ms(other["ms"])]
        cells += [f"{other['ms'] / one['ms']:.1f}", f"{one['steps']:.0f}, {other['steps']:.0f}"]
        cells.append(_ms(other["first_ms"]) if "first_ms" in other else "")
        yield f"| {' | '.join(cells)} |"


def _ms(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("places", nargs="*")
    parser.add_argument("--only", default="", help="the rows with this in their name")
    parser.add_argument("--measure", action="store_true", help="of the configured database, as JSON")
    options = parser.parse_args()
    if not options.measure:
        small, large = (in_process(place, options.only) for place in options.places)
        print("\n".join(table(small, large)))
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanguide.settings")
    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.CACHE_RESPONSES = False  # each answer is made anew
    print(json.dumps(measure(options.only)))


if __name__ == "__main__":
    main()
