"""What an HTML element says about itself: whether anybody sees it, whether it belongs to the article."""

from __future__ import annotations

import re

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
_UNSEEN_STYLE = re.compile(r"(?<![\w-])display\s*:\s*none|(?<![\w-])visibility\s*:\s*hidden", re.IGNORECASE)

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
            "breadcrumb breadcrumbs menu navbar nav navigation pagination skip-link site-header mw-editsection "
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


def attributes(node: LexborNode) -> dict[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}


def classes(given: dict[str, str]) -> set[str]:
    return {name.lower() for name in f"{given.get('class', '')} {given.get('id', '')}".split()}


def is_unseen(tag: str, given: dict[str, str]) -> bool:
    """What no reader of the page ever sees: scripts, and words for screen readers alone."""
    if tag in UNSEEN or tag.startswith("-comment"):
        return True
    return bool(given) and not _UNSEEN_CLASSES.isdisjoint(classes(given))


def is_hidden(given: dict[str, str]) -> bool:
    """What is not shown when the page opens; `folding` tells whether a reader can unfold it."""
    return "hidden" in given or bool(_UNSEEN_STYLE.search(given.get("style", "")))


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
    if tag in BLOCKS or given.get("class") == "mw-editsection":
        found = next((name for name in classes(given) if name in _ASIDE_CLASSES), "")
        if found:
            return Hint.ASIDE, _ASIDE_CLASSES[found]
    return Hint.NONE, ""


def _is_contents(given: dict[str, str]) -> bool:
    return not _CONTENTS_CLASSES.isdisjoint(classes(given))


def is_byline(tag: str, given: dict[str, str]) -> bool:
    if tag not in BLOCKS or tag in _SAFE_TAGS or "class" not in given:
        return False
    return any(name in _BYLINE_CLASSES or name.endswith(("-meta", "_meta", "-byline")) for name in classes(given))


def is_title(tag: str, given: dict[str, str]) -> bool:
    """Whether an element is the article's title. Many pages call the heading of every section `title`."""
    if tag not in HEADINGS and tag != "p":
        return False
    if given.get("itemprop") == "headline":
        return True
    named = classes(given) & _TITLE_CLASSES
    return bool(named) and (tag in ("h1", "p") or named != {"title"})


_QUESTION_CLASSES = frozenset(
    ("schema-faq-question", "rank-math-question", "kg-toggle-heading-text", "faq-question", "faq__question")
)


def is_question(tag: str, given: dict[str, str], parent: dict[str, str]) -> bool:
    """Whether an element is the question of a block for questions: of Yoast, Rank Math, Ghost, or schema.org's."""
    if tag == "summary" or not _QUESTION_CLASSES.isdisjoint(classes(given)):
        return True
    return given.get("itemprop") == "name" and parent.get("itemtype", "").rstrip("/").endswith("schema.org/Question")


# --- names in angle brackets ------------------------------------------------------------------------------------------

#: Every element that HTML has or had; what is none of them, and no custom element, is not markup.
KNOWN = (
    VOID
    | BLOCKS
    | UNSEEN
    | EMBEDS
    | names(
        "a abbr acronym applet b basefont bdi bdo big blink body button cite code data del details dfn em font frame "
        "frameset g head html i ins kbd label map mark marquee meter nobr noframes object optgroup option output path "
        "picture portal progress q rb rp rt rtc ruby s samp select slot small span strike strong sub sup textarea time "
        "tt u var image circle rect line polygon use defs figure"
    )
)
_ANGLED = re.compile(r"<(?P<name>[A-Za-z][\w’'-]*)(?P<more>(?:(?:[ ,&!?.·]|:(?= )){1,3}[\w’'-]+){0,9}[!?.]?)>")
_CLOSED = re.compile(r"</(?P<name>[A-Za-z][\w-]*)")


def with_names(text: str) -> str:
    """HTML whose names of works in angle brackets (`<Vincenzo>`) are escaped: the parser would swallow them.

    A name is no element, nothing closes it, and nothing in it looks like attributes. An element's name with a capital
    letter is one too, if nothing closes it: `<Signal>`, `<Time>`.
    """
    if not _ANGLED.search(text):
        return text
    closed = closed_in(text)
    return _ANGLED.sub(lambda found: f"&lt;{found[0][1:-1]}&gt;" if _is_name(found, closed) else found[0], text)


def closed_in(text: str) -> frozenset[str]:
    """The names of all elements that are closed somewhere in a text."""
    return frozenset(found["name"].lower() for found in _CLOSED.finditer(text))


def is_name_at(text: str, at: int, closed: frozenset[str]) -> bool:
    """As `with_names`, for one place of a Markdown text; there, every word that is no element is a name."""
    found = _ANGLED.match(text, at)
    return found is not None and _is_name(found, closed, strictly=True)


def _is_name(found: re.Match[str], closed: frozenset[str], *, strictly: bool = False) -> bool:
    name, low = found["name"], found["name"].lower()
    if low in closed or ("-" in name and not found["more"]):
        return False  # closed somewhere, or a custom element
    if low in KNOWN:
        return name.istitle() and len(name) > 2 and low not in VOID
    return strictly or not name.islower() or bool(found["more"])
