"""Fixtures for every room. Objects are made by the keyword-only functions of tests/make.py.

What many tests of a module only look at is made once: a fixture of the module that asks for `module_db`. Each test
then runs in a savepoint of that transaction, so that what it writes is gone after it.
"""

import gc
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings
from hypothesis import settings as hypothesis_settings

from articles.reading import response_cache
from tests.sampling import sampled

# A few made-up texts for everybody; --hypothesis-profile=thorough tries many, as CI does of what uses no database.
# Nothing is judged by a clock.
hypothesis_settings.register_profile("usual", max_examples=20, deadline=None)
hypothesis_settings.register_profile("thorough", max_examples=50, deadline=None)
hypothesis_settings.load_profile("usual")

#: How many rows of a table of cases are run unless all are asked for.
FEW_CASES = 2

STORIES = Path(__file__).parent / "browser"

_folders = itertools.count(1)

FILES = "django.core.files.storage.FileSystemStorage"
STATIC_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"


def pytest_addoption(parser: pytest.Parser) -> None:
    words = "only the tests that use a database, or those that use none"
    parser.addoption("--database", choices=("only", "none"), help=words)
    words = "also what is marked slow, and every row of each table of cases, as CI runs; a named part is always whole"
    parser.addoption("--whole", action="store_true", help=words)
    parser.addoption("--rows", type=int, help="with --whole: at most so many rows of each table of cases")


def pytest_configure(config: pytest.Config) -> None:
    """Whoever names a file or a word wants all of it."""
    told = getattr(config, "workerinput", None)
    is_part = config.args_source is not pytest.Config.ArgsSource.TESTPATHS or bool(config.option.keyword)
    config.option.whole = told["whole"] if told else config.option.whole or is_part


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Stories that nobody asked for are not even read."""
    return True if collection_path == STORIES and config.option.markexpr == "not browser" else None


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """The processes of xdist get the arguments as if each had been named: so they are told what was meant."""
    node.workerinput["whole"] = node.config.option.whole


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in the same hook
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that share a site run in one process, so that it is built once."""
    for item in items:
        if STORIES in item.path.parents:
            item.add_marker(pytest.mark.browser)
    if wanted := config.getoption("--database"):
        _leave(config, items, {item.nodeid for item in items if _uses_database(item) != (wanted == "only")})
    if not config.getoption("--whole"):
        quick = [item for item in items if not item.get_closest_marker("browser")]
        slow = {item.nodeid for item in quick if item.get_closest_marker("slow")}
        _leave(config, items, slow | _beyond(FEW_CASES, quick))  # stories are asked for by their mark
    elif most := config.getoption("--rows"):
        _leave(config, items, _beyond(most, items))
    for item in items:
        if "module_db" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


def _beyond(most: int, items: list[pytest.Item]) -> set[str]:
    """The rows of tables of cases but for so many of each."""
    tables: dict[str, list[str]] = {}
    for item in items:
        tables.setdefault(item.nodeid.partition("[")[0], []).append(item.nodeid)
    chosen = {nodeid for test, rows in tables.items() for nodeid in sampled(rows, most, test)}
    return {item.nodeid for item in items} - chosen


def _leave(config: pytest.Config, items: list[pytest.Item], left: set[str]) -> None:
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid in left])
    items[:] = [item for item in items if item.nodeid not in left]


def _uses_database(item: pytest.Item) -> bool:
    of_database = {"db", "transactional_db", "module_db", "live_server"}
    return item.get_closest_marker("django_db") is not None or not of_database.isdisjoint(item.fixturenames)  # type: ignore[attr-defined]


def pytest_collection_finish() -> None:
    """Thousands of tests stay to the end: looking through them for garbage again and again finds none."""
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


@pytest.fixture(scope="session", autouse=True)
def _settings_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads what collectstatic has left, or waits for a password to be hashed well."""
    nothing_collected = tmp_path_factory.mktemp("static")  # WhiteNoise warns when the folder is missing
    with override_settings(
        STORAGES={"default": {"BACKEND": FILES}, "staticfiles": {"BACKEND": STATIC_FILES}},
        STATIC_ROOT=nothing_collected,
        WHITENOISE_AUTOREFRESH=True,
        WHITENOISE_USE_FINDERS=True,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture
def made_anew(settings) -> None:
    """For tests that count what it takes to make a page, or change rows past the acts of the product: no public answer
    is kept in memory.
    """
    settings.CACHE_RESPONSES = False


@pytest.fixture(scope="module")
def module_db(django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A database for what a whole module looks at, and the folder of its pictures."""
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), transaction.atomic():
        yield media
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _own_folders(request: pytest.FixtureRequest, settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing that a test writes stays. The folder is made by the first picture, which few tests have."""
    if "module_db" not in request.fixturenames:
        settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / f"media-{next(_folders)}"
    cache.clear()
    response_cache.cache.forget()
    yield
    cache.clear()
    response_cache.cache.forget()
