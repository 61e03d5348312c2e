"""The desk's text field on a page of its own: its modules from the folder, the site's policy, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from csp.utils import build_policy
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Route

from tests.browser.conftest import PATIENCE

ADDRESS = "http://localhost/"
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
HEAD = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    '<meta name="color-scheme" content="light dark"><title>A text</title>'
    '<link rel="stylesheet" href="/static/admin/css/base.css">'
    '<link rel="stylesheet" href="/static/desk/desk.css"></head>'
)
FORM = HEAD + (
    '<body><main id="content"><h1>A text</h1><form class="desk-form">'
    '<p><label for="body">Words</label> '
    '<textarea id="body" name="body" aria-describedby="help" lang="en"></textarea></p>'
    '<p class="help" id="help">In Markdown.</p><p><button>Send</button></p></form></main></body></html>'
)
MOUNT = """async ([text, picture]) => {
  const textarea = document.querySelector("textarea");
  const { openTextField } = await import("/static/desk/text/load-field.js");
  window.told = { input: 0, change: 0, counts: [], ranges: [], selects: [] };
  for (const name of ["input", "change"]) textarea.form.addEventListener(name, () => (told[name] += 1));
  window.textarea = textarea;
  window.field = await openTextField(textarea, {
    text: text ?? undefined,
    picture: (address) => (address === picture ? { src: "/static/favicon.svg", width: 32, height: 32 } : null),
    count: (count) => told.counts.push(count),
    ranges: (change) => told.ranges.push(change),
    select: (place) => told.selects.push(place),
    paste: (...given) => import("/static/desk/fields/paste.js").then(({ paste }) => paste(...given, {})),
  });
}"""

#: Texts that editors like to mend: what ends and begins lines, what cannot be seen, what is half of something.
AWKWARD = {
    "nothing": "",
    "a break": "\n",
    "breaks at the end": "a\n\n\n",
    "CRLF": "a\r\nb\r\n",
    "CR": "a\rb",
    "all ends": "a\r\nb\rc\nd\n\re",
    "spaces": "  a  \n\t b\t\n   ",
    "no-break": "a\u00a0b\u2009c\u3000d",
    "line separators": "a\u2028b\u2029c\u0085d",
    "vertical": "a\x0bb\x0cc",
    "control": "a\x00b\x07c\x1bd\x7f",
    "half a pair": "a\ud83db\udd25c",
    "joined emoji": "👩‍⚕️ 🏳️‍🌈 🇰🇷 1️⃣",
    "zero width": "a\u200bb\u200cc\u2060d\ufeffe",
    "marked order": "\ufeffa",
    "Hebrew": "שלום **עולם** abc",
    "bidi marks": "a\u202eb\u202cc\u2066d\u2069",
    "jamo": "\u1112\u1161\u11ab\u1100\u1173\u11af 한글",
    "accents apart": "e\u0301 Zalgo h\u0315\u0300\u0301\u0302i",
    "HTML": '<b onclick="x">a</b>&amp;&nbsp;<!-- c --><script>1</script>',
    "trailing backslash": "a\\\nb\\",
    "open marks": "**a *b ~~c `d [e](f ![g](h > i",
    "only marks": "****\n***\n**\n*\n~~~~\n``\n[]()\n![]()",
    "fence": "```\n**a**\n> b\n- c\n```\n",
    "open fence": "```js\n**a**",
    "quotations": ">a\n>> b\n> > > c\n>\n> — \n>—x\n> -- y",
    "lists": "* a\n+ b\n10) c\n    1. d\n\t- e\n-\n1.",
    "rules": "---\n***\n___\na\n===\nb\n---",
    "table": "| a | b |\n|---|:-:|\n| c \\| d | |\n",
    "references": "[a]: https://example.org\n[a] [b][a] [^1]\n\n[^1]: c",
    "long line": "word " * 2000,
    "deep": "> " * 60 + "a",
}
PASTE = """([text, html]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  if (html) clipboardData.setData("text/html", html);
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  field.view.contentDOM.dispatchEvent(event);
}"""


class TextPage:
    """A page with one field. What the console says beside nothing is in `said`."""

    def __init__(self, browser: Browser, html: str = FORM, **options: Any) -> None:
        self.context: BrowserContext = browser.new_context(reduced_motion="reduce", **options)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.said: list[str] = []
        self.html = html
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.route("**/*", self._serve)
        self.page.goto(ADDRESS)

    def _note(self, message: ConsoleMessage) -> None:
        self.said.append(message.text)

    def _serve(self, route: Route) -> None:
        path = route.request.url.removeprefix(ADDRESS).partition("?")[0]
        found = finders.find(path.removeprefix("static/")) if path else None
        if not path:
            policy = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": build_policy()}
            route.fulfill(body=self.html, headers=policy)
        elif found:
            file = Path(found)
            route.fulfill(body=file.read_bytes(), headers={"Content-Type": KINDS.get(file.suffix, "text/plain")})
        else:
            route.fulfill(status=404)

    def mount(self, text: str | None = None, picture: str = "") -> TextPage:
        # Half of a surrogate pair cannot be sent as an argument, but as its escape.
        self.page.evaluate(f"([text, picture]) => ({MOUNT})([JSON.parse(text), picture])", [json.dumps(text), picture])
        return self

    @property
    def box(self) -> Locator:
        return self.page.locator("[data-text-field] .cm-content").first

    @property
    def text(self) -> str:
        return str(json.loads(self.page.evaluate("JSON.stringify(field.text)")))

    @property
    def value(self) -> str:
        return str(json.loads(self.page.evaluate("JSON.stringify(textarea.value)")))

    def becomes(self, wanted: str) -> None:
        self.until("field.text === JSON.parse(wanted)", json.dumps(wanted))
        assert self.text == wanted

    def until(self, condition: str, wanted: str = "") -> None:
        """Looks at each frame until the condition holds, for ten seconds at most: the page's policy forbids the `eval`
        that Playwright's own waiting needs."""
        self.page.evaluate(
            f"""(wanted) => new Promise((resolve) => {{
              const end = performance.now() + 10_000;
              const look = () => ({condition}) || performance.now() > end ? resolve() : requestAnimationFrame(look);
              look();
            }})""",
            wanted,
        )

    def select(self, start: int, end: int | None = None) -> None:
        self.page.evaluate("([a, b]) => { field.focus(); field.select(a, b ?? a); }", [start, end])

    def choose(self, words: str) -> None:
        start = self.text.index(words)
        self.select(start, start + len(words))

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)

    def paste(self, text: str, html: str = "") -> None:
        self.page.evaluate(PASTE, [text, html])

    def looks(self, name: str) -> list[str]:
        """The words in the page that have a look, such as "bold"."""
        return self.page.locator(f"[data-text-field] .{name}").all_text_contents()
