"""Articles by their titles, for the desk's palette: only those that this person may see."""

from __future__ import annotations

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from articles import rights
from articles.desk import word_search
from articles.desk.pages import VIEW, article_url
from articles.desk.requests import StaffRequest
from articles.models import Article
from articles.states import Status

MOST_FOUND = 8
#: A longer question is no title.
LONGEST = 200


@require_GET
def find(request: StaffRequest) -> JsonResponse:
    """GET `q`: words that all stand in the title, in any case; `change`: only those that facts may be moved to.

    {articles: [{id, title, status, url}]}, those changed last first; without words the newest.
    """
    user = request.user
    rights.require(user, VIEW)
    rows = rights.visible_articles(user, Article.objects.order_by("-changed_at", "-pk"))
    if "change" in request.GET:
        rows = rows.exclude(status=Status.ARCHIVED)
    if words := word_search.words_of(request.GET.get("q", "")[:LONGEST]):
        rows = rows.filter(pk__in=[pk for pk, _title in word_search.called(rows, words, user, most=MOST_FOUND)])
    rows = rows.select_related("approved_revision").defer("approved_revision__content")[:MOST_FOUND]
    found = [
        {
            "id": row.pk,
            "title": row.title,
            "status": _(str(row.effective_status_label)),
            "url": article_url("change", row),
        }
        for row in rows
    ]
    return JsonResponse({"articles": found})
