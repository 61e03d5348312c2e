"""Who reads and who publishes during the drill (drill.py), and what each of them has seen."""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from urllib.parse import urlencode

from tests.drill_hosts import Host

VERSION = re.compile(r"Version (\d+) of ferry (\d+)")
PATIENCE = 20  # seconds for one answer
TROUBLE = (OSError, http.client.HTTPException)


def words(version: int, ferry: int) -> str:
    return f"Version {version} of ferry {ferry}."


@dataclass
class Ferry:
    """One article: what was tried to publish, and what was acknowledged, with the moment."""

    number: int
    pk: int
    slug: str
    tried: int = 0
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
    """One after the other; a page is wrong when it is older than what was acknowledged before it was asked for, newer
    than what was ever written, or of two versions at once.
    """
    rng = random.Random()
    while not stop.is_set():
        ferry = rng.choice(ferries)
        least, began = ferry.acknowledged, time.monotonic()
        try:
            status, text, _location = ask(host, "GET", f"/articles/{ferry.slug}/")
        except TROUBLE as error:
            status, text = 0, type(error).__name__
        with seen.lock:
            seen.slowest = max(seen.slowest, time.monotonic() - began)
            _judge(host, ferry, status, text, least, seen)
        time.sleep(0.05 if status else 0.2)


def _judge(host: Host, ferry: Ferry, status: int, text: str, least: int, seen: Seen) -> None:
    if status != http.HTTPStatus.OK:
        seen.failed[f"{host.name} {status or text}"] += 1
        return
    seen.pages += 1
    found = {(int(version), int(number)) for version, number in VERSION.findall(text)}
    if len(found) != 1 or not all(least <= v <= ferry.tried and n == ferry.number for v, n in found):
        seen.wrong.append(f"{host.name}: {sorted(found)} where {least} to {ferry.tried} of {ferry.number} may be")


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
        self.host, self.cookies, self.base = host, cookies, f"/admin/articles/article/{ferry.pk}"

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
            kind = {"kind": "clarification", "note": "Said better."} if name == "publish" else {}
            self.send(found[name], **kind)
            if name == "publish":
                return
        raise RefusedError("never published")
