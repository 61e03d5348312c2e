"""What grows with the site: python -m tests.bench.growth SMALL LARGE [--only WORDS]

Measures every kind of public page, the lists of the desk and the commands in two data folders (FANGUIDE_DATA; or
addresses of databases, postgres://…), each in a process of its own, and prints the table of docs/performance.md.
Milliseconds are of CPU, that of PostgreSQL's backend among them; steps are thousands of instructions of SQLite's
machine, which are the same on every computer. Publishes a few articles.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
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

    def of(self, act: Callable[[], Any], rounds: int = ROUNDS) -> Row:
        """Medians; queries and steps are those of the last round."""
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
    found = {"first page": "../"}
    found |= {"list": "article/", "list, last page": f"article/?p={last}", "list, a title": f"article/?q={word}"}
    found |= {f"list, {name}": f"article/?public={name}" for name in ("live", "changed", "waiting", "taken-down", "never")}
    queues = ("review", "approved", "planned", "scheduled", "comments", "handed-in", "undated")
    found |= {f"queue, {name}": f"article/?queue={name}" for name in queues}
    found |= {
        "list, status": "article/?status=draft",
        "list, author": f"article/?author={author.slug}",
        "list, about": f"article/?about={subject.name.split()[0].lower()}",
    }
    for name in ("calendar", "history", "notifications", "events", "facts", "contradictions", "dead-sources", "featured", "bin"):
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


def desk(meter: Meter, only: str) -> dict[str, Row]:
    from django.contrib.auth.models import User
    from django.test import Client

    user = User.objects.get(username="bench")
    User.objects.filter(pk=user.pk).update(is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    rows = {}
    for name, path in desk_pages().items():
        if only in f"desk: {name}":
            def act(url: str = f"/admin/articles/{path}".replace("articles/../", "")) -> None:
                response = client.get(url)
                assert response.status_code == 200, (url, response.status_code)

            act()
            rows[f"desk: {name}"] = meter.of(act, 5)
            print(name, rows[f"desk: {name}"], file=sys.stderr, flush=True)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanguide.settings")
    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.CACHE_RESPONSES = False
    meter = Meter()
    desk(meter, options.only)


if __name__ == "__main__":
    main()
