"""Further filters of the list of articles: who, what about, until when, for how long untouched, what is missing.

Those with many choices are a box to choose from, which works without a script; the others are links, closed until used.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import drafts, readiness, roles, workflow
from articles.desk.requests import MOST_INTEGER, name_of
from articles.desk.writing.subject_field import named_like
from articles.models import Article, Author, Byline, FactCard, Tag
from articles.models.labels import CAVEAT_LABELS
from articles.text.numbers import whole_number

#: “What is missing” reads whole articles: so many of those that the other filters leave, the newest first.
MOST_LOOKED_THROUGH = 200
_REMEMBERED = 300  # seconds, for one change of an article

Lookups = Iterable[tuple[str, Any]]


class LinksFilter(admin.SimpleListFilter):
    """Signatures are Django's. A value that is none of the lookups narrows nothing."""

    template = "desk/planning/filter_links.html"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        wanted = self.value()
        known = {str(value) for value, _label in self.lookup_choices}
        return self.narrowed(request, queryset, wanted) if wanted in known else queryset

    def narrowed(self, request: HttpRequest, articles: QuerySet[Any], wanted: str) -> QuerySet[Any]:
        raise NotImplementedError


class BoxFilter(LinksFilter):
    template = "desk/planning/filter_box.html"

    def choices(self, changelist: Any) -> Iterator[Any]:
        rest = [(name, value) for name, value in changelist.params.items() if name not in (self.parameter_name, "p")]
        yield {
            "name": self.parameter_name,
            "kept": rest,
            "value": "",
            "display": _("All"),
            "selected": not self.value(),
        }
        for value, label in self.lookup_choices:
            yield {"value": value, "display": label, "selected": self.value() == str(value)}


class OwnerFilter(BoxFilter):
    title, parameter_name = _("account of the writer"), "owner"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:  # noqa: ARG002
        if not request.user.has_perm(roles.ANY_ARTICLE):
            return []
        # As a value, not as EXISTS: for who owns none PostgreSQL would look through all articles, as others own many.
        newest = Article.objects.filter(owner=OuterRef("pk")).order_by("-changed_at").values("pk")[:1]
        owners = User.objects.alias(newest=Subquery(newest)).filter(newest__isnull=False)
        return [(str(user.pk), name_of(user)) for user in owners.order_by("username")]

    def narrowed(self, request: HttpRequest, articles: QuerySet[Any], wanted: str) -> QuerySet[Any]:  # noqa: ARG002
        return articles.filter(owner=int(wanted))


class ReviewerFilter(BoxFilter):
    title, parameter_name = _("reviewer"), "reviewer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:  # noqa: ARG002
        first = [("me", _("Me"))] if request.user.has_perm("articles.review_article") else []
        people = [(str(user.pk), name_of(user)) for user in workflow.reviewers() if user != request.user]
        return [*first, ("nobody", _("Nobody")), *people]

    def narrowed(self, request: HttpRequest, articles: QuerySet[Any], wanted: str) -> QuerySet[Any]:
        if wanted == "nobody":
            return articles.filter(reviewer=None)
        return articles.filter(reviewer=request.user if wanted == "me" else int(wanted))


class AuthorFilter(BoxFilter):
    title, parameter_name = _("author"), "author"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:  # noqa: ARG002
        used = Author.objects.filter(Exists(Byline.objects.filter(author=OuterRef("pk"))))
        return list(used.order_by("name").values_list("slug", "name"))

    def narrowed(self, request: HttpRequest, articles: QuerySet[Any], wanted: str) -> QuerySet[Any]:  # noqa: ARG002
        return articles.filter(pk__in=Article.objects.filter(bylines__author__slug=wanted).values("pk"))


class TextFilter(admin.SimpleListFilter):
    """By a name that is typed: of these there are too many for a list."""

    template = "desk/planning/filter_text.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:  # noqa: ARG002
        return [("", "")]

    def choices(self, changelist: Any) -> Iterator[Any]:
        rest = [(name, value) for name, value in changelist.params.items() if name not in (self.parameter_name, "p")]
        yield {"name": self.parameter_name, "kept": rest, "value": self.value() or "", "selected": not self.value()}


class SubjectFilter(TextFilter):
    """A part of any of its names."""

    title, parameter_name = _("subject"), "about"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        if not (wanted := (self.value() or "").strip()):
            return queryset
        return queryset.filter(subject__in=named_like(wanted).order_by().values("pk"))


class TagFilter(TextFilter):
    """A name in any spelling, of the article or of one of its facts."""

    title, parameter_name = _("tag"), "tag"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        if not (wanted := (self.value() or "").strip()):
            return queryset
        found = Tag.objects.by_names([wanted]).get(wanted)
        if found is None:
            return queryset.none()
        tagged = Article.objects.filter(Q(tagged__tag=found) | Q(cards__tagged__tag=found)).values("pk")
        return queryset.filter(pk__in=tagged)


class CaveatFilter(LinksFilter):
    title, parameter_name = _("facts in doubt"), "caveat"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:  # noqa: ARG002
        return [(caveat.value, label) for caveat, label in CAVEAT_LABELS.items() if caveat]

    def narrowed(self, request: HttpRequest, articles: QuerySet[Any], wanted: str) -> QuerySet[Any]:  # noqa: ARG002
        return articles.filter(pk__in=FactCard.objects.filter(caveat=wanted).values("article"))


class DueFilter(LinksFilter):
    title, parameter_name = _("due date"), "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:  # noqa: ARG002
        return [
            ("over", _("Over")),
            ("week", _("Within a week")),
            ("any", _("With a date")),
            ("none", _("Without one")),
        ]

    def narrowed(self, request: HttpRequest, articles: QuerySet[Any], wanted: str) -> QuerySet[Any]:  # noqa: ARG002
        today = timezone.localdate()
        if wanted == "over":
            return articles.filter(due_on__lt=today)
        if wanted == "week":
            return articles.filter(due_on__range=(today, today + dt.timedelta(days=7)))
        return articles.filter(due_on__isnull=wanted == "none")


class StaleFilter(LinksFilter):
    title, parameter_name = _("not changed for"), "stale"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:  # noqa: ARG002
        return [("2", _("2 weeks")), ("4", _("4 weeks")), ("13", _("3 months")), ("52", _("a year"))]

    def narrowed(self, request: HttpRequest, articles: QuerySet[Any], wanted: str) -> QuerySet[Any]:  # noqa: ARG002
        weeks = whole_number(wanted, most=MOST_INTEGER) or 0
        return articles.filter(changed_at__lt=timezone.now() - dt.timedelta(weeks=weeks))


class MissingFilter(LinksFilter):
    """The last of the filters, so that it reads no more articles than it must."""

    title, parameter_name = _("what is missing"), "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Lookups:  # noqa: ARG002
        return [("nothing", _("Nothing: ready to hand in")), ("something", _("Something"))]

    def narrowed(self, request: HttpRequest, articles: QuerySet[Any], wanted: str) -> QuerySet[Any]:  # noqa: ARG002
        newest = articles.select_related("subject", "cover").order_by("-changed_at", "-id").defer(None)
        found = [each.pk for each in newest[:MOST_LOOKED_THROUGH] if _is_ready(each) == (wanted == "nothing")]
        return articles.filter(pk__in=found)


def _is_ready(article: Article) -> bool:
    """Asked anew when the article changes, and after some minutes, for what depends on other rows."""
    key = f"desk/ready/{article.pk}/{article.change}"
    known: bool | None = cache.get(key)
    if known is None:
        known = not readiness.blocking(drafts.document_of(article), article)
        cache.set(key, known, _REMEMBERED)
    return known


FURTHER = (OwnerFilter, ReviewerFilter, AuthorFilter, TagFilter, CaveatFilter, DueFilter, StaleFilter, MissingFilter)
