"""Subjects, tags and authors: data that many articles share. A change shows at once, and is in the admin's history."""

from __future__ import annotations

from typing import Any, ClassVar

import taggit.admin  # noqa: F401  -- registers its own page for tags, which loses associations: ours takes its place
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag as TaggitTag

from articles.desk.admin.colours import COLOUR_NAMES, proposal
from articles.desk.admin.counting import count_of
from articles.desk.admin.deleting import ProtectedWhileUsed, Use, uses_in_articles
from articles.desk.admin.lines import LinesField
from articles.desk.admin.versioned import VersionedAdmin, VersionedForm
from articles.document.rules import SLUG_LENGTH, TAG_LENGTH
from articles.models import (
    Article,
    Author,
    Byline,
    Edition,
    EditionTag,
    FactCard,
    Picture,
    PublishedTag,
    Subject,
    Tag,
    TagAlias,
    TaggedArticle,
    TaggedCard,
)
from articles.text import keys, slugs

admin.site.unregister(TaggitTag)

MOST_NAMES = 50
#: A list of choices shows the newest so many: a portrait is chosen soon after it was uploaded.
MOST_PICTURES = 300

#: BCP 47, as far as a name of a work needs it: a language, and perhaps a script or a region.
_LANGUAGE = RegexValidator(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z", _("Write a language code such as ko, ja or zh-Hant."))
SUBJECT_CHECKS: dict[str, list[Any]] = {
    "original_language": [_LANGUAGE],
    "year": [MinValueValidator(1000), MaxValueValidator(2200)],
    "episodes": [MinValueValidator(1), MaxValueValidator(20_000)],
}


class ReferenceAdmin(VersionedAdmin, ProtectedWhileUsed):
    """What the three have in common."""

    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """An address that is taken gets a number, and that is said."""
        wish = slugs.slug(form.cleaned_data["slug"] or form.cleaned_data["name"], SLUG_LENGTH)
        super().save_model(request, obj, form, change)
        if wish and obj.slug != wish:
            said = gettext("The address “%(wish)s” is taken: this one is “%(slug)s”.")
            messages.warning(request, said % {"wish": wish, "slug": obj.slug})

    @admin.display(description=_("articles"), ordering="article_count")
    def article_count(self, row: Any) -> int:
        return int(row.article_count)

    @admin.display(description=_("facts"), ordering="fact_count")
    def fact_count(self, row: Any) -> int:
        return int(row.fact_count)


# --- subjects ---------------------------------------------------------------------------------------------------------


class PaletteSelect(forms.RadioSelect):
    """Colours by their names, each shown beside its name as readers see it."""

    class Media:
        css: ClassVar = {"all": ["css/palette.css"]}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["class"] = f"palette-{value}"
        option["label"] = COLOUR_NAMES.get(value, option["label"])
        return option


class SubjectForm(VersionedForm):
    also_named = LinesField(
        label=_("Other names"), most=MOST_NAMES, longest=200, help_text=_("One on a line: translations, short forms.")
    )

    class Meta:
        model = Subject
        exclude = ("other_names",)
        widgets: ClassVar = {"palette": PaletteSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("also_named", self.instance.other_names)
        for name, checks in SUBJECT_CHECKS.items():
            if name in self.fields:  # those who may only look get a form without fields
                self.fields[name].validators.extend(checks)
        if "palette" in self.fields:
            self.fields["palette"].help_text = proposal(self.instance)

    def _post_clean(self) -> None:
        self.instance.other_names = self.cleaned_data.get("also_named", self.instance.other_names)
        super()._post_clean()


@admin.register(Subject)
class SubjectAdmin(ReferenceAdmin):
    form = SubjectForm
    list_display = ("name", "original_name", "kind", "year", "article_count", "fact_count")
    list_filter = ("kind", "is_confirmed")
    search_fields = ("name", "original_name", "other_names", "slug")
    fieldsets = (
        (None, {"fields": ("name", "original_name", "original_language", "also_named", "slug")}),
        (_("The work"), {"fields": ("kind", "year", "episodes", "palette")}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Subject | None = None) -> Any:  # noqa: ARG002
        """One that a writer has proposed is confirmed here; afterwards nothing asks for it."""
        if obj is None or obj.is_confirmed:
            return self.fieldsets
        return ((_("Proposed by a writer"), {"fields": ("is_confirmed",)}), *self.fieldsets)

    @admin.display(description=_("Other names"))
    def also_named(self, subject: Subject) -> str:
        return ", ".join(subject.other_names)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Subject]:
        rows: QuerySet[Subject] = super().get_queryset(request)
        return rows.annotate(
            article_count=count_of(Article.objects.all(), "subject"),
            fact_count=count_of(FactCard.objects.filter(article__binned_at=None), "article__subject"),
        )

    def uses(self, obj: Subject, user: User) -> list[Use]:
        editions = Edition.objects.filter(subject=obj).values("article")
        return uses_in_articles(Article.with_binned.filter(Q(subject=obj) | Q(pk__in=editions)), user)


# --- tags -------------------------------------------------------------------------------------------------------------


class TagForm(VersionedForm):
    """A tag with its other spellings. Two spellings of one key are one tag, whoever owns it."""

    also_written = LinesField(
        label=_("Also written"),
        most=MOST_NAMES,
        longest=TAG_LENGTH,
        help_text=_(
            "One on a line: other words or scripts for the same thing. Capitals, spaces and hyphens make no difference."
        ),
    )

    class Meta:
        model = Tag
        fields = ("name", "slug", "description")
        widgets: ClassVar = {"description": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.old_name = self.instance.name
        if self.instance.pk:
            self.initial.setdefault("also_written", [alias.name for alias in self.instance.aliases.all()])

    def clean_name(self) -> str:
        """A key may be longer than its name (㍿ is four signs), and empty for a name of invisible ones."""
        name: str = self.cleaned_data["name"]
        if not keys.key(name):
            raise ValidationError(_("Write a name with at least one letter, digit or emoji."))
        if len(keys.key(name)) > TAG_LENGTH:
            raise ValidationError(_("This name is too long."))
        return name

    def clean_also_written(self) -> list[str]:
        """One line for each key; raises ValidationError for keys that belong to other tags."""
        by_key: dict[str, str] = {}
        for name in filter(keys.key, self.cleaned_data["also_written"]):
            by_key.setdefault(keys.key(name), name)
        others = Tag.objects.filter(key__in=by_key).exclude(pk=self.instance.pk)
        aliases = TagAlias.objects.filter(key__in=by_key).exclude(tag=self.instance.pk).select_related("tag")
        taken = {tag.key: tag for tag in others} | {alias.key: alias.tag for alias in aliases}
        sentence = _("“%(name)s” already means the tag “%(tag)s”.")
        errors = [
            ValidationError(_("“%(name)s” is too long."), params={"name": name[:40]})
            for key, name in by_key.items()
            if len(key) > TAG_LENGTH
        ]
        errors += [
            ValidationError(sentence, params={"name": by_key[key], "tag": tag}) for key, tag in sorted(taken.items())
        ]
        if errors:
            raise ValidationError(errors)
        return list(by_key.values())

    def save_aliases(self) -> None:
        """The rows as the lines say; a renamed tag keeps its old name, so that no Document loses it."""
        tag = self.instance
        names = self.cleaned_data["also_written"]
        if self.old_name and self.old_name not in names:
            names = [*names, self.old_name]
        by_key = {keys.key(name): name for name in names}
        by_key.pop(tag.key, None)
        tag.aliases.exclude(key__in=by_key).delete()
        for key, name in by_key.items():
            TagAlias.objects.update_or_create(key=key, defaults={"tag": tag, "name": name})


class UseFilter(admin.SimpleListFilter):
    title = _("use")
    parameter_name = "use"

    def lookups(self, *_args: Any) -> list[tuple[str, Any]]:
        return [("used", _("Used")), ("unused", pgettext_lazy("of tags", "Not used"))]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Tag]) -> QuerySet[Tag]:
        used = Q(Exists(TaggedArticle.objects.filter(tag=OuterRef("pk"))))
        used |= Q(Exists(TaggedCard.objects.filter(tag=OuterRef("pk"))))
        match self.value():
            case "used":
                return queryset.filter(used)
            case "unused":
                return queryset.filter(~used)
        return queryset


@admin.register(Tag)
class TagAdmin(ReferenceAdmin):
    form = TagForm
    list_display = ("name", "also_written", "article_count", "fact_count")
    list_filter = (UseFilter,)
    search_fields = ("name", "slug", "aliases__name")
    fieldsets = ((None, {"fields": ("name", "also_written", "slug", "description")}),)

    @admin.display(description=_("also written"))
    def also_written(self, tag: Tag) -> str:
        """For the list, and for those who may only look: the field of the form has the same name."""
        return ", ".join(alias.name for alias in tag.aliases.all())

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        rows: QuerySet[Tag] = super().get_queryset(request)
        return rows.prefetch_related("aliases").annotate(
            article_count=count_of(TaggedArticle.objects.filter(content_object__binned_at=None), "tag"),
            fact_count=count_of(TaggedCard.objects.filter(content_object__article__binned_at=None), "tag"),
        )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.save_aliases()

    def uses(self, obj: Tag, user: User) -> list[Use]:
        places = (
            TaggedArticle.objects.filter(tag=obj).values("content_object"),
            TaggedCard.objects.filter(tag=obj).values("content_object__article"),
            EditionTag.objects.filter(tag=obj).values("edition__article"),
            PublishedTag.objects.filter(tag=obj).values("fact__edition__article"),
        )
        wanted = Q()
        for place in places:
            wanted |= Q(pk__in=place)
        return uses_in_articles(Article.with_binned.filter(wanted), user)


# --- authors ----------------------------------------------------------------------------------------------------------


class AuthorForm(VersionedForm):
    class Meta:
        model = Author
        fields = ("name", "slug", "bio", "picture", "user")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if picture := self.fields.get("picture"):
            newest = list(Picture.objects.values_list("pk", flat=True)[:MOST_PICTURES])
            own = self.instance.picture_id
            picture.queryset = Picture.objects.filter(pk__in=[*newest, own])  # type: ignore[attr-defined]


@admin.register(Author)
class AuthorAdmin(ReferenceAdmin):
    list_display = ("name", "account", "article_count")
    search_fields = ("name", "slug")
    list_select_related = ("user",)
    form = AuthorForm
    fields = ("name", "slug", "bio", "picture", "user")

    @admin.display(description=_("account"), ordering="user__username")
    def account(self, author: Author) -> str:
        return author.user.get_username() if author.user else ""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Author]:
        rows: QuerySet[Author] = super().get_queryset(request)
        return rows.annotate(article_count=count_of(Byline.objects.filter(article__binned_at=None), "author"))

    def uses(self, obj: Author, user: User) -> list[Use]:
        own = Byline.objects.filter(author=obj).values("article")
        editions = Edition.objects.filter(bylines__author=obj).values("article")
        return uses_in_articles(Article.with_binned.filter(Q(pk__in=own) | Q(pk__in=editions)), user)
