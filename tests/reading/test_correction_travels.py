"""A correction stands on every public surface at once: the old words nowhere, the new ones wherever those stood.

The addresses are those of `addresses.examples`, which has every public address: one that is new has to show the fact,
or to stand in WITHOUT_THE_FACT with its reason. Every page is asked for beforehand, so that the site has its answer in
memory, the reader's browser its ETag, and a cache in front its groups.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import NamedTuple

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from articles import drafts, publishing, workflow
from articles.models import Edition, OutboxMessage, PublishedFact, Revision, Vote
from articles.models.fact_uses import Mode
from articles.models.votes import FEWEST_SHOWN
from articles.operations import featuring
from articles.publishing import UpdateNotice
from tests import make
from tests.reading.addresses import KEPT_FOR_EVER, TAKES_WORDS, WITHOUT_DATA, WITHOUT_EVENTS, examples

pytestmark = pytest.mark.django_db

OLD, NEW = "quaggas", "quokkas"
#: Surfaces that have no words of a fact: names and numbers of others, and pages of titles alone.
WITHOUT_THE_FACT = {
    *WITHOUT_DATA,
    *WITHOUT_EVENTS,
    *KEPT_FOR_EVER,  # pictures: their addresses change, see below
    *("vote", "random-fact"),  # lead elsewhere
    *("articles", "tags", "subjects", "authors", "follow", "api-articles", "api-tags", "api-subjects", "embed-article"),
    *("articles-markdown", "tags-markdown", "subjects-markdown", "authors-markdown", "follow-markdown"),
    *("home-markdown", "author-markdown", "oembed of the article"),  # lists of articles, and a frame around one
    "sitemap",  # leads to its parts
}
#: They have a fact by itself for as long as its words are those that somebody looked at.
WHILE_CHECKED = {"author"}
#: They have what was corrected, and nothing else.
CORRECTIONS = {"corrections", "corrections-markdown"}
#: What says what was corrected, with the words before: there they may stand, and nowhere else on it.
_BEFORE = re.compile(r"Before: .*?(?=(?:After|Now): )", re.DOTALL)


class Seen(NamedTuple):
    words: str
    etag: str
    groups: frozenset[str]


def addresses_of(edition: Edition) -> dict[str, str]:
    """By name; of what has formats, all of them."""
    found = examples(edition)
    tag, subject, author = edition.tags.first(), edition.subject, edition.authors.get()
    for kind in ("articles", "facts"):
        for format_ in ("atom", "rss", "json"):
            found[f"feed of {kind}, {format_}"] = reverse("feed", args=[kind, format_])
            for owner, slug in (("tags", tag.slug), ("subjects", subject.slug), ("authors", author.slug)):
                found[f"feed of {kind} of {owner}, {format_}"] = reverse("feed-of", args=[owner, slug, kind, format_])
    closed = edition.facts.get(spoiler_after__isnull=False)
    found["opened"] = reverse("opened") + f"?subject={subject.slug}&seen=3&fact={closed.public_id}"
    found["the index, all"] = reverse("facts")
    found["the index by votes"] = reverse("facts") + "?sort=interesting"
    found["the subject to a point"] = reverse("subject", args=[subject.slug]) + "?seen=2"
    found["the fact in Korean"] = found["fact"] + "?lang=ko"
    found["oembed of the article"] = reverse("oembed") + f"?url=http://testserver/articles/{edition.slug}/"
    return {name: path for name, path in found.items() if name not in TAKES_WORDS - {"fact-report"}}


def see(path: str, **headers: str) -> Seen:
    answer = Client().get(path, headers=headers)
    words = answer.getvalue().decode(errors="replace") + answer.get("Location", "")
    assert answer.status_code != 304, f"{path}: a browser that asks again keeps the old words."
    return Seen(words, answer.get("ETag", ""), frozenset(answer.get("xkey", "").split()))


def without_the_words_before(path: str, words: str) -> str:
    if words.lstrip().startswith("<!doctype html") or words.lstrip().startswith("<!DOCTYPE html"):
        page = LexborHTMLParser(words)
        for node in page.css(".correction-words > div:first-child"):
            node.decompose()
        return page.html or ""
    return _BEFORE.sub("", words)


def the_fact(edition: Edition) -> PublishedFact:
    return edition.facts.get(spoiler_after__isnull=True, heading__contains=OLD)


@pytest.fixture
def edition(settings) -> Edition:
    settings.CACHE_RESPONSES = True
    settings.CACHE_PURGE_URLS, settings.CACHE_GROUPS_FIELD = ("http://cache.example:6081/",), "xkey"
    fact = make.card(heading=f"The lamps show {OLD}", body=f"There are nine lamps, all with {OLD}.", tags=("Crew",))
    closed = make.card(heading=f"Who feeds {OLD}", body=f"The captain feeds {OLD}.", spoiler_after=3, tags=("Crew",))
    editor = make.editor()
    found = make.edition(
        cards=(fact, closed, make.card(heading="Another one", tags=("Crew",))),
        tags=("Ferries",),
        subject=make.subject(name="Night Ferry").slug,
        authors=(make.author(name="Keeper", user=editor).slug,),
    )
    row = the_fact(found)
    featuring.feature(row.public_id, by=editor)
    for network in range(FEWEST_SHOWN):
        Vote.objects.cast(row.public_id, f"10.{network}.0.1", timezone.now())
    card = found.article.cards.get(public_id=row.public_id)
    workflow.check_fact(card, by=editor, words=row.words, again_on=timezone.localdate() + dt.timedelta(days=99))
    cache.clear()
    return found


def correct(edition: Edition, kind: str) -> Edition:
    """Saves other words of the fact and publishes its article, as an editor does."""
    article = edition.article
    for card in article.cards.filter(heading__contains=OLD):
        value = drafts.card_value(card)
        words = {name: getattr(value, name).replace(OLD, NEW) for name in ("heading", "body")}
        drafts.save_card(card, dataclasses.replace(value, **words), token=drafts.token(value), by=article.owner)
    note = "They are other animals." if kind == Edition.ChangeKind.CORRECTION else ""
    article.refresh_from_db()
    revision = drafts.keep_revision(article, Revision.Reason.APPROVED, by=article.owner)
    return publishing.publish(revision, notice=UpdateNotice(kind, note))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["typo", "correction"])
def test_old_words_are_nowhere_and_new_ones_wherever_those_stood(
    edition: Edition, kind: str, django_capture_on_commit_callbacks, django_assert_num_queries
):
    before = {name: (path, see(path)) for name, path in addresses_of(edition).items()}
    shown = {name for name, (_path, seen) in before.items() if OLD in seen.words}
    assert set(before) - shown - WITHOUT_THE_FACT == CORRECTIONS, "a public address that shows no fact: say why"
    assert shown & WITHOUT_THE_FACT == set()
    for name, (path, seen) in before.items():
        assert see(path).words == seen.words or name in TAKES_WORDS, name
    for name in ("fact", "article", "search", "api-fact"):
        with django_assert_num_queries(1, info=name):
            see(before[name][0])  # out of the memory
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=2)):  # a feed is not kept in the second of an event
        see(before["feed"][0])
        with django_assert_num_queries(1, info="feed"):
            see(before["feed"][0])

    OutboxMessage.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        now = correct(edition, kind)
    purged = {group for row in OutboxMessage.objects.filter(kind="purge") for group in row.payload}

    has_new = (shown - WHILE_CHECKED) | (CORRECTIONS if kind == "correction" else set())
    for name, path in addresses_of(now).items():
        headers = {"If-None-Match": before[name][1].etag} if before[name][1].etag and name in shown else {}
        words = see(path, **headers).words
        words = without_the_words_before(path, words) if kind == "correction" else words
        assert OLD not in words, f"{name}: {_around(OLD, words)}"
        assert (NEW in words) == (name in has_new), name
    for name in shown - TAKES_WORDS:
        old_path, seen = before[name]
        assert not seen.groups or seen.groups & purged, f"{name}: a cache in front keeps the old words."
        assert OLD not in without_the_words_before(old_path, see(old_path).words), f"{name}: at its old address"


@pytest.mark.slow
def test_a_correction_that_is_carried_stands_on_every_surface_of_both_articles(
    edition: Edition, django_capture_on_commit_callbacks
):
    other = also_in(edition)
    before = {
        (each.article_id, name): (path, see(path))
        for each in (edition, other)
        for name, path in addresses_of(each).items()
    }
    shown = {key for key, (_path, seen) in before.items() if OLD in seen.words}
    assert {name for article, name in shown if article == other.article_id} >= {"fact", "article", "feed", "embed"}
    OutboxMessage.objects.all().delete()
    editor = make.editor()
    with django_capture_on_commit_callbacks(execute=True):
        now = correct(edition, "correction")
        offers = workflow.offers(edition.article, editor)
        chosen = {offer.card.public_id: offer.token for offer in offers}
        told = {"kind": "correction", "note": "They are other animals."}
        [done] = workflow.carry_correction(edition.article, chosen, **told, by=editor)
    purged = {group for row in OutboxMessage.objects.filter(kind="purge") for group in row.payload}

    assert done.edition
    for each in (now, done.edition):
        for name, path in addresses_of(each).items():
            key = (each.article_id, name)
            headers = {"If-None-Match": before[key][1].etag} if before[key][1].etag and key in shown else {}
            words = without_the_words_before(path, see(path, **headers).words)
            assert OLD not in words, f"{key}: {_around(OLD, words)}"
            assert NEW in words or key not in shown or name in WHILE_CHECKED, key
    for key in shown:
        if key[1] not in TAKES_WORDS:
            groups = before[key][1].groups
            assert not groups or groups & purged, f"{key}: a cache in front keeps the old words."


def also_in(edition: Edition) -> Edition:
    """Another article that tells both facts again."""
    article = make.article(
        cards=0,
        tags=("Lanterns",),
        subject=edition.subject.slug,
        authors=(make.author(name="Another author").slug,),
    )
    facts = edition.facts.filter(public_id__in=edition.article.cards.filter(body__contains=OLD).values("public_id"))
    for fact in facts.order_by("pk"):
        workflow.fact_uses.use_fact(article, fact.public_id, Mode.FOLLOW, by=article.owner)
    article.refresh_from_db()
    return publishing.publish(drafts.keep_revision(article, Revision.Reason.APPROVED, by=article.owner))


def _around(word: str, words: str) -> str:
    place = words.index(word)
    return words[max(0, place - 200) : place + 100]


@pytest.mark.slow
def test_the_search_finds_the_new_words_and_no_old_ones(edition: Edition):
    asked = {word: [f"{reverse(name)}?q={word}" for name in ("search", "api-search")] for word in (OLD, NEW)}
    address = the_fact(edition).public_id
    for path in asked[OLD]:
        assert address in see(path).words
    for path in asked[NEW]:
        assert address not in see(path).words
    suggestions = f"{reverse('search-suggest')}?q={OLD[:4]}"
    assert OLD in see(suggestions).words
    correct(edition, "typo")
    for path in asked[NEW]:
        assert address in see(path).words, path
    for path in asked[OLD]:
        assert address not in see(path).words, path
    assert OLD not in see(suggestions).words.replace(f"q={OLD[:4]}", "")


@pytest.mark.slow
def test_the_picture_for_sharing_has_another_address_and_every_page_names_that(edition: Edition):
    before = examples(edition)
    now = examples(correct(edition, "typo"))
    assert before["share-fact"] != now["share-fact"]
    page = see(now["fact"]).words
    assert now["share-fact"] in page
    assert before["share-fact"] not in page
    assert Client().get(now["share-fact"])["Content-Type"] == "image/jpeg"
