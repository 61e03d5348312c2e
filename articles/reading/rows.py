"""What a list shows of an article, a fact or a reference row: plain values that compare and hash."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from articles.models.editions import Edition, public_heading
from articles.models.parts import CardPart
from articles.models.reference import Subject
from articles.reading.caveats import Caveat
from articles.reading.days import Day as Day  # whoever shows rows shows days: both are taken from here
from articles.reading.days import instant_in as instant_in
from articles.reading.outputs import log_left_out
from articles.reading.pictures import Cover
from articles.text import languages, markdown

WORDS_A_MINUTE = 220


def fact_changed_at(card: CardPart, first_visible_from: dt.datetime) -> dt.datetime | None:
    """Since when an open fact's words are these: what may be said outside. Of a closed fact it would say when words
    behind the spoiler point changed. None too where the edition does not know.
    """
    changed = instant_in(card["changed_at"], card) if card["spoiler_after"] is None else None
    return max(changed, first_visible_from) if changed else None


class Tag(NamedTuple):
    name: str
    slug: str
    facts: int | None = None

    @property
    def html(self) -> SafeString:
        return markdown.inline(self.name)

    @property
    def url(self) -> str:
        return reverse("tag", args=[self.slug])


class Author(NamedTuple):
    name: str
    slug: str
    bio: str = ""

    @property
    def html(self) -> SafeString:
        return markdown.inline(self.name)

    @property
    def bio_html(self) -> SafeString:
        return markdown.inline(self.bio)

    @property
    def url(self) -> str:
        return reverse("author", args=[self.slug])


class SubjectName(NamedTuple):
    """What an article or a fact shows of its subject."""

    name: str
    slug: str
    kind: str = Subject.Kind.OTHER
    palette: str = "slate"
    year: int | None = None
    original_name: str = ""
    original_language: str = ""
    episodes: int | None = None

    @property
    def html(self) -> SafeString:
        return markdown.inline(self.name)

    @property
    def url(self) -> str:
        return reverse("subject", args=[self.slug])

    @property
    def kind_label(self) -> str:
        if self.kind not in Subject.Kind.values:
            log_left_out(self, f"unknown kind {self.kind!r}")
            return ""
        return str(Subject.Kind(self.kind).label)

    @property
    def second_name(self) -> str:
        """The name in its own script, where it is another one."""
        return "" if self.original_name.casefold() == self.name.casefold() else self.original_name

    @property
    def is_of_people(self) -> bool:
        """Its year is not one in which something came out."""
        return self.kind in {Subject.Kind.PERSON, Subject.Kind.BAND}

    @property
    def year_label(self) -> str:
        labels: dict[str, str] = {Subject.Kind.PERSON: gettext("Born"), Subject.Kind.BAND: gettext("Formed")}
        return labels.get(self.kind) or gettext("Year")

    @classmethod
    def of(cls, subject: Subject | None) -> SubjectName | None:
        return cls(*(getattr(subject, name) for name in cls._fields)) if subject else None


class ArticleRow(NamedTuple):
    pk: int
    article_id: int
    slug: str
    title: str
    dek: str
    card_count: int
    word_count: int
    language: str
    published_at: dt.datetime
    modified_at: dt.datetime
    cover: Cover | None
    subject: SubjectName | None

    @property
    def html(self) -> SafeString:
        return markdown.inline(self.title)

    @property
    def lang(self) -> SafeString:
        return lang_of(self.language)

    @property
    def dek_html(self) -> SafeString:
        return markdown.inline(self.dek)

    @property
    def url(self) -> str:
        return reverse("article", args=[self.slug])

    @property
    def published(self) -> Day | None:
        return Day.of(self.published_at, self)

    @property
    def palette(self) -> str:
        return self.subject.palette if self.subject else "slate"

    @classmethod
    def of(cls, edition: Edition) -> ArticleRow:
        """Of an edition in hand, saved or not; it has its instants."""
        own = {name: getattr(edition, name) for name in cls._fields if name not in ("published_at", "cover", "subject")}
        cover, subject = Cover.of(edition.cover, edition), SubjectName.of(edition.subject)
        return cls(**own, published_at=edition.first_visible_from, cover=cover, subject=subject)


class FactRow(NamedTuple):
    """A fact as it may be shown outside its article: `heading` is its public heading.

    `opens_at` is the least answer to `?seen=` with which its own heading is shown (selectors.with_seen_headings).
    """

    pk: int
    public_id: str
    slug: str
    heading: str
    emoji: str
    excerpt: str
    spoiler_label: str
    published_at: dt.datetime
    article_title: str
    article_slug: str
    subject: SubjectName | None
    tags: tuple[Tag, ...] = ()
    opens_at: int | None = None
    picture: Cover | None = None
    language: str = ""  # of its own words; a sentence that stands in for a heading is the site's
    caveat: Caveat | None = None
    interest: int = 0  # how many readers found it interesting, from FEWEST_SHOWN on (models.votes)

    @property
    def lang(self) -> SafeString:
        return lang_of(self.language)

    @property
    def html(self) -> SafeString:
        return markdown.inline(self.heading)

    @property
    def excerpt_html(self) -> SafeString:
        return markdown.inline(self.excerpt)

    @property
    def url(self) -> str:
        return reverse("fact", args=[self.public_id, self.slug])

    @property
    def published(self) -> Day | None:
        return Day.of(self.published_at, self)

    @property
    def palette(self) -> str:
        return self.subject.palette if self.subject else "slate"


def lang_of(language: str) -> SafeString:
    """The attributes of an element with words in the language of an article, where the page is in another one."""
    return languages.attributes(language, get_language() or "")


def minutes_to_read(words: int) -> int:
    return max(1, round(words / WORDS_A_MINUTE))


def spoiler_label(spoiler_after: int | None, kind: str | None) -> str:
    """When a fact is safe, for a label: "after episode 7". Empty when it always is."""
    if spoiler_after is None:
        return ""
    if kind == Subject.Kind.FILM:
        return gettext("after the film")
    return gettext("after episode %(episode)s") % {"episode": spoiler_after}


def public_heading_of(heading: str, safe_heading: str, spoiler_after: int | None, subject: SubjectName | None) -> str:
    """`models.editions.public_heading` for values; a Subject is made for the rare fact whose sentence names it."""
    needs_subject = subject is not None and spoiler_after is not None and not safe_heading
    stands_in = Subject(name=subject.name, kind=subject.kind) if subject and needs_subject else None
    return public_heading(heading, safe_heading, spoiler_after, stands_in)


def public_question(question: str, spoiler_after: int | None, subject: SubjectName | None) -> str:
    """The public heading of a question: without a spoiler point its own words, else none of them."""
    if spoiler_after is None:
        return question
    words = {"subject": subject.name if subject else gettext("this story"), "episode": spoiler_after}
    if subject and subject.kind == Subject.Kind.FILM:
        return gettext("A question about %(subject)s, for after the film") % words
    return gettext("A question about %(subject)s, after episode %(episode)s") % words
