"""Narrowing the fact index: what is offered, with which number, and that it is there when it is pressed."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from articles import publishing, workflow
from articles.models import FactCard, FactCheck, PublishedFact, Subject, Tag
from articles.publishing.projection import note_check
from articles.reading import narrowing
from tests import make
from tests.reading.addresses import publish_again
from tests.sampling import is_thorough

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
TAGS = [f"Tag {number}" for number in range(9)]
KINDS = [Subject.Kind.DRAMA, Subject.Kind.FILM, Subject.Kind.BAND]


@pytest.fixture
def corpus(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty facts of every make, and some that nobody may see."""
    monkeypatch.setattr(narrowing, "SHOWN_TAGS", 100)
    rng = random.Random(13)
    subjects = [make.subject(name=f"Work {number}", kind=KINDS[number % 3]).slug for number in range(5)]
    for number in range(10):
        cards = tuple(
            make.card(
                heading=f"Lamp {rng.choice('abc')} {number} {place}",
                tags=tuple(rng.sample(TAGS, rng.randint(0, 4))),
                spoiler_after=rng.choice([None, None, None, 3]),
                sources=make.card().sources if rng.random() < 0.6 else (),
            )
            for place in range(4)
        )
        at = timezone.now() + (number - 8) * DAY  # the last one tomorrow
        subject = rng.choice([*subjects, ""]) if number else subjects[0]
        make.edition(cards=cards, tags=tuple(rng.sample(TAGS, 2)), subject=subject, at=at)
    for place, fact in enumerate(PublishedFact.objects.order_by("pk")):
        if place % 3 == 0:
            ago = dt.timedelta(days=10 if place % 2 else 500)
            check(fact, timezone.localdate() - ago)
    shown = PublishedFact.objects.filter(spoiler_after__isnull=True).values_list("pk", flat=True)
    PublishedFact.objects.filter(pk__in=[pk for pk in shown if pk % 2]).update(has_picture=True)
    publishing.rebuild_counts()


@pytest.fixture
def lamp() -> None:
    """One lamp about one work."""
    make.subject(name="Work 1", slug="work-1")
    make.edition(
        tags=("Tag 1", "Tag 2"),
        cards=(make.card(heading="Lamp a"),),
        subject=make.subject(name="Work 0", slug="work-0").slug,
    )


def check(fact: PublishedFact, day: dt.date) -> None:
    row = FactCheck(public_id=fact.public_id, words=fact.words, checked_on=day, again_on=day + 400 * DAY)
    row.save()
    note_check(row)


def page_at(client: Client, path: str) -> LexborHTMLParser:
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code, response.headers.get("Location"))
    return LexborHTMLParser(response.content.decode())


def offers(page: LexborHTMLParser) -> dict[str, tuple[int, str]]:
    """What is offered by its key: the number beside it, and where it leads."""
    return {
        link.attributes["data-key"]: (int(link.css_first(".count").text()), link.attributes["href"])
        for link in page.css(".offers a")
        if link.css_first(".count")
    }


def count_on(page: LexborHTMLParser) -> int:
    words = page.css_first("[data-count]").text()
    return int(words.split()[0]) if words[0].isdigit() else 0


def addresses(choice: dict[str, list[str]]) -> str:
    order = ["q", "tag", "subject", "kind", "sourced", "checked", "picture", "spoilers"]
    pairs = [(name, value) for name in order for value in sorted(choice.get(name, []))]
    return f"/facts/?{urlencode(pairs)}" if pairs else "/facts/"


def random_choice(rng: random.Random) -> dict[str, list[str]]:
    choice = {"tag": rng.sample([tag.slug for tag in Tag.objects.order_by("pk")], rng.choice([0, 0, 1, 1, 2, 3]))}
    for name, values in {
        "subject": [subject.slug for subject in Subject.objects.order_by("pk")],
        "kind": [*KINDS],
        "sourced": ["yes"],
        "checked": ["yes"],
        "picture": ["yes"],
        "spoilers": ["hide"],
        "q": ["lamp", "lamp a"],
    }.items():
        if rng.random() < 0.25:
            choice[name] = [rng.choice(values)]
    return choice


def by_hand(choice: dict[str, list[str]]) -> list[PublishedFact]:
    """The facts of a choice, looked through one by one."""
    now = timezone.now()
    return [fact for fact in PublishedFact.objects.all() if _holds(fact, choice, now)]


def _tags(fact: PublishedFact) -> set[str]:
    return {tag.slug for tag in fact.tags.all()}


def _is_checked(fact: PublishedFact) -> bool:
    day = timezone.localdate() - dt.timedelta(days=365)
    looks = FactCheck.objects.filter(public_id=fact.public_id, words=fact.words, checked_on__gte=day)
    return fact.spoiler_after is None and looks.exists()


def _holds(fact: PublishedFact, choice: dict[str, list[str]], now: dt.datetime) -> bool:
    words = (fact.heading or fact.safe_heading).lower().split()
    return all(
        [
            fact.visible_from <= now < fact.visible_until,
            {*choice.get("tag", [])} <= _tags(fact),
            not choice.get("subject") or (fact.subject and fact.subject.slug in choice["subject"]),
            not choice.get("kind") or (fact.subject and fact.subject.kind in choice["kind"]),
            not choice.get("sourced") or fact.is_sourced,
            not choice.get("checked") or _is_checked(fact),
            not choice.get("picture") or fact.has_picture,
            not choice.get("spoilers") or fact.spoiler_after is None,
            not choice.get("q") or {*choice["q"][0].split()} <= {*words},
        ]
    )


def _expected(choice: dict[str, list[str]]) -> dict[str, int]:
    facts = by_hand(choice)
    expected: Counter[str] = Counter()
    for fact in facts:
        expected.update(f"tag:{slug}" for slug in _tags(fact) - {*choice.get("tag", [])})
        if fact.subject and not choice.get("subject"):
            expected[f"subject:{fact.subject.slug}"] += 1
            expected[f"kind:{fact.subject.kind}"] += not choice.get("kind")
        expected["sourced"] += fact.is_sourced and not choice.get("sourced")
        expected["checked"] += _is_checked(fact) and not choice.get("checked")
        expected["picture"] += fact.has_picture and not choice.get("picture")
        expected["spoilers"] += fact.spoiler_after is None and not choice.get("spoilers")
    return {key: count for key, count in expected.items() if count}


@pytest.mark.slow
def test_numbers_are_those_of_looking_through_every_fact(client: Client, corpus: None):
    rng = random.Random(300)
    sizes = Counter()
    for _ in range(300 if is_thorough() else 40):
        choice = random_choice(rng)
        page = page_at(client, addresses(choice))
        found = offers(page)
        assert count_on(page) == len(by_hand(choice)), choice
        assert {key: count for key, (count, _url) in found.items()} == _expected(choice), choice
        sizes[min(len(found), 1)] += 1
        for key in rng.sample(sorted(found), min(len(found), 3)):
            count, url = found[key]
            assert count_on(page_at(client, url)) == count > 0, (choice, key)
    assert min(sizes.values()) > 3, "both empty and full choices were tried"


@pytest.mark.slow
def test_everything_that_is_offered_leads_on_and_can_be_taken_away(client: Client, corpus: None):
    for count, url in offers(page_at(client, "/facts/?tag=tag-1")).values():
        page = page_at(client, url)
        assert count_on(page) == count
        ways = [link.attributes["href"] for link in page.css(".active-filters a")]
        assert "/facts/?tag=tag-1" in ways
        for way in ways:
            page_at(client, way)


@pytest.mark.slow
def test_the_page_costs_six_queries_whatever_is_chosen_and_however_much_there_is(client: Client, corpus: None):
    tags = "&".join(f"tag={tag.slug}" for tag in Tag.objects.order_by("slug")[:3])
    queries = ["", "?tag=tag-1", "?tag=tag-1&subject=work-0", f"?{tags}", "?kind=film&sourced=yes&checked=yes"]
    queries += ["?sort=title", "?show=tags", "?q=lamp", "?q=lamp&tag=tag-1", "?tag=tag-1&sort=checked", "?sourced=yes"]
    queries += ["?q=lamq&tag=tag-1", "?q=lamq&subject=work-0&seen=5", "?q=lamq+nowhere&tag=tag-1"]

    def costs() -> list[int]:
        found = []
        for query in queries:
            cache.clear()
            with CaptureQueriesContext(connection) as made:
                page_at(client, f"/facts/{query}")
            found.append(len(made))
        return found

    few = costs()
    for _ in range(4):
        make.edition(tags=(*TAGS, "More"), subject="work-0")
    assert max(few) <= 6
    assert all(more <= 6 and more >= less for less, more in zip(few, costs(), strict=True))


# --- addresses --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "one"),
    [
        ("?spoilers=hide&tag=tag-1", "?tag=tag-1&spoilers=hide"),
        ("?tag=tag-2&tag=tag-1&tag=tag-2", "?tag=tag-1&tag=tag-2"),
        ("?q=&tag=tag-1&sort=newest&kind=", "?tag=tag-1"),
        ("?subject=work-1&subject=work-0", "?subject=work-0"),
        ("?page=1", ""),
        ("?until=12345&tag=tag-1", "?tag=tag-1"),
        ("?q=+lamp++a+", "?q=lamp+a"),
        ("?seen=4", ""),
    ],
)
def test_every_state_has_one_address(client: Client, lamp: None, typed: str, one: str):
    response = client.get(f"/facts/{typed}")
    assert (response.status_code, response["Location"]) == (301, f"/facts/{one}")
    assert client.get(f"/facts/{one}").status_code == 200


def test_parameters_of_others_lead_nowhere_else(client: Client, lamp: None):
    assert client.get("/facts/?utm_source=letter&tag=tag-1").status_code == 200


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("page=-1", 404),
        ("page=1000000000", 404),
        ("page=99999", 404),
        ("page=2&until=nonsense", 301),
        ("page=2&until=9999999999999999", 301),
        ("page=2&until=%00", 301),
        ("&".join(f"tag=t{number}" for number in range(500)), 400),
        ("&".join(f"tag=t{number}" for number in range(5000)), 400),
        ("tag=unknown", 404),
        ("tag=%00", 404),
        ("tag=%ff%fe", 404),
        ("subject=%ff", 404),
        ("kind=opera", 400),
        ("kind=%00", 400),
        ("sort=random", 400),
        ("sort=episode", 400),
        ("sourced=no", 400),
        ("checked=1", 400),
        ("picture=no", 400),
        ("spoilers=show", 400),
        ("show=everything", 400),
        ("q=" + "lamp+" * 2000, 301),
        ("q=%ff%fe%00", 301),
        ("q=%F0%9F%A4%94", 301),
        ("q=\"&q='", 301),
        ("&&&=&;", 200),
    ],
)
def test_bad_addresses_are_answered_in_a_sentence(client: Client, lamp: None, query: str, status: int):
    response = client.get(f"/facts/?{query}")
    assert response.status_code == status
    if status == 301:
        assert client.get(response["Location"], follow=True).status_code in {200, 404}


# --- orders -----------------------------------------------------------------------------------------------------------


def titles(client: Client, path: str) -> list[str]:
    return [node.text(strip=True) for node in page_at(client, path).css("ul.facts .fact-title")]


def test_by_title_neither_case_nor_accents_nor_emoji_count_and_made_sentences_come_last(client: Client):
    headings = ("🚢 ferry", "Éclair", "apple", "Zebra", "가나다")
    closed = make.card(heading="A secret", spoiler_after=2)
    make.edition(cards=(closed, *(make.card(heading=each) for each in headings)))
    *shown, last = titles(client, "/facts/?sort=title")
    assert shown == ["apple", "Éclair", "🚢 ferry", "Zebra", "가나다"]
    assert last == "A fact about Night Ferry, after episode 2"


@pytest.mark.slow
def test_what_was_checked_last_comes_first_and_a_check_shows_at_once(client: Client):
    by = make.editor()
    article = make.live(
        by=by, cards=tuple(make.card(heading=f"Lamp {number}", spoiler_after=None) for number in range(3))
    )
    assert offers(page_at(client, "/facts/")).get("checked") is None
    card = FactCard.objects.get(article=article, heading="Lamp 1")
    fact = PublishedFact.objects.get(public_id=card.public_id)
    workflow.check_fact(card, by=by, words=fact.words, again_on=timezone.localdate() + DAY)
    assert offers(page_at(client, "/facts/"))["checked"][0] == 1
    assert titles(client, "/facts/?sort=checked") == ["Lamp 1", "Lamp 0", "Lamp 2"]
    assert titles(client, "/facts/?checked=yes") == ["Lamp 1"]


def test_a_check_goes_with_the_words_that_it_was_of(client: Client):
    edition = make.edition(cards=(make.card(heading="Lamp"), make.card(heading="Other")))
    for fact in PublishedFact.objects.all():
        check(fact, timezone.localdate())
    FactCard.objects.filter(article=edition.article, heading="Other").update(heading="New words")
    publish_again(edition.article)
    assert titles(client, "/facts/?checked=yes") == ["Lamp"]


def test_nothing_tells_of_a_closed_fact_what_only_its_hidden_words_tell(client: Client):
    open_, closed = make.card(heading="Open"), make.card(heading="Closed", safe_heading="Safe", spoiler_after=2)
    make.edition(cards=(open_, closed))
    for fact in PublishedFact.objects.all():
        check(fact, timezone.localdate())
    for query in ("sourced=yes", "checked=yes"):
        assert titles(client, f"/facts/?{query}") == ["Open"]
    assert not PublishedFact.objects.get(public_id=closed.public_id).has_picture


# --- any one of them --------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_surprise_me_lands_on_a_fact_of_the_choice(client: Client, corpus: None):
    for query in ("?show=random", "?tag=tag-1&spoilers=hide&show=random", "?q=lamp&spoilers=hide&show=random"):
        landed = set()
        for _ in range(12):
            response = client.get(f"/facts/{query}")
            assert (response.status_code, response["Cache-Control"]) == (302, "no-store")
            landed.add(response["Location"])
        assert len(landed) > 2
        wanted = by_hand({"tag": ["tag-1"] if "tag" in query else [], "spoilers": ["hide"] if "hide" in query else []})
        assert landed <= {f"/facts/{fact.public_id}/{fact.slug}/" for fact in wanted}


def test_surprise_me_on_nothing_goes_back_to_the_choice(client: Client):
    make.edition(cards=(make.card(sources=()),))
    response = client.get("/facts/?sourced=yes&show=random")
    assert (response.status_code, response["Location"]) == (302, "/facts/?sourced=yes")
    assert client.get(response["Location"]).status_code == 200


# --- all tags ---------------------------------------------------------------------------------------------------------


def test_every_tag_of_the_choice_can_be_reached_without_a_script(client: Client):
    many = tuple(f"Many {number}" for number in range(30))
    make.edition(tags=("Boats", *many), cards=(make.card(),))
    page = page_at(client, "/facts/?tag=boats")
    assert len([key for key in offers(page) if key.startswith("tag:")]) < 30
    way = page.css_first("nav[aria-labelledby=filter-tag] .more a").attributes["href"]
    assert way == "/facts/?tag=boats&show=tags#filter-tag"
    found = offers(page_at(client, way))
    assert {f"tag:many-{number}" for number in range(30)} <= {*found}
    assert "show=" not in found["tag:many-3"][1]


# --- pages that do not move -------------------------------------------------------------------------------------------


def pages(client: Client, first: str) -> Iterator[list[str]]:
    path: str | None = first
    while path:
        page = page_at(client, path)
        yield [node.text(strip=True) for node in page.css("ul.facts .fact-title")]
        way = page.css_first(".pagination a[rel=next]")
        path = way.attributes["href"] if way else None


@pytest.mark.slow
@pytest.mark.parametrize("order", ["", "sort=oldest", "sort=title", "sort=checked", "tag=ferries"])
def test_what_is_published_meanwhile_moves_no_fact_from_page_to_page(client: Client, order: str):
    cards = tuple(make.card(heading=f"Fact {number:02}") for number in range(50))
    make.edition(cards=cards, at=timezone.now() - DAY)
    walk = pages(client, f"/facts/?{order}" if order else "/facts/")
    read = next(walk)
    make.edition(cards=tuple(make.card(heading=f"Aa new {number}") for number in range(5)))
    read += [title for page in walk for title in page]
    assert sorted(read) == [f"Fact {number:02}" for number in range(50)]
    assert len(next(pages(client, "/facts/?sort=title"))) == 20


def test_the_mark_stands_in_no_address_for_search_engines(client: Client):
    make.edition(cards=50)
    page = page_at(client, "/facts/")
    way = page.css_first(".pagination a[rel=next]").attributes["href"]
    assert "page=2&until=" in way
    head = page_at(client, way)
    assert head.css_first("link[rel=canonical]").attributes["href"].endswith("/facts/?page=2")
    assert all("until" not in link.attributes["href"] for link in head.css("head link"))
    assert page_at(client, "/facts/?page=2").css_first("link[rel=canonical]")


def test_pictures_of_open_facts_count(client: Client):
    picture = make.picture().public_id
    closed = make.card(heading="Closed", safe_heading="Safe", spoiler_after=2, picture=picture)
    make.edition(cards=(make.card(heading="Seen", picture=picture), make.card(heading="Bare"), closed))
    assert offers(page_at(client, "/facts/"))["picture"][0] == 1
    assert titles(client, "/facts/?picture=yes") == ["Seen"]
