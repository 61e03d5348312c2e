"""The order of cards or questions: a number for each, or all ids in a row from the desk's script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _

from articles import drafts
from articles.desk.pages import CHANGE, article_url, article_view, page, wants_json
from articles.desk.requests import StaffRequest
from articles.drafts.reading import Items
from articles.models import Article
from articles.text.numbers import whole_number

PREFIX = "position-"


@dataclass(frozen=True)
class OrderRow:
    """One line of the order page. `wish` is what stands in its field, `error` a sentence about it."""

    public_id: str
    name: str
    position: int
    wish: str
    error: str = ""


@article_view(CHANGE)
def order(request: StaffRequest, article: Article, items: Items) -> HttpResponse:
    """GET shows the numbers. POST takes them, or `order`: ids with spaces."""
    current = drafts.order_of(article, items)
    if request.method != "POST":
        return _page(request, article, items, token=drafts.token(current))
    token = request.POST.get("token", "")
    wanted, errors = wanted_order(current, request.POST)
    if errors and token == drafts.token(current):  # else the numbers were right on the page that was shown
        sentence = _("Nothing was moved: see the numbers marked below.")
        return _answer(request, article, items, 400, sentence, token=token, errors=errors)
    stale = _("Somebody else changed the order or the number of facts meanwhile. Look again and save once more.")
    if errors:
        return _answer(request, article, items, 409, stale, token=drafts.token(current))
    try:
        drafts.save_order(article, items, wanted, token=token, by=request.user)
    except drafts.StaleError as error:
        return _answer(request, article, items, 409, stale, token=error.token)
    except drafts.DraftError as error:
        return _answer(request, article, items, 400, str(error), token=token)
    return _saved(request, article, items)


def wanted_order(current: Sequence[str], posted: Mapping[str, Any]) -> tuple[list[str], dict[str, str]]:
    """The order that somebody asked for, and sentences by public id on positions that do not exist."""
    if "order" in posted:
        return str(posted["order"]).split(), {}
    given = {name.removeprefix(PREFIX): value for name, value in posted.items() if name.startswith(PREFIX)}
    return sorted_by_wish(current, given)


def sorted_by_wish(current: Sequence[str], given: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
    """Sorts by the numbers given; who has none keeps its own. Gives the errors beside, by public id.

    Of two with one number, the one that was moved gets it: upwards it goes before the one that stood there, downwards
    behind it, as that one moves up to fill the gap.
    """
    errors = {}
    keys: dict[str, tuple[int, int]] = {public_id: (place, 0) for place, public_id in enumerate(current, 1)}
    unknown = [public_id for public_id in given if public_id not in keys]
    for public_id, wish in given.items():
        number = whole_number(wish.strip(), least=1, most=len(current))
        if number is None:
            errors[public_id] = _("Write a number from 1 to %(most)s.") % {"most": len(current)}
        elif public_id in keys:
            place = keys[public_id][0]
            keys[public_id] = (number, (number > place) - (number < place))
    return [*sorted(current, key=lambda public_id: keys[public_id]), *unknown], errors


def _saved(request: StaffRequest, article: Article, items: Items) -> HttpResponse:
    if wants_json(request):
        order = drafts.order_of(article, items)
        return JsonResponse({"token": drafts.token(order), "change": article.change, "order": order})
    messages.success(request, _("The new order is saved."))
    return HttpResponseRedirect(f"{article_url('change', article)}#{'cards' if items == 'cards' else 'questions'}")


def _answer(
    request: StaffRequest,
    article: Article,
    items: Items,
    status: int,
    sentence: str,
    *,
    token: str,
    errors: Mapping[str, str] | None = None,
) -> HttpResponse:
    if wants_json(request):
        current = drafts.order_of(article, items)
        named = {f"{PREFIX}{public_id}": [error] for public_id, error in (errors or {}).items()}
        answer = {"sentence": sentence, "errors": named, "order": current, "token": token}
        return JsonResponse(answer, status=status)
    return _page(request, article, items, token=token, status=status, sentence=sentence, errors=errors)


def _page(
    request: StaffRequest,
    article: Article,
    items: Items,
    *,
    token: str,
    status: int = 200,
    sentence: str = "",
    errors: Mapping[str, str] | None = None,
) -> HttpResponse:
    things = article.cards.all() if items == "cards" else article.faqs.all()
    wishes, errors = request.POST, errors or {}
    rows = [
        OrderRow(
            thing.public_id,
            str(thing),
            thing.position,
            wishes.get(f"{PREFIX}{thing.public_id}", str(thing.position)),
            errors.get(thing.public_id, ""),
        )
        for thing in things
    ]
    title = _("Order of the facts") if items == "cards" else _("Order of the questions")
    return page(
        request, "writing/order", title=title, article=article, status=status, rows=rows, token=token, sentence=sentence
    )
