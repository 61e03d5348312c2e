"""Markdown to safe HTML. The only place in the project that marks HTML as safe.

Whoever changes what `render` or `excerpt` gives for an unchanged source raises RENDERER_VERSION, so that editions made
by an older renderer can be found and made again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it.token import Token

from articles.text import cleaning, korean, syntax
from articles.text.outline import (
    ImageUse,
    Link,
    Quotation,
    excerpt,
    images_used,
    links,
    picture_ids,
    plain,
    quotations,
    refused,
)

__all__ = [
    "RENDERER_VERSION",
    "Image",
    "ImageUse",
    "Link",
    "Quotation",
    "excerpt",
    "images_used",
    "inline",
    "links",
    "picture_ids",
    "plain",
    "quotations",
    "refused",
    "render",
    "sanitise",
    "trusted",
    "with_first_picture_at_once",
]

RENDERER_VERSION = 5

#: How wide a picture is shown: a body is 56ch wide. On a phone it fills the screen; it is told smaller, because nobody
#: sees the third pixel of three.
PICTURE_SIZES = "(min-width: 40rem) 37rem, 75vw"


@dataclass(frozen=True, slots=True)
class Image:
    """What a `picture:ID` stands for. An empty `alt` means that the picture is decorative.

    `sources` are media types with the addresses and widths of copies in them, the best first.
    """

    src: str
    width: int
    height: int
    alt: str = ""
    credit: str = ""
    licence: str = ""
    sources: Sequence[tuple[str, Sequence[tuple[str, int]]]] = ()


#: "Deok-sun", "Ssangmun-dong", "K-Drama" in HTML: so short that it finds room on any line.
_NAME = re.compile(r"(?<![\w-])(?=[\w-]{3,14}(?![\w-]))(?=[^\W\d_])[A-Z][^\W\d_]*(?:-[^\W\d_]+){1,2}(?![\w-])")

ImageFinder = Callable[[str], Image | None]


def render(source: str, images: ImageFinder | None = None, *, absolute: str = "") -> SafeString:
    """`source` as sanitised HTML. Never raises for a text, however it is made.

    `images` finds a picture by the id in `picture:ID`; a picture that it does not find shows as its alt text.
    `absolute` ("https://site.example", no slash at the end) goes before links and pictures of the site itself, for
    readers that see the HTML somewhere else, such as a feed.
    """
    html = _Rendering(images, absolute).html(syntax.parse(source))
    return mark_safe(cleaning.clean(_cleaner, syntax.without_control_signs(html)))  # noqa: S308 - sanitised in this line


def sanitise(html: str) -> SafeString:
    """HTML that claims to come from `render`, out of a file for instance. What `render` gave comes back as it is."""
    html = cleaning.without_deep_nesting(cleaning.with_plain_references(syntax.without_control_signs(html)))
    return mark_safe(cleaning.clean(_cleaner, html))  # noqa: S308 - sanitised in this very line


def trusted(html: str) -> SafeString:
    """HTML that `render` (or feed_html) gave, which an edition or a card has kept. Never call it with anything else."""
    return mark_safe(html)  # noqa: S308 - sanitised when it was rendered


def with_first_picture_at_once(html: str) -> SafeString:
    """The same HTML of `render`, its first picture asked for first instead of when a reader comes near it.

    Of the body that a page opens with: which one that is may change, so an edition does not keep it.
    """
    return mark_safe(_WAITING_PICTURE.sub(r'\1 fetchpriority="high"', html, count=1))  # noqa: S308 - as in `trusted`


def inline(text: str) -> SafeString:
    """A plain text field (title, heading, name, dek) as HTML: escaped, Hangul marked, no Markdown. No line divides a
    short name at its hyphen ("Deok-sun").
    """
    html = korean.escape_and_mark(syntax.without_control_signs(text))
    kept = _NAME.sub(r'<span class="keep">\g<0></span>', html) if "-" in html else html
    return mark_safe(kept)  # noqa: S308 - escaped in this function


class _Rendering:
    """Tokens to HTML, once. A token without a rule of its own is its tag."""

    def __init__(self, images: ImageFinder | None, absolute: str) -> None:
        self.images = images
        self.absolute = absolute

    def html(self, tokens: Iterable[Token]) -> str:
        return "".join([_RULES.get(token.type, _tag)(self, token) for token in tokens if not token.hidden])

    def inline(self, token: Token) -> str:
        return self.html(token.children or ())

    def text(self, token: Token) -> str:
        return korean.escape_and_mark(token.content)

    def code_inline(self, token: Token) -> str:
        return f"<code>{korean.escape_and_mark(token.content)}</code>"

    def fence(self, token: Token) -> str:
        return f"<pre><code>{korean.escape_and_mark(token.content)}</code></pre>\n"

    def softbreak(self, _token: Token) -> str:
        return "\n"

    def ordered_list_open(self, token: Token) -> str:
        return f'<ol start="{token.attrs["start"]}">\n' if "start" in token.attrs else "<ol>\n"

    def link_open(self, token: Token) -> str:
        href = str(token.attrs["href"])
        rel = ' rel="noopener external"' if syntax.is_outside(href) else ""
        return f'<a href="{escape(self.full(href))}"{rel}>'

    def blockquote_open(self, token: Token) -> str:
        return '<figure class="quotation"><blockquote>\n' if "has_by" in token.meta else "<blockquote>\n"

    def blockquote_close(self, token: Token) -> str:
        if "by" not in token.meta:
            return "</blockquote>\n"
        return f"</blockquote><figcaption>{self.html(token.meta['by'])}</figcaption></figure>\n"

    def table_open(self, _token: Token) -> str:
        return '<div class="table" tabindex="0" role="group" aria-label="Table"><table>\n'

    def table_close(self, _token: Token) -> str:
        return "</table></div>\n"

    def cell_open(self, token: Token) -> str:
        """markdown-it asks for alignment by a style attribute, which the site's policy forbids; a class says it too."""
        scope = ' scope="col"' if token.tag == "th" else ""
        _, _, side = str(token.attrs.get("style", "")).partition(":")
        return f"<{token.tag}{scope}" + (f' class="align-{side}">' if side in ("center", "right") else ">")

    def figure(self, token: Token) -> str:
        image = syntax.image_of(token)
        picture, caption, credit = self.picture(image)
        words = " ".join(filter(None, (caption, credit and f"<small>{credit}</small>")))
        figcaption = f"<figcaption>{words}</figcaption>" if words else ""
        return f'<figure class="picture">{picture}{figcaption}</figure>\n'

    def image(self, token: Token) -> str:
        """A picture within a line: it has no figure, and still owes its caption and credit."""
        picture, caption, credit = self.picture(token)
        words = ", ".join(filter(None, (caption, credit)))
        return f"{picture} <small>{words}</small>" if words else picture

    def picture(self, token: Token) -> tuple[str, str, str]:
        """The picture or what stands in for it; its caption; its credit and licence. All are HTML."""
        public_id = syntax.picture_id(token)
        image = self.images(public_id) if self.images and public_id else None
        alt = syntax.visible_text(token.children or ())
        caption = korean.escape_and_mark(str(token.attrs.get("title", "")))
        if image is None:
            return f'<span class="picture-missing">{korean.escape_and_mark(alt or "Picture")}</span>', caption, ""
        tag = (
            f'<img src="{escape(self.full(image.src))}" width="{image.width:d}" height="{image.height:d}" '
            f'alt="{escape(alt or image.alt)}" loading="lazy" decoding="async">'
        )
        if image.sources:
            tag = f"<picture>{''.join(map(self.source, image.sources))}{tag}</picture>"
        return tag, caption, korean.escape_and_mark(", ".join(filter(None, (image.credit, image.licence))))

    def source(self, source: tuple[str, Sequence[tuple[str, int]]]) -> str:
        kind, copies = source
        srcset = ", ".join(f"{self.full(address)} {width:d}w" for address, width in copies)
        return f'<source type="{escape(kind)}" srcset="{escape(srcset)}" sizes="{PICTURE_SIZES}">'

    def full(self, address: str) -> str:
        is_site_relative = address.startswith("/") and not address.startswith("//")
        return f"{self.absolute}{address}" if is_site_relative else address


def _tag(_rendering: _Rendering, token: Token) -> str:
    slash = "/" if token.nesting == -1 else ""
    newline = "\n" if token.block and (token.nesting != 1 or token.tag not in _TEXT_BLOCKS) else ""
    return f"<{slash}{token.tag}>{newline}"


_TEXT_BLOCKS = frozenset({"h3", "li", "p"})
_RULES: Mapping[str, Callable[[_Rendering, Token], str]] = {
    "blockquote_close": _Rendering.blockquote_close,
    "blockquote_open": _Rendering.blockquote_open,
    "code_inline": _Rendering.code_inline,
    "fence": _Rendering.fence,
    "figure": _Rendering.figure,
    "image": _Rendering.image,
    "inline": _Rendering.inline,
    "link_open": _Rendering.link_open,
    "ordered_list_open": _Rendering.ordered_list_open,
    "softbreak": _Rendering.softbreak,
    "table_close": _Rendering.table_close,
    "table_open": _Rendering.table_open,
    "td_open": _Rendering.cell_open,
    "text": _Rendering.text,
    "th_open": _Rendering.cell_open,
}

#: An element's name is out of reach of a writer's words: there each "<" is escaped.
_WAITING_PICTURE = re.compile(r'(<img(?: [a-z]+="[^"]*")*?) loading="lazy"')
_SRCSET = re.compile(r"(?:(?:https?://|/(?!/))\S*[^\s,] \d{1,5}w(?:, |$))+")


def _attribute(_tag: str, name: str, value: str) -> str | None:
    """nh3 looks into src and href by itself, but not into the addresses of a srcset."""
    return None if name == "srcset" and not _SRCSET.fullmatch(value) else value


_cleaner = nh3.Cleaner(
    tags={
        *("a", "br", "code", "em", "img", "picture", "s", "small", "source", "span", "strong"),
        *("blockquote", "div", "figcaption", "figure", "h3", "hr", "li", "ol", "p", "pre", "ul"),
        *("table", "tbody", "td", "th", "thead", "tr"),
    },
    attributes={
        "a": {"href", "rel"},
        "div": {"aria-label"},
        "img": {"src", "width", "height", "alt"},
        "ol": {"start"},
        "source": {"srcset"},
    },
    attribute_filter=_attribute,
    tag_attribute_values={
        "div": {"tabindex": {"0"}, "role": {"group"}},
        "img": {"loading": {"lazy"}, "decoding": {"async"}},
        "source": {"type": {"image/avif", "image/webp"}, "sizes": {PICTURE_SIZES}},
        "span": {"lang": {"ko"}},
        "th": {"scope": {"col"}},
    },
    allowed_classes={
        "div": {"table"},
        "figure": {"picture", "quotation"},
        "span": {"keep", "picture-missing", "unsourced", "visually-hidden"},
        "td": {"align-center", "align-right"},
        "th": {"align-center", "align-right"},
    },
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)
