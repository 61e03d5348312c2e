"""What readers searched and did not find: the editors' list, the newest day first. Nothing here can be changed."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from articles.models import VainSearch


class SinceFilter(admin.SimpleListFilter):
    title = gettext_lazy("time")
    parameter_name = "days"

    def lookups(self, *_args: Any) -> list[tuple[str, Any]]:
        return [("7", gettext_lazy("The last seven days")), ("30", gettext_lazy("The last thirty days"))]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[VainSearch]) -> QuerySet[VainSearch]:
        if self.value() in ("7", "30"):
            return queryset.filter(day__gt=timezone.now().date() - dt.timedelta(days=int(self.value() or 0)))
        return queryset


@admin.register(VainSearch)
class VainSearchAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("searched", "times", "day")
    list_display_links = None
    list_filter = (SinceFilter,)
    list_per_page = 50
    search_fields = ("words",)
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False

    @admin.display(description=gettext_lazy("words"), ordering="words")
    def searched(self, row: VainSearch) -> SafeString:
        """With a link to the search: somebody may have written about it since."""
        return format_html('<a href="{}?{}">{}</a>', reverse("search"), urlencode({"q": row.words}), row.words)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: VainSearch | None = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: VainSearch | None = None) -> bool:  # noqa: ARG002
        return False
