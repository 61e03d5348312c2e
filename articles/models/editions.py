"""What readers see: editions and their projections. Being in force is always computed from the instants, never stored.

`visible_from` and `visible_until` stand on the edition and are copied to its facts and tag rows, so that one covering
index answers each list. The end of the newest event is a far sentinel, never NULL.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import document
from articles.document import Numbering, longest
from articles.document.rules import ID_LENGTH, SLUG_LENGTH
from articles.models.fields import LineField
from articles.models.parts import CoverPart, Parts, PartsField
from articles.models.reference import Author, Subject, Tag
from articles.text import markdown, sorting

_HEADING = longest(document.Card, "heading")
FOR_EVER = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)
#: The day of a check that never was: days sort alike on both databases, NULLs do not.
NEVER = dt.date(1, 1, 1)

#: So many of the newest articles stand in the feed.
FEED_ENTRIES = 20


def public_heading(heading: str, safe_heading: str, spoiler_after: int | None, subject: Subject | None) -> str:
    """What may stand outside the article: a fact with a spoiler point shows its safe heading or none of its words."""
    if spoiler_after is None:
        return heading
    if safe_heading:
        return safe_heading
    name = subject.name if subject else gettext("this story")
    if subject and subject.kind == Subject.Kind.FILM:
        return gettext("A fact about %(subject)s, for after the film") % {"subject": name}
    return gettext("A fact about %(subject)s, after episode %(episode)s") % {"subject": name, "episode": spoiler_after}


class InForceQuerySet(models.QuerySet[Any]):
    """The one verb that says what the public may see; everything public starts here."""

    def in_force(self, *, at: dt.datetime | None = None) -> Self:
        at = at or timezone.now()
        return self.filter(visible_from__lte=at, visible_until__gt=at)

    def newest_first(self) -> Self:
        """By first publication: a correction lifts nothing to the top, and facts of one article keep their order."""
        return self.order_by("-first_visible_from", "id")


class EditionQuerySet(InForceQuerySet):
    def versions(self) -> Self:
        return self.filter(kind=Edition.Kind.VERSION)

    def outdated(self) -> Self:
        """The versions that another renderer made than today's."""
        return self.versions().exclude(renderer=markdown.RENDERER_VERSION)


class Edition(models.Model):
    """One public event of an article: a version made from an approved revision, or a takedown without content.

    It is in force from `visible_from` until the article's next event. `parts` holds its words, rendered and sanitised
    when it was made (see models.parts for its shape).
    """

    class Kind(models.TextChoices):
        VERSION = "version", _("version")
        REMOVAL = "removal", _("takedown")

    class ChangeKind(models.TextChoices):
        """What an update of a live article is, as its editor says. Typos move no date and no feed."""

        TYPO = "typo", _("a typo: nothing that anybody could have learned wrongly")
        CLARIFICATION = "clarification", _("a clarification: the same fact, told better")
        CORRECTION = "correction", _("a correction: something was wrong")

    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="editions")
    revision = models.ForeignKey("articles.Revision", models.PROTECT, null=True, related_name="editions")
    kind = LineField(max_length=10, choices=Kind, default=Kind.VERSION)
    visible_from = models.DateTimeField()
    visible_until = models.DateTimeField(default=FOR_EVER)
    first_visible_from = models.DateTimeField()  # of the article's first version
    modified_at = models.DateTimeField()  # since when the words are these: publishing them again changes nothing
    made_at = models.DateTimeField(default=timezone.now)

    slug = LineField(max_length=SLUG_LENGTH, blank=True)
    title = LineField(max_length=longest(document.Document, "title"), blank=True)
    dek = LineField(max_length=longest(document.Document, "dek"), blank=True)
    language = LineField(max_length=longest(document.Document, "language"), blank=True)  # "" is the site's
    numbering = LineField(max_length=10, default=Numbering.UP)
    card_count = models.PositiveSmallIntegerField(default=0)
    word_count = models.PositiveIntegerField(default=0)
    cover: models.JSONField[CoverPart | None, CoverPart | None] = models.JSONField(null=True)
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="editions")
    authors = models.ManyToManyField(Author, through="EditionAuthor")
    tags = models.ManyToManyField(Tag, through="EditionTag")
    parts: models.JSONField[Parts, Parts] = PartsField(default=dict)
    renderer = models.PositiveSmallIntegerField(default=0)
    change_kind = LineField(max_length=15, choices=ChangeKind, blank=True)  # empty for the first version
    change_note = LineField(max_length=300, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ("visible_from",)
        constraints: ClassVar = [
            models.CheckConstraint(
                name="edition_ends_after_it_begins", condition=Q(visible_from__lt=F("visible_until"))
            ),
            models.UniqueConstraint(fields=["article", "visible_from"], name="edition_one_event_at_an_instant"),
            models.UniqueConstraint(
                fields=["article"], condition=Q(visible_until=FOR_EVER), name="edition_one_last_event"
            ),
            models.CheckConstraint(
                name="edition_version_has_a_revision",
                condition=Q(kind="removal", revision__isnull=True) | Q(kind="version", revision__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["visible_from"]),
            models.Index(fields=["-made_at"]),  # publishing.clock
            # Cover what the desk asks of many articles at once (workflow.public_state, desk.planning.queues).
            models.Index(fields=["article", "visible_until", "visible_from", "kind", "revision"]),
            models.Index(fields=["revision", "visible_until", "visible_from", "kind"]),
            models.Index(fields=["kind", "-first_visible_from", "id", "visible_from", "visible_until"]),
            models.Index(fields=["subject", "-first_visible_from", "id", "visible_from", "visible_until"]),
            models.Index(fields=["renderer", "kind"]),  # `outdated` reads it whole, instead of rows with whole articles
        ]

    def __str__(self) -> str:
        return self.title or str(_("Taken down"))

    @property
    def is_removal(self) -> bool:
        return self.kind == self.Kind.REMOVAL


class EditionAuthor(models.Model):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, models.PROTECT, related_name="edition_bylines")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "author"], name="edition_author_once")]

    def __str__(self) -> str:
        return f"{self.author_id} of {self.edition_id}"


class EditionTag(models.Model):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="tag_rows")
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="edition_rows")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["tag", "edition"], name="edition_tag_once")]

    def __str__(self) -> str:
        return f"{self.tag_id} of {self.edition_id}"


class PublishedFactQuerySet(InForceQuerySet):
    def once(self, *, at: Any) -> Self:
        """Where several articles show a fact, its newest row in force alone: the one that its own page shows."""
        return self.exclude(pk__in=PublishedFact.objects.outdone(at=at).values("pk"))

    def outdone(self, *, at: Any) -> Self:
        """The rows in whose place another row in force stands for their fact. From a small index, mostly empty."""
        newer = Q(visible_from__gt=OuterRef("visible_from"))
        newer |= Q(visible_from=OuterRef("visible_from"), pk__gt=OuterRef("pk"))
        others = PublishedFact.objects.in_force(at=at).filter(newer, public_id=OuterRef("public_id"))
        return self.filter(models.Exists(others), is_shared=True)


class PublishedFact(models.Model):
    """A fact of a current or waiting edition, as the index, the tag pages and its own page find it.

    A projection: rows of ended editions are dropped at the article's next publication. Its words live in the
    edition's parts; here is only what may stand outside the article.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="facts")
    public_id = LineField(max_length=ID_LENGTH)
    slug = LineField(max_length=SLUG_LENGTH)
    number = models.PositiveSmallIntegerField(null=True)
    heading = LineField(max_length=_HEADING, blank=True)  # as `public_heading` takes it: empty behind a spoiler point
    emoji = LineField(max_length=longest(document.Card, "emoji"), blank=True)
    safe_heading = LineField(max_length=longest(document.Card, "safe_heading"), blank=True)
    excerpt = LineField(max_length=300, blank=True)
    picture: models.JSONField[CoverPart | None, CoverPart | None] = models.JSONField(null=True)
    caveat = LineField(max_length=longest(document.Card, "caveat"), blank=True)
    caveat_since = models.DateField(null=True)
    caveat_note = LineField(max_length=longest(document.Card, "caveat_note"), blank=True)
    spoiler_after = models.PositiveSmallIntegerField(null=True)
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="published_facts")
    tags = models.ManyToManyField(Tag, through="PublishedTag", related_name="published_facts")
    visible_from = models.DateTimeField()
    visible_until = models.DateTimeField()
    first_visible_from = models.DateTimeField()  # of this fact, in whatever article
    # Digests of the normalised heading and body (text.sameness): the desk finds the same fact told elsewhere by them.
    heading_key = LineField(max_length=32, blank=True)
    body_key = LineField(max_length=32, blank=True)
    words = LineField(max_length=32, blank=True)  # digest of the exact words (publishing.fact_words): see FactCheck
    is_shared = models.BooleanField(default=False)  # another article shows it, or did: see `once`
    # The fact that it was taken from (FactUse) when it was published, or its own id where others took it; empty where
    # it stands alone.
    origin = LineField(max_length=ID_LENGTH, blank=True)
    # What the index narrows and sorts by. A fact with a spoiler point counts as without sources, picture and check:
    # those would tell something of its hidden words.
    is_sourced = models.BooleanField(default=False)
    has_picture = models.BooleanField(default=False)
    checked_on = models.DateField(default=NEVER)  # of the last FactCheck of these words
    interest = models.PositiveIntegerField(default=0)  # votes that readers see (models.votes)
    title_key = LineField(max_length=sorting.MOST_SIGNS, default=sorting.LAST)  # of the public heading (text.sorting)

    objects = PublishedFactQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "public_id"], name="published_fact_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["public_id", "-visible_from"]),
            models.Index(fields=["-first_visible_from", "id", "visible_from", "visible_until"]),
            models.Index(fields=["subject", "-first_visible_from", "id", "visible_from", "visible_until"]),
            models.Index(fields=["-checked_on", "-first_visible_from", "id", "visible_from", "visible_until"]),
            models.Index(fields=["-interest", "-first_visible_from", "id", "visible_from", "visible_until"]),
            models.Index(fields=["title_key", "-first_visible_from", "id", "visible_from", "visible_until"]),
            # Covers the counts of reading.selectors.facets. The instants stand last: next to the subject SQLite would
            # find the newest facts of a subject by this one, and sort all of them.
            models.Index(
                fields=[
                    *("subject", "spoiler_after", "is_sourced", "has_picture", "checked_on"),
                    *("visible_from", "visible_until", "first_visible_from"),
                ]
            ),
            models.Index(fields=["heading_key"]),
            models.Index(fields=["body_key"]),
            models.Index(fields=["origin"]),
            models.Index(fields=["public_id"], condition=Q(is_shared=True), name="published_fact_shared"),
        ]

    def __str__(self) -> str:
        return self.public_heading

    @property
    def public_heading(self) -> str:
        return public_heading(self.heading, self.safe_heading, self.spoiler_after, self.subject)


class PublishedTagQuerySet(InForceQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-first_visible_from", "fact_id")

    def once(self, *, at: Any) -> Self:
        """As that of PublishedFact."""
        return self.exclude(fact__in=PublishedFact.objects.outdone(at=at).values("pk"))

    def tagged_all(self, tags: Iterable[Tag]) -> Self:
        """Rows of the first tag whose fact has all the others too."""
        first, *others = tags
        rows = self.filter(tag=first)
        for tag in others:
            rows = rows.filter(models.Exists(PublishedTag.objects.filter(tag=tag, fact=models.OuterRef("fact"))))
        return rows


class PublishedTag(models.Model):
    """A fact under a tag: its own tags and its article's. Behind a spoiler point a fact's own tags are not told."""

    fact = models.ForeignKey(PublishedFact, models.CASCADE, related_name="tag_rows")
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="fact_rows")
    is_own = models.BooleanField(default=True)  # the fact's own tag, not inherited from its article
    visible_from = models.DateTimeField()
    visible_until = models.DateTimeField()
    first_visible_from = models.DateTimeField()

    objects = PublishedTagQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["fact", "tag"], name="published_tag_once")]
        indexes: ClassVar = [
            models.Index(fields=["tag", "-first_visible_from", "fact", "visible_from", "visible_until"]),
        ]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.fact_id}"
