"""What machines ask for: robots.txt, the two signs of life, and the files of the picture library."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.reading.site import site_of

#: A picture's name holds the digest of its content: what was got once is right for ever.
FOR_EVER = "public, max-age=31536000, immutable"
_TYPES = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp", "avif": "image/avif"}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        "",
        f"Sitemap: {site_of(request).full(reverse('sitemap'))}",
    ]
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    return response


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process is up. It asks nothing of anybody."""
    return _sign("ok", 200)


@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """Database and cache answer; else 503 with the name of what does not."""
    failed = [name for name, works in (("database", _database_works), ("cache", _cache_works)) if not works()]
    return _sign(f"not ready: {', '.join(failed)}", 503) if failed else _sign("ready", 200)


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse | FileResponse:
    path = PurePosixPath(name)
    kind = _TYPES.get(path.suffix.removeprefix("."))
    if kind is None or not default_storage.exists(name):
        raise Http404
    # The gzip middleware packs whatever the reader accepts; pictures are packed already.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    response = FileResponse(default_storage.open(name), content_type=kind)
    response["Cache-Control"] = FOR_EVER
    response["ETag"] = f'"{path.stem}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _database_works() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _cache_works() -> bool:
    try:
        cache.set("readyz", "yes", 10)
        return bool(cache.get("readyz") == "yes")
    except Exception:  # noqa: BLE001 - each cache backend has errors of its own
        return False


def _sign(text: str, status: int) -> HttpResponse:
    response = HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response
