"""What the rules ask of one text, found once and kept: after a save all texts of an article but one are the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from articles.text import (
    counts,
    emoji,
    endings,
    episodes,
    link_words,
    markdown,
    placeholders,
    sameness,
    strip_markdown,
    word_count,
)

#: How many texts of each kind are kept, and how long one may be: about 10 MB when all are bodies of usual length.
_MOST_KEPT, _LONGEST_KEPT = 2000, 4000


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What lines and bodies have in common. `key` is the digest for finding the same words elsewhere, "" for none."""

    placeholder: str
    has_broken_emoji: bool
    episode: int | None
    ending: str
    key: str


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A heading, title or question. `folded` is empty when there is no word in it."""

    words: TextFacts
    columns: int
    folded: str


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """A text in Markdown."""

    words: TextFacts
    has_nameless_quotation: bool
    images: tuple[markdown.ImageUse, ...]
    empty_links: tuple[str, ...]


def _words(text: str, key: Callable[[str], str]) -> TextFacts:
    bare = strip_markdown.without_addresses(text)
    return TextFacts(
        placeholder=placeholders.placeholder(text),
        has_broken_emoji=emoji.is_broken(text),
        episode=episodes.last_episode_named(bare),
        ending=endings.ending_named(bare),
        key=key(text),
    )


def _line(text: str) -> LineFacts:
    return LineFacts(
        words=_words(text, sameness.heading_key),
        columns=strip_markdown.columns(text),
        folded=sameness.words(text),
    )


def _body(text: str) -> BodyFacts:
    return BodyFacts(
        words=_words(text, sameness.body_key),
        has_nameless_quotation=any(not quotation.attribution for quotation in markdown.quotations(text)),
        images=markdown.images_used(text),
        empty_links=link_words.empty_links(text),
    )


_kept_count = lru_cache(_MOST_KEPT)(word_count.count_words)
_kept_announced = lru_cache(_MOST_KEPT // 10)(counts.announced)
_kept_line = lru_cache(_MOST_KEPT)(_line)
_kept_body = lru_cache(_MOST_KEPT)(_body)


def line(text: str) -> LineFacts:
    return _kept_line(text) if len(text) <= _LONGEST_KEPT else _line(text)


def body(text: str) -> BodyFacts:
    return _kept_body(text) if len(text) <= _LONGEST_KEPT else _body(text)


def count_words(text: str) -> int:
    """Asked only where the house has a range."""
    return _kept_count(text) if len(text) <= _LONGEST_KEPT else word_count.count_words(text)


def announced(text: str, *, in_passing: bool = False) -> frozenset[int]:
    """See `counts`; asked of few texts, and so not a part of the others."""
    return (
        _kept_announced(text, in_passing=in_passing)
        if len(text) <= _LONGEST_KEPT
        else counts.announced(text, in_passing=in_passing)
    )
