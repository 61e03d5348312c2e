"""What each public address answers at an instant, as a digest: equal lists of them are equal sites for a reader.

Asked are the pages of everything that has an address now or had one, the lists with all of their pages, redirects,
the feeds of the whole site and the sitemaps. What repeats these in another form (Markdown, the API, feeds of one tag)
is made of the same rows. Settings that pages show are those of the backup: another host gives the same bytes.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import logging
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from unittest import mock
from urllib.parse import quote

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone, translation

from articles.models import Address, OldPath, PublishedFact, SitePage

HOST = "backup.invalid"
_PLAIN = (
    *("home", "articles", "facts", "tags", "subjects", "authors", "corrections", "follow", "saved"),
    *("llms", "opensearch"),
)
_MACHINES = ("robots", "sitemap", "api", "api-openapi")
_NEXT_PAGE = re.compile(r'<link rel="next" href="([^"]+)">')
_SITEMAP_PART = re.compile(rf"<loc>https://{re.escape(HOST)}(/sitemap-[^<]+)</loc>")


class Answer(NamedTuple):
    path: str
    status: int
    digest: str

    def as_line(self) -> str:
        return f"{self.digest} {self.status} {self.path}\n"

    @classmethod
    def of_line(cls, line: str) -> Answer:
        digest, status, path = line.rstrip("\n").split(" ", 2)
        return cls(path, int(status), digest)


def answers(at: dt.datetime, work: Path) -> Iterator[Answer]:
    """Of every public address, as the tables name them, and where these lead; each once. `work` takes notes."""
    with _as_a_reader_of(at, {}) as reader, _seen_in(work) as is_new:
        for first in _addresses():
            waiting = [first]
            while waiting:
                if is_new(path := waiting.pop()):
                    answer, location, body = _ask(reader, path)
                    yield answer
                    waiting += [each for each in (location, *_more(path, body)) if each.startswith("/")]


def differing(stored: Iterable[Answer], at: dt.datetime, site: Mapping[str, str]) -> Iterator[str]:
    """The addresses that answer something else than it is stored. `site`: the settings of the backup."""
    with _as_a_reader_of(at, site) as reader:
        for expected in stored:
            if _ask(reader, expected.path)[0] != expected:
                yield expected.path


def _ask(reader: Client, path: str) -> tuple[Answer, str, bytes]:
    """With where it leads, and what it says."""
    response = reader.get(path, secure=True)
    location = response.headers.get("Location", "").removeprefix(f"https://{HOST}")
    body = response.getvalue()
    digest = hashlib.sha256(b"%d %s\n%s" % (response.status_code, location.encode(), body))
    return Answer(path, response.status_code, digest.hexdigest()), location, body


@contextlib.contextmanager
def _seen_in(work: Path) -> Iterator[Callable[[str], bool]]:
    """True for an address that it is asked of for the first time. In a file: a site may have a million of them."""
    with contextlib.closing(sqlite3.connect(work / "asked.sqlite3", isolation_level=None)) as seen:
        seen.execute("PRAGMA journal_mode=OFF")
        seen.execute("PRAGMA synchronous=OFF")
        seen.execute("CREATE TABLE asked (path TEXT PRIMARY KEY) WITHOUT ROWID")
        yield lambda path: bool(seen.execute("INSERT OR IGNORE INTO asked VALUES (?)", [path]).rowcount)


def _more(path: str, body: bytes) -> list[str]:
    """The next page of a list, and the parts of the sitemap."""
    if path == reverse("sitemap"):
        return _SITEMAP_PART.findall(body.decode())
    found = _NEXT_PAGE.findall(body.decode(errors="replace"))
    return [link.replace("&amp;", "&").removeprefix(f"https://{HOST}") for link in found]


def _addresses() -> Iterator[str]:
    yield from map(reverse, (*_PLAIN, *_MACHINES, *SitePage.Slug.values))
    for content in ("articles", "facts"):
        for suffix in ("atom", "rss", "json"):
            yield reverse("feed", args=[content, suffix])
    named = {"article": "article", "subject": "subject", "tag": "tag", "author": "author", "fact": "fact-by-id"}
    facts = PublishedFact.objects.in_force(at=timezone.now())
    shown = facts.filter(public_id=OuterRef("slug"))
    others = Address.objects.exclude(Exists(shown), kind="fact")
    for kind, slug in others.order_by("pk").values_list("kind", "slug").iterator():
        yield reverse(named[kind], args=[slug])
    for public_id, slug in facts.order_by("pk").values_list("public_id", "slug").iterator():
        yield reverse("fact", args=[public_id, slug])
    for path in OldPath.objects.order_by("pk").values_list("path", flat=True).iterator():
        yield f"/{quote(path)}"


@contextlib.contextmanager
def _as_a_reader_of(at: dt.datetime, site: Mapping[str, str]) -> Iterator[Client]:
    """The site as it answers at that instant, whatever this machine is called and has cached. For a process of its own:
    it holds the clock for all threads.
    """
    shown = {
        **{name: value for name, value in site.items() if value != getattr(settings, name)},
        "SITE_URL": f"https://{HOST}",
        "ALLOWED_HOSTS": [HOST],
        "DEBUG": False,
        "CONTENT_SIGNAL": "",
        "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": f"proof-{at}"}},
        "STORAGES": {
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        "MIDDLEWARE": [name for name in settings.MIDDLEWARE if not name.startswith("whitenoise.")],
    }
    log = logging.getLogger("django.request")
    was, log.disabled = log.disabled, True
    try:
        with (
            override_settings(**shown),
            translation.override(settings.LANGUAGE_CODE),
            mock.patch.object(timezone, "now", return_value=at),
        ):
            yield Client(raise_request_exception=False, headers={"host": HOST})
    finally:
        log.disabled = was
