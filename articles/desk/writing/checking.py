"""The list of what can be checked of an article: a page to check by, and the same of one part for the desk's script.

GET claims/                     the page
GET claims/?place=card:<id>     {claims: [{kind, label, words, field, start, stop}]}: start and stop count code points
"""

from __future__ import annotations

import dataclasses
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import drafts
from articles.desk.claims import Line, claims_by_place
from articles.desk.pages import VIEW, article_view, page, wants_json
from articles.desk.requests import StaffRequest
from articles.models import Article


@require_safe
@article_view(VIEW)
def claims(request: StaffRequest, article: Article) -> HttpResponse:
    value = drafts.document_of(article)
    found = claims_by_place(article, value)
    if wants_json(request):
        return JsonResponse({"claims": [_as_values(line) for line in found.get(request.GET.get("place", ""), ())]})
    pieces = [(place, piece) for place, piece in drafts.pieces_of(value).items() if found.get(place)]
    parts = [
        {"anchor": place.replace(":", "-"), "name": drafts.name_of_piece(piece), "lines": found[place]}
        for place, piece in pieces
    ]
    return page(request, "writing/claims", title=_("Things to check"), article=article, parts=parts)


def _as_values(line: Line) -> dict[str, Any]:
    return {**dataclasses.asdict(line), "label": line.label}
