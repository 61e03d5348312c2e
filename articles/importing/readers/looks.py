"""How text looks where it stands in a page: bold, italic, struck, code, a link; by tags, style sheets and styles."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from articles.importing.readers.markup import HEADINGS


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
# Not Word's `mso-bidi-font-weight`, which is about Arabic and Hebrew only.
_WEIGHT = re.compile(r"(?<![\w-])font-weight\s*:\s*(?P<value>bold|bolder|normal|lighter|\d{3})", re.IGNORECASE)
_SLANT = re.compile(r"(?<![\w-])font-style\s*:\s*(?P<value>italic|oblique|normal)", re.IGNORECASE)
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
