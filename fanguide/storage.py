"""Pictures in an S3-like store, for several machines. Addresses stay those of the site (`/media/…`), for editions keep
them; the site reads from the store, or sends readers to the store's public address for the smaller copies.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from storages.backends.s3 import S3Storage

#: How long one request to the store may take, in seconds, and how often it is tried.
CONNECT_SECONDS, ANSWER_SECONDS, TRIES = 2, 5, 2
_YEAR = 365 * 24 * 3600  # seconds: a file is named by its content, and never changes


def _as_os_error(method: Callable[..., Any]) -> Callable[..., Any]:
    """As a folder would fail: whoever stores or reads a picture knows OSError, and nothing of any store."""

    @wraps(method)
    def asked(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except (BotoCoreError, ClientError, Boto3Error) as error:
            raise OSError(f"The store of pictures does not answer: {error}") from error

    return asked


class PictureStore(S3Storage):  # type: ignore[misc]  # django-storages has no types
    """Objects are private; a policy of the bucket may make the smaller copies public (docs/settings.md)."""

    def get_default_settings(self) -> dict[str, Any]:
        """Nothing but our own settings decides, and what boto3 knows of the machine (a role, a profile)."""
        return {
            **super().get_default_settings(),
            "default_acl": None,
            "file_overwrite": False,
            "object_parameters": {"CacheControl": f"public, max-age={_YEAR}, immutable"},
            "client_config": Config(
                connect_timeout=CONNECT_SECONDS,
                read_timeout=ANSWER_SECONDS,
                retries={"total_max_attempts": TRIES},
                s3={"addressing_style": "path"} if settings.S3_BY_PATH else None,
            ),
            "bucket_name": settings.S3_BUCKET,
            "endpoint_url": settings.S3_ENDPOINT or None,
            "region_name": settings.S3_REGION or None,
            **({"access_key": settings.S3_KEY, "secret_key": settings.S3_SECRET} if settings.S3_KEY else {}),
        }

    def url(self, name: str, *_args: Any, **_kwargs: Any) -> str:
        """On the site, wherever the file lies. It asks nobody."""
        return f"{settings.MEDIA_URL}{quote(name)}"

    def public_url(self, name: str) -> str:
        """Where readers get this file from the store itself; empty for what the site gives out."""
        is_smaller_copy = name.startswith("pictures/") and name.count("/") > 1
        return f"{settings.S3_PUBLIC_URL}/{quote(name)}" if settings.S3_PUBLIC_URL and is_smaller_copy else ""

    @_as_os_error
    def _open(self, name: str, mode: str = "rb") -> Any:
        opened = super()._open(name, mode)
        if "r" in mode:
            opened.open()  # read now: later it would fail in the middle of an answer
        return opened

    _save = _as_os_error(S3Storage._save)
    delete = _as_os_error(S3Storage.delete)
    exists = _as_os_error(S3Storage.exists)
    size = _as_os_error(S3Storage.size)
    listdir = _as_os_error(S3Storage.listdir)
    get_modified_time = _as_os_error(S3Storage.get_modified_time)
