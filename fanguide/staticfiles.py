"""How the static files are collected: a stylesheet's imports are written into it.

Writers of CSS get a file per component, readers one request: an `@import` is only found once the file that names it
has come, so a page would wait twice and ask eighteen times. Nothing but `@import url("path") layer(name);` is
understood, and imported files import nothing.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'^@import url\("(?P<path>[^"]+)"\) layer\((?P<layer>[\w-]+)\);$', re.MULTILINE)

Paths = dict[str, tuple[Storage, str]]


class SiteStaticFilesStorage(CompressedManifestStaticFilesStorage):
    #: Without it a module would import its neighbours by names that no hashed file has.
    support_js_module_import_aggregation = True
    #: A module is named after those that it imports: the longest chain of imports takes a pass for each of them.
    max_post_process_passes = 20

    def post_process(self, paths: Paths, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            for name in [name for name in paths if name.startswith("css/")]:
                self._write_with_imports(name, paths)
        yield from super().post_process(paths, dry_run, **options)

    def _write_with_imports(self, name: str, paths: Paths) -> None:
        """Reads from where the file was collected, never from an earlier result: that one may be out of date."""
        source = _read(paths, name)

        def imported(match: re.Match[str]) -> str:
            path = posixpath.join(posixpath.dirname(name), match["path"])
            return f"@layer {match['layer']} {{\n{_read(paths, path)}}}"

        whole = IMPORT.sub(imported, source)
        if whole != source:
            self.delete(name)
            self.save(name, ContentFile(whole.encode()))
            paths[name] = (self, name)


def _read(paths: Paths, name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return bytes(file.read()).decode()
