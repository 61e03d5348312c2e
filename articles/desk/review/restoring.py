"""One part of an earlier revision brought back: GET asks, POST does it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _

from articles import drafts
from articles.desk.pages import CHANGE, article_url, article_view, page, wants_json
from articles.desk.requests import StaffRequest
from articles.desk.review import differences
from articles.desk.review.comparison import revision_at
from articles.desk.writing.summaries import name_of_part
from articles.models import Article


@article_view(CHANGE)
def restore_part(request: StaffRequest, article: Article, number: int, place: str) -> HttpResponse:
    """POST `token`: that of the part as it was shown, empty for one that is gone."""
    revision = revision_at(article, number)
    value = drafts.part_in(revision, place)
    if value is None:
        raise Http404
    status, refused = 200, ""
    if request.method == "POST":
        try:
            token = request.POST.get("token", "")
            stands_at = drafts.restore_part_of(article, revision, place, token=token, by=request.user)
        except drafts.StaleError:
            status, refused = 409, _("Somebody changed this after you looked at it. Look at it again.")
        except drafts.DraftError as error:
            status, refused = 409, str(error)
        else:
            words = {"part": name_of_part(value), "number": number}
            messages.success(request, _("As it was in revision %(number)s: %(part)s.") % words)
            return HttpResponseRedirect(f"{article_url('change', article)}#{stands_at.replace(':', '-')}")
    if refused and wants_json(request):
        return JsonResponse({"sentence": refused}, status=status)
    return _asking(request, article, number=number, value=value, status=status, refused=refused)


def _asking(
    request: StaffRequest, article: Article, *, number: int, value: Any, status: int, refused: str
) -> HttpResponse:
    place = drafts.place_of(value)
    now = drafts.part_at(article, place)
    public_id = place.partition(":")[2]
    before = now if now is not None else type(value)(**({"public_id": public_id} if public_id else {}))
    context = {
        "number": number,
        "rows": differences.of_values(before, value),
        "is_gone": now is None,
        "is_elsewhere": now is None and drafts.is_elsewhere(public_id),
        "token": drafts.MISSING if now is None else drafts.token(now),
        "refused": refused,
    }
    title = _("Bring back “%(part)s”?") % {"part": name_of_part(value)}
    return page(request, "review/restore_part", title=title, article=article, status=status, **context)
