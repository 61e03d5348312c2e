"""What a list shows of an article, a fact or a reference row: plain values that compare and hash."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from articles.models.editions import Edition, public_heading
from articles.models.pictures import Renditions
from articles.models.reference import Subject
from articles.reading.outputs import log_left_out
from articles.text import markdown

WORDS_A_MINUTE = 220


class Day(NamedTuple):
    """An instant or a day, for a `time` element. Days compare by their ISO form."""

    iso: str
    text: str

    @classmethod
    def of(cls, when: dt.datetime | dt.date | None, row: object = "") -> Day | None:
        """None without a day, and for an instant that has none in the site's time zone (at the ends of all time): that
        is logged with the name of `row`.
        """
        if when is None:
            return None
        try:
            when = timezone.localtime(when) if isinstance(when, dt.datetime) else when
        except OverflowError as error:
            log_left_out(row or f"the instant {when.isoformat()}", error)
            return None
        iso = when.isoformat(timespec="seconds") if isinstance(when, dt.datetime) else when.isoformat()
        return cls(iso, date_format(when, pgettext("how a day is written", "j F Y")))

    @classmethod
    def in_text(cls, text: str | None, part: object) -> Day | None:
        """Of a day in ISO form out of a part of an edition; None, and a line in the log, for what is none."""
        try:
            return cls.of(dt.date.fromisoformat(text)) if text else None
        except (TypeError, ValueError) as error:
            log_left_out(part, error)
            return None


def instant_in(text: str | None, part: object) -> dt.datetime | None:
    """An instant in ISO form out of a part of an edition; None, and a line in the log, for what is none."""
    try:
        return dt.datetime.fromisoformat(text) if text else None
    except (TypeError, ValueError) as error:
        log_left_out(part, error)
        return None


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

    @classmethod
    def of(cls, subject: Subject | None) -> SubjectName | None:
        return cls(*(getattr(subject, name) for name in cls._fields)) if subject else None


class Cover(NamedTuple):
    """A picture as an edition stores it, with the smaller copies that existed when the edition was made."""

    url: str
    width: int
    height: int
    alt: str = ""
    credit: str = ""
    licence: str = ""
    focal_x: int = 50
    focal_y: int = 50
    file: str = ""
    widths: tuple[int, ...] = ()
    formats: tuple[str, ...] = ()

    @property
    def credit_html(self) -> SafeString:
        return markdown.inline(", ".join(filter(None, (self.credit, self.licence))))

    @property
    def src(self) -> str:
        return self._copies.fallback(self.url)

    @property
    def sources(self) -> list[tuple[str, str]]:
        """Media types, each with its srcset."""
        found = self._copies.sources(self.url)
        return [(kind, ", ".join(f"{url} {width}w" for url, width in copies)) for kind, copies in found]

    @property
    def _copies(self) -> Renditions:
        return Renditions(self.widths, self.formats)

    @property
    def focus(self) -> str:
        """Classes for a place that cuts the picture: where its focal point is, in tenths (static/css/focus.css)."""
        places = (("x", self.focal_x), ("y", self.focal_y))
        return " ".join(f"focus-{axis}-{round(place, -1)}" for axis, place in places if round(place, -1) != 50)

    @classmethod
    def of(cls, value: Mapping[str, Any] | None, row: object) -> Cover | None:
        """None without a cover, and for what is none: that is logged with the name of `row`."""
        if not value:
            return None
        if not isinstance(value, Mapping):
            log_left_out(row, f"its cover is none: {value!r:.80}")
            return None
        found = map(value.get, cls._fields, _NO_COVER)
        return cls._make([tuple(each) if type(each) is list else each for each in found])


#: What an edition of an older renderer does not say of its cover.
_NO_COVER = Cover("", 0, 0)


class ArticleRow(NamedTuple):
    pk: int
    article_id: int
    slug: str
    title: str
    dek: str
    card_count: int
    word_count: int
    published_at: dt.datetime
    modified_at: dt.datetime
    cover: Cover | None
    subject: SubjectName | None

    @property
    def html(self) -> SafeString:
        return markdown.inline(self.title)

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
