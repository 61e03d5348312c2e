"""Powers and indices in the signs that Unicode has for them, because Markdown has none: 10⁶, H₂O, and x^ab."""

from __future__ import annotations

import itertools
import re

from selectolax.lexbor import LexborNode

from articles.importing.readers import markup

_ABOVE = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_BELOW = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_HAS_ABOVE = re.compile(r"[0-9+\-−=()ni]{1,12}")
_HAS_BELOW = re.compile(r"[0-9+\-−=()]{1,12}")
#: What stands raised for its looks alone: 1st, 2ème, 3º, TM.
_FOR_LOOKS = re.compile(r"(?:st|nd|rd|th|er|re|ère|e|ème|es|os|as|o|a|º|ª|TM|SM|MD|MC|®|™|©|[^\w\s])", re.IGNORECASE)
_STYLE = re.compile(r"vertical-align\s*:\s*(?P<where>super|sub)\b", re.IGNORECASE)
_LONGEST = 12  # signs
_MOST_INSIDE = 6  # nodes
_PLAIN = frozenset(("span", "b", "i", "em", "strong", "u", "font", "small", "var"))


def written(node: LexborNode, tag: str) -> str | None:
    """What stands for a raised or lowered element; None where its own words stay, as for the sign of a footnote."""
    where = _where(node, tag)
    if not where:
        return None
    text = _short_text(node)
    if not text or "\n" in text or _is_in_link(node):
        return None
    return below(text) if where == "sub" else above(text)


def above(text: str) -> str:
    """A raised text: in Unicode's signs where there are such, as it is when it is raised for its looks, or with ^."""
    if _HAS_ABOVE.fullmatch(text):
        return text.translate(_ABOVE)
    return text if _FOR_LOOKS.fullmatch(text) or not text.isalnum() else f"^{text}"


def below(text: str) -> str:
    return text.translate(_BELOW) if _HAS_BELOW.fullmatch(text) else text


def _where(node: LexborNode, tag: str) -> str:
    if tag in ("sup", "sub"):
        return "super" if tag == "sup" else "sub"
    if tag != "span":
        return ""
    found = _STYLE.search(markup.attributes(node).get("style", ""))
    return found["where"].lower() if found else ""


def _is_in_link(node: LexborNode) -> bool:
    """Whether the sign itself is a link: `<a href="#n1"><sup>1</sup></a>` is a footnote's."""
    parent = node.parent
    return parent is not None and parent.tag == "a"


def _short_text(node: LexborNode) -> str:
    """The words inside, if they are few and nothing else is there; "" otherwise."""
    found = ""
    nodes = list(itertools.islice(node.traverse(include_text=True), 1, _MOST_INSIDE + 2))
    if len(nodes) > _MOST_INSIDE:
        return ""
    for inner in nodes:
        if inner.tag == "-text":
            found += inner.text_content or ""
        elif inner.tag not in _PLAIN:
            return ""
    return found.strip() if len(found) <= _LONGEST else ""
