"""Takes the pictures of docs/writing.md and docs/reviewing.md anew: `.venv/bin/python docs/take_pictures.py`.

Sets up the demo in a temporary folder, serves it on a free port, does in a Chromium what the guide tells of, and ends
what it started. Run it when the desk looks different; the pictures belong into the same commit.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "static" / "desk" / "help"
PASSWORD = "only-for-pictures"  # noqa: S105  -- of a site that is gone a minute later
WIDTH = 1280  # pixels
COLOURS = 96
PAUSE = 15_000  # milliseconds

SUBJECT = "The Trauma Code"
DRAFT = """3 things to know before you watch The Trauma Code

A surgeon from the war comes home and has to build a trauma centre.

1. 🚁 It began as a web novel

The author is a doctor himself.

2. 🏥 The hospital is three hospitals

Halls, roofs and operating rooms were filmed in different towns.

3. 🎭 The cast learned to stitch

> We stitched bananas for a month.
> — an actor of the series

Conclusion

Watch it with a full stomach.
"""


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        page = signed_in(browser, site, "writer")
        keep("first-page", page)
        take_import(page, site)
        take_desk(page, browser, site)
        take_review(signed_in(browser, site, "editor"), site)
        browser.close()


def take_import(page: Page, site: str) -> None:
    page.goto(f"{site}/admin/articles/article/import/")
    page.get_by_label(re.compile("text itself")).fill(DRAFT)
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_role("button", name="Create draft").wait_for()
    keep("import", page, height=900)
    page.get_by_role("button", name="Create draft").click()
    page.wait_for_url("**/change/")
    page.reload()  # without the sentence about the import
    saved(page)


def take_desk(page: Page, browser: Browser, site: str) -> None:
    """On the article that was imported."""
    keep("article", page, height=900)

    first = facts(page).nth(0)
    first.locator("[data-open]").click()
    text = first.locator("[data-text-field]").get_by_role("textbox", name="Text", exact=True)
    text.wait_for()
    text.press("ControlOrMeta+End")
    for key in ("Enter", "Enter"):
        text.press(key)
    page.keyboard.insert_text("The **web novel** ran for [two years](https://example.org/novel).")
    for key in ("Enter", "Enter"):
        text.press(key)
    page.keyboard.insert_text("> I wrote it between night shifts.")
    text.press("Enter")
    page.keyboard.insert_text("— the author")
    saved(page)
    keep("text-field", page, of=first.locator("form"))

    first.get_by_role("button", name=re.compile("^Sources")).click()
    first.locator(".source-add input").fill("https://example.org/between-night-shifts")
    first.get_by_role("button", name="Add a source").click()
    first.locator("[name=sources-0-title]").fill("Between night shifts: an interview")
    first.locator("[name=sources-0-title]").blur()
    saved(page)
    keep("sources", page, of=first.locator("[data-chips]"))
    take_conflict(page, browser, site)
    page.get_by_role("button", name="Close all").click()

    for number in (0, 2):
        facts(page).nth(number).locator("[data-select]").check()
    page.locator(".select-bar").wait_for()
    keep("several", page, height=620, below=page.locator("#introduction"))
    page.get_by_role("button", name="Select none").click()

    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_role("combobox").fill("re")
    expect(page.get_by_role("option", name="Hand in")).to_have_count(0)
    keep("palette", page, height=620)


def take_review(page: Page, site: str) -> None:
    """What an editor sees: the queues, an article in review, the calendar."""
    keep("queues", page, height=900)
    page.goto(f"{site}/admin/articles/article/?status=in-review")
    page.locator("#result_list tbody th a").first.click()
    page.wait_for_url("**/change/**")
    page.goto(page.url.partition("change/")[0] + "review/")
    expect(page.locator("[data-plain-threads]")).to_have_count(0, timeout=PAUSE)
    page.locator("[data-piece] button[value=approved]").first.click()
    expect(page.locator(".piece.is-approved")).to_have_count(1, timeout=PAUSE)
    keep("review", page, height=820, below=page.locator("[data-piece]").nth(1))
    page.goto(f"{site}/admin/articles/article/calendar/")
    keep("calendar", page, height=760)


def take_conflict(page: Page, browser: Browser, site: str) -> None:
    """The editor rewrites the heading of the open fact; then the writer does."""
    second = facts(page).nth(1)
    second.locator("[data-open]").click()
    heading = second.get_by_label("Heading", exact=True)
    heading.wait_for()
    editor = signed_in(browser, site, "editor")
    editor.goto(page.url)
    facts(editor).nth(1).locator("[data-open]").click()
    facts(editor).nth(1).get_by_label("Heading", exact=True).fill("One hospital, filmed in three towns")
    saved(editor)
    editor.context.close()
    heading.fill("Three hospitals play one")
    second.locator("[data-conflict]").wait_for(timeout=PAUSE)
    keep("conflict", page, of=second.locator("[data-conflict]"))
    second.get_by_role("button", name="Save what the form holds").click()
    saved(page)


def facts(page: Page) -> Locator:
    return page.locator("[data-outline=cards] > li")


def saved(page: Page) -> None:
    expect(page.locator("[data-save-status]")).to_contain_text("Everything is saved", timeout=PAUSE)


# --- the site, the browser, the file ----------------------------------------------------------------------------------


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a demo of its own, which ends with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("FANGUIDE_", "DJANGO_"))}
    with (folder / "log").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(  # noqa: S603  -- our own interpreter, without a shell
            [sys.executable, "manage.py", "demo", address, "--password", PASSWORD],
            cwd=ROOT,
            env=clean | {"FANGUIDE_DATA": str(folder / "data")},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(f"http://{address}/readyz", server)
            yield f"http://{address}"
        finally:
            server.terminate()
            server.wait(timeout=30)


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    while server.poll() is None:
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(address, timeout=2):  # noqa: S310
            return
    sys.exit("The demo did not start.")


def chromium() -> str:
    return shutil.which("chromium") or shutil.which("google-chrome") or sys.exit("No Chromium on this machine.")


def signed_in(browser: Browser, site: str, name: str) -> Page:
    context = browser.new_context(viewport={"width": WIDTH, "height": 720}, reduced_motion="reduce", locale="en-GB")
    page = context.new_page()
    page.goto(f"{site}/admin/login/?next=/admin/")
    page.get_by_label(re.compile("^Username")).fill(name)
    page.get_by_label(re.compile("^Password")).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    return page


def keep(name: str, page: Page, *, of: Locator | None = None, below: Locator | None = None, height: int = 720) -> None:
    """The window at this height, scrolled to its top or to the end of `below`, or an element that fits into it.

    In few colours: words on plain ground need no more.
    """
    page.set_viewport_size({"width": WIDTH, "height": 1400 if of else height})
    page.evaluate("scrollTo(0, 0)")
    if below:
        below.evaluate("part => scrollBy(0, part.getBoundingClientRect().bottom - 140)")  # under the header that stays
    page.mouse.move(0, 0)
    taken = (of or page).screenshot()
    path = PICTURES / f"{name}.png"
    with Image.open(io.BytesIO(taken)) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
    sys.stdout.write(f"{path.relative_to(ROOT)}: {few.width}x{few.height}, {path.stat().st_size / 1024:.0f} KB\n")


if __name__ == "__main__":
    main()
