"""The HTML that `markdown.render` gave, as Markdown again: for readers that want words without a page around them.

It knows the few elements that `render` writes and nothing else. What it gives shows the same words as the HTML, in the
same blocks; only the spelling is its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from selectolax.lexbor import LexborHTMLParser, LexborNode

from articles.text.escaping import escape_marks, guard_start

_BLOCKS = frozenset(("blockquote", "div", "figure", "h3", "hr", "ol", "p", "pre", "table", "ul"))
_MARKS = {"em": "*", "strong": "**", "s": "~~"}
_TICKS = re.compile("`+")
_UNFIT_FOR_LINK = re.compile(r"[()\s]")
#: Our own HTML has a fifth of this. What a file claims to be ours may have any: below it the words are kept alone.
_DEEPEST = 100
_CLOSING_HASHES = re.compile(r"(#+)$")


def to_markdown(html: str, origin: str = "") -> str:
    """Blocks with an empty line between them. `origin` ("https://site.example") goes before addresses of the site."""
    body = LexborHTMLParser(html).body if html else None
    return "\n\n".join(_Writer(origin).blocks(body)) if body else ""


def inline_to_markdown(html: str) -> str:
    """Of a field in one line: what `markdown.inline` gave."""
    return " ".join(to_markdown(html).split("\n"))


def heading(level: int, html: str, sign: str = "") -> str:
    """A heading of what `markdown.inline` gave; `sign` stands before it."""
    words = _CLOSING_HASHES.sub(r"\\\1", inline_to_markdown(html))
    return " ".join(filter(None, ("#" * level, sign, words)))


def address(url: str) -> str:
    """An address as the end of a link takes it."""
    return f"<{url}>" if not url or _UNFIT_FOR_LINK.search(url) else url


def to_text(html: str) -> str:
    """The words alone, a block on each line."""
    body = LexborHTMLParser(html).body if html else None
    return body.text().strip() if body else ""


class _Writer:
    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.depth = 0

    # --- blocks -------------------------------------------------------------------------------------------------------

    def blocks(self, parent: LexborNode) -> list[str]:
        """The blocks within an element; words that stand beside blocks are a paragraph."""
        found: list[str] = []
        before, is_other_mark = "", False
        self.depth += 1
        for is_block, nodes in groupby(parent.iter(include_text=True), lambda node: node.tag in _BLOCKS):
            if not is_block:
                words = self.paragraph(nodes)
                found, before = ([*found, words], "") if words else (found, before)
                continue
            for node in nodes:
                other_mark = node.tag == before and not is_other_mark
                is_other_mark = other_mark
                found.append(self.block(node, other_mark=other_mark))
                before = node.tag or ""
        self.depth -= 1
        return [block for block in found if block.strip()]

    def block(self, node: LexborNode, *, other_mark: bool) -> str:
        """`other_mark`: a list that follows another, which would go on with the same marks."""
        if self.depth > _DEEPEST:
            return guard_start(escape_marks(" ".join(node.text().split())))
        if node.tag in ("ul", "ol"):
            return self.list(node, other_mark=other_mark)
        if node.tag == "div":
            return "\n\n".join(self.blocks(node))
        writers: dict[str | None, Callable[[LexborNode], str]] = {
            "blockquote": self.quote,
            "figure": self.figure,
            "h3": self.heading,
            "hr": _rule,
            "pre": _code_block,
            "table": self.table,
        }
        write = writers.get(node.tag)
        return write(node) if write else self.paragraph(node.iter(include_text=True))

    def paragraph(self, nodes: Iterable[LexborNode]) -> str:
        lines = self.inline(nodes).strip(" \n").split("\n")
        return "\n".join(guard_start(line.strip(" ")) for line in lines)

    def heading(self, node: LexborNode) -> str:
        words = " ".join(self.inline(node.iter(include_text=True)).split())
        return "### " + _CLOSING_HASHES.sub(r"\\\1", words)

    def list(self, node: LexborNode, *, other_mark: bool) -> str:
        """Items close to each other, but with room between them where one holds paragraphs."""
        start = int((node.attributes or {}).get("start") or 1)
        sign = (")" if other_mark else ".") if node.tag == "ol" else ("*" if other_mark else "-")
        items = [each for each in node.iter() if each.tag == "li"]
        bodies = [self.blocks(item) for item in items]
        is_loose = any(item.css_first("p") for item in items) or any(
            len(body) > 1 and not _nests(body) for body in bodies
        )
        written = []
        for place, body in enumerate(bodies):
            mark = f"{start + place}{sign} " if node.tag == "ol" else f"{sign} "
            text = ("\n\n" if is_loose else "\n").join(body)
            written.append(mark + _indented(text, " " * len(mark)))
        return ("\n\n" if is_loose else "\n").join(written)

    def quote(self, node: LexborNode) -> str:
        return _quoted(self.blocks(node))

    def figure(self, node: LexborNode) -> str:
        """A quotation with whose words it is, or a picture with its caption."""
        quote, caption = node.css_first("blockquote"), _last(node, "figcaption")
        if quote is not None:
            by = self.inline(caption.iter(include_text=True)) if caption else ""
            return _quoted([*self.blocks(quote), f"— {' '.join(by.split())}"])
        picture = self.inline(each for each in node.iter(include_text=True) if each.tag != "figcaption")
        words = self.paragraph(caption.iter(include_text=True)) if caption else ""
        return "\n\n".join(filter(None, (guard_start(picture.strip()), words)))

    def table(self, node: LexborNode) -> str:
        rows = [[cell for cell in row.iter() if cell.tag in ("td", "th")] for row in node.css("tr")]
        if not rows:
            return ""
        head, *others = [[self.cell(cell) for cell in row] for row in rows]
        return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, map(_alignment, rows[0]), *others))

    def cell(self, node: LexborNode) -> str:
        return " ".join(self.inline(node.iter(include_text=True)).split()).replace("|", "\\|")

    # --- within a line ------------------------------------------------------------------------------------------------

    def inline(self, nodes: Iterable[LexborNode]) -> str:
        written = ""
        self.depth += 1
        for node in nodes:
            is_too_deep = self.depth > _DEEPEST
            written += escape_marks(node.text()) if is_too_deep else self.piece(node, written)
        self.depth -= 1
        return written

    def piece(self, node: LexborNode, before: str) -> str:
        attributes = node.attributes or {}
        if node.tag == "-text":
            return escape_marks(node.text_content or "")
        if node.tag == "br":
            return "\\\n"
        if node.tag == "code":
            return _code(node.text())
        if node.tag == "img":
            return f"![{escape_marks(attributes.get('alt') or '')}]({self.address(attributes.get('src') or '')})"
        words = self.inline(node.iter(include_text=True))
        if node.tag == "a" and words.strip():
            return f"[{words}]({self.address(attributes.get('href') or '')})"
        mark = _MARKS.get(node.tag or "", "")
        has_room = words and not words[0].isspace() and not words[-1].isspace() and before[-1:] != mark[:1]
        return f"{mark}{words}{mark}" if mark and has_room else words

    def address(self, href: str) -> str:
        is_own = href.startswith("/") and not href.startswith("//")
        return address(f"{self.origin}{href}" if is_own else href)


def _nests(body: Sequence[str]) -> bool:
    """Words and below them a list, as items have them that stand close to each other."""
    return len(body) == 2 and body[1].startswith(("- ", "* ", "1. ", "1) "))


def _quoted(blocks: Sequence[str]) -> str:
    return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(blocks).split("\n"))


def _indented(text: str, room: str) -> str:
    first, *others = text.split("\n")
    return "\n".join([first, *(f"{room}{line}" if line else "" for line in others)])


def _code(text: str) -> str:
    fence = "`" * (max(map(len, _TICKS.findall(text)), default=0) + 1)
    room = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{room}{text}{room}{fence}"


def _rule(_node: LexborNode) -> str:
    return "***"


def _code_block(node: LexborNode) -> str:
    text = node.text()
    fence = "`" * max(3, max(map(len, _TICKS.findall(text)), default=0) + 1)
    return f"{fence}\n{text.removesuffix(chr(10))}\n{fence}"


def _alignment(cell: LexborNode) -> str:
    found = (cell.attributes or {}).get("class") or ""
    return {"align-center": ":---:", "align-right": "---:"}.get(found, "---")


def _last(node: LexborNode, tag: str) -> LexborNode | None:
    return next((each for each in reversed(list(node.iter())) if each.tag == tag), None)
