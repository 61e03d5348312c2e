"""Backups in an S3-like store: written part by part and read piece by piece, so that memory does not grow with them.

The settings for pictures say where the store is and how to get in (docs/settings.md); the bucket may be another.
"""

from __future__ import annotations

import datetime as dt
import fnmatch
from collections.abc import Callable, Iterator
from functools import wraps
from typing import IO, Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from fanguide.storage import CONNECT_SECONDS, PictureStore

#: Bytes of a part, and of one that stands behind many: a store takes 10,000 (a backup of 8 GB has a thousand).
PART, LARGE_PART, SMALL_PARTS = 8 << 20, 64 << 20, 1000
PIECE = 8 << 20
#: Nobody waits for a backup: how long one answer may take, in seconds, and how often it is asked for.
ANSWER_SECONDS, TRIES = 30, 5
#: What a backup that was killed has left is cleared away by the next one after so long.
UNFINISHED = dt.timedelta(days=1)


def _as_os_error(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def asked(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except (BotoCoreError, ClientError, Boto3Error) as error:
            raise OSError(f"the store of backups says: {error}") from error

    return asked


class _Bucket(PictureStore):
    def get_default_settings(self) -> dict[str, Any]:
        patient = Config(
            connect_timeout=CONNECT_SECONDS, read_timeout=ANSWER_SECONDS, retries={"total_max_attempts": TRIES}
        )
        found = super().get_default_settings()
        return {**found, "client_config": found["client_config"].merge(patient)}


class BackupStore:
    """One bucket. Raises OSError where the store does not answer or refuses."""

    def __init__(self, bucket: str) -> None:
        self.bucket = bucket
        self.client = _Bucket(bucket_name=bucket).connection.meta.client

    @_as_os_error
    def exists(self, key: str) -> bool:
        try:
            self.client.head_object(Bucket=self.bucket, Key=key)
        except ClientError as error:
            if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 404:
                return False
            raise
        return True

    @_as_os_error
    def newest(self, prefix: str, pattern: str) -> tuple[dt.datetime, str] | None:
        """When the newest object below a prefix whose name is like this was written whole, and its key."""
        found = None
        for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix):
            for each in page.get("Contents", ()):
                if fnmatch.fnmatchcase(each["Key"].removeprefix(prefix), pattern) and each["Size"]:
                    found = max(found or (each["LastModified"], each["Key"]), (each["LastModified"], each["Key"]))
        return found

    @_as_os_error
    def pieces(self, key: str) -> Iterator[bytes]:
        """The content, in requests of their own, each of which is tried again; all of the same object."""
        head = self.client.head_object(Bucket=self.bucket, Key=key)
        return self._pieces(key, head["ContentLength"], head["ETag"])

    def _pieces(self, key: str, size: int, tag: str) -> Iterator[bytes]:
        for start in range(0, size, PIECE):
            yield self._piece(key, f"bytes={start}-{min(start + PIECE, size) - 1}", tag)

    @_as_os_error
    def _piece(self, key: str, span: str, tag: str) -> bytes:
        answer = self.client.get_object(Bucket=self.bucket, Key=key, Range=span, IfMatch=tag)
        data: bytes = answer["Body"].read()
        return data

    @_as_os_error
    def clear_unfinished(self, prefix: str) -> None:
        before = dt.datetime.now(dt.UTC) - UNFINISHED
        for page in self.client.get_paginator("list_multipart_uploads").paginate(Bucket=self.bucket, Prefix=prefix):
            for each in page.get("Uploads", ()):
                if each["Initiated"] < before:
                    self.client.abort_multipart_upload(Bucket=self.bucket, Key=each["Key"], UploadId=each["UploadId"])

    def upload(self, key: str) -> Upload:
        return Upload(self.client, self.bucket, key)


class Upload:
    """An object that is there when `finish` was called, and not before. Only the parts in hand are in memory."""

    @_as_os_error
    def __init__(self, client: Any, bucket: str, key: str) -> None:
        self._client, self._names = client, {"Bucket": bucket, "Key": key}
        answer = client.create_multipart_upload(**self._names, ContentType="application/x-tar")
        self._names["UploadId"] = answer["UploadId"]
        self._waiting, self._parts = bytearray(), list[dict[str, Any]]()

    def read_from(self, source: IO[bytes]) -> None:
        """All of it."""
        while data := source.read(1 << 16):
            self._waiting += data
            if len(self._waiting) >= (PART if len(self._parts) < SMALL_PARTS else LARGE_PART):
                self._send()

    @_as_os_error
    def _send(self) -> None:
        number = len(self._parts) + 1
        answer = self._client.upload_part(**self._names, PartNumber=number, Body=bytes(self._waiting))
        self._parts.append({"PartNumber": number, "ETag": answer["ETag"]})
        self._waiting.clear()

    @_as_os_error
    def finish(self) -> None:
        if self._waiting or not self._parts:
            self._send()
        self._client.complete_multipart_upload(**self._names, MultipartUpload={"Parts": self._parts})

    @_as_os_error
    def give_up(self) -> None:
        self._client.abort_multipart_upload(**self._names)
