"""Subjects and authors: data that many articles share. A change shows at once, and is in the admin's history."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.desk.admin.colours import COLOUR_NAMES, proposal
from articles.desk.admin.counting import KeysFirst, count_out_of_bin
from articles.desk.admin.deleting import ProtectedWhileUsed, Use, articles_of, uses_in_articles
from articles.desk.admin.lines import LinesField
from articles.desk.admin.versioned import VersionedAdmin, VersionedForm
from articles.document.rules import SLUG_LENGTH
from articles.models import (
    Article,
    Author,
    Byline,
    Edition,
    EditionAuthor,
    FactCard,
    Picture,
    Subject,
)
from articles.text import slugs

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
    """What subjects, authors and tags have in common."""

    list_per_page = 50
    paginator = KeysFirst
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
        (None, {"fields": ("name", "original_name", "original_language", "also_named", "slug", "description")}),
        (_("The work"), {"fields": ("kind", "year", "episodes", "palette")}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Subject | None = None) -> Any:  # noqa: ARG002
        """One that a writer has proposed is confirmed here, first of all; the last section takes that back."""
        if obj is None:
            return self.fieldsets
        if obj.is_confirmed:
            return (*self.fieldsets, (_("Confirmed by an editor"), {"fields": ("is_confirmed",)}))
        return ((_("Proposed by a writer"), {"fields": ("is_confirmed",)}), *self.fieldsets)

    @admin.display(description=_("Other names"))
    def also_named(self, subject: Subject) -> str:
        return ", ".join(subject.other_names)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Subject]:
        rows: QuerySet[Subject] = super().get_queryset(request)
        return rows.annotate(
            article_count=count_out_of_bin(Article.with_binned.all(), "subject", article="pk"),
            fact_count=count_out_of_bin(FactCard.objects.all(), "article__subject", article="article"),
        )

    def uses(self, obj: Subject, user: User) -> list[Use]:
        own = Article.with_binned.filter(subject=obj).values("pk")
        return uses_in_articles(articles_of(own, Edition.objects.filter(subject=obj).values("article")), user)


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
        return rows.annotate(article_count=count_out_of_bin(Byline.objects.all(), "author", article="article"))

    def uses(self, obj: Author, user: User) -> list[Use]:
        own = Byline.objects.filter(author=obj).values("article")
        return uses_in_articles(
            articles_of(own, EditionAuthor.objects.filter(author=obj).values("edition__article")), user
        )
