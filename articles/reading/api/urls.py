"""The URL patterns of the API, out of its table."""

from __future__ import annotations

from django.urls import URLPattern, path

from articles.reading.api import downloads, endpoints, page, views
from articles.reading.api.answers import View
from articles.reading.api.endpoints import ENDPOINTS, Endpoint

VIEWS: dict[Endpoint, View] = {
    endpoints.FACTS: views.facts,
    endpoints.FACT: views.fact,
    endpoints.ARTICLES: views.articles,
    endpoints.ARTICLE: views.article,
    endpoints.TAGS: views.tags,
    endpoints.SUBJECTS: views.subjects,
    endpoints.SEARCH: views.search,
    endpoints.FACTS_AS_LINES: downloads.lines,
    endpoints.FACTS_AS_TABLE: downloads.table,
    endpoints.DESCRIPTION: views.description,
}


def patterns() -> list[URLPattern]:
    """To be called when the path converters are registered."""
    own = [path(f"api/{each.path}", VIEWS[each], name=each.name) for each in ENDPOINTS]
    return [path("api/", page.page, name="api"), *own]
