"""The drill: two hosts on one PostgreSQL and one Redis, readers and publishers on both, and everything breaks once.

    .venv/bin/python -m tests.drill [--seconds 60] [--readers 8]

A host is killed (-9) and started again, Redis stops and comes back, PostgreSQL is out of reach for five seconds, and
the cache that is told what changed is dead for a while, so that the outbox fills. It ends with 1 if a page was wrong,
if an acknowledged publication is lost, or if something has not healed by itself; else with 0 and the figures.

Wants redis-server, and a PostgreSQL (FANGUIDE_DATABASE_URL, or that of this machine) on which it may make a database.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import django
import psycopg

from tests.drill_hosts import ROOT, Cache, Host, Proxy, Redis, wait_for
from tests.drill_people import Ferry, Seen, ask, publish, publish_once, read, words

HERE = "postgres://postgres@127.0.0.1:5432/postgres"
HELD = 5  # seconds for which PostgreSQL is out of reach
HEALED_WITHIN = 60  # seconds: the longest pause between two tries of a purge is 30


class Drill:
    """What was set up; `close` takes all of it away."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        server = urlsplit(os.environ.get("FANGUIDE_DATABASE_URL") or HERE)
        self._server = server._replace(scheme="postgresql").geturl()
        self._name = f"fanguide_drill_{os.getpid()}"
        self._sql(f'CREATE DATABASE "{self._name}"')
        stack.callback(self._sql, f'DROP DATABASE "{self._name}" WITH (FORCE)')
        self.redis, self.cache = Redis(), Cache()
        self.redis.start()
        stack.callback(self.redis.stop)
        self.proxy = Proxy(server.hostname or "127.0.0.1", server.port or 5432)
        account = server.netloc.rpartition("@")[0]
        direct = server._replace(path=f"/{self._name}").geturl()
        through = server._replace(netloc=f"{account}@127.0.0.1:{self.proxy.port}", path=f"/{self._name}").geturl()
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("FANGUIDE_", "DJANGO_"))}
        self._environment = clean | {
            "FANGUIDE_SECRET_KEY": "of-this-drill-alone-" * 3,
            "FANGUIDE_SITE_URL": "http://guide.example",
            "FANGUIDE_STATIC": str(folder / "static"),
            "FANGUIDE_DATA": str(folder / "own"),
            "FANGUIDE_DATABASE_URL": direct,
            "FANGUIDE_REDIS_URL": f"redis://127.0.0.1:{self.redis.port}/0",
            "FANGUIDE_CACHE_GROUPS": "xkey",
            "FANGUIDE_CACHE_PURGE": self.cache.url,
            "FANGUIDE_ALLOW_SELF_APPROVAL": "True",
            "DJANGO_SETTINGS_MODULE": "fanguide.settings",
        }
        for command in (("migrate", "-v0"), ("collectstatic", "--noinput", "-v0")):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=self._environment, check=True)
        behind = self._environment | {"FANGUIDE_DATABASE_URL": through}
        self.hosts = [Host(f"{name}.example", folder, behind) for name in ("a", "b")]

    def _sql(self, statement: str) -> None:
        with psycopg.connect(self._server, autocommit=True) as made:
            made.execute(statement)  # type: ignore[call-overload]

    def content(self, count: int) -> tuple[list[Ferry], list[str]]:
        """Live articles, and for each somebody who is signed in: their cookies; beside them, articles with the canary
        in every state that is not public. By Django in this process.
        """
        os.environ.update(self._environment)
        os.environ["FANGUIDE_REDIS_URL"] = ""
        django.setup()
        from tests import make
        from tests.canary import unpublished_site
        from tests.desk.pages import client

        ferries, cookies = [], []
        for number in range(count):
            first = words(0, number)
            live = make.live(slug=f"ferry-{number}", introduction=first, conclusion=first)
            ferries.append(Ferry(number, live.pk, live.slug))
            browser = client(make.admin())
            cookies.append(f"sessionid={browser.cookies['sessionid'].value}; csrftoken={'x' * 32}")
        unpublished_site()
        return ferries, cookies


def break_everything(drill: Drill, seconds: float, say) -> None:
    """In this order, each healed before the next begins; the places are parts of the whole time."""
    began = time.monotonic()

    def until(part: float) -> None:
        time.sleep(max(0, began + part * seconds - time.monotonic()))

    until(0.12)
    say("host a is killed")
    drill.hosts[0].kill()
    until(0.25)
    drill.hosts[0].start()
    say("host a is started again")
    until(0.35)
    drill.redis.stop()
    say("Redis is stopped")
    until(0.5)
    drill.redis.start()
    say("Redis is back")
    until(0.58)
    say(f"PostgreSQL is out of reach for {HELD} s")
    drill.proxy.hold(HELD)
    until(0.72)
    drill.cache.die()
    say("the cache is dead")
    until(0.9)
    drill.cache.come_back()
    say("the cache is back")
    until(1)


def check(drill: Drill, ferries: Sequence[Ferry], cookies: Sequence[str], seen: Seen) -> list[str]:
    """What is not as it should be, once everything had time to heal."""
    from articles.models import Edition, OutboxMessage

    faults = [f"wrong page: {line}" for line in seen.wrong[:20]]
    for host in drill.hosts:
        wait_for(lambda host=host: ask(host, "GET", "/readyz")[1].strip() == "ready", f"{host.name} ready")
        for ferry, own in zip(ferries, cookies, strict=True):
            if not publish_once(host, ferry, own, seen):
                faults.append(f"{host.name} publishes nothing any more")
        pages = {ferry.slug: ask(host, "GET", f"/articles/{ferry.slug}/")[1] for ferry in ferries}
        old = [ferry.slug for ferry in ferries if words(ferry.acknowledged, ferry.number) not in pages[ferry.slug]]
        faults += [f"{host.name} does not show what was published last of {slug}" for slug in old]
    for ferry in ferries:
        kept = "".join(map(str, Edition.objects.filter(article=ferry.pk).values_list("parts", flat=True)))
        faults += [f"lost: {words(v, ferry.number)}" for v, _at in ferry.receipts if words(v, ferry.number) not in kept]
    try:
        wait_for(lambda: not OutboxMessage.objects.exists(), "an empty outbox", HEALED_WITHIN)
    except AssertionError as error:
        faults.append(str(error))
    return faults


def purge_delays(drill: Drill, ferries: Sequence[Ferry], *, dead: bool) -> list[float]:
    """From each receipt until the cache was told, in seconds; below zero where it was told first. Of those while it was
    dead, or of the others.
    """
    receipts = [(ferry.slug, at) for ferry in ferries for _version, at in ferry.receipts]
    of_now = [(slug, at) for slug, at in receipts if drill.cache.was_dead(at) is dead]
    found = [drill.cache.seconds_until(f"article-{slug}", at) for slug, at in of_now]
    return sorted(each for each in found if each is not None)


def report(drill: Drill, ferries: Sequence[Ferry], seen: Seen, seconds: float) -> None:
    receipts = sum(len(ferry.receipts) for ferry in ferries)
    print(f"pages read: {seen.pages} ({seen.pages / seconds:.0f} a second), slowest {seen.slowest:.1f} s")
    print(f"publications acknowledged: {receipts} of {sum(ferry.tried for ferry in ferries)} that were tried")
    print(f"wrong pages: {len(seen.wrong)}")
    for dead in (False, True):
        delays = purge_delays(drill, ferries, dead=dead)
        quick, last = sum(each <= 1 for each in delays), max(delays, default=0)
        how = "dead" if dead else "alive"
        told = f"told within 1 s: {quick}, the last after {last:.1f} s"
        print(f"receipts while the cache was {how}: {len(delays)}, {told}")
    print(f"asked in vain while it was dead: {drill.cache.refused}")
    for what, count in seen.failed.most_common(12):
        print(f"not answered: {count:5} {what}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--readers", type=int, default=8, help="of each host")
    options = parser.parse_args()
    began, seen, stop = time.monotonic(), Seen(), threading.Event()

    def say(what: str) -> None:
        print(f"{time.monotonic() - began:6.1f} s  {what}", flush=True)

    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        drill = Drill(Path(folder), stack)
        ferries, cookies = drill.content(4)
        for host in drill.hosts:
            stack.callback(host.kill)
            host.start()
        people = [
            threading.Thread(target=read, args=[host, ferries, seen, stop])
            for host in drill.hosts
            for _reader in range(options.readers)
        ]
        people += [
            threading.Thread(target=publish, args=[drill.hosts, ferry, own, seen, stop])
            for ferry, own in zip(ferries, cookies, strict=True)
        ]
        say("readers and publishers begin")
        for each in people:
            each.start()
        try:
            break_everything(drill, options.seconds, say)
        finally:
            stop.set()
            for each in people:
                each.join()
        say("they end; what is left heals")
        faults = check(drill, ferries, cookies, seen)
        say("looked through")
        report(drill, ferries, seen, options.seconds)
        from django.db import connections

        connections.close_all()
    for fault in faults:
        print(f"FAULT: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
