"""The working copy: what writers edit. No public page, feed, count or picture address may read these tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.validators import MaxLengthValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from articles import document
from articles.document import Numbering, longest
from articles.document.rules import BODY_LENGTH, FIRST_EPISODE, ID_LENGTH, SLUG_LENGTH
from articles.models.desk_indexes import ARTICLE_INDEXES, CARDS_WITH_DATE
from articles.models.fields import FoldedField, LineField, LinesField, TokensField, with_derived
from articles.models.labels import CAVEAT_LABELS, NUMBERING_LABELS
from articles.models.pictures import Picture
from articles.models.planning import Planned
from articles.models.reference import Author, Subject, Tag
from articles.roles import OWN_PERMISSIONS
from articles.states import STATUS_LABELS, Status
from articles.text.ids import new_public_id

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _body(label: StrOrPromise) -> models.TextField[str, str]:
    return LinesField(label, blank=True, validators=[MaxLengthValidator(BODY_LENGTH)])


def _html() -> models.TextField[str, str]:
    """A body's HTML as `text.markdown.render` gave it; only `drafts.rendering` reads and writes it."""
    return models.TextField(blank=True, editable=False)


def _html_key() -> models.CharField[str, str]:
    """Of what `html` was made: see `drafts.rendering.key_of`. Empty: it is yet to be made."""
    return LineField(max_length=32, blank=True, editable=False)


def _spoiler_after() -> models.PositiveSmallIntegerField[int | None, int | None]:
    return models.PositiveSmallIntegerField(
        _("safe after episode"),
        null=True,
        blank=True,
        validators=[MinValueValidator(FIRST_EPISODE)],
        help_text=_("Counted through all seasons; 1 for a film. Empty: it spoils nothing."),
    )


class ArticleQuerySet(models.QuerySet["Article"]):
    def with_effective_status(self, *statuses: Status) -> ArticleQuerySet:
        """Articles whose `effective_status` (see there) is one of these."""
        wanted = Q()
        for status in statuses:
            wanted |= Q(status=status) & ~Q(status=Status.APPROVED)
            if status is Status.APPROVED:
                wanted |= Q(status=Status.APPROVED, approved_change=F("change"))
            if status is Status.DRAFT:
                wanted |= Q(status=Status.APPROVED) & (Q(approved_change=None) | ~Q(approved_change=F("change")))
        return self.filter(wanted)


class OutOfBin(models.Manager["Article"]):
    def get_queryset(self) -> models.QuerySet[Article]:
        return super().get_queryset().filter(binned_at=None)


class Article(Planned):
    """The working copy of an article. `change` counts its saves; an approval holds for one number only."""

    title = LineField(_("title"), max_length=longest(document.Document, "title"))
    slug = LineField(_("address"), max_length=SLUG_LENGTH, blank=True)
    dek = LineField(
        _("dek"),
        max_length=longest(document.Document, "dek"),
        blank=True,
        help_text=_("One line that says what the list is."),
    )
    language = LineField(_("language"), max_length=longest(document.Document, "language"), blank=True)
    introduction = _body(_("introduction"))
    conclusion_heading = LineField(
        _("heading of the conclusion"), max_length=longest(document.Document, "conclusion_heading"), blank=True
    )
    conclusion = _body(_("conclusion"))
    numbering = LineField(
        _("numbering"),
        max_length=10,
        choices=[(numbering.value, label) for numbering, label in NUMBERING_LABELS.items()],
        default=Numbering.UP,
    )
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, blank=True, verbose_name=_("subject"))
    cover = models.ForeignKey(
        Picture, models.PROTECT, null=True, blank=True, related_name="covers", verbose_name=_("cover")
    )
    authors = models.ManyToManyField(Author, through="Byline", verbose_name=_("authors"))
    tags = TaggableManager(through="TaggedArticle", blank=True, verbose_name=_("tags"))

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="articles", verbose_name=_("writer")
    )
    status = LineField(
        _("status"),
        max_length=20,
        choices=[(status.value, label) for status, label in STATUS_LABELS.items()],
        default=Status.DRAFT,
        editable=False,
    )
    change = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(auto_now_add=True, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    # Who changed each part last, by its place; "*" for all that are not named. See `drafts.changing`.
    writers: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict, editable=False)
    approved_revision = models.ForeignKey(
        "articles.Revision", models.PROTECT, null=True, related_name="+", editable=False
    )
    # The change number for which the approval holds: that of the revision, or a later one that reads alike.
    approved_change = models.PositiveIntegerField(null=True, editable=False)
    is_template = models.BooleanField(
        default=False, editable=False
    )  # new articles are made from it; it is never published
    unplaced_text = LinesField(blank=True, editable=False)  # of an import, until a person places or dismisses it
    # In the bin since then. `objects` leaves these out, so that nothing but the bin's own pages comes upon them; the
    # default manager does not, so that `dumpdata` carries every article that a card or a revision belongs to.
    binned_at = models.DateTimeField(null=True, editable=False)
    binned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )

    title_tokens = TokensField(of=("title",))  # see search.working

    objects = OutOfBin.from_queryset(ArticleQuerySet)()
    with_binned = ArticleQuerySet.as_manager()

    class Meta:
        default_manager_name = "with_binned"
        ordering = ("-changed_at", "-id")
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = OWN_PERMISSIONS
        indexes: ClassVar = [
            *(models.Index(fields=["status", "-changed_at"]), models.Index(fields=["owner", "-changed_at"])),
            *ARTICLE_INDEXES,
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """A title is found as it is now, whichever columns are written."""
        super().save(*args, update_fields=with_derived(Article, update_fields), **kwargs)

    @property
    def effective_status(self) -> Status:
        """The status that counts: an approval that words have outrun is a draft again, by itself."""
        if self.status == Status.APPROVED:
            return Status.APPROVED if self.approved_change == self.change else Status.DRAFT
        return Status(self.status)

    @property
    def effective_status_label(self) -> StrOrPromise:
        if self.effective_status != self.status:
            return _("Draft, changed since the approval")
        return STATUS_LABELS[self.effective_status]


class Byline(models.Model):
    """An author of an article, in order."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, models.PROTECT, related_name="bylines")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["article", "author"], name="byline_once")]

    def __str__(self) -> str:
        return str(self.author)


class FactCard(models.Model):
    """One fact. Positions are 1 to n within the article, set by `drafts` alone; the number is made from them."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="cards")
    public_id = LineField(max_length=ID_LENGTH, unique=True, default=new_public_id, editable=False)
    position = models.PositiveSmallIntegerField(default=1, editable=False)
    heading = LineField(_("heading"), max_length=longest(document.Card, "heading"), blank=True)
    emoji = LineField(_("emoji"), max_length=longest(document.Card, "emoji"), blank=True)
    picture = LineField(_("picture"), max_length=ID_LENGTH, blank=True)  # its id: as in a text, see `picture:ID`
    body = _body(_("text"))
    html = _html()
    html_key = _html_key()
    tags = TaggableManager(through="TaggedCard", blank=True, verbose_name=_("tags"))
    spoiler_after = _spoiler_after()
    safe_heading = LineField(
        _("spoiler-safe heading"),
        max_length=longest(document.Card, "safe_heading"),
        blank=True,
        help_text=_("Shown outside the article, where the heading would give the story away."),
    )
    check_on = models.DateField(_("check again on"), null=True, blank=True)
    caveat = LineField(
        _("still true?"),
        max_length=longest(document.Card, "caveat"),
        choices=[(caveat.value, label) for caveat, label in CAVEAT_LABELS.items()],
        blank=True,
    )
    caveat_since = models.DateField(_("disputed or no longer true since"), null=True, blank=True)
    caveat_note = LineField(
        _("what readers are told about it"),
        max_length=longest(document.Card, "caveat_note"),
        blank=True,
        help_text=_("One sentence: who says otherwise, or what is true now."),
    )
    folded = FoldedField(of=("heading", "body"))
    tokens = TokensField(of=("heading", "body"), headings=("heading", "safe_heading"))  # see search.working

    class Meta:
        ordering = ("position", "id")
        verbose_name = _("fact card")
        verbose_name_plural = _("fact cards")
        indexes: ClassVar = [models.Index(fields=["article", "position"]), CARDS_WITH_DATE]

    def __str__(self) -> str:
        return self.heading or _("Fact %(number)s") % {"number": self.position}

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Words are found as they are now, whichever columns are written."""
        super().save(*args, update_fields=with_derived(FactCard, update_fields), **kwargs)


class Faq(models.Model):
    """One question and its answer; positions as for cards."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="faqs")
    public_id = LineField(max_length=ID_LENGTH, unique=True, default=new_public_id, editable=False)
    position = models.PositiveSmallIntegerField(default=1, editable=False)
    question = LineField(_("question"), max_length=longest(document.Faq, "question"), blank=True)
    answer = _body(_("answer"))
    html = _html()
    html_key = _html_key()
    spoiler_after = _spoiler_after()

    class Meta:
        ordering = ("position", "id")
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        indexes: ClassVar = [models.Index(fields=["article", "position"])]

    def __str__(self) -> str:
        return self.question or _("Question %(number)s") % {"number": self.position}


class TaggedArticle(ItemBase):
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="tagged_articles")
    content_object = models.ForeignKey(Article, models.CASCADE, related_name="tagged")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["content_object", "tag"], name="article_tag_once")]


class TaggedCard(ItemBase):
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="tagged_cards")
    content_object = models.ForeignKey(FactCard, models.CASCADE, related_name="tagged")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["content_object", "tag"], name="card_tag_once")]
