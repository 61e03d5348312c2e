"""A real Chromium on the real demo site: one for each process of the run, in a folder of its own, on a free port."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "lanterns-at-sea"
PATIENCE = 60_000  # milliseconds that a page may take: machines may be slow, and waiting costs what succeeds nothing
expect.set_options(timeout=PATIENCE / 2)
CLOCK = {"GUNICORN_CMD_ARGS": f"--config={Path(__file__).parent / 'clock.py'}"}
#: The first is the same engine without the windows, menus and tabs of a browser, each of which costs a process.
#: STORY_BROWSER names another one.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Site:
    address: str
    ahead: Path  # see clock.py
    sessions: dict[str, list[Any]] = field(default_factory=dict)  # cookies of who has logged in, by account

    def __call__(self, path: str) -> str:
        return f"{self.address}{path}"

    def let_an_hour_pass(self, times: int = 1) -> None:
        """On the site's clock, for all stories that follow. Browsers know nothing of it."""
        self.ahead.write_text(str(int(self.ahead.read_text()) + 3600 * times))

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC) + dt.timedelta(seconds=int(self.ahead.read_text()))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the demo's command has set up: by the process of the run that comes first, since it takes a while."""
    own = tmp_path_factory.getbasetemp()
    shared = (own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own) / "demo"
    log, done = shared / "log", shared / "done"
    try:
        shared.mkdir()
    except FileExistsError:
        while not done.exists():
            time.sleep(0.2)
    else:
        command = [sys.executable, "manage.py", "demo", "--no-serve", "--password", PASSWORD]
        env, code = _environment(shared / "data"), shared / "code"
        code.write_text("not known")
        try:
            with log.open("w", encoding="utf-8") as out:
                result = subprocess.run(command, cwd=ROOT, env=env, stdout=out, stderr=out, check=False)
            code.write_text(str(result.returncode))
        finally:  # the other processes wait for it, whatever happens here
            code.rename(done)
    if done.read_text() != "0":
        pytest.fail(f"The demo was not set up:\n{log.read_text(encoding='utf-8')[-3000:]}")
    return shared / "data"


def _environment(data: Path) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("FANGUIDE_", "DJANGO_"))}
    return clean | {"FANGUIDE_DATA": str(data), "FANGUIDE_COUNT_READERS": "True"}


@pytest.fixture(scope="session")
def site(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo, served as its command serves it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(demo, folder / "data")
    ahead = folder / "ahead"
    ahead.write_text("0")
    log = (folder / "log").open("w", encoding="utf-8")
    server = subprocess.Popen(
        [sys.executable, "manage.py", "demo", f"127.0.0.1:{port}", "--password", PASSWORD],
        cwd=ROOT,
        env=_environment(folder / "data") | {"CLOCK_AHEAD": str(ahead), **CLOCK},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/readyz", server, folder / "log")
        yield Site(f"http://127.0.0.1:{port}", ahead)
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Until the site answers; a server that has ended will not."""
    while server.poll() is None:
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(address, timeout=2):
            return
    pytest.fail(f"The demo did not start:\n{log.read_text(encoding='utf-8')[-3000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    wanted = os.environ.get("STORY_BROWSER")
    path = next(filter(None, map(shutil.which, [wanted] if wanted else CHROMIUMS)), None)
    if path is None:
        sentence = "NO CHROMIUM ON THIS MACHINE: the browser stories did not run (Debian: apt-get install chromium)."
        if os.environ.get("CI"):
            pytest.fail(sentence)
        pytest.skip(sentence)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


class Visitor:
    """A person with a browser of their own. What their console says beside nothing is a failure of the test."""

    def __init__(self, context: BrowserContext, site: Site) -> None:
        self.context, self.site = context, site
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.console: list[str] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.console.append(str(error)))

    def _note(self, message: ConsoleMessage) -> None:
        is_of_the_test = "Failed to load resource" in message.text or "'about:blank'" in message.text  # the clock
        if message.type in {"error", "warning"} and not is_of_the_test:
            self.console.append(f"{self.page.url}: {message.text}")

    def open(self, path: str) -> Page:
        self.page.goto(self.site(path) if path.startswith("/") else path)
        return self.page

    def sign_in(self, name: str) -> Page:
        """By the form, or with the session of who did that before, if it still holds."""
        self.context.add_cookies(self.site.sessions.get(name, []))
        self.open("/admin/login/?next=/admin/")  # who is logged in is led on
        if self.page.url == self.site("/admin/"):
            return self.page
        self.page.get_by_label(re.compile("^Username")).fill(name)
        self.page.get_by_label(re.compile("^Password")).fill(PASSWORD)
        self.page.get_by_role("button", name="Log in").click()
        self.page.wait_for_url("**/admin/")
        self.site.sessions[name] = self.context.cookies()
        return self.page


@pytest.fixture
def visitors(browser: Browser, site: Site) -> Iterator[list[Visitor]]:
    """Makes people on demand: see `visitor`."""
    people: list[Visitor] = []
    yield people
    said = [line for person in people for line in person.console]
    for person in people:
        person.context.close()
    assert said == [], "The console stays clean, and the content policy reports nothing."


@pytest.fixture
def visitor(browser: Browser, site: Site, visitors: list[Visitor]):
    def arrive(**options: object) -> Visitor:
        context = browser.new_context(reduced_motion="reduce", **options)  # type: ignore[arg-type]
        visitors.append(Visitor(context, site))
        return visitors[-1]

    return arrive
