"""Hits of the search as a page shows them: words marked, an excerpt around them, and what to try when there is none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models.reference import Subject
from articles.reading.outputs import made
from articles.reading.rows import Day, FactRow, SubjectName, lang_of
from articles.reading.selectors.search import Answer, Hit
from articles.text import highlighting, markdown, syntax, tokens
from articles.text.highlighting import Wanted
from articles.text.questions import Question

EXCERPT_LENGTH = 200
#: Whoever has seen a film has seen all of it.
ALL_OF_IT = 32_000


class Shown(NamedTuple):
    """What an answer says besides its hits. `near_words`: for words that nothing had, those that were looked for."""

    question: Question = Question("")
    wanted: Wanted = Wanted()
    near_words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    is_cut: bool = False
    alone: tuple[str, ...] = ()

    @classmethod
    def of(cls, answer: Answer) -> Shown:
        return cls(answer.question, answer.wanted, answer.near_words, answer.is_cut, answer.alone)


class FoundHit(NamedTuple):
    """A fact, or an article where `fact` is None."""

    title: str
    url: str
    lang: SafeString  # attributes of what holds its heading and its excerpt
    html: SafeString
    excerpt: SafeString
    fact: FactRow | None
    article_title: SafeString
    article_url: str
    subject: SubjectName | None
    card_count: int
    published: Day | None

    @property
    def palette(self) -> str:
        return self.subject.palette if self.subject else "slate"


def hit_rows(shown: Shown, hits: Sequence[Hit]) -> tuple[FoundHit, ...]:
    """Those that can be written: all that is shown of them is made here."""
    return made(partial(_found_hit, wanted=shown.wanted), hits)


def _found_hit(hit: Hit, wanted: Wanted) -> FoundHit:
    title = syntax.without_control_signs(hit.fact.heading if hit.fact else hit.title)
    article = reverse("article", args=[hit.slug])
    return FoundHit(
        title=title,
        url=hit.fact.url if hit.fact else article,
        lang=hit.fact.lang if hit.fact else lang_of(hit.language),
        html=highlighting.marked(title, wanted),
        excerpt=highlighting.excerpt(hit.text, wanted, EXCERPT_LENGTH),
        fact=hit.fact,
        article_title=markdown.inline(hit.title),
        article_url=f"{article}#fact-{hit.fact.public_id}" if hit.fact else article,
        subject=hit.subject,
        card_count=hit.card_count,
        published=Day.of(hit.published_at, hit),
    )


def least_seen(seen: int | None, kind: str) -> int | None:
    """The spoiler point up to which a reader's answer opens facts about a subject of this kind."""
    return ALL_OF_IT if seen is not None and kind == Subject.Kind.FILM else seen


def count_label(count: int, *, is_cut: bool) -> str:
    number = number_format(count, force_grouping=True)
    if is_cut:
        return _("The best of the newest %(count)s") % {"count": number}
    return ngettext("%(count)s found", "%(count)s found", count) % {"count": number}


def mended_words(shown: Shown, hits: Sequence[Hit]) -> str:
    """The question with the words that were found instead of those that nothing has; empty where none was needed.

    Only words that can be read in the hits: the vocabulary may know others, which are not public now.
    """
    if not shown.near_words or not hits:
        return ""
    there = [word for hit in hits for word in _words_of(hit)]
    best: dict[str, str] = {}
    for piece, near in shown.near_words:
        word = max(near, key=there.count, default="")
        if word in there:
            best[piece] = word
    if not best:
        return ""
    pieces = [best.get(piece, piece) for term in shown.question.wanted for piece in term.pieces]
    return " ".join(pieces)


def _words_of(hit: Hit) -> list[str]:
    names = [hit.subject.name, hit.subject.original_name] if hit.subject else []
    heading = hit.fact.heading if hit.fact else hit.title
    return list(tokens.pieces(tokens.normalised(" ".join([heading, hit.text, hit.title, *names]))))


def single_words(shown: Shown) -> list[tuple[str, str]]:
    """Of a question of several words that nothing has together, each that something has, and its address."""
    return [(word, f"{reverse('search')}?{urlencode({'q': word})}") for word in shown.alone]
