"""One value of an export is changed into something that no site writes: it is refused by name, or does no harm."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import images, transfer
from tests.transfer import site

_PROGRAM = re.compile(rb"""(?:href|src|action)=["']?javascript:""")
Place = tuple[str, ...]  # the file, then keys of objects and numbers of lists

HOSTILE: tuple[Any, ...] = (
    *(None, True, [], {}, "", 0, -1, 10**30, 1.5, "x" * 5000, "../../etc/passwd", "a/b", "javascript:steal()"),
    *("\x00", "\x0b", "\ud800", "\ufffe", "2030-13-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"),
    *("<script>steal()</script>", "ﷺ" * 60, [None], {"": ""}, [[[[]]]]),
)


@pytest.fixture(scope="module")
def exported_small(module_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported") / "out"
    site.Small()
    transfer.export_site(folder)
    site.empty_database()
    return folder


def places(folder: Path) -> list[Place]:
    """Every value of every file."""
    files = sorted(path for path in folder.rglob("*.json") if path.name != "fanguide.json")
    return [
        place for path in files for place in _within((str(path.relative_to(folder)),), json.loads(path.read_text()))
    ]


def _within(place: Place, value: Any) -> Iterator[Place]:
    yield place
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _within((*place, str(key)), item)


def changed(value: Any, keys: Place, new: Any) -> Any:
    if not keys:
        return new
    if isinstance(value, dict):
        return {key: changed(item, keys[1:], new) if key == keys[0] else item for key, item in value.items()}
    return [changed(item, keys[1:], new) if str(key) == keys[0] else item for key, item in enumerate(value)]


def check(folder: Path, place: Place, new: Any) -> None:
    file, *keys = place
    path = folder / file
    before = path.read_text()
    path.write_text(json.dumps(changed(json.loads(before), tuple(keys), new)))
    try:
        with transaction.atomic():
            imported(folder, file)
            transaction.set_rollback(True)
    finally:
        path.write_text(before)


def refused(folder: Path) -> str:
    """Why it cannot be imported; empty when it was."""
    try:
        transfer.import_site(folder)
    except transfer.TransferError as error:
        return str(error)
    return ""


def imported(folder: Path, file: str) -> None:
    """Imports, and looks at what that leaves."""
    if refusal := refused(folder):
        assert file in refusal or "order.json" in refusal
        assert refusal.endswith(".")
        assert [model.__name__ for model in site.tables() if model._base_manager.exists()] == []
        return
    for at in (site.NOW, site.LATER):
        answers = site.answers(at)
        assert {path: status for path, (status, _to, _body) in answers.items() if status >= 500} == {}
        pages = [as_page(path.partition("?")[0], body) for path, (_status, _to, body) in answers.items()]
        assert not any(b"<script>steal" in body or _PROGRAM.search(body) for body in pages)


def as_page(path: str, body: bytes) -> bytes:
    """What a browser takes for HTML: of JSON only what it says is HTML, of Markdown what is not escaped; other data is
    plain text.
    """
    if path == "/oembed":
        return json.loads(body).get("html", "").encode() if body[:1] == b"{" else body
    if path.startswith(("/api/", "/search/suggest")) or path.endswith((".json", ".txt")):
        return b""
    return body.replace(b"\\<", b"") if path.endswith(".md") else body


@pytest.mark.slow
@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_hostile_value_is_refused_by_name_or_does_no_harm(exported_small: Path, data: st.DataObject, monkeypatch):
    monkeypatch.setattr(images, "renditions", lambda _data: ())  # which is what takes the time
    place = data.draw(st.sampled_from(places(exported_small)))
    check(exported_small, place, data.draw(st.sampled_from(HOSTILE)))
