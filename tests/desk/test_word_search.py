"""Finding working copies by their words: what the index finds, what is looked at, and how the work grows."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import drafts, operations, rights
from articles.desk import word_search
from articles.models import Article, FactCard
from articles.models.search import working
from articles.operations.doctor import content
from articles.text import tokens
from tests import make
from tests.desk.pages import JSON, at, client, text

pytestmark = pytest.mark.django_db

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="FTS5 is SQLite's")


@pytest.fixture
def by_index(monkeypatch) -> Iterator[User]:
    """An editor, for whom one article alone is looked at itself: that of `add_newest`."""
    monkeypatch.setattr(word_search, "RECENT", 1)
    return make.editor()


def add_newest() -> None:
    make.article(title="Zzz", cards=(make.card(heading="Zzz", body="Zzz."),))


def headings(words: str, user: User) -> list[str]:
    found = word_search.cards_with(word_search.words_of(words), user)
    return [FactCard.objects.get(pk=pk).heading for pk in found.keys]


def titles(words: str, user: User) -> list[str]:
    rows = rights.visible_articles(user, Article.objects.order_by("-changed_at", "-pk"))
    return [title for _pk, title in word_search.called(rows, word_search.words_of(words), user, most=8)]


SCRIPTS = [
    ("The LIGHTHOUSE keeper", "lighthouse"),
    ("The LIGHTHOUSE keeper", "lig kee"),
    ("The lighthouse keeper", "l"),
    ("Älteste Fähre", "alt FÄHRE"),
    ("ТАЙНА острова", "тай"),
    ("ΟΔΥΣΣΕΥΣ", "οδυσ"),
    ("주지훈이 부산에서", "부산"),
    ("주지훈이 부산에서", "훈"),
    ("灯台守の秘密", "台守"),
    ("カタカナ の 秘密", "タカ"),
    ("Ｗｉｄｅ letters", "wid"),
    ("Ji-hoon of ten", "jihoon"),
    ("Ji-hoon of ten", "ji-ho"),
    ("BTS는 왔다", "bts는"),
    ("100% true_story", "100% TRUE_st"),
    ("İstanbul", "istan"),
    ("Season 2 of it", "season 2"),
]


@pytest.mark.parametrize(("words", "asked"), [case for case in SCRIPTS if len(case[1]) > 1 or not case[1].isascii()])
def test_words_of_any_script_are_found_by_the_index_as_soon_as_they_are_begun(by_index, words: str, asked: str):
    make.article(title=words, cards=(make.card(heading=words), make.card(heading="Other", body=f"Said: {words}.")))
    add_newest()
    assert headings(asked, by_index) == [words, "Other"]
    assert titles(asked, by_index) == [words]
    assert headings(f"{asked} nowhere", by_index) == []
    assert titles(f"{asked} nowhere", by_index) == []


@pytest.mark.parametrize("asked", ["%", "_", "", "  ", "\x00", "\\", "' OR 1=1 --", '"', "*", "x" * 5000, "w", "NOT a"])
def test_signs_are_no_language_of_the_index(by_index, asked: str):
    make.article(title="The keeper", cards=(make.card(heading="The keeper"),))
    add_newest()
    assert headings(asked, by_index) == []
    if asked.strip(" \0"):
        assert titles(asked, by_index) == []


def test_the_middle_of_a_word_is_found_in_what_was_changed_last_alone(by_index):
    make.article(title="A lifeboat", cards=(make.card(heading="A lifeboat"),))
    assert (headings("boat", by_index), titles("boat", by_index)) == (["A lifeboat"], ["A lifeboat"])
    add_newest()
    assert (headings("boat", by_index), titles("boat", by_index)) == ([], [])
    assert headings("lifeb", by_index) == ["A lifeboat"]


def test_a_writer_finds_any_part_of_what_is_theirs_and_nothing_of_others(by_index):
    article = make.article(title="A lifeboat", cards=(make.card(heading="A lifeboat"),))
    add_newest()
    assert (headings("boat", article.owner), titles("boat", article.owner)) == (["A lifeboat"], ["A lifeboat"])
    stranger = make.writer()
    assert (headings("lifeboat", stranger), titles("lifeboat", stranger)) == ([], [])


def test_the_index_follows_what_is_done_to_a_card_and_a_title(by_index):
    article = make.article(title="Old words", cards=(make.card(heading="Night ferry"), make.card(heading="Day ferry")))
    other = make.article(title="Elsewhere")
    add_newest()
    row = article.cards.get(position=1)
    value = drafts.card_value(row)
    new = dataclasses.replace(value, heading="Ночной паром")
    drafts.save_card(row, new, token=drafts.token(value), by=article.owner)
    add_newest()
    assert (headings("night", by_index), headings("ночн", by_index)) == ([], ["Ночной паром"])
    drafts.move_card(row, other, by=by_index)
    drafts.duplicate(other, by=by_index)
    add_newest()
    assert len(headings("ночн", by_index)) == 2
    details = drafts.details_of(Article.objects.get(pk=article.pk))
    drafts.save_details(
        article, dataclasses.replace(details, title="New words"), token=drafts.token(details), by=by_index
    )
    add_newest()
    assert (titles("old", by_index), titles("new wo", by_index)) == ([], ["New words"])
    drafts.delete(Article.objects.get(pk=article.pk), by=by_index)
    assert (headings("day", by_index), titles("new", by_index)) == ([], [])
    FactCard.objects.filter(heading="Ночной паром").delete()
    assert headings("ночн", by_index) == []
    assert operations.wrong_working_copies() == 0


def test_those_of_articles_changed_last_come_first_whatever_was_made_last(by_index):
    first = make.article(title="First lamps", cards=(make.card(heading="First lamp"),))
    make.article(title="Second lamps", cards=(make.card(heading="Second lamp"),))
    details = drafts.details_of(first)
    drafts.save_details(first, dataclasses.replace(details, dek="Now."), token=drafts.token(details), by=by_index)
    add_newest()
    assert headings("lamp", by_index) == ["First lamp", "Second lamp"]
    assert titles("lamp", by_index) == ["First lamps", "Second lamps"]


def test_where_there_are_too_many_the_page_says_so(by_index, monkeypatch):
    monkeypatch.setattr(word_search, "MOST_FOUND", 5)
    for number in range(3):
        make.article(cards=tuple(make.card(heading=f"Lamp {number}.{place}") for place in range(2)))
    add_newest()
    page = text(client(by_index).get(at("search"), {"q": "lamp"}))
    assert "More facts than these have these words" in page
    assert "5 facts" in page
    assert headings("lamp", by_index)[0] == "Lamp 2.0"
    page = text(client(by_index).get(at("search"), {"q": "lamp 2"}))
    assert "More facts" not in page
    assert "2 facts" in page


@pytest.mark.slow
def test_a_link_leads_to_what_the_index_finds_by_its_heading(by_index):
    edition = make.edition(title="Nights on the ferry", cards=(make.card(heading="It never sails", body="A lamp."),))
    mine = make.article(title="A draft of ferries", cards=(make.card(heading="It sails never"),))
    add_newest()

    def found(words: str) -> list[str]:
        return [one["title"] for one in client(by_index).get(at("links"), {"q": words}, **JSON).json()["found"]]

    assert found("nig fer") == [edition.title]
    assert found("ferr") == [edition.title, mine.title]
    assert found("sai nev") == ["It never sails", "It sails never"]
    assert found("lamp") == [], "it stands in the text alone"
    Article.objects.filter(pk=edition.article_id).update(title="Secret")
    operations.rebuild_working_index()
    assert "Secret" not in [
        one["title"] for one in client(make.writer()).get(at("links"), {"q": "secret"}, **JSON).json()["found"]
    ]


def test_both_databases_are_asked_what_the_tokens_say(by_index):
    made = [make.article(title=words, cards=(make.card(heading=words),)) for words, _asked in SCRIPTS]
    add_newest()
    for _words, asked in SCRIPTS:
        wanted = working.expression(word_search.words_of(asked))
        assert wanted is not None
        held = {a.pk for a in made if working.holds(wanted, tokens.text_of(tokens.of_text(a.title)))}
        assert set(working.newest(working.TITLES, wanted, 100)) == held, asked


# --- growth -----------------------------------------------------------------------------------------------------------


def many_cards(count: int) -> None:
    article = make.article(cards=1)
    FactCard.objects.bulk_create(
        FactCard(article=article, position=n, heading=f"Lantern {n}", body=f"Word{n % 7} lamp harbour.")
        for n in range(2, count)
    )


def steps_of(words: str, user: User) -> int:
    """Of SQLite's machine, in tens."""
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection.connection.set_progress_handler(step, 10)
    try:
        found = word_search.cards_with(word_search.words_of(words), user)
    finally:
        connection.connection.set_progress_handler(None, 0)
    assert found.is_cut == (words == "lam")
    return steps


@pytest.mark.slow
@on_sqlite
@pytest.mark.parametrize("words", ["lam", "lantern 77", "nowhere"])
def test_a_search_takes_the_same_steps_however_many_cards_there_are(by_index, monkeypatch, words: str):
    monkeypatch.setattr(word_search, "MOST_FOUND", 20)
    many_cards(300)
    add_newest()
    few = steps_of(words, by_index)
    many_cards(3000)
    add_newest()
    assert steps_of(words, by_index) <= 1.5 * few + 20


@on_sqlite
def test_words_of_one_beginning_are_asked_one_by_one(by_index):
    many_cards(50)
    add_newest()
    with CaptureQueriesContext(connection) as queries:
        assert len(headings("harbou", by_index)) == 48
    assert any('"wharbour"' in query["sql"] for query in queries)
    assert not any('"wharbou" *' in query["sql"] for query in queries)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is asked for its index by name")
@pytest.mark.parametrize("index", working.INDEXES, ids=lambda index: index.name)
def test_postgresql_looks_into_its_index(index: working.WorkingIndex):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT id FROM {index.table} WHERE vector @@ %s::tsquery", ["wlamp:*"])
        assert index.name in "".join(line for (line,) in cursor.fetchall())


# --- what is wrong is found, and made right ---------------------------------------------------------------------------


def test_the_doctor_finds_what_is_not_found_and_the_command_makes_it_right(by_index):
    article = make.article(title="The keeper", cards=(make.card(heading="The keeper"), make.card(heading="Lamps")))
    add_newest()
    assert list(content.working_copies()) == []
    card = article.cards.get(position=1)
    FactCard.objects.filter(pk=card.pk).update(tokens="")
    Article.objects.filter(pk=article.pk).update(title_tokens=" wsomething ")
    assert (headings("keeper", by_index), titles("keeper", by_index)) == ([], [])
    (finding,) = content.working_copies()
    assert (finding.code, "2" in finding.sentence) == ("desk-search", True)
    assert "rebuild_search" in finding.remedy
    call_command("rebuild_search", verbosity=0)
    assert list(content.working_copies()) == []
    assert (headings("keeper", by_index), titles("keeper", by_index)) == (["The keeper"], ["The keeper"])


@on_sqlite
def test_the_doctor_finds_a_row_that_the_index_lost(by_index):
    card = make.article(cards=(make.card(heading="The keeper"),)).cards.get()
    add_newest()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO articles_cardindex(articles_cardindex, rowid, tokens) VALUES ('delete', %s, %s)",
            [card.pk, card.tokens],
        )
    assert headings("keeper", by_index) == []
    (finding,) = content.working_copies()
    assert "1" in finding.sentence
    operations.rebuild_working_index()
    assert list(content.working_copies()) == []
    assert headings("keeper", by_index) == ["The keeper"]


@pytest.mark.slow
def test_a_text_as_long_as_may_be_is_saved_and_found_by_its_beginning(by_index):
    signs = "".join(chr(0x4E00 + n % 20000) for n in range(199_000))
    make.article(cards=(make.card(heading="Long", body=f"始まり {signs}"),))
    add_newest()
    assert headings("始まり", by_index) == ["Long"]
