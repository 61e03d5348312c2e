"""Behind a real Varnish: no reader sees an old page once the caches were told, and nothing private is ever kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from articles import delivery, publishing, workflow
from articles.delivery import background
from articles.models import Edition, OutboxMessage
from articles.models.cache_groups import Group, GroupKind
from articles.models.outbox import something_new
from articles.reading.views import articles as views
from tests import make
from tests.delivery.varnish import Varnish, running_varnish
from tests.reading.addresses import TAKES_WORDS, examples, publish_again

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("varnish"), pytest.mark.slow]

#: How often an article is published while readers ask for its pages.
UPDATES = 8
#: A page that no cache keeps at all is not what is tried here.
DAY = 86400


@pytest.fixture
def varnish(live_server, settings, tmp_path: Path) -> Iterator[Varnish]:
    settings.PUBLIC_CACHE_SECONDS, settings.CACHE_GROUPS_FIELD = DAY, "xkey"
    with running_varnish(live_server.url, tmp_path) as found:
        settings.CACHE_PURGE_URLS = (found.url,)
        yield found


@pytest.fixture
def _sender() -> Iterator[None]:
    """As each process of the site has it."""
    stop = threading.Event()

    def send() -> None:
        try:
            background.keep_sending(stop)
        finally:
            connection.close()

    thread = threading.Thread(target=send)
    thread.start()
    yield
    stop.set()
    something_new.set()
    thread.join()


def pages_of(edition: Edition) -> list[str]:
    """The pages that say the title of the article, each in its own way."""
    fact = edition.facts.first()
    tag, subject, author = edition.tags.get(), edition.subject, edition.authors.get()
    return [
        reverse("article", args=[edition.slug]),
        reverse("home"),
        reverse("articles"),
        reverse("fact", args=[fact.public_id, fact.slug]),
        reverse("tag", args=[tag.slug]),
        reverse("subject", args=[subject.slug]),
        reverse("author", args=[author.slug]),
        reverse("feed", args=["articles", "atom"]),
        reverse("api-article", args=[edition.slug]),
    ]


@pytest.mark.usefixtures("_sender")
def test_no_reader_sees_an_old_page_once_the_cache_was_told(varnish: Varnish):
    edition = make.edition(title="Version 0")
    article, paths = edition.article, pages_of(edition)
    told, stop, old = [0], threading.Event(), []

    def read(place: int) -> None:
        """Whoever asks after the cache was told of a version gets that one or a newer one."""
        turn = place
        while not stop.is_set():
            path, least = paths[turn % len(paths)], told[0]
            body, turn = varnish.ask(path).body.decode(), turn + 1
            newest = max((n for n in range(UPDATES + 1) if f"Version {n}" in body), default=-1)
            if newest < least:
                old.append((path, newest, least))

    readers = [threading.Thread(target=read, args=[place]) for place in range(4)]
    for reader in readers:
        reader.start()
    slowest = 0.0
    for version in range(1, UPDATES + 1):
        publish_again(article, title=f"Version {version}")
        receipt = time.monotonic()
        while OutboxMessage.objects.filter(kind=OutboxMessage.Kind.PURGE).exists():
            time.sleep(0.01)
        slowest, told[0] = max(slowest, time.monotonic() - receipt), version
        for path in paths:
            assert f"Version {version}" in varnish.ask(path).body.decode(), path
    stop.set()
    for reader in readers:
        reader.join()
    print(f"FIGURE slowest purge after its receipt: {slowest:.3f} s")
    assert old == []


def test_what_is_public_is_kept_and_forgotten_by_its_groups(varnish: Varnish):
    edition = make.edition()
    path, others = reverse("article", args=[edition.slug]), reverse("about")
    for each in (path, others):
        assert not varnish.ask(each).is_hit
        assert varnish.ask(each).is_hit
    fact = reverse("embed", args=[edition.facts.first().public_id])
    varnish.ask(fact)
    answer = varnish.ask("/", method="PURGE", **{"xkey-purge": str(Group(GroupKind.ARTICLE, edition.slug))})
    assert (answer.status, answer.headers["x-purged"]) == (200, "2")
    assert not varnish.ask(path).is_hit
    assert varnish.ask(others).is_hit
    assert "xkey" not in varnish.ask(others).headers


def test_what_was_taken_down_is_gone_from_the_cache(varnish: Varnish):
    edition = make.edition()
    path, share = reverse("article", args=[edition.slug]), examples(edition)["share-article"]
    for each in (path, share):
        varnish.ask(each)
        assert varnish.ask(each).is_hit
    publishing.take_down(edition.article)
    delivery.send_waiting()
    assert [varnish.ask(each).status for each in (path, share)] == [410, 410]


def test_nothing_private_is_ever_kept(varnish: Varnish):
    edition, editor = make.edition(), make.editor()
    draft = make.handed_in(title="Secret draft")
    how = {"days": 14, "change": draft.change, "may_comment": True, "may_agree": True}
    _row, token = workflow.make_link(draft, "Han Seo-yeon, lawyer", by=editor, **how)
    review = reverse("review-link", args=[token])
    signed_in = Client()
    signed_in.force_login(editor)
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in signed_in.cookies.items())
    desk = reverse("admin:articles_article_change", args=[draft.pk])
    preview = f"{reverse('admin:articles_article_changelist')}{draft.pk}/preview/"
    reports = [path for name, path in examples(edition).items() if name in TAKES_WORDS]
    private = [reverse("admin:index"), reverse("admin:login"), desk, preview, review, *reports]
    for path in private:
        for headers in ({"Cookie": cookie}, {}, {"Cookie": cookie}):
            answer = varnish.ask(path, **headers)
            assert not answer.is_hit, path
            assert headers or path == review or b"Secret draft" not in answer.body, path
    assert all(b"Secret draft" in varnish.ask(path, Cookie=cookie).body for path in (desk, review))
    vote = reverse("vote", args=[edition.facts.first().public_id])
    assert [varnish.ask(vote, method="POST", body="a=b").is_hit for _time in range(2)] == [False, False]


def test_a_reader_with_a_session_gets_what_everybody_gets_and_no_cookie(varnish: Varnish):
    path = reverse("article", args=[make.edition().slug])
    first = varnish.ask(path, Cookie="sessionid=0123456789; csrftoken=abc")
    again = varnish.ask(path)
    assert again.is_hit
    assert again.body == first.body
    assert not {"set-cookie"} & {*first.headers, *again.headers}


def test_who_wants_markdown_gets_it_and_nobody_else_does(varnish: Varnish):
    path = reverse("article", args=[make.edition().slug])
    for kind in ("text/markdown", "text/html", "text/markdown", "text/html,*/*;q=0.8"):
        answer = varnish.ask(path, Accept=kind)
        assert answer.headers["content-type"].startswith("text/markdown") == (kind == "text/markdown")


def test_what_was_asked_for_before_a_purge_is_not_kept_after_it(varnish: Varnish, monkeypatch: pytest.MonkeyPatch):
    """The old page is made, slowly, while the new one is published."""
    edition = make.edition(title="Old words")
    path = reverse("article", args=[edition.slug])
    is_made, may_go = threading.Event(), threading.Event()
    original = views.cached_page

    def slow(*args, **kwargs):
        response = original(*args, **kwargs)
        is_made.set()
        may_go.wait(20)
        return response

    monkeypatch.setattr(views, "cached_page", slow)
    reader = threading.Thread(target=varnish.ask, args=[path])
    reader.start()
    assert is_made.wait(20)
    monkeypatch.setattr(views, "cached_page", original)
    publish_again(edition.article, title="New words")
    delivery.send_waiting()
    may_go.set()
    reader.join()
    assert b"New words" in varnish.ask(path).body


def test_only_the_site_may_have_pages_forgotten(varnish: Varnish):
    assert varnish.ask("/", method="PURGE").status == 400
    assert "acl site" in Path("docs/varnish.vcl").read_text("utf-8")
