"""HTML to blocks: pasted from Google Docs, Word or a mail, out of WordPress, or a saved page with all its furniture."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from articles.importing.blocks import Block, Hint, Kind
from articles.importing.errors import ImportRefused
from articles.importing.readers import markup, notes, shortcodes, signs, word
from articles.importing.readers.folding import Folded
from articles.importing.readers.looks import Styles
from articles.importing.readers.survey import Survey
from articles.importing.readers.walker import Walker
from articles.importing.reading import Reading
from articles.text.messages import _

_DEEPEST = 800
_TAG = re.compile(r"<(?P<close>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*)")
_CLOSES_ITSELF = markup.VOID | markup.names("p li dt dd tr td th tbody thead tfoot option rt rp rb a")


def read(text: str, name: str, *, is_of_wordpress: bool = False) -> Reading:
    """The blocks of an HTML document or fragment; raises ImportRefused.

    `is_of_wordpress`: the content of a post, with marks in square brackets, and blank lines for paragraphs unless the
    block editor wrote it. A page that shows these signs is read so too.
    """
    marks: tuple[str, ...] = ()
    if is_of_wordpress or shortcodes.are_in(text):
        text, marks = shortcodes.without(text)
    _refuse_depth(text, name)
    page = LexborHTMLParser(markup.with_names(text))
    root = page.body or page.root
    if root is None:
        raise ImportRefused(_("%(name)s holds no HTML: choose the file that holds the article.", name=name))
    sheets = "\n".join(node.text() for node in page.css("style"))
    survey = Survey(root)
    by_lines = (is_of_wordpress and "<!-- wp:" not in text) or _divides_by_lines(root, survey)
    walker = Walker(Styles(sheets), name, by_lines=by_lines)
    walker.survey, walker.folded, walker.is_word = survey, Folded(root), word.is_word(text)
    blocks = walker.walk(root, _main_part(root, survey))
    title = page.css_first("head title")
    told = _("Marks of a page builder or a plugin were taken off: %(marks)s.", marks=shortcodes.name_list(marks))
    return Reading(
        blocks=word.with_lists(notes.with_notes(blocks, walker.ids)),
        visible=survey.visible,
        title=_page_title(signs.fit(title.text()) if title else "", blocks),
        pictures=tuple(walker.pictures),
        notes=(told,) if marks else (),
    )


_BLOCK_CLOSED = re.compile(r"</(?:p|h[1-6]|li|div|ul|ol|blockquote|td)\s*>", re.IGNORECASE)


def recognises(text: str) -> bool:
    """Whether a text that somebody pasted is the source of a page: several of its elements are closed."""
    return text.lstrip()[:1] == "<" and len(_BLOCK_CLOSED.findall(text[:100_000])) > 2


def _refuse_depth(text: str, name: str) -> None:
    """The parser's time grows with the square of the depth; no real document is nested like that."""
    depth = 0
    for found in _TAG.finditer(text):
        if found["tag"].lower() in _CLOSES_ITSELF:
            continue
        depth = max(0, depth - 1) if found["close"] else depth + 1
        if depth > _DEEPEST:
            line = text.count("\n", 0, found.start()) + 1
            raise ImportRefused(
                _(
                    "%(name)s nests its elements more than %(most)s deep in line %(line)s: "
                    "copy the text of the page and paste that.",
                    name=name,
                    most=_DEEPEST,
                    line=line,
                )
            )


_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")


def _divides_by_lines(root: LexborNode, survey: Survey) -> bool:
    """Whether blank lines divide the paragraphs, as in the source of an old WordPress post: more words stand right in
    the page than in its paragraphs and cells.
    """
    loose, has_blank_lines = 0, False
    for node in root.iter(include_text=True):
        text = (node.text_content or "") if node.tag == "-text" else ""
        if text.strip():
            loose += len(text)
            has_blank_lines = has_blank_lines or _BLANK_LINE.search(text) is not None
    return has_blank_lines and loose > survey.in_paragraphs


_SITE_NAME = re.compile(r"\s+[|–—·»-]\s+[^|–—·»]{2,60}$")


def _page_title(text: str, blocks: list[Block]) -> str:
    """The page's <title> without the name of the site, where the page shows no title of its own."""
    title = " ".join(text.split())
    if not title or any(
        block.hint is Hint.TITLE or (block.kind is Kind.HEADING and block.level == 1) for block in blocks
    ):
        return ""
    return _SITE_NAME.sub("", title)


def _main_part(root: LexborNode, survey: Survey) -> int | None:
    """The element that holds the article, by its identity, when the page says so and it holds most of the words."""
    candidates = root.css("article, main, [role=main], [itemprop=articleBody], .entry-content, .post-content, .mw-body")
    if not candidates:
        return None
    best = max(candidates, key=survey.size_of)
    return best.mem_id if survey.size_of(best) >= 0.5 * max(1, survey.size) else None
