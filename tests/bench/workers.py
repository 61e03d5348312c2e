"""What a worker of gunicorn has for itself: python -m tests.bench.workers [--workers 3] [--requests 2000]

Starts the site as docs/deploy does, on the configured database (see README.md; run collectstatic before), asks it for
many different pages, and prints the seconds of CPU until its first answer and the memory of each process then and in
the end. A process's own memory is what only it has: Private_Clean and Private_Dirty of /proc/PID/smaps_rollup.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import itertools
import os
import random
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import django

ENCODINGS = ("br", "gzip", "identity")
MIB = 1024  # in the kilobytes of /proc


def addresses() -> list[str]:
    """Pages of every kind, in an order that is the same each time."""
    from articles.models import Edition, PublishedFact, Subject, Tag
    from tests.bench.pages import pages

    found = [path for paths in pages().values() for path in paths]
    slugs = Edition.objects.in_force().order_by("-visible_from").values_list("slug", flat=True)[:600]
    found += [f"/articles/{slug}{end}" for slug in slugs for end in ("/", ".md")]
    facts = PublishedFact.objects.order_by("pk").values_list("public_id", "slug")[:600]
    found += [f"/facts/{public_id}/{slug}/" for public_id, slug in facts]
    found += [f"/tags/{slug}/" for slug in Tag.objects.values_list("slug", flat=True)]
    found += [f"/subjects/{slug}/" for slug in Subject.objects.order_by("pk").values_list("slug", flat=True)[:200]]
    found += ["/admin/login/", "/follow/", "/tags/", "/subjects/", "/articles/?page=3", "/nowhere/", "/readyz"] * 20
    random.Random(len(found)).shuffle(found)
    return found


def processes(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def memory(pid: int) -> str:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    kb = {name: int(rest.split()[0]) for name, _colon, rest in (line.partition(":") for line in lines)}
    own = kb["Private_Clean"] + kb["Private_Dirty"]
    return f"own {own / MIB:.1f} MiB, shared in part {kb['Pss'] / MIB:.1f} (PSS), all {kb['Rss'] / MIB:.1f} (RSS)"


def cpu(pids: list[int]) -> float:
    ticks = 0
    for pid in pids:
        ticks += sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def ask(port: int, path: str, encoding: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": encoding, "Connection": "close"})
        response = connection.getresponse()
        body = response.read()
        assert encoding != "gzip" or not response.headers.get("Content-Encoding") or gzip.decompress(body)
        return response.status
    finally:
        connection.close()


def first_answer(port: int, began: float) -> float:
    """Seconds since then."""
    while True:
        try:
            if ask(port, "/", "gzip") == 200:
                return time.perf_counter() - began
        except OSError:
            time.sleep(0.01)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--requests", type=int, default=2000)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanguide.settings")
    django.setup()
    paths = itertools.cycle(addresses())

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-w", str(options.workers), "-b", f"127.0.0.1:{port}"]
    began = time.perf_counter()
    environment = {**os.environ, "MALLOC_TRIM_THRESHOLD_": "131072"}  # as the units and the image have it
    with Path(os.devnull).open("w") as nowhere:
        server = subprocess.Popen([*command, "fanguide.wsgi"], stdout=nowhere, stderr=nowhere, env=environment)
    try:
        wall = first_answer(port, began)
        workers = processes(server.pid)
        spent = cpu([server.pid, *workers])
        print(f"first answer after {wall:.2f} s, {spent:.2f} s of CPU in all processes; load {os.getloadavg()[0]:.1f}")
        for when, number in (("then", 20 * options.workers), (f"after {options.requests:,}", options.requests)):
            for path in itertools.islice(paths, number):
                status = ask(port, path, random.choice(ENCODINGS))
                assert status < 500, (path, status)
            for pid in (server.pid, *workers):
                print(f"{when:>12} {'master' if pid == server.pid else 'worker'}: {memory(pid)}")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)


if __name__ == "__main__":
    main()
