"""Words of a link that do not say where it leads (WCAG 2.2, success criterion 2.4.4): “here”, “this link”, 여기."""

from __future__ import annotations

import re

from articles.text import markdown
from articles.text.sameness import words

_EMPTY = frozenset((
    "here", "click", "click here", "tap here", "see here", "right here", "over here", "from here", "link",
    "a link", "the link", "this link", "links", "this", "that", "it", "this one", "source", "the source",
    "more", "read more", "learn more", "see more", "find out more", "more here", "read on", "continue reading",
    "this page", "the page", "this site", "this website", "website", "page", "article", "this article", "url",
    "hier", "hier klicken", "klick hier", "klicken sie hier", "mehr", "mehr dazu", "dieser link", "quelle",
    "ici", "cliquez ici", "ce lien", "lien", "en savoir plus", "lire la suite", "source ici", "aquí", "aqui",
    "haz clic aquí", "clic aquí", "este enlace", "enlace", "leer más", "fuente", "clique aqui", "este link",
    "leia mais", "saiba mais", "qui", "clicca qui", "questo link", "leggi di più", "здесь", "тут", "ссылка",
    "по ссылке", "подробнее", "читать далее", "여기", "여기서", "여기를", "여기를 클릭", "이곳", "링크",
    "이 링크", "클릭", "더 보기", "더보기", "자세히", "자세히 보기", "출처", "ここ", "こちら", "こちらから",
    "リンク", "このリンク", "続きを読む", "詳細", "もっと見る", "这里", "這裡", "这个链接", "點擊這裡",
    "点击这里", "点这里", "此处", "链接", "連結", "更多", "阅读更多",
))  # fmt: skip
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)+/\S*", re.IGNORECASE)
# What may turn out to be the words of a link, seen without parsing: most bodies can be spared that.
_BRACKETED = re.compile(r"\[([^\[\]]*+)\]|<(https?:[^<>]*+)>", re.IGNORECASE)


def empty_links(source: str) -> tuple[str, ...]:
    """The words of each link in a body that say nothing, in order: words such as “here”, or a bare address."""
    if not any(says_nothing((found[1] or found[2] or "").strip("*_~` ")) for found in _BRACKETED.finditer(source)):
        return ()
    has_pictures = "![" in source  # a picture that links says where in its alternative text
    return tuple(
        link.text for link in markdown.links(source) if says_nothing(link.text) and (link.text or not has_pictures)
    )


def says_nothing(text: str) -> bool:
    return not text or words(text) in _EMPTY or _ADDRESS.fullmatch(text.strip()) is not None
