"""Editing the parts of an article, one page and one small save each."""

import datetime as dt

import pytest

from articles import drafts, states, workflow
from articles.document import Caveat, Numbering, Source
from articles.document.rules import BODY_LENGTH, MOST_CARDS, MOST_TAGS
from articles.models import Article, Tag
from articles.states import Status
from tests import make
from tests.desk.pages import JSON, at, client, form_of, sent_unchanged, text, tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make.article(cards=3)


@pytest.fixture
def browser(article):
    return client(article.owner)


def card_url(article: Article, position: int = 1) -> str:
    return at("card", article, article.cards.get(position=position).public_id)


@pytest.mark.slow
def test_sending_a_form_as_it_came_changes_nothing(article, browser):
    make.picture()
    drafts.save_card(
        article.cards.first(),
        make.card(
            body="One.\n\n- two\n- three",
            tags=("K-Drama", "Hello, Monster"),
            sources=(Source(url="https://example.org/a", title="A", publisher="B", seen_on=dt.date(2025, 1, 2)),),
            spoiler_after=3,
            safe_heading="Safe",
            check_on=dt.date(2030, 1, 2),
            caveat=Caveat.DISPUTED,
            caveat_since=dt.date(2026, 3, 3),
            caveat_note="The mate counts eight.",
        ),
        token=drafts.token(drafts.card_value(article.cards.first())),
        by=article.owner,
    )
    before = drafts.document_of(article), Article.objects.get().change
    faq = article.faqs.first()
    for url in (
        card_url(article),
        at("faq", article, faq.public_id),
        at("details", article),
        at("introduction", article),
        at("conclusion", article),
        at("order", article),
    ):
        assert sent_unchanged(browser, url).status_code == 302, url
    article.refresh_from_db()
    assert (drafts.document_of(article), article.change) == before


def test_a_card_is_saved_whole(article, browser):
    response = sent_unchanged(
        browser,
        card_url(article),
        heading="A new heading",
        body="A paragraph.\r\n\r\nAnother.",
        tags='Ferries, night boats, "Hello, Monster"',
        spoiler_after="4",
        safe_heading="Something happens",
        check_on="2030-05-01",
        caveat="outdated",
        caveat_since="2026-03-03",
        caveat_note="It sank.",
        **{"sources-0-title": "Another paper", "sources-1-url": "example.org/second"},
    )
    card = article.cards.first()
    assert response.headers["Location"] == f"{at('change', article)}#card-{card.public_id}"
    value = drafts.card_value(card)
    assert (value.heading, value.body) == ("A new heading", "A paragraph.\n\nAnother.")
    assert value.tags == ("Ferries", "night boats", "Hello, Monster")
    assert [source.url for source in value.sources] == ["https://example.org/ferry", "https://example.org/second"]
    assert (value.spoiler_after, value.check_on) == (4, dt.date(2030, 5, 1))
    assert (value.caveat, value.caveat_since, value.caveat_note) == (Caveat.OUTDATED, dt.date(2026, 3, 3), "It sank.")


def test_an_emptied_row_is_no_source_any_more(article, browser):
    sent_unchanged(browser, card_url(article), **{"sources-0-title": "", "sources-0-url": ""})
    assert drafts.card_value(article.cards.first()).sources == ()


def test_an_emoji_typed_into_the_heading_moves_to_its_own_field(article, browser):
    sent_unchanged(browser, card_url(article), heading="🚢 The ferry is real 🌊", emoji="")
    card = article.cards.first()
    assert (card.heading, card.emoji) == ("The ferry is real", "🚢🌊")
    sent_unchanged(browser, card_url(article), heading="🚢 The ferry is real")
    assert article.cards.first().emoji == "🚢🌊"


def test_words_are_no_emoji(article, browser):
    response = sent_unchanged(browser, card_url(article), emoji="ship")
    assert response.status_code == 400
    assert "Only emoji belong here" in text(response)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"body": "x" * (BODY_LENGTH + 1)}, "id_body", "200000"),
        ({"heading": "x" * 201}, "id_heading", "200"),
        ({"spoiler_after": "0"}, "id_spoiler_after", "counted from 1"),
        ({"spoiler_after": "99999999999999999999"}, "id_spoiler_after", ""),
        ({"spoiler_after": "soon"}, "id_spoiler_after", "whole number"),
        ({"check_on": "some day"}, "id_check_on", "date"),
        ({"caveat": "disputed", "caveat_since": "2026-03-03"}, "id_caveat_note", "in one sentence"),
        ({"caveat": "disputed", "caveat_note": "The mate counts eight."}, "id_caveat_since", "since when"),
        ({"caveat_note": "The mate counts eight."}, "id_caveat", "Choose “Disputed”"),
        ({"caveat": "doubtful"}, "id_caveat", "not one of"),
        ({"caveat_note": "x" * 301}, "id_caveat_note", "300"),
        ({"sources-0-url": "javascript:alert(1)"}, "id_sources-0-url", "https://example.org/page"),
        ({"sources-1-url": "not an address"}, "id_sources-1-url", "https://example.org/page"),
        ({"tags": ",".join(f"tag {n}" for n in range(MOST_TAGS + 1))}, "id_tags", "101 tags"),
        ({"tags": "x" * 101}, "id_tags", "too long"),
        ({"tags": "ﷺ" * 20}, "id_tags", "too long"),
        ({"heading": "a\0b"}, "id_heading", "Null"),
    ],
)
def test_an_error_stands_at_its_field_and_nothing_is_written(article, browser, changes, field, words):
    before = drafts.document_of(article)
    response = sent_unchanged(browser, card_url(article), **changes)
    assert response.status_code == 400
    page = tree(response)
    control = page.css_first(f"#{field}")
    assert control.attributes["aria-invalid"] == "true"
    error = page.css_first(f"#{field}_error")
    assert words in error.text()
    assert error.attributes["id"] in control.attributes["aria-describedby"].split()
    assert page.css_first(f'.desk-errors a[href="#{field}"]'), "the summary leads to it"
    assert drafts.document_of(article) == before
    assert Tag.objects.count() == 1


def test_what_was_written_stays_in_a_form_with_errors(article, browser):
    response = sent_unchanged(browser, card_url(article), body="My long text", spoiler_after="0")
    assert form_of(response)["body"] == "My long text"


def test_a_form_without_its_rows_is_an_error_and_no_crash(article, browser):
    response = browser.post(card_url(article), {"heading": "x", "token": "t"})
    assert response.status_code == 400


@pytest.mark.slow
def test_more_sources_than_a_card_takes(article, browser):
    rows = {f"sources-{n}-title": "A" for n in range(51)}
    response = sent_unchanged(browser, card_url(article), **rows, **{"sources-TOTAL_FORMS": "51"})
    assert response.status_code == 400
    assert "50" in text(response)


@pytest.mark.slow
def test_two_people_save_the_same_card_and_no_words_are_lost(article, browser):
    url, other = card_url(article), client(make.editor())
    mine, theirs = form_of(browser.get(url)), form_of(other.get(url))
    assert other.post(url, theirs | {"body": "The editor's words."}).status_code == 302
    response = browser.post(url, mine | {"body": "The writer's words."})
    assert response.status_code == 409
    assert drafts.card_value(article.cards.first()).body == "The editor's words."
    assert not tree(response).css(".desk-errors")
    both = tree(response).css_first(".stale").text()
    assert "editor" in both
    assert "writer" in both
    again = form_of(response)
    assert again["body"] == "The writer's words."
    third = browser.post(url, again | {"body": "The words of both."})
    assert third.status_code == 302
    assert article.cards.first().body == "The words of both."


def test_a_token_that_was_made_up_is_stale(article, browser):
    response = sent_unchanged(browser, card_url(article), token="", body="Mine.")
    assert response.status_code == 409
    assert article.cards.first().body != "Mine."


@pytest.mark.slow
def test_different_cards_never_conflict(article, browser):
    other = client(make.editor())
    first, second = form_of(browser.get(card_url(article, 1))), form_of(other.get(card_url(article, 2)))
    assert browser.post(card_url(article, 1), first | {"body": "One."}).status_code == 302
    assert other.post(card_url(article, 2), second | {"body": "Two."}).status_code == 302


@pytest.mark.slow
def test_save_and_next_leads_to_the_next_card_and_behind_the_last_to_a_new_one(article, browser):
    response = sent_unchanged(browser, card_url(article, 1), then="next")
    assert response.headers["Location"] == card_url(article, 2)
    response = sent_unchanged(browser, card_url(article, 3), then="next")
    assert response.headers["Location"] == at("card_add", article)


def test_a_card_is_added_at_the_end(article, browser):
    sent_unchanged(browser, at("card_add", article), heading="The fourth", body="It is new.")
    card = article.cards.last()
    assert (card.position, card.heading) == (4, "The fourth")


@pytest.mark.slow
def test_the_thousand_and_first_card_is_refused(article, browser):
    drafts.delete_card(
        article.cards.last(), token=drafts.token(drafts.card_value(article.cards.last())), by=article.owner
    )
    rows = [article.cards.model(article=article, position=n) for n in range(3, MOST_CARDS + 1)]
    article.cards.model.objects.bulk_create(rows)
    response = sent_unchanged(browser, at("card_add", article), heading="One too many", body="Kept in the form.")
    assert response.status_code == 400
    assert "at most 1000 facts" in text(response)
    assert form_of(response)["body"] == "Kept in the form."
    assert article.cards.count() == MOST_CARDS


def test_a_card_is_deleted_after_a_question(article, browser):
    url = at("card_delete", article, article.cards.first().public_id)
    assert article.cards.first().heading in text(browser.get(url))
    assert article.cards.count() == 3
    assert sent_unchanged(browser, url).status_code == 302
    assert [card.position for card in article.cards.all()] == [1, 2]
    assert browser.post(url).status_code == 404, "the second press"


@pytest.mark.slow
def test_a_card_that_changed_meanwhile_is_not_deleted(article, browser):
    card = article.cards.first()
    url = at("card_delete", article, card.public_id)
    asked = form_of(browser.get(url))
    sent_unchanged(client(make.editor()), card_url(article), body="Fresh words.")
    response = browser.post(url, asked)
    assert response.status_code == 409
    assert "Fresh words." in text(response)
    assert article.cards.count() == 3
    assert browser.post(url, form_of(response)).status_code == 302


def test_a_card_of_another_article_is_not_found_here(article, browser):
    foreign = make.article(owner=article.owner).cards.first()
    for name in ("card", "card_delete"):
        url = at(name, article, foreign.public_id)
        assert browser.get(url).status_code == 404
        assert browser.post(url, {"token": "x"}).status_code == 404


def test_questions_are_edited_added_and_deleted(article, browser):
    url = at("faq", article, article.faqs.first().public_id)
    sent_unchanged(browser, url, question="Is it real?", answer="Yes.", spoiler_after="2")
    assert drafts.faq_value(article.faqs.first()).question == "Is it real?"
    sent_unchanged(browser, at("faq_add", article), question="Who knows?", answer="Nobody.")
    assert article.faqs.count() == 3
    sent_unchanged(browser, at("faq_delete", article, article.faqs.first().public_id))
    assert [faq.question for faq in article.faqs.all()][-1] == "Who knows?"


def test_details_are_saved_with_authors_in_order(article, browser):
    second, first = make.author(name="Second"), make.author(name="First")
    subject, cover = make.subject(name="Harbour"), make.picture()
    sent_unchanged(
        browser,
        at("details", article),
        title="Another title",
        slug="",
        dek="A line",
        numbering="countdown",
        subject=subject.slug,
        authors=[first.slug, "", second.slug],
        tags="boats, Ferries",
        cover=cover.public_id,
    )
    article = Article.objects.get(pk=article.pk)
    details = drafts.details_of(article)
    assert (details.title, details.slug, details.numbering) == ("Another title", "another-title", Numbering.COUNTDOWN)
    assert (details.subject, details.authors) == (subject.slug, (first.slug, second.slug))
    assert (details.tags, details.cover) == (("boats", "Ferries"), cover.public_id)


def test_an_article_needs_a_title(article, browser):
    response = sent_unchanged(browser, at("details", article), title=" ")
    assert response.status_code == 400
    assert tree(response).css_first("#id_title_error")


@pytest.mark.parametrize("changes", [{"subject": "nothing"}, {"authors": "nobody"}, {"cover": "none"}, {"slug": "!!"}])
def test_references_that_mean_nothing_are_refused(article, browser, changes):
    before = drafts.details_of(article)
    assert sent_unchanged(browser, at("details", article), **changes).status_code == 400
    assert drafts.details_of(Article.objects.get(pk=article.pk)) == before


def test_an_archived_article_keeps_its_words_and_the_form_keeps_yours(article, browser):
    asked = form_of(browser.get(card_url(article)))
    workflow.make(states.ARCHIVE, article, by=make.editor())
    response = browser.post(card_url(article), asked | {"body": "Too late."})
    assert response.status_code == 409
    assert "archive" in text(response)
    assert form_of(response)["body"] == "Too late."
    assert article.cards.first().body != "Too late."


@pytest.mark.slow
def test_a_change_says_that_the_approval_lapses():
    article = make.approved()
    browser = client(article.owner)
    assert "approved" in text(browser.get(card_url(article)))
    response = sent_unchanged(browser, card_url(article), body="Newer words.")
    assert "draft again" in text(browser.get(response.headers["Location"]))
    assert Article.objects.get().effective_status is Status.DRAFT


# --- the same endpoints for a script ----------------------------------------------------------------------------------


def test_a_script_gets_the_new_token_and_saves_again_with_it(article, browser):
    url = card_url(article)
    sent = form_of(browser.get(url))
    first = browser.post(url, sent | {"heading": "🚢 One"}, **JSON)
    assert first.status_code == 200
    assert first.json()["value"]["emoji"] == "🚢"
    second = browser.post(url, sent | {"token": first.json()["token"], "heading": "Two", "emoji": "🚢"}, **JSON)
    assert second.status_code == 200
    assert second.json()["change"] == Article.objects.get().change == first.json()["change"] + 1


def test_a_script_is_told_of_errors_by_field(article, browser):
    sent = form_of(browser.get(card_url(article)))
    response = browser.post(card_url(article), sent | {"spoiler_after": "0", "sources-0-url": "x y"}, **JSON)
    assert response.status_code == 400
    assert set(response.json()["errors"]) == {"spoiler_after", "sources-0-url"}


@pytest.mark.slow
def test_a_script_gets_both_texts_of_a_conflict(article, browser):
    sent = form_of(browser.get(card_url(article)))
    sent_unchanged(client(make.editor()), card_url(article), body="Theirs.")
    response = browser.post(card_url(article), sent | {"body": "Mine."}, **JSON)
    answer = response.json()
    assert response.status_code == 409
    assert (answer["current"]["body"], answer["submitted"]["body"]) == ("Theirs.", "Mine.")
    assert (
        browser.post(card_url(article), sent | {"token": answer["token"], "body": "Ours."}, **JSON).status_code == 200
    )


def test_a_script_is_told_who_may_not_and_who_is_signed_out(article):
    url = card_url(article)
    assert client(make.writer()).post(url, {}, **JSON).status_code == 403
    assert client(None).post(url, {}, **JSON).status_code == 401
    assert client(article.owner).post(at("card", article, "bcdfghjkmn"), {}, **JSON).status_code == 404
    workflow.make(states.ARCHIVE, article, by=make.editor())
    browser = client(article.owner)
    assert browser.post(url, form_of(browser.get(url)) | {"body": "x"}, **JSON).status_code == 409


@pytest.mark.slow
def test_each_part_answers_a_script(article, browser):
    for name in ("details", "introduction", "conclusion", "card_add", "faq_add"):
        url = at(name, article)
        response = browser.post(url, form_of(browser.get(url)), **JSON)
        assert (response.status_code, "token" in response.json()) == (200, True), name
