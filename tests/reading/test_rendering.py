"""A page that is kept in memory is made of its inputs and of nothing else."""

import dataclasses
import datetime as dt
import json
import threading
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.test import Client, RequestFactory
from django.utils import translation

from articles.reading import rendering
from articles.reading.memory import Memory, cached_by_digest
from articles.reading.outputs import BROKEN
from articles.reading.rendering import PageInputs, cached_page, cached_response, make_page
from articles.reading.selectors import PublicClock
from tests import make
from tests.reading.addresses import KEPT_FOR_EVER, examples

pytestmark = pytest.mark.django_db

#: Pages that are made for each request: robots, forms, pictures, and XML that is as quick to write as to keep.
NOT_KEPT = KEPT_FOR_EVER | {
    *("robots", "security-txt", "favicon", "healthz", "readyz", "picture", "fact-report", "reported"),
    *("sitemap", "sitemap-part", "fact-by-id", "fact-by-id-markdown", "opensearch"),
    *("llms", "api-facts-jsonl", "api-facts-csv", "random-fact", "vote", "article-read"),
}


@pytest.fixture
def kept(client: Client, settings, monkeypatch: pytest.MonkeyPatch) -> dict[str, PageInputs]:
    """By the name of its address, all that each page was made of."""
    made: list[PageInputs] = []
    settings.DEBUG = True
    monkeypatch.setattr(rendering, "make_page", lambda key: made.append(key) or make_page(key))
    edition = make.edition(cards=tuple(make.card(tags=("Boats",)) for _ in range(3)), faqs=1)
    make.edition(cards=2)
    found = {}
    for name, path in examples(edition).items():
        made.clear()
        client.get(path)
        assert len(made) == (name not in NOT_KEPT), name
        if made:
            found[name] = made[0]
    return found


def forbidden(*_args: object) -> None:
    raise AssertionError("A page that is made of its inputs asks the database.")


@pytest.mark.slow
def test_equal_inputs_make_the_same_page_at_any_time_in_any_thread_without_the_database(kept):
    with connection.execute_wrapper(forbidden):
        first = {name: make_page(key) for name, key in kept.items()}
    again: dict[str, Any] = {}

    def elsewhere() -> None:
        translation.activate("ko")  # what another request of this thread may have left
        again.update({name: make_page(key) for name, key in kept.items()})

    with time_machine.travel(dt.datetime(2051, 1, 1, tzinfo=dt.UTC)):
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
    assert again == first


@pytest.mark.slow
def test_every_input_of_a_page_can_be_seen_in_it(kept):
    """So none is handed over in vain, and a page of other inputs is another page.

    Not so in Markdown, which is made of the same inputs and leaves out what stands around the text.
    """
    unseen = []
    for name, key in kept.items():
        if name.endswith("-markdown"):
            continue
        page = make_page(key)
        for place, value in enumerate(key.inputs):
            changed = [(*key.inputs[:place], other, *key.inputs[place + 1 :]) for other in variants(value)]
            if changed and not any(differs(key._replace(inputs=inputs), page) for inputs in changed):
                unseen.append((name, place))
    assert not unseen


def differs(key: PageInputs, page: rendering.Page) -> bool:
    try:
        return make_page(key) != page
    except (*BROKEN, StopIteration, TemplateDoesNotExist):  # such as a fact that its article does not have
        return True


def variants(value: Any) -> Iterator[Any]:
    """Values that differ in one place, deep down."""
    if isinstance(value, str):
        yield vary_text(value)
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 30
    elif isinstance(value, dt.datetime):
        yield value - dt.timedelta(days=400)
    elif isinstance(value, tuple):
        for place, part in enumerate(value):
            for other in variants(part):
                parts = [*value[:place], other, *value[place + 1 :]]
                yield value._make(parts) if hasattr(value, "_make") else tuple(parts)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            for other in variants(getattr(value, field.name)):
                yield dataclasses.replace(value, **{field.name: other})


def vary_text(text: str) -> str:
    if not text.startswith("{"):
        return f"{text}x"
    parts = json.loads(text)
    parts["cards"][0]["body"] = "<p>Other words.</p>"
    return json.dumps(parts)


@pytest.mark.slow
def test_another_language_or_site_makes_another_page(kept):
    key = kept["home"]
    others = [key._replace(language="ko"), key._replace(site=key.site._replace(name="Elsewhere"))]
    assert len({make_page(each).etag for each in [key, *others]}) == 3


@pytest.mark.slow
def test_pages_are_the_same_bytes_with_and_without_debug(client: Client, settings):
    for path in (path for name, path in examples(make.edition()).items() if name not in NOT_KEPT):
        settings.DEBUG = False
        plain = client.get(path)
        settings.DEBUG = True
        assert client.get(path).content == plain.content, path


class Views:
    def method(self, _site: object) -> str:
        return ""


def inner() -> Callable[..., Any]:
    seen = "what the view happens to know"
    return lambda _site: seen


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize("make", [inner(), Views().method, lambda _site: ""], ids=["closure", "method", "lambda"])
def test_what_could_see_more_than_its_inputs_is_refused(make: Callable[..., Any], debug: bool, settings):
    settings.DEBUG = debug
    request: HttpRequest = RequestFactory().get("/")
    clock = PublicClock(dt.datetime(2031, 5, 1, tzinfo=dt.UTC))
    with pytest.raises(TypeError, match="is no function of a module"):
        cached_response(request, make, (), clock)
    with pytest.raises(TypeError, match="is no function of a module"):
        cached_page(request, "reading/home.html", make, (), clock)
    with pytest.raises(TypeError, match="is no function of a module"):
        Memory(make, 10)


def count_letters(text: str) -> int:
    calls.append(text)
    return len(text)


calls: list[str] = []


def test_a_memory_makes_each_value_once_and_forgets_those_asked_for_longest_ago():
    calls.clear()
    memory = Memory(count_letters, 6, lambda value: value)
    assert [memory.get(text) for text in ("one", "two", "one", "four", "one", "two")] == [3, 3, 3, 4, 3, 3]
    assert calls == ["one", "two", "four", "one", "two"]


def test_a_function_that_remembers_by_digest_keeps_the_values_of_its_last_texts_and_no_text():
    calls.clear()
    counted = cached_by_digest(2)(count_letters)
    assert [counted(text) for text in ("one", "two", "one", "four", "one", "two")] == [3, 3, 3, 4, 3, 3]
    assert calls == ["one", "two", "four", "two"]
    assert counted("\ud800") == 1

    class Text(str):
        __slots__ = ("__weakref__",)

    long = Text("a long text")
    told = weakref.ref(long)
    counted(long)
    calls.clear()
    del long
    assert told() is None
