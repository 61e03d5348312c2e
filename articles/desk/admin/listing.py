"""The list of articles: its columns, and filters made from the tables. Signatures of filters are Django's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles import roles, workflow
from articles.desk.planning import queues
from articles.desk.planning.queues import Queue
from articles.desk.review import public_state
from articles.models import Article
from articles.states import STATUS_LABELS, Status
from articles.workflow import PublicFilter


class StatusFilter(admin.SimpleListFilter):
    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:  # noqa: ARG002
        return [(status.value, _(label)) for status, label in STATUS_LABELS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        wanted = self.value()
        return queryset.with_effective_status(Status(wanted)) if wanted in set(Status) else queryset  # type: ignore[attr-defined]


class PublicStateFilter(admin.SimpleListFilter):
    title = _("what readers see")
    parameter_name = "public"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:  # noqa: ARG002
        return [(name.value, label) for name, label in public_state.FILTER_NAMES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        wanted = self.value()
        return workflow.in_public_state(queryset, PublicFilter(wanted)) if wanted in set(PublicFilter) else queryset


class OwnFilter(admin.SimpleListFilter):
    """For those who see articles of others; writers see their own anyway."""

    title = _("writer")
    parameter_name = "own"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:  # noqa: ARG002
        return [("yes", _("My own"))] if request.user.has_perm(roles.ANY_ARTICLE) else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(owner=request.user) if self.value() == "yes" else queryset


class QueueFilter(admin.SimpleListFilter):
    """What the sections of the first page lead to."""

    template = "desk/planning/filter_links.html"
    title = _("what it waits for")
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:  # noqa: ARG002
        return [(queue.value, label) for queue, label in queues.QUEUE_NAMES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        wanted = self.value()
        return queues.in_queue(queryset, Queue(wanted)) if wanted in set(Queue) else queryset


class ArticleList(ChangeList):
    """A page of the list, with what readers see of each article: two queries more, however long the page is.

    Its paginator is CountedByItsPage. Keys are found by an index; with the joins of the columns, SQLite would sort all.
    """

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        page = self.result_list
        keys = list(page.values_list("pk", flat=True)) if self.multi_page else self.paginator.first_keys
        rows = self.apply_select_related(self.root_queryset.filter(pk__in=keys))
        self.result_list = rows.order_by(*self.queryset.query.order_by)
        articles: list[Article] = list(self.result_list)
        public = workflow.public_states(articles)
        for article in articles:
            article.public = public[article.pk]  # type: ignore[attr-defined]
        self.result_list = articles
