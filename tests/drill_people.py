"""Who reads and who publishes during the drill (drill.py), and what each of them has seen."""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from urllib.parse import urlencode

from tests.canary_word import CANARY
from tests.drill_hosts import Host

VERSION = re.compile(r"Version (\d+) of ferry (\d+)")
PATIENCE = 20  # seconds for one answer
TROUBLE = (OSError, http.client.HTTPException)
#: Where words of articles, or of their tags, subjects, authors and pictures, could come out.
ELSEWHERE = (
    *("/", "/articles/", "/facts/", "/tags/", "/subjects/", "/authors/", "/corrections/", "/search/?q=version"),
    *("/feeds/articles.atom", "/feeds/facts.json", "/feeds/articles.rss", "/sitemap.xml", "/llms.txt"),
    *("/articles/{}.md", "/api/articles/{}", "/api/articles", "/api/facts", "/api/tags", "/embed/articles/{}/"),
)


def words(version: int, ferry: int) -> str:
    return f"Version {version} of ferry {ferry}."


@dataclass
class Ferry:
    """One article: the versions that were written, sent to be published, and acknowledged, these with the moment."""

    number: int
    pk: int
    slug: str
    tried: int = 0
    sent: int = 0
    acknowledged: int = 0
    receipts: list[tuple[int, float]] = field(default_factory=list)


@dataclass
class Seen:
    """Of all people together."""

    pages: int = 0
    wrong: list[str] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


def ask(host: Host, method: str, path: str, *, cookies: str = "", body: str = "") -> tuple[int, str, str]:
    """Status, text, and where it leads."""
    opened = http.client.HTTPConnection("127.0.0.1", host.port, timeout=PATIENCE)
    headers = {"Host": host.name, "Cookie": cookies}
    if method == "POST":
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        opened.request(method, path, body or None, headers)
        answer = opened.getresponse()
        return answer.status, answer.read().decode(), answer.headers.get("Location", "")
    finally:
        opened.close()


def read(host: Host, ferries: Sequence[Ferry], seen: Seen, stop: threading.Event) -> None:
    """One after the other: now an article, now another public address. A page of an article is wrong when it is older
    than what was acknowledged before it was asked for, or of two versions at once; any is wrong that has words which
    nobody has asked to publish yet.
    """
    rng = random.Random()
    while not stop.is_set():
        ferry = rng.choice(ferries)
        least, began = ferry.acknowledged, time.monotonic()
        own = f"/articles/{ferry.slug}/"
        path = rng.choice((own, rng.choice(ELSEWHERE).format(ferry.slug)))
        try:
            status, text, _location = ask(host, "GET", path)
        except TROUBLE as error:
            status, text = 0, type(error).__name__
        faults = [*leaks(text, ferries), *(torn_or_old(text, ferry, least) if path == own else ())]
        is_there = status == http.HTTPStatus.OK
        with seen.lock:
            seen.slowest = max(seen.slowest, time.monotonic() - began)
            seen.pages += is_there
            if is_there:
                seen.wrong += [f"{host.name}{path}: {fault}" for fault in faults]
            else:
                seen.failed[f"{host.name} {status or text}"] += 1
        time.sleep(0.05 if status else 0.2)


def leaks(text: str, ferries: Sequence[Ferry]) -> Iterator[str]:
    """What of an answer was in a working copy alone when it came."""
    if CANARY in text.lower():
        yield "a word that is not public"
    for version, number in {*VERSION.findall(text)}:
        if int(version) > ferries[int(number)].sent:
            yield f"version {version} of {number}, which nobody has asked to publish"


def torn_or_old(text: str, ferry: Ferry, least: int) -> Iterator[str]:
    """Of the page of an article, whose version `least` was acknowledged before it was asked for."""
    found = {(int(version), int(number)) for version, number in VERSION.findall(text)}
    if len(found) != 1 or not all(version >= least and number == ferry.number for version, number in found):
        yield f"{sorted(found)} where {least} of {ferry.number} or later should be"


def publish(hosts: Sequence[Host], ferry: Ferry, cookies: str, seen: Seen, stop: threading.Event) -> None:
    """New words for both ends of the article, handed in, approved and published, over the desk of any host."""
    rng = random.Random()
    while not stop.is_set():
        publish_once(rng.choice(hosts), ferry, cookies, seen)


def publish_once(host: Host, ferry: Ferry, cookies: str, seen: Seen) -> bool:
    ferry.tried += 1
    version, desk = ferry.tried, Desk(host, ferry, cookies)
    try:
        desk.write(words(version, ferry.number))
        desk.move_on()
    except (*TROUBLE, RefusedError) as error:
        with seen.lock:
            seen.failed[f"{host.name} desk: {type(error).__name__} {error}"[:100]] += 1
        time.sleep(0.3)
        return False
    ferry.receipts.append((version, time.monotonic()))
    ferry.acknowledged = version
    return True


class RefusedError(Exception):
    """The desk answered something else than a person would expect."""


class Desk:
    """A person at a browser without scripts: opens a form and sends it with some changes."""

    def __init__(self, host: Host, ferry: Ferry, cookies: str) -> None:
        self.host, self.ferry, self.cookies = host, ferry, cookies
        self.base = f"/admin/articles/article/{ferry.pk}"

    def _get(self, path: str) -> str:
        status, text, _location = ask(self.host, "GET", path, cookies=self.cookies)
        if status != http.HTTPStatus.OK:
            raise RefusedError(f"GET {path.removeprefix(self.base)}: {status}")
        return text

    def send(self, path: str, **changes: str) -> None:
        from tests.desk.pages import form_of  # it wants Django set up

        page = SimpleNamespace(content=self._get(path).encode())
        fields = form_of(page) | changes | {"csrfmiddlewaretoken": self.cookies.partition("csrftoken=")[2]}
        status, _text, _location = ask(
            self.host, "POST", path, cookies=self.cookies, body=urlencode(fields, doseq=True)
        )
        if status != http.HTTPStatus.FOUND:
            raise RefusedError(f"POST {path.removeprefix(self.base)}: {status}")

    def write(self, sentence: str) -> None:
        self.send(f"{self.base}/introduction/", introduction=sentence)
        self.send(f"{self.base}/conclusion/", conclusion=sentence)

    def move_on(self) -> None:
        """Along the steps that the page of the article offers, until it is published."""
        for _step in range(5):
            links = re.findall(r'href="([^"]*/moves/([a-z-]+)/[^"]*)"', self._get(f"{self.base}/change/"))
            found = {name: link.replace("&amp;", "&") for link, name in links}
            name = next((name for name in ("publish", "approve", "submit") if name in found), None)
            if name is None:
                raise RefusedError(f"no step: {sorted(found)}")
            kind = {}
            if name == "publish":
                kind = {"kind": "clarification", "note": "Said better."}
                self.ferry.sent = self.ferry.tried
            self.send(found[name], **kind)
            if name == "publish":
                return
        raise RefusedError("never published")
