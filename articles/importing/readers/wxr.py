"""WordPress export files (WXR): posts one by one, in flat memory, as the file is read.

Posts are articles; pages, attachments, menus and readers' comments are not. XML is parsed without a document type, so
that there are no entities to expand.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit
from xml.parsers import expat

from articles.importing import entry
from articles.importing.entry import Imported
from articles.importing.errors import ImportRefused
from articles.importing.readers import html, markup

_CHUNK = 1 << 16
_LARGEST_FIELD = entry.LARGEST_TEXT


ReadPost = Callable[[], Imported | ImportRefused]


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What the export says about a post. `path` is its old address on the site, "" for one that never had any;
    `site` the site's own address, and `digest` that of everything the export says about the post.
    """

    site: str = ""
    digest: str = ""
    number: str = ""
    title: str = ""
    slug: str = ""
    path: str = ""
    status: str = ""
    author: str = ""
    published_at: dt.datetime | None = None
    changed_at: dt.datetime | None = None
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    excerpt: str = ""
    is_locked: bool = False

    @property
    def is_public(self) -> bool:
        return self.status == "publish" and not self.is_locked


def read_wxr(source: str | Path | BinaryIO, name: str = "") -> Iterator[tuple[Imported | ImportRefused, Post]]:
    """The posts of an export in its order; a post without cards comes as its refusal, and the others go on.

    Raises ImportRefused when the file itself is no export, or is broken: what was yielded before stays whole.
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
    reader = _Reader(name)
    count = 0
    while chunk := file.read(_CHUNK):
        try:
            reader.feed(chunk)
        except expat.ExpatError as error:
            broken: Exception | None = error
        else:
            broken = None
        for post, content in reader.taken():
            count += 1
            yield post, functools.partial(_imported, post, content, name)
        if broken is not None:
            raise reader.refusal(count) from broken
    try:
        reader.close()
    except expat.ExpatError as error:
        raise reader.refusal(count) from error


def _imported(post: Post, content: str, name: str) -> Imported | ImportRefused:
    place = f"{name}, post {post.number or '?'} “{post.title or post.slug}”"
    try:
        if not content.strip():
            raise ImportRefused(f"{place} is empty: write it on the site, there is nothing to import.")
        if len(content) > _LARGEST_FIELD:
            raise ImportRefused(f"{place} holds more than 5 MB of text: import it in smaller pieces.")
        reading = html.read(without_shortcodes(content), place, paragraphs_by_lines=_is_old(content))
        reading = dataclasses.replace(reading, title=post.title or reading.title, tags=post.tags)
        return entry.assemble(reading, place, "wxr")
    except ImportRefused as refusal:
        return refusal


def _is_old(content: str) -> bool:
    """A post from before the block editor: its paragraphs are blank lines."""
    return "<!-- wp:" not in content and not re.search(r"<p[ >]", content)


_CAPTION = re.compile(
    r"\[(?:wp_)?caption[^\]]*\](?P<picture>\s*(?:<a[^>]*>)?\s*<img[^>]*>\s*(?:</a>)?)(?P<words>.*?)\[/(?:wp_)?caption\]",
    re.DOTALL,
)
_EMBED = re.compile(r"\[embed[^\]]*\](?P<address>https?://[^\s\[]+)\[/embed\]")
_BARE = re.compile(r"\[/?(?:gallery|audio|video|playlist|contact-form(?:-7)?|more|toc|ez-toc|adsense)\b[^\]]*\]")


def without_shortcodes(content: str) -> str:
    """WordPress's own marks in square brackets as the HTML that they stand for, or as nothing where they place none."""
    content = _CAPTION.sub(r"<figure>\g<picture><figcaption>\g<words></figcaption></figure>", content)
    content = _EMBED.sub(r'<a href="\g<address>">\g<address></a>', content)
    return _BARE.sub("", content)


# --- the stream -------------------------------------------------------------------------------------------------------

_FIELDS = markup.names(
    "title link dc:creator content:encoded excerpt:encoded category wp:post_id wp:post_date "
    "wp:post_date_gmt wp:post_modified_gmt wp:post_name wp:status wp:post_type wp:post_password"
)


class _Reader:
    """A state machine over the XML: keeps one post at a time."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser.EntityDeclHandler = self._refuse_doctype
        self._path: list[str] = []
        self._authors: dict[str, str] = {}
        self._author: dict[str, str] = {}
        self._item: dict[str, str] | None = None
        self._terms: dict[str, list[str]] = {}
        self._site = ""
        self._domain = ""
        self._text: list[str] | None = None
        self._size = 0
        self._ready: list[tuple[Post, str]] = []

    def feed(self, chunk: bytes) -> None:
        self._parser.Parse(chunk, False)

    def close(self) -> None:
        self._parser.Parse(b"", True)

    def taken(self) -> list[tuple[Post, str]]:
        ready, self._ready = self._ready, []
        return ready

    def refusal(self, count: int) -> ImportRefused:
        line = self._parser.ErrorLineNumber
        before = f"the {count} posts before it are whole" if count else "no post comes before it"
        return ImportRefused(
            f"{self._name} is broken or cut off in line {line} ({before}): export the site again and import that file."
        )

    def _refuse_doctype(self, *_: object) -> None:
        raise ImportRefused(
            f"{self._name} declares a document type in line {self._parser.CurrentLineNumber}, which no WordPress "
            "export does: export the site again and import that file."
        )

    def _start(self, tag: str, given: dict[str, str]) -> None:
        if not self._path and tag != "rss":
            raise ImportRefused(f"{self._name} is no WordPress export: choose the file from Tools, Export.")
        self._path.append(tag)
        if tag == "item" and len(self._path) == 3:
            self._item, self._terms = {}, {}
        elif self._is_field(tag):
            self._text, self._size = [], 0
            self._domain = given.get("domain", "")

    def _is_field(self, tag: str) -> bool:
        if self._item is not None:
            return len(self._path) == 4 and tag in _FIELDS
        if len(self._path) == 3:
            return tag in _SITE
        return len(self._path) == 4 and self._path[2] == "wp:author"

    def _characters(self, text: str) -> None:
        if self._text is not None and self._size <= _LARGEST_FIELD:
            self._text.append(text)
            self._size += len(text)

    def _end(self, tag: str) -> None:
        if self._text is not None and len(self._path) == 4:
            self._keep(tag, "".join(self._text))
            self._text = None
        elif self._text is not None and len(self._path) == 3:
            self._site = "".join(self._text).strip() or self._site  # the more exact of the two comes last
            self._text = None
        self._path.pop()
        if tag == "item" and self._item is not None and len(self._path) == 2:
            if self._item.get("wp:post_type", "post") == "post" and self._item.get("wp:status") not in _DEAD:
                self._ready.append((self._post(self._item), self._item.get("content:encoded", "")))
            self._item = None
        elif tag == "wp:author" and self._author:
            login = self._author.get("wp:author_login", "")
            self._authors[login] = self._author.get("wp:author_display_name", "").strip() or login
            self._author = {}

    def _keep(self, tag: str, text: str) -> None:
        if self._item is None:
            self._author[tag] = text.strip()
        elif tag == "category":
            self._terms.setdefault(self._domain, []).append(" ".join(text.split()))
        elif tag == "content:encoded":
            self._item[tag] = text
        else:
            self._item.setdefault(tag, text.strip())

    def _digest(self, item: dict[str, str]) -> str:
        said = json.dumps([item, self._terms, self._authors.get(item.get("dc:creator", ""))], ensure_ascii=True)
        return hashlib.sha256(said.encode()).hexdigest()

    def _post(self, item: dict[str, str]) -> Post:
        login = item.get("dc:creator", "")
        return Post(
            site=self._site,
            digest=self._digest(item),
            number=item.get("wp:post_id", ""),
            title=" ".join(item.get("title", "").split()),
            slug=unquote(item.get("wp:post_name", "")),
            path=_path(item.get("link", "")),
            status=item.get("wp:status", ""),
            author=self._authors.get(login, login),
            published_at=_instant(item.get("wp:post_date_gmt", "")) or _instant(item.get("wp:post_date", "")),
            changed_at=_instant(item.get("wp:post_modified_gmt", "")),
            tags=tuple(dict.fromkeys(self._terms.get("post_tag", ()))),
            categories=tuple(dict.fromkeys(self._terms.get("category", ()))),
            excerpt=" ".join(item.get("excerpt:encoded", "").split()),
            is_locked=bool(item.get("wp:post_password")),
        )


_SITE = frozenset(("link", "wp:base_blog_url"))
_DEAD = frozenset(("trash", "auto-draft", "inherit"))


def _path(link: str) -> str:
    """The old address without its host; a draft has only "?p=123", which is none."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return unquote(parts.path) if parts.path not in ("", "/") else ""


def _instant(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=dt.UTC)
    except ValueError:
        return None
