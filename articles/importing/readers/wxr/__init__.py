"""WordPress export files (WXR): posts one by one, in flat memory, as the file is read.

Posts are articles, and reusable blocks parts of them; pages, attachments, menus and readers' comments are not.
"""

from __future__ import annotations

import dataclasses
import functools
import io
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from articles.importing import entry
from articles.importing.account import Repaired
from articles.importing.entry import Imported
from articles.importing.errors import ImportRefused
from articles.importing.readers import html
from articles.importing.readers.wxr.posts import Post, Site, is_article, of_items
from articles.importing.readers.wxr.stream import Export, Item, elements
from articles.text.messages import _

_LARGEST_BLOCKS = 20 * 1024 * 1024  # signs of all reusable blocks
_DEEPEST = 4  # blocks in blocks
_CHUNK = 1 << 20
_REUSED = re.compile(r'<!--\s*wp:block\s+\{[^}]{0,400}?"ref"\s*:\s*(?P<number>\d{1,12})[^}]{0,400}\}\s*/-->')
_TITLE = re.compile(r"<title>(?:<!\[CDATA\[)?(?P<title>[^<\]]{0,200})")

ReadPost = Callable[[], Imported | ImportRefused]
Blocks = dict[str, str]

__all__ = ["Post", "ReadPost", "read_wxr", "unread_wxr"]


def read_wxr(source: str | Path | BinaryIO, name: str = "") -> Iterator[tuple[Imported | ImportRefused, Post]]:
    """The posts of an export in its order; a post that cannot be read comes as its refusal, and the others go on.

    Raises ImportRefused when the file itself is no export, or is cut off: what was yielded before stays whole.
    """
    for post, read in unread_wxr(source, name):
        yield read(), post


def unread_wxr(source: str | Path | BinaryIO, name: str = "") -> Iterator[tuple[Post, ReadPost]]:
    """As `read_wxr`, with each post's words read only when they are asked for: who knows a post already passes on."""
    if isinstance(source, str | Path):
        path = Path(source)
        with path.open("rb") as file:
            yield from _posts(file, name or path.name)
    else:
        yield from _posts(source, name or "The export")


def _posts(file: BinaryIO, name: str) -> Iterator[tuple[Post, ReadPost]]:
    blocks = _reusable(file, name)
    export = Export(file, name)
    site = Site.of(export.head)
    for item in export.items():
        try:
            fields, repaired = elements(item.text, entry.LARGEST_TEXT)
        except expat.ExpatError:
            yield _unread(item, name)
            continue
        read = of_items(fields, site)
        if read.kind == "wp_block":
            blocks.setdefault(read.post.number, read.content)
        elif is_article(read):
            content = functools.partial(_imported, read.post, read.content, name, blocks, tuple(repaired))
            yield read.post, content


def _unread(item: Item, name: str) -> tuple[Post, ReadPost]:
    """A post whose own XML is broken: it is named, and the others go on."""
    found = _TITLE.search(item.text[:2_000])
    title = found["title"].strip() if found else ""
    refusal = ImportRefused(
        _(
            "%(name)s, the post “%(title)s” in line %(line)s is broken: save it on the site and export again.",
            name=name,
            title=title,
            line=item.line,
        )
    )
    return Post(title=title), lambda: refusal


def _imported(
    post: Post, content: str, name: str, blocks: Mapping[str, str], repaired: tuple[Repaired, ...]
) -> Imported | ImportRefused:
    place = f"{name}, post {post.number or '?'} “{post.title or post.slug}”"
    try:
        if not content.strip():
            raise ImportRefused(_("%(name)s is empty: write it on the site, there is nothing to import.", name=place))
        if len(content) > entry.LARGEST_TEXT:
            raise ImportRefused(_("%(name)s holds more than 5 MB of text: import it in smaller pieces.", name=place))
        content, missing = _with_blocks(content, blocks)
        reading = html.read(content, place, is_of_wordpress=True)
        notes = tuple(
            _("The reusable block %(number)s is not in the export: its words are missing.", number=number)
            for number in missing
        )
        reading = dataclasses.replace(
            reading, title=post.title or reading.title, tags=post.tags, notes=(*reading.notes, *notes)
        )
        return entry.assemble(reading, place, "wxr", repaired)
    except ImportRefused as refusal:
        return refusal


# --- reusable blocks --------------------------------------------------------------------------------------------------


def _reusable(file: BinaryIO, name: str) -> Blocks:
    """The reusable blocks of an export by their numbers: posts that use them may come first, so it is read before.

    A stream that cannot go back gives none here; a block that then comes before its post is still found.
    """
    if not file.seekable() or not _holds(file, b"wp_block"):
        return {}
    start = file.tell()
    found: Blocks = {}
    try:
        size = 0
        for item in Export(file, name).items():
            if "wp_block" not in item.text or size > _LARGEST_BLOCKS:
                continue
            try:
                read = of_items(elements(item.text, entry.LARGEST_TEXT)[0], Site())
            except expat.ExpatError:
                continue
            if read.kind == "wp_block":
                found[read.post.number] = read.content
                size += len(read.content)
    except ImportRefused:
        pass  # it is refused when its posts are read
    file.seek(start)
    return found


def _holds(file: BinaryIO, word: bytes) -> bool:
    start = file.tell()
    before = b""
    found = False
    while not found and (chunk := file.read(_CHUNK)):
        found = word in before + chunk
        before = chunk[-len(word) :]
    file.seek(start, io.SEEK_SET)
    return found


def _with_blocks(content: str, blocks: Mapping[str, str]) -> tuple[str, list[str]]:
    """The content with its reusable blocks in their places, and the numbers of those that the export does not hold."""
    missing: dict[str, None] = {}

    def written(found: re.Match[str]) -> str:
        block = blocks.get(found["number"])
        if block is None:
            missing[found["number"]] = None
        return f"\n\n{block or ''}\n\n"

    for _depth in range(_DEEPEST):
        if "wp:block" not in content or len(content) > entry.LARGEST_TEXT or not _REUSED.search(content):
            break
        content = _REUSED.sub(written, content)
    return content, list(missing)
