"""What an export says about a post: its title, dates, status, author, tags; and about the site."""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from urllib.parse import unquote, urlsplit
from xml.parsers import expat

from articles.importing.readers.wxr.stream import Element, elements

_FIELDS = frozenset(
    [
        "title",
        "link",
        "pubDate",
        "dc:creator",
        "content:encoded",
        "excerpt:encoded",
        "wp:post_id",
        "wp:post_date",
        "wp:post_date_gmt",
        "wp:post_modified",
        "wp:post_modified_gmt",
        "wp:post_name",
        "wp:status",
        "wp:post_type",
        "wp:post_password",
    ]
)
#: Those of which the digest is made; it must not change, or every post would be imported again.
_DIGESTED = _FIELDS - {"pubDate", "wp:post_modified"}
_DEAD = frozenset(("trash", "auto-draft", "inherit"))
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_FIRST_YEAR = 1990
_YEAR = re.compile(r"(?<![-\d])(?:19|20)\d\d(?!\d)")


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


@dataclass(slots=True)
class Site:
    """`offset` is that of the site's clock, as the last post showed it that tells its date by both clocks."""

    address: str = ""
    authors: dict[str, str] = field(default_factory=dict)
    offset: dt.timedelta | None = None

    @classmethod
    def of(cls, head: str) -> Site:
        """What stands before the posts. A head that is broken says nothing, and the posts are read all the same."""
        try:
            found, _repaired = elements(head[head.find("<rss") :] + "</channel></rss>", 10_000)
        except expat.ExpatError:
            return cls()
        site, login = cls(), ""
        for element in found:
            text = element.text.strip()
            match element.path.removeprefix("channel/"):
                case "link" | "wp:base_blog_url" if text:
                    site.address = text  # the more exact of the two comes last
                case "wp:author/wp:author_login":
                    login = text
                    site.authors.setdefault(login, login)
                case "wp:author/wp:author_display_name" if text:
                    site.authors[login] = plain(text)
        return site


@dataclass(frozen=True, slots=True)
class ReadItem:
    post: Post
    kind: str
    content: str


def is_article(item: ReadItem) -> bool:
    return item.kind == "post" and item.post.status not in _DEAD


def plain(text: str) -> str:
    """A field that WordPress keeps as HTML, as one line of text."""
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def of_items(fields: Sequence[Element], site: Site) -> ReadItem:
    item: dict[str, str] = {}
    terms: dict[str, list[str]] = {}
    for element in fields:
        if element.path == "category":
            terms.setdefault(element.domain, []).append(" ".join(element.text.split()))
        elif element.path == "content:encoded":
            item[element.path] = element.text
        elif element.path in _FIELDS:
            item.setdefault(element.path, element.text.strip())
    return ReadItem(_post(item, terms, site), item.get("wp:post_type", "post"), item.get("content:encoded", ""))


def _post(item: dict[str, str], terms: dict[str, list[str]], site: Site) -> Post:
    login = item.get("dc:creator", "")
    author = site.authors.get(login, login)
    published = _moment(item, "wp:post_date_gmt", "wp:post_date", site) or _published(item.get("pubDate", ""))
    return Post(
        site=site.address,
        digest=_digest(item, terms, author),
        number=item.get("wp:post_id", ""),
        title=plain(item.get("title", "")),
        slug=unquote(item.get("wp:post_name", "")),
        path=_path(item.get("link", "")),
        status=item.get("wp:status", ""),
        author=author,
        published_at=published or _local(item.get("wp:post_date", ""), site.offset or dt.timedelta()),
        changed_at=_moment(item, "wp:post_modified_gmt", "wp:post_modified", site),
        tags=tuple(dict.fromkeys(map(plain, terms.get("post_tag", ())))),
        categories=tuple(dict.fromkeys(map(plain, terms.get("category", ())))),
        excerpt=plain(item.get("excerpt:encoded", "")),
        is_locked=bool(item.get("wp:post_password")),
    )


def _digest(item: dict[str, str], terms: dict[str, list[str]], author: str) -> str:
    told = {name: text for name, text in item.items() if name in _DIGESTED}
    return hashlib.sha256(json.dumps([told, terms, author], ensure_ascii=True).encode()).hexdigest()


def _path(link: str) -> str:
    """The old address without its host; a draft has only "?p=123", which is none."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return unquote(parts.path) if parts.path not in ("", "/") else ""


# --- dates ------------------------------------------------------------------------------------------------------------


def _moment(item: dict[str, str], name: str, local: str, site: Site) -> dt.datetime | None:
    """A moment by Greenwich, or by the site's clock where its difference is known from another post."""
    moment, shown = _instant(item.get(name, "")), _instant(item.get(local, ""))
    if moment and shown:
        site.offset = shown - moment
    if moment is None and shown and site.offset is not None:
        return _local(item.get(local, ""), site.offset)
    return moment


def _instant(text: str) -> dt.datetime | None:
    try:
        found = dt.datetime.strptime(text.strip(), "%Y-%m-%d %H:%M:%S").replace(tzinfo=dt.UTC)
    except ValueError:
        return None
    return found if found.year >= _FIRST_YEAR else None


def _local(text: str, offset: dt.timedelta) -> dt.datetime | None:
    found = _instant(text)
    return found - offset if found and abs(offset) <= dt.timedelta(hours=15) else found


def _published(text: str) -> dt.datetime | None:
    """The moment in a `pubDate`; a draft's is in the year -0001."""
    if not _YEAR.search(text):
        return None
    try:
        found = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    if found.year < _FIRST_YEAR:
        return None
    return found.astimezone(dt.UTC) if found.tzinfo else found.replace(tzinfo=dt.UTC)
