"""What is fuzzed: each room's work upon one text."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import io
from collections.abc import Callable
from html import escape

from articles import readiness
from articles.claims import claims_in, prove
from articles.document import Card, Document, Faq, compare, dumps
from articles.document.validation import mend
from articles.drafts import merging
from articles.importing import ImportRefused, other_readings, read, read_text, read_wxr
from articles.readiness import texts
from articles.restatements import Acts, Wordings, restatements_of
from articles.restatements.wordings import Wording
from articles.text import (
    anchors,
    emoji,
    feed_html,
    finding,
    html_to_markdown,
    markdown,
    marked_html,
    outline,
    passages,
    plain_html,
    romanised,
    signs,
    slugs,
    tokens,
    word_count,
    word_diff,
    word_runs,
)
from articles.text.terms import Spellings, Term
from tests.importing.readers.test_word_and_wordpress import HEAD, NEW, TAIL, docx, line, post

#: One text becomes many parts of an article, or many lines of a document.
MANY = 60

HOUSE = Spellings([Term("Ji-hoon", ("Jihoon", "ji hoon")), Term("a b", ("ab", "a  b")), Term("한국", ("한 국",))])
WRAPPED = {
    "markdown": "## 1. One\n\n{}\n\n## 2. Two\n\nb\n\n## 3. Three\n\nc",
    "html": "<h2>1. One</h2>{}<h2>2. Two</h2><p>b</p><h2>3. Three</h2><p>c</p>",
    "text": "1. One\n\n{}\n\n2. Two\n\nb\n\n3. Three\n\nc",
}


def changed(text: str) -> str:
    """As somebody else left it: words put in and taken out in several places."""
    size = len(text) // 5
    parts = [text[at : at + size] for at in range(0, len(text), size or 1)]
    return " new\n".join([parts[-1][3:], *parts[:-1]]) if parts else "new"


def _article(text: str) -> Document:
    size = max(1, len(text) // MANY)
    parts = [text[at : at + size] for at in range(0, len(text), size)]
    cards = tuple(
        Card(public_id=f"c{at}", heading=signs.line(part[:150]), body=part, tags=(f"t{at}",))
        for at, part in enumerate(parts)
    )
    return Document(title=signs.line(text[:100]), introduction=text[:size], cards=cards, conclusion=text[-size:])


def _check_article(text: str) -> None:
    readiness.problems(_article(text))


def _check(text: str) -> None:
    texts._body(text)
    texts._line(text)
    texts.word_count.count_words(text)
    texts.counts.announced(text, in_passing=True)


def _compare(text: str) -> None:
    other = changed(text)
    word_diff.blocks(word_diff.tokens(text), word_diff.tokens(other))
    word_runs.of_texts(text, other)
    passages.changed(text, other)


def _compare_articles(text: str) -> None:
    """A text is an article of many small cards, which somebody has turned round."""
    cards = tuple(
        Card(public_id=f"c{at}", body=text[at * 50 : at * 50 + 50]) for at in range(min(1000, len(text) // 50))
    )
    compare(Document(cards=cards), Document(cards=cards[::-1]))


def _compare_html(text: str) -> None:
    size = 20_000  # of each at most: what the page of a comparison marks
    marked_html.marked(markdown.render(text[:size]), markdown.render(changed(text)[:size]))


def _merge(text: str) -> None:
    merging.merged_text(text, changed(text), f"{text}\nmore")
    merging.merged_lines(text, changed(text), f"{text}\nmore")
    merging.merged_text(text, f"a {text}", f"{text} b")


def _reading(text: str) -> None:
    outline.links(text)
    outline.refused(text)
    outline.quotations(text)
    outline.images_used(f"{text} picture:")


def _search(text: str) -> None:
    tokens.stream(text)
    tokens.extras(text)
    list(romanised.sounds_in(text))


def _find(text: str) -> None:
    list(finding.occurrences(text, finding.pattern("a", whole_words=True)))
    finding.folded(text)
    HOUSE.misspelt(text)
    middle = len(text) // 2
    if text:
        anchors.find(changed(text), anchors.anchor(text, middle, min(len(text), middle + 500)))


def _emoji(text: str) -> None:
    emoji.split(text)
    emoji.strip(text)
    emoji.repair(text)
    emoji.is_broken(text)


def _signs(text: str) -> None:
    signs.body(text)
    signs.line(text)
    signs.is_fit(text)
    mend(Document(title="a", introduction=text))
    slugs.slug(text)


def _html_of_ours(text: str) -> None:
    html = str(markdown.render(text))
    html_to_markdown.to_markdown(html, "https://a.example")
    html_to_markdown.to_text(html)
    plain_html.plain(html)
    plain_html.bare(html)
    plain_html.quotations(html)
    markdown.sanitise(html)
    feed_html.for_feeds(html, "https://a.example/")


def _foreign_html(text: str) -> None:
    """A file may claim to hold HTML of ours."""
    html = str(markdown.sanitise(text))
    html_to_markdown.to_markdown(html)
    html_to_markdown.inline_to_markdown(html)
    plain_html.plain(text)
    plain_html.quotations(text)
    markdown.with_first_picture_at_once(text)


def _import(kind: str) -> Callable[[str], None]:
    def work(text: str) -> None:
        with contextlib.suppress(ImportRefused):
            result = read_text(WRAPPED[kind].format(text), kind=kind)
            other_readings(result)

    return work


def _import_bare(text: str) -> None:
    """The whole file is this, and what it is has to be guessed."""
    with contextlib.suppress(ImportRefused):
        read(text.encode("utf-8", "replace"), "a.txt")


def _import_word(text: str) -> None:
    size = max(1, len(text) // MANY)
    lines = [escape(signs.body(text[at : at + size])) for at in range(0, len(text), size)]
    body = "".join(line(each, "H1" if at % 9 == 0 else "", at % 3 // 2) for at, each in enumerate(lines))
    with contextlib.suppress(ImportRefused):
        read(docx(body), "a.docx")


def _import_wordpress(text: str) -> None:
    safe = signs.body(text).replace("]]>", "")
    with contextlib.suppress(ImportRefused):
        list(read_wxr(io.BytesIO((HEAD + post(NEW + safe) + TAIL).encode("utf-8", "replace")), "a.xml"))


def _import_export(text: str) -> None:
    with contextlib.suppress(ImportRefused):
        read(dumps(_article(signs.body(text))).encode("utf-8", "replace"), "a.json")


def _restate(text: str) -> None:
    """A text is the facts of an article and all that stands beside them, and every fact has been changed since."""
    value = _article(text)
    answers = tuple(Faq(public_id=card.public_id, question=card.heading, answer=card.body) for card in value.cards)
    long_ago = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    found = {
        f"card:{card.public_id}": [Wording(long_ago, long_ago, {"heading": card.heading, "body": changed(card.body)})]
        for card in value.cards
    }
    restatements_of(dataclasses.replace(value, faqs=answers, dek=text[:300]), Wordings(found), Acts(), None)


def _claims(text: str) -> None:
    for language in ("en", "ko", "de"):
        claims_in(text, language)


def _prove(text: str) -> None:
    for claim in (*claims_in(text[:200]), *claims_in("“a … b [c] d e” and actor Ju Ji-hoon in 26 countries")):
        prove(claim.kind, claim.value, text)


TARGETS: dict[str, Callable[[str], object]] = {
    "render": markdown.render,
    "plain": outline.plain,
    "excerpt": outline.excerpt,
    "inline": markdown.inline,
    "claims": _claims,
    "prove": _prove,
    "restate": _restate,
    "read a body": _reading,
    "words": word_count.count_words,
    "check": _check,
    "check article": _check_article,
    "compare": _compare,
    "compare articles": _compare_articles,
    "compare html": _compare_html,
    "merge": _merge,
    "search": _search,
    "find": _find,
    "emoji": _emoji,
    "signs": _signs,
    "html of ours": _html_of_ours,
    "foreign html": _foreign_html,
    "import markdown": _import("markdown"),
    "import html": _import("html"),
    "import text": _import("text"),
    "import anything": _import_bare,
    "import word": _import_word,
    "import wordpress": _import_wordpress,
    "import export": _import_export,
}
