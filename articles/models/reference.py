"""Data that many articles share: subjects, authors, tags.

Editors change reference rows and the change shows at once; the public sees a row only through editions in force.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

from articles.document.rules import SLUG_LENGTH, TAG_LENGTH
from articles.images import PALETTE
from articles.models import outbox
from articles.models.addresses import Address
from articles.models.fields import LineField, LinesField
from articles.models.queries import held_until_the_end
from articles.models.search import names
from articles.text import keys, signs, slugs


class AddressedQuerySet(models.QuerySet[Any]):
    def at_slugs(self, wanted: Iterable[str]) -> dict[str, Any]:
        """The rows that these slugs mean, now or formerly, by the slug that was asked."""
        wanted = [slug for slug in wanted if slug]
        if not wanted:
            return {}
        kind = str(self.model.address_kind)
        found = Address.objects.filter(kind=kind, slug__in=wanted).select_related(kind)
        return {address.slug: getattr(address, kind) for address in found}


class Addressed(models.Model):
    """A reference row with a slug of its own. Each slug that it ever had keeps leading to it."""

    address_kind: ClassVar[Address.Kind]

    name = LineField(_("name"), max_length=200)
    slug = LineField(
        _("address"),
        max_length=SLUG_LENGTH,
        unique=True,
        blank=True,
        help_text=_("The last part of its web address. Left empty, it is made from the name. Old addresses redirect."),
    )

    objects = AddressedQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        given = self.slug or self.name
        if given and not slugs.slug(given, SLUG_LENGTH):
            field = "slug" if self.slug else "name"
            raise ValidationError({field: _("No address can be made from this: use letters or digits.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Claims an address for ever: the slug, or one made from the name; with a number where that is taken."""
        with outbox.names_purged(self):
            self.slug = self._free(slugs.slug(self.slug or self.name, SLUG_LENGTH) or self.address_kind)
            super().save(*args, **kwargs)
        owner: dict[str, Any] = {str(self.address_kind): self}
        Address.objects.get_or_create(kind=self.address_kind, slug=self.slug, **owner)

    def _other_owner(self, slug: str) -> bool:
        taken = Address.objects.filter(kind=self.address_kind, slug=slug)
        return taken.exclude(**{str(self.address_kind): self.pk}).exists() if self.pk else taken.exists()

    def _free(self, wish: str) -> str:
        """The wish itself where it is free, else with a number, for which a long one is shortened."""
        slug, number = wish, 2
        while self._other_owner(slug):
            ending = f"-{number}"
            slug, number = f"{slugs.slug(wish, SLUG_LENGTH - len(ending))}{ending}", number + 1
        return slug


class Subject(Addressed):
    """The work or person that articles are about."""

    address_kind = Address.Kind.SUBJECT

    class Kind(models.TextChoices):
        DRAMA = "drama", _("Drama")
        SERIES = "series", _("Series")
        FILM = "film", _("Film")
        BAND = "band", _("Band")
        PERSON = "person", _("Person")
        WEBTOON = "webtoon", _("Webtoon")
        GAME = "game", _("Game")
        BOOK = "book", _("Book")
        OTHER = "other", _("Other")

    original_name = LineField(_("name in its own script"), max_length=200, blank=True)
    original_language = LineField(_("language of that name"), max_length=10, blank=True, default="ko")
    other_names = models.JSONField(_("other names"), default=list, blank=True)
    kind = LineField(_("kind"), max_length=10, choices=Kind, default=Kind.DRAMA)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    episodes = models.PositiveSmallIntegerField(
        _("episodes"), null=True, blank=True, help_text=_("Counted through all seasons.")
    )
    description = LinesField(
        _("description"), blank=True, max_length=600, help_text=_("Readers see it on its page. Spoil nothing here.")
    )
    palette = LineField(_("colour"), max_length=10, choices=[(name, name) for name in PALETTE], default="slate")
    # A writer may propose a subject and write about it; nothing about it is handed in before an editor confirms it.
    is_confirmed = models.BooleanField(
        _("confirmed"), default=True, help_text=_("Articles about it can be handed in only when it is confirmed.")
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    # A part of the public clock, as kinds are counted. A row that `loaddata` or an import inserts has its default.
    changed_at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")

    def clean(self) -> None:
        super().clean()
        names = self.other_names
        if not isinstance(names, list) or not all(isinstance(name, str) and len(name) <= 200 for name in names):
            raise ValidationError({"other_names": _("Write each name as a text of at most 200 letters.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The names are mended as those in columns of their own are, and empty ones dropped."""
        self.other_names = [name for name in map(signs.line, self.other_names) if name]
        self.changed_at = timezone.now()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "changed_at"}
        super().save(*args, **kwargs)
        self.write_search_names()

    def write_search_names(self) -> None:
        names.write(self, [self.name, self.original_name, *self.other_names])


class Author(Addressed):
    """A byline. An account is not a byline; a byline may name the account behind it."""

    address_kind = Address.Kind.AUTHOR

    bio = LinesField(_("about"), blank=True, max_length=1000)
    picture = models.ForeignKey(
        "articles.Picture", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="byline",
        verbose_name=_("account"),
        help_text=_("The page of this author shows the facts that this account has checked."),
    )

    class Meta:
        ordering = ("name",)
        verbose_name = _("author")
        verbose_name_plural = _("authors")


class TagQuerySet(AddressedQuerySet):
    def by_names(self, names: Iterable[str], *, held: bool = False) -> dict[str, Tag]:
        """The tags that these names mean, by key or alias; others are missing. `held`: see held_until_the_end."""
        wanted = [key for key in dict.fromkeys(map(keys.key, names)) if key]
        if not wanted:
            return {}
        hold = held_until_the_end if held else iter
        found = {tag.key: tag for tag in hold(self.filter(key__in=wanted))}
        missing = [key for key in wanted if key not in found]
        if missing:
            meant = dict(TagAlias.objects.filter(key__in=missing).values_list("key", "tag"))
            tags = {tag.pk: tag for tag in hold(self.filter(pk__in=meant.values()))} if meant else {}
            found.update({key: tags[pk] for key, pk in meant.items() if pk in tags})
        return {name: found[key] for name in names if (key := keys.key(name)) in found}

    def for_names(self, names: Iterable[str]) -> list[Tag]:
        """The tags that these names mean, in order and each once, held; a new name makes a new tag."""
        names = [name.strip() for name in names if keys.key(name)]
        known = self.by_names(names, held=True)
        tags: dict[int, Tag] = {}
        for name in names:
            tag = known.get(name) or self.get_or_create(key=keys.key(name), defaults={"name": name})[0]
            tags.setdefault(tag.pk, tag)
        return list(tags.values())


def check_key_length(key: str, name: str) -> None:
    """A key may be longer than its name: one sign can stand for a whole phrase. Raises ValidationError."""
    if len(key) > TAG_LENGTH:
        sentence = _("“%(tag)s …” is too long for a tag: use at most %(most)s characters.")
        raise ValidationError({"name": sentence % {"tag": name[:40], "most": TAG_LENGTH}})


class Tag(Addressed, TagBase):
    """What a fact or an article is about. Case, width, spaces and hyphens do not make a new tag: see `key`."""

    address_kind = Address.Kind.TAG

    name = LineField(_("name"), max_length=TAG_LENGTH, unique=True)
    slug = LineField(_("address"), max_length=SLUG_LENGTH, unique=True, blank=True)
    key = LineField(max_length=TAG_LENGTH, unique=True, editable=False)
    description = LineField(_("description"), max_length=300, blank=True)

    objects = TagQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ("name",)
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def clean(self) -> None:
        super().clean()
        key = keys.key(self.name)
        if not key:
            raise ValidationError({"name": _("Write a name with at least one letter, digit or emoji.")})
        check_key_length(key, self.name)
        others = Tag.objects.filter(key=key).exclude(pk=self.pk)
        aliases = TagAlias.objects.filter(key=key).exclude(tag=self.pk)
        if other := others.first() or (aliases.select_related("tag").first()):
            raise ValidationError({"name": _("This is another spelling of “%(tag)s”.") % {"tag": other}})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A renamed tag keeps its old name as an alias, so that every Document that names it still finds it."""
        old_name = Tag.objects.filter(pk=self.pk).values_list("name", flat=True).first() if self.pk else None
        self.key = keys.key(self.name)
        Addressed.save(self, *args, **kwargs)
        self.write_search_names()
        if old_name and keys.key(old_name) != self.key:
            TagAlias.objects.get_or_create(key=keys.key(old_name), defaults={"name": old_name, "tag": self})

    def write_search_names(self) -> None:
        names.write(self, [self.name])

    def slugify(self, tag: str, i: int | None = None) -> str:
        """taggit's hook; the slug comes from `Addressed`."""
        return slugs.slug(tag if i is None else f"{tag} {i}", SLUG_LENGTH)


class TagAlias(models.Model):
    """Another spelling or script of a tag's name."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="aliases")
    name = LineField(_("also written"), max_length=TAG_LENGTH)
    key = LineField(max_length=TAG_LENGTH, unique=True, editable=False)

    class Meta:
        ordering = ("name",)
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        key = keys.key(self.name)
        if not key:
            raise ValidationError({"name": _("Write a name with at least one letter, digit or emoji.")})
        check_key_length(key, self.name)
        taken = TagAlias.objects.filter(key=key).exclude(pk=self.pk).first()
        if Tag.objects.filter(key=key).exists() or taken:
            raise ValidationError({"name": _("This is already the name or an alias of a tag.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = keys.key(self.name)
        super().save(*args, **kwargs)
        self.write_search_names()

    def write_search_names(self) -> None:
        names.write(self, [self.name])
