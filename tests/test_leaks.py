"""A word that stands in every place that is not public, and on no public surface: page, file, header, cache, redirect.

The places are found, not listed: every text column of every table that no public address may read (test_promises.py)
is overwritten with it, of the live article too, and a table without a row fails. What is not public of the other
tables (scheduled, ended, taken down, unused, behind a spoiler point) is made by hand below.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, models, transaction
from django.test import Client
from django.utils import timezone

from articles import drafts, publishing, readiness, states, workflow
from articles.document import Source
from articles.models import (
    Article,
    Author,
    Comment,
    Edition,
    ExternalIdentity,
    FeaturedFact,
    HouseTerm,
    ImportedDocument,
    Invitation,
    OutboxMessage,
    Picture,
    SavedView,
    Subject,
    Tag,
    VainSearch,
    Webhook,
)
from articles.models.clock import ClockDecision
from articles.models.notifications import NotificationChoice
from articles.models.votes import Vote
from tests import make
from tests.reading.addresses import TAKES_WORDS, examples, publish_again
from tests.reading.test_promises import OTHERS
from tests.reading.test_spoilers import closed_and_open

pytestmark = pytest.mark.django_db

CANARY = "qanary"
LATER = dt.timedelta(days=30)
#: Columns that are no words: keys, digests, and what points somewhere else.
NO_WORDS = re.compile(r"(?:\w+_)?(?:id|key|digest|place|password|kind|field|status|act|session_data|codename)")
#: Tables of Django and of plugins that no code of ours writes words to.
APPS = {"articles", "auth"}
WITHOUT_ROWS = {"auth_permission", "auth_group"}


def hidden_document(name: str) -> dict[str, Any]:
    """The word in every field of an article, with a subject, an author, a tag and a picture that nothing else names."""
    word = f"{CANARY} {name}"
    picture = make.picture(title=word, alt=f"{word} alt", credit=f"{word} credit")
    fact = make.card(
        heading=f"{word} heading",
        body=f"{word} body\n\n![{word}](picture:{picture.public_id})",
        tags=(f"{word} card tag",),
        sources=(Source(url=f"https://example.org/{CANARY}", title=f"{word} source", publisher=word),),
        picture=picture.public_id,
        caveat_note=word,
    )
    return {
        "title": f"{word} title",
        "dek": f"{word} dek",
        "introduction": f"{word} introduction",
        "cards": (fact, make.card(heading=f"{word} second", spoiler_after=3, safe_heading=f"{word} safe")),
        "faqs": (make.faq(question=f"{word}?", answer=word),),
        "conclusion_heading": word,
        "conclusion": word,
        "tags": (f"{word} tag",),
        "subject": make.subject(name=f"{word} subject", other_names=[f"{word} alias"]).slug,
        "authors": (make.author(name=f"{word} author", bio=word).slug,),
        "cover": picture.public_id,
    }


@pytest.fixture(scope="module")
def live(module_db) -> Edition:
    """The one article that readers may see, among all that they may not."""
    chief = make.editor()
    spoiler = make.card(heading=f"{CANARY} dies", body=f"{CANARY} dies.", tags=(f"{CANARY} end",), spoiler_after=7)
    edition = make.edition(
        title="Facts about lamps",
        cards=(make.card(tags=("Boats",)), spoiler),
        cover=make.picture(title=f"{CANARY} in the library").public_id,
    )
    with mock.patch.object(readiness, "blocking", return_value=[]):  # whatever it says about good writing
        make_unpublished(chief)
    make_of_live(edition, chief)
    plant()
    cache.clear()
    return edition


def make_unpublished(chief: User) -> None:
    """Articles in every state that is not public, and reference rows that nobody names."""
    make.article(**hidden_document("draft"))
    handed = make.handed_in(**hidden_document("handed"))
    sent = make.handed_in(**hidden_document("sent"))
    workflow.make(states.SEND_BACK, sent, by=chief, note=CANARY)
    make.approved(by=chief, **hidden_document("approved"))
    archived = make.article(**hidden_document("archived"))
    Article.objects.filter(pk=archived.pk).update(status=states.Status.ARCHIVED)
    template = make.article(**hidden_document("template"))
    Article.objects.filter(pk=template.pk).update(is_template=True)
    binned = make.article(**hidden_document("binned"))
    drafts.delete(binned, by=binned.owner)
    make.edition(at=timezone.now() + LATER, **hidden_document("scheduled"))
    publishing.take_down(make.edition(**hidden_document("down")).article)
    again = make.edition(**hidden_document("ended") | {"title": "Lamps again", "slug": "lamps-again"})
    value = make.document(title="Lamps again", slug="lamps-again", tags=("Boats",))
    drafts.replace(again.article, value, by=again.article.owner)
    publish_again(Article.objects.get(pk=again.article_id))
    Article.objects.filter(pk=handed.pk).update(planned_for=dt.date(2041, 5, 1))
    make.picture(title=CANARY, alt=CANARY, credit=CANARY, licence=CANARY)
    Tag.objects.create(name=f"{CANARY} unused").aliases.create(name=f"{CANARY} alias", key=f"{CANARY}alias")


def make_of_live(edition: Edition, chief: User) -> None:
    """A row in each table that stands beside an article and is nobody's but the desk's."""
    article, fact = edition.article, edition.facts.first()
    assert fact
    card = article.cards.first()
    remark = workflow.comment(article, CANARY, by=chief)
    Comment.objects.create(article=article, parent=remark, text=CANARY, suggested=CANARY, quoted=CANARY)
    link, _token = workflow.make_link(article, CANARY, by=chief, days=1, change=article.change, may_comment=True)
    link.opinions.create(verdict="yes", name=CANARY, note=CANARY)
    article.part_versions.create(place="introduction", value={"introduction": CANARY})
    article.binned_parts.create(kind="cards", public_id="bcdfghjkmn", position=1, value={"heading": CANARY})
    article.decisions.create(place=f"card:{card.public_id}", verdict="approved", value={}, note=CANARY, by=chief)
    workflow.lock(article, "", CANARY, by=chief)
    article.presences.create(user=chief, place="introduction")
    make.report(fact, words=CANARY, answer=CANARY)
    SavedView.objects.create(owner=chief, name=CANARY, query=f"q={CANARY}")
    HouseTerm.objects.create(right=CANARY, wrong=[f"{CANARY}s"], note=CANARY)
    ImportedDocument.objects.create(source=CANARY, digest="0", article=article, change=1, outcome="new")
    VainSearch.objects.create(words=CANARY, day=timezone.localdate())
    Picture.objects.first().changes.create(values={"alt": CANARY}, was={"alt": CANARY}, by=chief, by_name=CANARY)
    FeaturedFact.objects.create(public_id=fact.public_id, added_by=chief)
    NotificationChoice.objects.create(user=chief, switched_off=[CANARY])
    ExternalIdentity.objects.create(user=chief, issuer=f"https://{CANARY}.example", subject=CANARY)
    webhook = Webhook.objects.create(name=CANARY, url=f"https://{CANARY}.example/", secret=CANARY)
    OutboxMessage.objects.create(kind="webhook", target=CANARY, webhook=webhook, payload={"event": CANARY})
    now = timezone.now()
    Invitation.objects.create(email=f"{CANARY}@example.org", name=CANARY, role="Writers", digest="0", expires_at=now)
    ClockDecision.objects.create(clock_at=now, newest_made_at=now, last_event=0, note=CANARY)
    Vote.objects.cast(fact.public_id, "192.0.2.7", now)


def plant() -> None:
    """The word into every text column of the tables that no public address reads."""
    for model in private_models():
        for row in model._base_manager.all():
            values = dict(planted(model, row.pk))
            if not values:
                continue
            columns = ", ".join(f'"{name}" = %s' for name in values)
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    table, key = model._meta.db_table, model._meta.pk.column
                    cursor.execute(f'UPDATE "{table}" SET {columns} WHERE "{key}" = %s', [*values.values(), row.pk])
            except DatabaseError:
                assert CANARY in str(list(model._base_manager.values())), f"{model} refuses other words and has none"


def private_models() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        if model._meta.app_label in APPS and model._meta.db_table in OTHERS - WITHOUT_ROWS:
            yield model


def planted(model: type[models.Model], key: object) -> Iterator[tuple[str, str]]:
    for field in model._meta.concrete_fields:
        if field.choices or field.is_relation or NO_WORDS.fullmatch(field.name):
            continue
        word = f"{CANARY}-{key}"
        if isinstance(field, models.JSONField):
            yield field.column, json.dumps({CANARY: word})
        elif isinstance(field, models.CharField | models.TextField):
            yield field.column, word[: field.max_length]


def public_paths(edition: Edition) -> Iterator[tuple[str, Any]]:
    """Every public address that can be come to from the examples of all of them, and its answer.

    Of the addresses with a query, one of each path and set of names: choices of facets are without end.
    """
    waiting = deque(path for name, path in examples(edition).items() if name not in TAKES_WORDS)
    waiting += ["/facts/", "/feeds/articles.atom", "/feeds/facts.rss", "/feeds/articles.json", "/sitemap.xml"]
    seen: set[str] = set()
    while waiting:
        path = waiting.popleft().replace("&amp;", "&").partition("#")[0]
        kind = re.sub(r"=[^&]*", "", path)
        if kind in seen or path.startswith(("/static/", "/admin/", "//")) or "seen=" in path:
            continue
        seen.add(kind)
        answer: Any = Client().get(path)
        yield path, answer
        if answer.status_code in (301, 302):
            waiting.append(answer["Location"].removeprefix("http://testserver"))
        elif answer["Content-Type"].partition(";")[0] != "image/jpeg":
            text = answer.getvalue().decode(errors="replace")
            waiting += re.findall(r"(?:[\"'>(]|http://testserver)(/[^\s\"'<>)\\]*)", text)


def telling(answer: Any) -> str:
    """All of an answer that a reader is told before they open a spoiler."""
    text = answer.getvalue().decode(errors="replace")
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        _inside, text = closed_and_open(text)
    return f"{answer.headers}\n{text}".lower()


def test_every_private_table_has_a_row_with_the_word(live: Edition):
    empty = [model.__name__ for model in private_models() if not words_in(model)]
    assert empty == [], "Make a row of each in make_of_live."


def words_in(model: type[models.Model]) -> bool:
    return not dict(planted(model, 1)) or CANARY in str(list(model._base_manager.values()))


def test_no_public_answer_file_or_cache_holds_it(live: Edition):
    asked = {}
    for path, answer in public_paths(live):
        asked[path] = answer.status_code
        assert CANARY not in telling(answer), path
        assert CANARY not in path, path
    assert len(asked) > 120
    assert {status for status in asked.values() if status >= 400} <= {404, 400}
    files = [*walk("")]
    assert files
    assert [name for name in files if CANARY in name.lower()] == []
    assert CANARY not in telling_cache()


def test_a_word_that_is_out_is_found(live: Edition):
    """The crawl can fail."""
    tag = Tag.objects.get(name="Boats")
    places = {
        "a title": lambda: Edition.objects.filter(pk=live.pk).update(title=f"{CANARY} out"),
        "a name": lambda: Tag.objects.filter(pk=tag.pk).update(name=f"{CANARY} boats"),
        "a picture": lambda: Edition.objects.filter(pk=live.pk).update(cover={**live.cover, "alt": CANARY}),
    }
    for name, leak in places.items():
        with transaction.atomic():
            leak()
            cache.clear()
            shown = [CANARY in telling(answer) for _path, answer in itertools.islice(public_paths(live), 12)]
            transaction.set_rollback(True)
        assert any(shown), name
    cache.clear()


def telling_cache() -> str:
    """Keys and values of the cache, without what stands in a closed spoiler."""
    rows: dict[str, bytes] = cache._cache  # type: ignore[attr-defined]  # of the tests: in memory
    assert rows
    pages = (value.decode(errors="replace") for value in rows.values())
    return f"{[*rows]} {[closed_and_open(page)[1] for page in pages]}".lower()


def walk(folder: str) -> Iterator[str]:
    folders, files = default_storage.listdir(folder)
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from walk(f"{folder}/{name}".strip("/"))


#: Where a slug may be guessed.
PATTERNS = (
    *("/articles/{}/", "/articles/{}.md", "/api/articles/{}", "/embed/articles/{}/"),
    *("/tags/{}/", "/tags/{}.md", "/subjects/{}/", "/subjects/{}.md", "/authors/{}/"),
    *("/feeds/tags/{}/facts.atom", "/feeds/subjects/{}/articles.json", "/feeds/authors/{}/facts.rss"),
    *("/facts/?tag={}", "/facts/?subject={}", "/api/facts?tag={}", "/api/articles?subject={}", "/follow/?tag={}"),
)
NOTHING = "never-was-anything"


#: Of the words of an answer, or of its request.
UNSTEADY = ("ETag", "Content-Length", "X-Request-ID")


def without(word: str, answer: Any) -> tuple[int, dict[str, str], str]:
    """An answer as it would be if it did not repeat the word that was asked for."""
    headers = {name: value for name, value in answer.items() if name not in UNSTEADY}
    text = answer.getvalue().decode(errors="replace").lower().replace(word, "")
    return answer.status_code, headers, text


def test_what_is_not_public_is_not_told_apart_from_nothing(live: Edition):
    public = {live.slug, "lamps-again"}
    slugs = {*Article.with_binned.values_list("slug", flat=True), *Edition.objects.values_list("slug", flat=True)}
    for model in (Subject, Tag, Author):
        slugs |= set(model._base_manager.filter(name__contains=CANARY).values_list("slug", flat=True))
    assert len(slugs) > 30
    nothing = {pattern: without(NOTHING, Client().get(pattern.format(NOTHING))) for pattern in PATTERNS}
    for slug in filter(None, slugs - public):
        for pattern in PATTERNS:
            answer = Client().get(pattern.format(slug))
            if answer.status_code == 410:  # it was public once
                assert CANARY not in telling(answer).replace(slug, ""), slug
                continue
            assert without(slug, answer) == nothing[pattern], (pattern, slug)


def test_nothing_is_found_by_the_word(live: Edition):
    """A search answers as one for a word that stands nowhere at all."""
    for path in SEARCHES:
        found, none = (Client().get(path.format(word)) for word in (CANARY, "qzmzry"))
        assert without(CANARY, found) == without("qzmzry", none), path


SEARCHES = (
    *("/search/?q={}", "/search.md?q={}", "/search/suggest?q={}", "/api/search?q={}", "/facts/?q={}"),
    *('/search/?q="{}"', "/search/?q={} lamps", "/search/?q={}&kind=facts"),
)


def test_pictures_and_facts_that_nobody_published_are_not_there(live: Edition):
    shown = json.dumps([*Edition.objects.in_force().values("cover", "parts")], default=str)
    hidden = [row.file for row in Picture.objects.all() if row.file not in shown]
    assert len(hidden) > 10
    cards = Article.with_binned.exclude(pk=live.article_id).values_list("cards__public_id", flat=True)
    paths = [f"/facts/{each}/" for each in filter(None, cards)]
    paths += [f"{kind}/{each}/" for each in filter(None, cards) for kind in ("/report", "/vote", "/embed")]
    gone = {"down", "ended"}
    for path in paths:
        answer = Client().get(path, follow=True)
        assert CANARY not in telling(answer), (path, gone)
