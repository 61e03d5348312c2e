"""Tags, with other spellings of them, and where each is used. What keeps them in order stands in desk.tags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import taggit.admin  # noqa: F401  -- registers its own page for tags, which loses associations: ours takes its place
from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from taggit.models import Tag as TaggitTag

from articles.desk.admin.counting import count_out_of_bin
from articles.desk.admin.deleting import Use, articles_of, uses_in_articles
from articles.desk.admin.lines import LinesField
from articles.desk.admin.reference import MOST_NAMES, ReferenceAdmin
from articles.desk.admin.versioned import VersionedForm
from articles.desk.requests import signed_in
from articles.desk.tags.record import rows_of
from articles.desk.tags.routes import tag_routes
from articles.document.rules import TAG_LENGTH
from articles.models import Article, EditionTag, PublishedTag, Tag, TagAlias, TaggedArticle, TaggedCard
from articles.operations import tags
from articles.publishing.relabelling import editions_with
from articles.reading.outputs import path_or_nothing
from articles.text import keys

#: The page of a tag names so many of the acts upon it.
MOST_ACTS = 10

admin.site.unregister(TaggitTag)


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
        self.before = tags.state_of(self.instance) if self.instance.pk else None
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


@dataclass(frozen=True)
class Usage:
    """How many articles and facts have a tag on the desk, and how many facts before readers; and where they are."""

    articles: int
    facts: int
    public: int
    articles_url: str
    facts_url: str
    public_url: str

    @classmethod
    def of(cls, tag: Any) -> Usage:
        several = reverse("admin:articles_tag_several")
        return cls(
            tag.article_count,
            tag.fact_count,
            PublishedTag.objects.in_force(at=timezone.now()).filter(tag=tag).count(),
            f"{several}?{urlencode({'of': 'articles', 'tag': tag.name})}",
            f"{several}?{urlencode({'of': 'facts', 'tag': tag.name})}",
            path_or_nothing("tag", tag.slug),
        )


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
            article_count=count_out_of_bin(TaggedArticle.objects.all(), "tag", article="content_object"),
            fact_count=count_out_of_bin(TaggedCard.objects.all(), "tag", article="content_object__article"),
        )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.save_aliases()
        if change and form.before:
            tags.record_rename(form.instance, form.before, by=signed_in(request))

    def get_urls(self) -> list[URLPattern]:
        return [*tag_routes(), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if tag := context.get("original"):
            context |= {
                "usage": Usage.of(tag),
                "acts": rows_of(tags.acts_upon(tag.pk)[:MOST_ACTS]),
                "may_change": self.has_change_permission(request, tag),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def uses(self, obj: Tag, user: User) -> list[Use]:
        """Where rows tell of the tag. Facts published behind a spoiler point have none: where nothing else uses the
        tag, all editions are looked through, for which a common tag does not wait.
        """
        used = articles_of(
            TaggedArticle.objects.filter(tag=obj).values("content_object"),
            TaggedCard.objects.filter(tag=obj).values("content_object__article"),
            EditionTag.objects.filter(tag=obj).values("edition__article"),
            PublishedTag.objects.filter(tag=obj).values("fact__edition__article"),
        )
        found = uses_in_articles(used, user)
        closed = editions_with(obj.pk).order_by().values("article")
        return found or uses_in_articles(Article.with_binned.filter(pk__in=closed), user)
