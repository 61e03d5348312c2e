"""What a page does not show at once: words that a reader unfolds belong to the article, others are set aside."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from articles.importing.readers import markup

#: Parts of class names that say: this is opened by a click.
_OPENED = re.compile(
    r"accordion|collaps|toggle|tab-?(?:pane|panel|content)|expand|read-?more|show-?more|more-?(?:text|content)|spoiler|faq|answer"
)
_LABEL = re.compile(
    r"(?:(?:read|show|see|view|load|learn)\s+(?:more|less|all|full\s+\w+|the\s+rest)|continue\s+reading|expand|collapse|"
    r"more|less|mehr\s+(?:lesen|anzeigen)|weiterlesen|weniger(?:\s+anzeigen)?|(?:leer|ver|mostrar)\s+(?:más|menos)|"
    r"ler\s+mais|lire\s+la\s+suite|voir\s+(?:plus|moins)|더\s*보기|접기|펼치기|続きを読む|もっと見る|閉じる|"
    r"(?:查看|阅读|閱讀|顯示)更多|展开|收起|展開|收合|читать\s+(?:далее|дальше)|показать\s+ещё|свернуть|"
    r"(?:اقرأ|عرض)\s+المزيد)\s*[.…»›>→▼▾+]*",
    re.IGNORECASE,
)
_CONTROLS = ("aria-controls", "data-target", "data-bs-target", "for", "href")
_WORDS_IN_SCRIPT = re.compile(r"[\w-]{1,60}")


def is_label(text: str) -> bool:
    """Whether these words only say that more can be unfolded: "Read more"."""
    return len(text) < 40 and _LABEL.fullmatch(" ".join(text.split())) is not None


def is_control(given: dict[str, str]) -> bool:
    """Whether an element unfolds another one; its words are then a heading over them."""
    if "aria-expanded" in given or "aria-controls" in given:
        return True
    toggles = given.get("data-toggle", "") + given.get("data-bs-toggle", "")
    return toggles in ("collapse", "tab", "pill") or bool(_OPENED.search(given.get("class", "").lower()))


class Folded:
    """Which hidden elements of a page something on it opens."""

    def __init__(self, root: LexborNode) -> None:
        self._opened: set[str] = set()
        for node in root.css("[aria-controls], [data-target], [data-bs-target], [for], a[href^='#'], [onclick]"):
            given = markup.attributes(node)
            for name in _CONTROLS:
                self._opened.update(given.get(name, "").replace("#", " ").split())
            self._opened.update(_WORDS_IN_SCRIPT.findall(given.get("onclick", "")[:500]))

    def can_be_unfolded(self, node: LexborNode, given: dict[str, str]) -> bool:
        """Whether a reader can open this hidden element: it is named by a control, or stands behind one."""
        if given.get("id") in self._opened or given.get("role") == "tabpanel":
            return True
        if _OPENED.search(f"{given.get('class', '')} {given.get('id', '')}".lower()):
            return True
        before = node.prev
        while before is not None and before.tag in ("-text", "br") and not (before.text_content or "").strip():
            before = before.prev
        return before is not None and before.tag in ("button", "a", "label", "span") and is_label(before.text())
