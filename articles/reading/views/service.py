"""What machines ask for: robots.txt, security.txt, the favicon, the two signs of life, and the files of the picture
library.
"""

from __future__ import annotations

import datetime as dt
import logging
from pathlib import PurePosixPath

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import schema
from articles.reading import groups
from articles.reading.site import site_of

logger = logging.getLogger(__name__)

#: A picture's name holds the digest of its content: what was got once is right for ever.
FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_DAY = "public, max-age=86400"
#: Feeds show pictures in readers that are pages themselves.
_FOR_EVERYBODY = {"Cross-Origin-Resource-Policy": "cross-origin"}
#: How long a security.txt may be believed; RFC 9116 (section 2.5.5) recommends less than a year.
_SECURITY_TXT_LIFETIME = dt.timedelta(days=180)
_TYPES = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp", "avif": "image/avif"}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """With what FANGUIDE_CONTENT_SIGNAL says to crawlers (contentsignals.org)."""
    signal = [f"Content-Signal: {settings.CONTENT_SIGNAL}"] if settings.CONTENT_SIGNAL else []
    sitemap = site_of(request).full(reverse("sitemap"))
    return _text("User-agent: *", *signal, f"Disallow: {reverse('admin:index')}", "", f"Sitemap: {sitemap}")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """To whom a hole is reported (RFC 9116). Raises Http404 where FANGUIDE_SECURITY_CONTACT names nobody.

    It expires at a midnight, so that it is the same for a whole day.
    """
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = dt.datetime.combine(timezone.now().date() + _SECURITY_TXT_LIFETIME, dt.time(), dt.UTC)
    return _text(
        *(f"Contact: {contact}" for contact in settings.SECURITY_CONTACT),
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {settings.LANGUAGE_CODE}",
        f"Canonical: {site_of(request).full(reverse('security-txt'))}",
    )


@require_safe
def favicon(_request: HttpRequest) -> HttpResponse:
    """Where programs look that read no page. The file's own address is kept for ever, this one for a day."""
    response = HttpResponseRedirect(static("favicon.ico"))
    response["Cache-Control"] = "public, max-age=86400"
    groups.name_in(response, groups.of_page(()))
    return response


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process is up. It asks nothing of anybody."""
    return _sign("ok", 200)


@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """Database and cache answer, and the tables are this program's; else 503 with a line that says what is wrong.

    A cache that the site can do without while it is down makes it ready, but not without a word.
    """
    failed = [name for name, works in (("database", _database_works), ("cache", _cache_works)) if not works()]
    if failed:
        return _sign(f"not ready: {', '.join(failed)}", 503)
    if trouble := schema.trouble():
        return _sign(f"not ready: {' '.join(trouble)}", 503)
    trouble_of_cache = getattr(cache, "trouble", "")
    return _sign(f"ready, but {trouble_of_cache}" if trouble_of_cache else "ready", 200)


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse | FileResponse:
    path = PurePosixPath(name)
    kind = _TYPES.get(path.suffix.removeprefix("."))
    if address := public_address(name):
        redirect = HttpResponseRedirect(address, headers={"Cache-Control": FOR_A_DAY, **_FOR_EVERYBODY})
        groups.name_in(redirect, groups.of_page(()))
        return redirect
    try:
        if kind is None or not default_storage.exists(name):
            raise Http404
        file = default_storage.open(name)
    except FileNotFoundError as error:
        raise Http404 from error
    except OSError as error:
        logger.error("The picture %s cannot be read: %s", name, error)
        return _sign("The store of pictures does not answer.", 503)
    # The gzip middleware packs whatever the reader accepts; pictures are packed already.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    response = FileResponse(file, content_type=kind)
    response["Cache-Control"] = FOR_EVER
    groups.name_in(response, groups.of_page(()))
    response["ETag"] = f'"{path.stem}"'
    response["X-Content-Type-Options"] = "nosniff"
    for header, value in _FOR_EVERYBODY.items():
        response[header] = value
    return response


def public_address(name: str) -> str:
    """Where the store itself gives out this file; empty for what readers get from the site."""
    public_url = getattr(default_storage, "public_url", None)
    return str(public_url(name)) if public_url else ""


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


def _text(*lines: str) -> HttpResponse:
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    groups.name_in(response, groups.of_page(()))
    return response


def _sign(text: str, status: int) -> HttpResponse:
    response = HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response
