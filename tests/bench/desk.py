"""What the desk costs writers and editors: python -m tests.bench.desk [--rounds N]

Opens an article of 12, 50 and 200 cards, saves one of its cards and opens its review page, through the whole middleware
in this process. It builds its own articles in FANGUIDE_DATA, once. Milliseconds are the median CPU time of warm
requests.
"""

from __future__ import annotations

import argparse
import gzip
import os
import statistics
import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

import django

SIZES = (12, 50, 200)
WRITER, EDITOR = "bench-writer", "bench-editor"
FORM = "application/x-www-form-urlencoded"


def measure(act: Callable[[int], Any], rounds: int) -> tuple[float, int, Any]:
    """Median milliseconds of CPU, queries, and the last answer."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    act(0)
    with CaptureQueriesContext(connection) as captured:
        act(1)
    queries = captured.captured_queries  # the next request empties the log
    times = []
    for turn in range(2, rounds + 2):
        began = time.process_time()
        answer = act(turn)
        times.append(time.process_time() - began)
    return 1000 * statistics.median(times), len(queries), answer


def articles() -> dict[int, Any]:
    """A draft of each size, with the cards of the corpus."""
    from django.contrib.auth.models import Group, User

    from articles import drafts
    from articles.models import Article
    from articles.rights import write_groups
    from articles.roles import Role
    from tests import make

    write_groups()
    writer = User.objects.get_or_create(username=WRITER, defaults={"is_staff": True})[0]
    writer.groups.add(Group.objects.get(name=Role.WRITER.value))
    found = {}
    for size in SIZES:
        title = f"{size} facts for the bench"
        row = Article.objects.filter(title=title, owner=writer).first()
        found[size] = row or drafts.create(make.document(title=title, cards=tuple(map(card, range(size)))), by=writer)
    return found


def reviewer(articles: Iterable[Any]) -> Any:
    """An editor, to whom the articles are handed in as soon as they are not."""
    from django.contrib.auth.models import Group, User

    from articles import states, workflow
    from articles.models import Article
    from articles.roles import Role

    editor = User.objects.get_or_create(username=EDITOR, defaults={"is_staff": True})[0]
    editor.groups.add(Group.objects.get(name=Role.EDITOR.value))
    for each in articles:
        article = Article.objects.get(pk=each.pk)
        if article.effective_status is not states.Status.IN_REVIEW:
            workflow.make(states.SUBMIT, article, by=article.owner, change=article.change)
    return editor


def card(number: int) -> Any:
    """Three paragraphs, three tags and two sources."""
    from articles.document import Source
    from tests import make

    body = "\n\n".join(
        f"Paragraph {part} of fact {number}. " + "It was filmed at night in the harbour. " * 6 for part in range(3)
    )
    sources = tuple(Source(url=f"https://example.org/{number}/{part}", title="The ferry") for part in range(2))
    return make.card(
        heading=f"Fact {number} of the ferry",
        body=body,
        tags=("Ferries", "Night", f"Tag {number % 20}"),
        sources=sources,
    )


def form_of(value: Any, token: str, turn: int) -> str:
    """What the desk posts for a card, its text changed."""
    rows = {
        f"sources-{number}-{name}": getattr(source, name) or ""
        for number, source in enumerate(value.sources)
        for name in ("url", "title", "publisher", "seen_on")
    }
    fields = {
        name: getattr(value, name) or "" for name in ("heading", "emoji", "spoiler_after", "safe_heading", "check_on")
    }
    total = {"sources-TOTAL_FORMS": len(value.sources), "sources-INITIAL_FORMS": 0}
    body = {"body": f"{value.body}\n\nSave {turn}.", "tags": ", ".join(value.tags), "token": token}
    return urlencode({**fields, **body, **total, **rows})


class Saving:
    """Saves one card again and again, each time under the token of the save before."""

    def __init__(self, client: Any, article: Any) -> None:
        from articles import drafts

        row = article.cards.all()[article.cards.count() // 2]
        self.client, self.value = client, drafts.card_value(row)
        self.token = drafts.token(self.value)
        self.url = f"/admin/articles/article/{article.pk}/cards/{row.public_id}/"
        self.posted = 0

    def __call__(self, turn: int) -> Any:
        data = form_of(self.value, self.token, turn + time.time_ns())
        self.posted = len(data)
        answer = self.client.post(self.url, data, content_type=FORM, headers={"accept": "application/json"})
        assert answer.status_code == 200, answer.content
        self.token = answer.json()["token"]
        return answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanguide.settings")
    django.setup()

    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver"]
    found = articles()
    client = Client()
    client.force_login(found[SIZES[0]].owner)
    print("| | ms | queries | bytes |\n| --- | --- | --- | --- |")
    for size, article in found.items():
        url = f"/admin/articles/article/{article.pk}/change/"
        ms, queries, answer = measure(lambda _turn, url=url: client.get(url), options.rounds)  # type: ignore[misc]
        assert answer.status_code == 200, answer.status_code
        small = len(gzip.compress(answer.content, 6))
        print(
            f"| opening {size} cards | {ms:.1f} | {queries} | {len(answer.content):,} of HTML, {small:,} compressed |"
        )
    for size, article in found.items():
        saving = Saving(client, article)
        ms, queries, _answer = measure(saving, options.rounds)
        print(f"| saving one of {size} cards | {ms:.1f} | {queries} | {saving.posted:,} posted |")
    client.force_login(reviewer(found.values()))
    for size, article in found.items():
        url = f"/admin/articles/article/{article.pk}/review/"
        ms, queries, answer = measure(lambda _turn, url=url: client.get(url), options.rounds)  # type: ignore[misc]
        assert answer.status_code == 200, answer.status_code
        print(f"| reviewing {size} cards | {ms:.1f} | {queries} | {len(answer.content):,} of HTML |")


if __name__ == "__main__":
    main()
