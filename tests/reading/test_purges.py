"""Behind a cache no reader sees an old page: whatever an act changes carries a group that the act has caches forget.

The pages of a small site are rendered before and after every public act. That is the test that matters here: nobody
has to remember which pages an act changes.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from articles.models import OutboxMessage
from articles.models.cache_groups import GROUP_LENGTH, MOST_GROUPS
from articles.models.public_state import change_stamp
from articles.reading.selectors import SITEMAP_KINDS, public_clock
from tests.reading.addresses import TAKES_WORDS, examples
from tests.reading.public_acts import ACTS, PLANS, PublicSite, make_site

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NOW = dt.datetime(2031, 5, 1, 12, 0, 10, tzinfo=dt.UTC)
#: When the acts are done: however long it took to make the site and to look at it.
LATER = NOW + dt.timedelta(hours=1)
#: Pages that a cache keeps without being told of anything else than the whole site.
CACHE = "http://cache.example:6081/"
#: An act has caches forget at most this part of the pages that it did not change. It is no law: of this small site
#: every second page is a list of it all.
MOST_IN_VAIN = 0.85
#: The next pages of an index are those of the instant at which it was opened; an older one leads to the same rows.
_MARK = re.compile(rb"until=[0-9TZ.%A-F:-]+")


class Kept(NamedTuple):
    """What a shared cache has of a page: its bytes, and by which groups it forgets them."""

    content: bytes
    groups: frozenset[str]


class Seen(NamedTuple):
    site: PublicSite
    pages: dict[str, Kept]


@pytest.fixture(scope="module")
def seen(module_db) -> Iterator[Seen]:
    with override_settings(CACHE_PURGE_URLS=(CACHE,), CACHE_GROUPS_FIELD="xkey"), time_machine.travel(NOW, tick=True):
        site = make_site()
        OutboxMessage.objects.all().delete()
        cache.clear()
        yield Seen(site, {path: kept for path in _paths(site) if (kept := _get(path))})


@pytest.fixture(autouse=True)
def _told(settings, made_anew):
    settings.CACHE_PURGE_URLS, settings.CACHE_GROUPS_FIELD = (CACHE,), "xkey"


def _paths(site: PublicSite) -> list[str]:
    paths: dict[str, None] = {}
    for editions in site.editions.values():
        for edition in editions:
            found = examples(edition)
            paths |= dict.fromkeys(path for name, path in found.items() if name not in TAKES_WORDS)
    facts = reverse("facts")
    paths |= dict.fromkeys([facts, f"{facts}?sort=interesting", reverse("follow"), reverse("author", args=["keeper"])])
    paths |= dict.fromkeys(reverse("subject", args=[slug]) + "?seen=3" for slug in ("night-ferry", "opera-bus"))
    paths |= dict.fromkeys(reverse("sitemap-part", args=[kind, 1]) for kind in SITEMAP_KINDS)
    for tag in ("ferries", "crew", "lanterns", "ghosts", "opera"):
        paths |= dict.fromkeys([reverse("tag", args=[tag]), f"{reverse('facts')}?tag={tag}"])
    return list(paths)


def _get(path: str) -> Kept | None:
    """None where a shared cache keeps nothing."""
    response = Client().get(path)
    content = response.getvalue() + response.get("Location", "").encode()
    if "public" not in response["Cache-Control"]:
        return None
    return Kept(_MARK.sub(b"", content), frozenset(response["xkey"].split()))


def _purged() -> set[str]:
    return {name for row in OutboxMessage.objects.filter(kind="purge") for name in row.payload}


def _unlike(before: dict[str, Kept]) -> set[str]:
    cache.clear()
    return {path for path, kept in before.items() if (now := _get(path)) is None or now.content != kept.content}


@pytest.mark.parametrize("name", list(ACTS))
def test_caches_forget_whatever_an_act_changes(seen: Seen, name: str):
    with time_machine.travel(LATER, tick=True), transaction.atomic():
        ACTS[name](seen.site)
        purged, changed = _purged(), _unlike(seen.pages)
        transaction.set_rollback(True)
    forgotten = {path for path, kept in seen.pages.items() if kept.groups & purged}
    assert changed - forgotten == set(), f"{name}: these changed and stay in every cache."
    in_vain = len(forgotten - changed) / max(1, len(seen.pages) - len(changed))
    print(f"{name}: {len(changed)} changed, {len(forgotten)} forgotten, of {len(seen.pages)}; in vain {in_vain:.2f}")
    assert in_vain <= MOST_IN_VAIN or purged == {"site"}, f"{name}: these did not change: {forgotten - changed}"


@pytest.mark.parametrize("purges", [(CACHE,), ()], ids=["with_caches_in_front", "alone"])
@pytest.mark.parametrize("name", [name for name in ACTS if name != "counts anew"])  # they are right already
def test_the_site_itself_forgets_all_after_an_act(seen: Seen, settings, name: str, purges: tuple[str, ...]):
    settings.CACHE_PURGE_URLS = purges
    with transaction.atomic():
        change_stamp()
        before = public_clock(timezone.now()).stamp
        ACTS[name](seen.site)
        after = public_clock(timezone.now()).stamp
        transaction.set_rollback(True)
    assert after != before


def test_an_update_leaves_what_it_does_not_concern_in_the_caches(seen: Seen):
    with time_machine.travel(LATER, tick=True), transaction.atomic():
        ACTS["corrects a fact"](seen.site)
        purged = _purged()
        transaction.set_rollback(True)
    for edition in seen.site.editions["Opera Bus"]:
        own = [reverse("article", args=[edition.slug]), reverse("tag", args=["opera"])]
        own += [reverse("subject", args=["opera-bus"]), reverse("author", args=["author-of-opera-bus"])]
        assert [path for path in own if seen.pages[path].groups & purged] == []


@pytest.mark.parametrize("name", list(PLANS))
def test_caches_forget_beforehand_what_will_change_at_a_time(seen: Seen, name: str):
    at = LATER + dt.timedelta(minutes=10)
    with transaction.atomic():
        with time_machine.travel(LATER, tick=True):
            PLANS[name](seen.site, at)
            purged = _purged()
        with time_machine.travel(at + dt.timedelta(seconds=1), tick=True):
            changed = _unlike(seen.pages)
        transaction.set_rollback(True)
    assert changed
    assert {path for path in changed if not seen.pages[path].groups & purged} == set()


def test_every_public_answer_names_its_groups(seen: Seen):
    for path, kept in seen.pages.items():
        assert "site" in kept.groups, path
        assert len(kept.groups) <= MOST_GROUPS, path
        assert max(map(len, kept.groups)) <= GROUP_LENGTH, path
        assert all(re.fullmatch(r"[a-z0-9-]+", group) for group in kept.groups), path


def test_what_no_cache_may_keep_names_no_groups(seen: Seen):
    for name, path in examples(seen.site.editions["Night Ferry"][0]).items():
        response = Client().get(path)
        assert ("xkey" in response) == ("public" in response["Cache-Control"]), name
