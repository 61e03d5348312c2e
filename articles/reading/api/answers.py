"""What every answer of the API has in common: JSON, open to the scripts of any site, and problems in sentences."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, TypeVar

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils.translation import gettext as _

from articles.reading.api import shapes
from articles.reading.api.endpoints import PROBLEM, Endpoint, Parameter

View = Callable[..., HttpResponseBase]
Response = TypeVar("Response", bound=HttpResponseBase)


class Gone(Exception):  # noqa: N818 - a thing that is gone, like Django's Http404
    """It was public once; the message is a sentence."""


def answers(endpoint: Endpoint) -> Callable[[View], View]:
    """Makes of `view(request, asked, …)` a view of this endpoint. `asked` are the values of the query by the names of
    the endpoint's parameters, each a tuple; an address with any other is refused.

    BadRequest, Http404 (with a sentence or without) and Gone become a problem with the status 400, 404 and 410.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def answer(request: HttpRequest, **place: str) -> HttpResponseBase:
            if request.method not in ("GET", "HEAD"):
                response: HttpResponseBase = problem(405, _("Here is nothing but reading: GET and HEAD."))
                response["Allow"] = "GET, HEAD"
                return response
            try:
                response = view(request, asked_for(request.GET, endpoint), **place)
            except BadRequest as error:
                response = problem(400, str(error))
            except Http404 as error:
                response = problem(404, str(error) or nothing_here())
            except Gone as error:
                response = problem(410, str(error))
            return open_to_all(response)

        return answer

    return decorate


def asked_for(query: QueryDict, endpoint: Endpoint) -> Mapping[str, tuple[str, ...]]:
    """The values of each parameter, without empty and repeated ones. Raises BadRequest for a parameter that is unknown
    here or given too often.
    """
    known: dict[str, Parameter] = {each.name: each for each in endpoint.parameters if not each.is_in_path}
    for name in query:
        if name not in known:
            there = ", ".join(known) or _("none")
            raise BadRequest(_("There is no parameter “%(name)s” here; known are: %(there)s.") % _named(name, there))
    asked = {name: tuple(dict.fromkeys(filter(None, query.getlist(name)))) for name in known}
    for name, values in asked.items():
        if len(values) > known[name].most:
            words = {"name": name, "most": known[name].most}
            raise BadRequest(_("“%(name)s” can be given %(most)s times at most.") % words)
    return asked


def _named(name: str, there: str) -> dict[str, str]:
    return {"name": name[:40], "there": there}


def problem(status: int, sentence: str) -> HttpResponse:
    """Never cached: what is missing now may be there at its time."""
    value = shapes.Problem(type="about:blank", title=HTTPStatus(status).phrase, status=status, detail=sentence)
    response = HttpResponse(text_of(value).encode(errors="replace"), status=status, content_type=PROBLEM)
    response["Cache-Control"] = "no-store"
    return open_to_all(response)


def nothing_here() -> str:
    return _("There is nothing here: it may never have been published.")


def text_of(shape: Any) -> str:
    return json.dumps(shapes.as_json(shape), ensure_ascii=False, separators=(",", ":"))


def open_to_all(response: Response) -> Response:
    """Scripts of other sites may read it: it is the same for everybody."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
