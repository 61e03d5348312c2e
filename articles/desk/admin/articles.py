"""Articles in the admin. The list is Django's own; every other page is a small view of this room (see routes)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rights
from articles.desk import routes
from articles.desk.admin import filters, listing
from articles.desk.admin.counting import CountedByItsPage, count_of
from articles.desk.planning import bulk, plan_words, saved_views
from articles.desk.requests import signed_in
from articles.desk.review import public_state as words
from articles.models import Article, FactCard
from articles.states import Status


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("title", "status_label", "public_words", "plan_words", "owner", "subject", "card_total", "saved_at")
    list_display_links = ("title",)
    list_filter = (
        listing.StatusFilter,
        listing.QueueFilter,
        listing.PublicStateFilter,
        listing.OwnFilter,
        filters.SubjectFilter,
        *filters.FURTHER,
    )
    list_select_related = ("owner", "subject", "approved_revision", "reviewer")
    list_per_page = 50
    paginator = CountedByItsPage
    search_fields = ("title",)
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    ordering = ("-changed_at", "-id")
    actions = ("plan_several", "archive_several")  # deleting has its own page, which asks drafts

    def get_urls(self) -> list[URLPattern]:
        return routes.article_routes(self.changelist_view)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        rows = rights.visible_articles(signed_in(request), Article.objects.all())
        lean = rows.defer("introduction", "conclusion", "unplaced_text", "approved_revision__content")
        return lean.annotate(total=count_of(FactCard.objects.all(), "article"))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[listing.ArticleList]:  # noqa: ARG002
        return listing.ArticleList

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        user = signed_in(request)
        rights.require(user, "articles.view_article")
        context: dict[str, Any] = {"title": _("Articles"), "in_review": 0}
        context["has_delete_permission"] = rights.may(user, "articles.delete_article")
        if rights.may(user, "articles.review_article"):
            context["in_review"] = Article.objects.with_effective_status(Status.IN_REVIEW).count()
        context |= saved_views.of_list(user, request.GET)
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def get_actions(self, request: HttpRequest, action_location: Any = None) -> dict[str, Any]:
        """Django 6.1 asks for those of a place; 5.2 knows no places."""
        where = {} if action_location is None else {"action_location": action_location}
        found, names = super().get_actions(request, **where), bulk.choices(signed_in(request))
        return {name: act for name, act in found.items() if name in names}

    @admin.action(description=gettext_lazy("Plan: reviewer, due date, priority …"))
    def plan_several(self, request: HttpRequest, articles: QuerySet[Article]) -> HttpResponse | None:
        return bulk.plan(request, articles)

    @admin.action(description=gettext_lazy("Archive"))
    def archive_several(self, request: HttpRequest, articles: QuerySet[Article]) -> HttpResponse | None:
        return bulk.archive(request, articles)

    @admin.display(description=gettext_lazy("plan"))
    def plan_words(self, article: Article) -> str:
        words = (each.words for each in plan_words.of(article))
        return format_html_join("", '<span class="line">{}</span>', ((line,) for line in words))

    @admin.display(description=gettext_lazy("status"))
    def status_label(self, article: Article) -> str:
        return _(str(article.effective_status_label))

    @admin.display(description=gettext_lazy("what readers see"))
    def public_words(self, article: Article) -> str:
        lines = words.public_words(article.public)  # type: ignore[attr-defined]
        return format_html_join("", '<span class="line">{}</span>', ((line,) for line in lines))

    @admin.display(description=gettext_lazy("facts"))
    def card_total(self, article: Article) -> int:
        return int(article.total)  # type: ignore[attr-defined]

    @admin.display(description=gettext_lazy("last saved"), ordering="changed_at")
    def saved_at(self, article: Article) -> dt.datetime:
        return article.changed_at
