"""One state of the database for all questions of a page.

An article may be published between two queries of a view: the second one then finds nothing of what the first one
named, and a reader gets a page that never was. The snapshot is taken before the view looks at the clock, so what was
published by then is seen whole, and what is published later is not seen at all.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from articles.models.snapshot import snapshot

View = Callable[..., HttpResponseBase]


def in_one_snapshot(view: View) -> View:
    """The view, which for GET and HEAD may read only."""

    @wraps(view)
    def reading(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        with snapshot():
            return view(request, *args, **kwargs)

    return reading
