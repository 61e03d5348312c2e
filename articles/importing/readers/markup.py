"""What an HTML element says about itself: its looks, whether anybody sees it, whether it belongs to the article."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

from articles.importing.blocks import Hint
from articles.text.messages import _


def names(words: str) -> frozenset[str]:
    return frozenset(words.split())


VOID = names("area base br col embed hr img input link meta param source track wbr")
BLOCKS = names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p "
    "pre search section summary table tbody td tfoot th thead tr ul"
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
UNSEEN = names("head script style template noscript title meta link svg math canvas datalist object")
EMBEDS = frozenset(["iframe", "embed", "video", "audio"])

_UNSEEN_CLASSES = frozenset(
    ["screen-reader-text", "sr-only", "visually-hidden", "visuallyhidden", "assistive-text", "a11y"]
)
_UNSEEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

_ASIDE_TAGS = {
    "nav": _("navigation of the page"),
    "form": _("a form"),
    "button": _("a button"),
    "select": _("a form"),
    "textarea": _("a form"),
    "dialog": _("a dialog of the page"),
    "menu": _("navigation of the page"),
}
_ASIDE_CLASSES = {
    name: why
    for why, names in {
        _("readers' comments"): "comments comment-list commentlist comment-respond respond disqus_thread comments-area",
        _("buttons for sharing"): "share sharing sharedaddy social social-share share-buttons addtoany social-links",
        _("links to other articles"): (
            "related related-posts related-articles jp-relatedposts yarpp recommended read-next "
            "more-stories post-navigation nav-links"
        ),
        _("a sidebar of the page"): "sidebar widget widget-area",
        _("navigation of the page"): (
            "breadcrumb breadcrumbs menu navbar nav navigation pagination skip-link site-header "
            "site-footer masthead topbar"
        ),
        _("an advertisement or a sign-up box"): "newsletter subscribe signup cookie cookies cookie-notice advert ads "
        "advertisement sponsored promo popup modal",
        _("tags of the page"): "tagcloud post-tags tag-links entry-footer cat-links",
    }.items()
    for name in names.split()
}
_CONTENTS_CLASSES = frozenset(
    ["toc", "table-of-contents", "ez-toc-container", "lwptoc", "rank-math-toc", "toc_container", "ftwp-in-post"]
)
_BYLINE_CLASSES = names(
    "byline author entry-meta post-meta posted-on meta dateline entry-date post-date published article- meta"
)
_TITLE_CLASSES = frozenset(["title", "msotitle", "entry-title", "post-title", "article-title", "headline"])
_SAFE_TAGS = frozenset(("html", "body", "main", "article"))


@dataclass(frozen=True, slots=True)
class Look:
    """The style that text has where it stands."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    code: bool = False
    href: str = ""


_BOLD_TAGS = frozenset(("b", "strong"))
_ITALIC_TAGS = frozenset(("i", "em", "cite", "dfn", "var"))
_STRUCK_TAGS = frozenset(("s", "strike", "del"))
_CODE_TAGS = frozenset(("code", "kbd", "samp", "tt"))
_WEIGHT = re.compile(r"font-weight\s*:\s*(?P<value>bold|bolder|normal|lighter|\d{3})", re.IGNORECASE)
_SLANT = re.compile(r"font-style\s*:\s*(?P<value>italic|oblique|normal)", re.IGNORECASE)
_LINE = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_RULE = re.compile(r"(?P<names>[^{}]+)\{(?P<body>[^{}]*)\}")
_CLASS_ONLY = re.compile(r"(?:\w+)?\.(?P<name>[\w-]+)$")


class Styles:
    """The style sheets in the page, as far as they make text bold, italic or struck by class (Google Docs does)."""

    def __init__(self, sheets: str) -> None:
        self._by_class: dict[str, str] = {}
        for rule in _RULE.finditer(sheets[:500_000]):
            for name in rule["names"].split(","):
                found = _CLASS_ONLY.match(name.strip())
                if found and _matters(rule["body"]):
                    self._by_class[found["name"]] = self._by_class.get(found["name"], "") + ";" + rule["body"]

    def look(self, tag: str, attributes: dict[str, str], outer: Look) -> Look:
        """The look inside an element; its own style attribute has the last word (`<b style="font-weight:normal">`)."""
        look = outer
        if tag in _BOLD_TAGS or tag in _ITALIC_TAGS or tag in _STRUCK_TAGS or tag in _CODE_TAGS:
            look = replace(
                look,
                bold=look.bold or tag in _BOLD_TAGS,
                italic=look.italic or tag in _ITALIC_TAGS,
                struck=look.struck or tag in _STRUCK_TAGS,
                code=look.code or tag in _CODE_TAGS,
            )
        elif tag == "a" and attributes.get("href"):
            look = replace(look, href=unwrapped_address(attributes["href"]))
        declared = "".join(self._by_class.get(name, "") for name in attributes.get("class", "").split())
        style = f"{declared};{attributes.get('style', '')}"
        return _styled(look, style) if len(style) > 1 and tag not in HEADINGS else look


def _matters(body: str) -> bool:
    return "font-weight" in body or "font-style" in body or "line-through" in body


def _styled(look: Look, style: str) -> Look:
    weights = _WEIGHT.findall(style)
    if weights:
        value = weights[-1].lower()
        look = replace(look, bold=value in ("bold", "bolder") or (value.isdigit() and int(value) >= 600))
    slants = _SLANT.findall(style)
    if slants:
        look = replace(look, italic=slants[-1].lower() != "normal")
    return replace(look, struck=True) if _LINE.search(style) else look


_GOOGLE = re.compile(r"https?://www\.google\.com/url\?(?:[^#]*&)?q=(?P<address>[^&]+)")


def unwrapped_address(href: str) -> str:
    """The address behind the one that Google Docs puts around every link."""
    found = _GOOGLE.match(href)
    return _unquoted(found["address"]) if found else href.strip()


def _unquoted(text: str) -> str:
    return re.sub(rb"%([0-9a-fA-F]{2})", lambda found: bytes.fromhex(found[1].decode()), text.encode()).decode(
        "utf-8", "replace"
    )


def attributes(node: LexborNode) -> dict[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}


def classes(given: dict[str, str]) -> set[str]:
    return {name.lower() for name in f"{given.get('class', '')} {given.get('id', '')}".split()}


def is_unseen(tag: str, given: dict[str, str]) -> bool:
    if tag in UNSEEN or tag.startswith("-comment") or "hidden" in given:
        return True
    if not given:
        return False
    return bool(_UNSEEN_STYLE.search(given.get("style", ""))) or not _UNSEEN_CLASSES.isdisjoint(classes(given))


def aside(tag: str, given: dict[str, str]) -> tuple[Hint, str]:
    """Why an element is on the page but not of the article; (Hint.NONE, "") when it is of it."""
    if tag in _ASIDE_TAGS and not (tag == "nav" and _is_contents(given)):
        return Hint.ASIDE, _ASIDE_TAGS[tag]
    if tag in _SAFE_TAGS or not given:
        return Hint.NONE, ""
    if _is_contents(given):
        return Hint.CONTENTS, ""
    if given.get("role") in ("navigation", "search", "complementary", "dialog"):
        return Hint.ASIDE, _("navigation of the page")
    if tag in BLOCKS:
        found = next((name for name in classes(given) if name in _ASIDE_CLASSES), "")
        if found:
            return Hint.ASIDE, _ASIDE_CLASSES[found]
    return Hint.NONE, ""


def _is_contents(given: dict[str, str]) -> bool:
    return not _CONTENTS_CLASSES.isdisjoint(classes(given))


def is_byline(tag: str, given: dict[str, str]) -> bool:
    return tag in BLOCKS and tag not in _SAFE_TAGS and not _BYLINE_CLASSES.isdisjoint(classes(given))


def is_title(tag: str, given: dict[str, str]) -> bool:
    """Whether an element is the article's title. Many pages call the heading of every section `title`."""
    if tag not in HEADINGS and tag != "p":
        return False
    if given.get("itemprop") == "headline":
        return True
    named = classes(given) & _TITLE_CLASSES
    return bool(named) and (tag in ("h1", "p") or named != {"title"})
