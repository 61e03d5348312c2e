"""Any two versions beside each other, as text or as readers see them, and single parts of one brought back."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import drafts, states, workflow
from articles.desk.review import differences
from articles.document import Caveat
from articles.drafts import changing
from articles.models import Article, Picture
from articles.operations.picture_changes import save_picture
from articles.text import word_runs
from tests import make
from tests.desk.pages import JSON, at, client, form_of, sent_unchanged, text, tree

pytestmark = pytest.mark.django_db


def fresh(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


def second_round(**fields) -> Article:
    """Handed in, sent back, reworded, handed in again: revisions 1 and 2, nothing public."""
    article = make.handed_in(introduction="It leaves at night.", **fields)
    workflow.make(states.SEND_BACK, article, by=make.editor(), note="When?")
    sent_unchanged(client(article.owner), at("introduction", article), introduction="It leaves at dawn.")
    return workflow.make(states.SUBMIT, fresh(article), by=article.owner)


def marks(answer) -> tuple[list[str], list[str]]:
    page = tree(answer)
    return [node.text() for node in page.css(".comparison del")], [node.text() for node in page.css(".comparison ins")]


@pytest.mark.slow
def test_on_a_second_round_there_is_something_to_compare():
    article, browser = second_round(), client(make.editor())
    for url in (at("compare", article), at("move", article, "approve")):
        assert marks(browser.get(url)) == (["night"], ["dawn"]), url


def test_two_revisions_are_chosen_from_a_list_that_says_what_they_are():
    article = second_round()
    drafts.keep_named(article, "before the lawyer", by=article.owner)
    page = tree(client(make.editor()).get(f"{at('compare', article)}?old=1&new=2"))
    options = [option.text() for option in page.css("#compare-old option")]
    assert [option.attributes["value"] for option in page.css("#compare-new option")] == ["now", "3", "2", "1"]
    assert "before the lawyer" in options[1]
    assert "kept under a name" in options[1]
    assert "handed in" in options[3]
    assert article.owner.username in options[3]
    chosen = [page.css_first(f"#compare-{side} option[selected]").attributes["value"] for side in ("old", "new")]
    assert chosen == ["1", "2"]


def test_what_is_live_is_in_the_list_and_a_long_list_keeps_what_was_chosen(monkeypatch):
    monkeypatch.setattr("articles.desk.review.comparison.MOST_LISTED", 1)
    article = make.live()
    drafts.keep_named(article, "later", by=article.owner)
    page = tree(client(article.owner).get(f"{at('compare', article)}?old=1&new=live"))
    values = [option.attributes["value"] for option in page.css("#compare-old option")]
    assert values[:3] == ["now", "live", str(article.revisions.first().number)]
    assert "1" in values


@pytest.mark.parametrize("shown", ["text", "rendered"])
def test_moves_are_moves_changes_are_marked_and_the_rest_is_folded(shown):
    article = make.handed_in(cards=tuple(make.card(heading=f"Lamp {number}") for number in range(4)), faqs=1)
    ids = drafts.order_of(article, "cards")
    token = drafts.token(ids)
    drafts.save_order(article, "cards", (*ids[1:], ids[0]), token=token, by=article.owner)
    card = article.cards.get(public_id=ids[2])
    value = drafts.card_value(card)
    drafts.save_card(
        card, dataclasses.replace(value, body="Quite **other** words."), token=drafts.token(value), by=article.owner
    )
    page = tree(client(article.owner).get(f"{at('compare', article)}?old=1&new=now&as={shown}"))
    kinds = [node.attributes["class"].split()[1] for node in page.css(".comparison details.item")]
    if shown == "text":
        assert kinds == ["item-changed", "item-moved", "item-same"]
        assert "3 facts and questions are the same" in page.css_first(".item-same summary").text()
        assert "open" not in page.css_first(".item-same").attributes
    else:
        assert kinds == ["item-same", "item-same", "item-changed", "item-same", "item-moved", "item-same", "item-same"]
        opened = [node for node in page.css("details.item") if "open" in node.attributes]
        assert len(opened) == 1
        assert "<strong>" in opened[0].html
    assert "from place 1 to 4" in page.css_first(".item-moved").text()


def test_the_rendered_side_marks_one_changed_word_and_escapes_what_is_hostile():
    article = make.handed_in(introduction="It **leaves** at night <script>alert(1)</script>.")
    new = "It **leaves** at dawn <script>alert(1)</script>."
    sent_unchanged(client(article.owner), at("introduction", article), introduction=new)
    answer = client(article.owner).get(f"{at('compare', article)}?old=1&as=rendered")
    assert marks(answer) == (["night"], ["dawn"])
    assert not tree(answer).css(".comparison script")


def test_a_picture_of_a_revision_is_the_one_of_then():
    picture, owner = make.picture(), make.writer()
    article = make.handed_in(owner=owner, introduction=picture.markdown, cover=picture.public_id)
    was = picture.file
    row = Picture.objects.get()
    row.take(make.image_bytes(size=(120, 90), colour="maroon"), "other.jpg")
    save_picture(row, by=owner)
    page = tree(client(owner).get(f"{at('compare', article)}?old=1&new=now&as=rendered"))
    sides = page.css(".rendered .both")[0].css(".both-side")
    assert was.rpartition(".")[0] in sides[0].html
    assert row.file.rpartition(".")[0] in sides[1].html
    shown = [image.attributes["width"] for image in page.css(".both[role=group] img")]
    assert shown == ["80", "120"], "The cover is shown, though no body shows it."
    assert fresh(article).change == article.change + 1


@pytest.mark.slow
def test_the_review_page_shows_a_swapped_cover():
    picture, owner, editor = make.picture(), make.writer(), make.editor()
    article = make.handed_in(owner=owner, cover=picture.public_id)
    browser = client(editor)
    piece = workflow.review_of(article, drafts.document_of(article), editor).pieces["details"]
    workflow.decide(article, "details", workflow.Verdict.APPROVED, token=piece.token, by=editor)
    row = Picture.objects.get()
    row.take(make.image_bytes(size=(120, 90), colour="maroon"), "other.jpg")
    save_picture(row, by=owner)
    page = tree(browser.get(at("review", article)))
    details = page.css_first("[data-piece=details]")
    assert [image.attributes["width"] for image in details.css(".piece-changes img")] == ["80", "120"]
    assert details.css(".piece-body img")
    assert "Not decided" in details.text()


@pytest.mark.slow
def test_the_review_page_costs_the_same_for_many_swapped_pictures():
    owner, editor = make.writer(), make.editor()
    pictures = [make.picture() for _ in range(6)]
    cards = tuple(make.card(picture=picture.public_id) for picture in pictures)
    article = make.handed_in(owner=owner, cover=pictures[0].public_id, cards=cards, faqs=0)
    review = workflow.review_of(article, drafts.document_of(article), editor)
    for place, piece in review.pieces.items():
        workflow.decide(fresh(article), place, workflow.Verdict.ASKED, token=piece.token, by=editor, note="Hm?")
    browser, costs = client(editor), []
    for some in (pictures[1:2], pictures[2:]):
        for picture in some:
            row = Picture.objects.get(pk=picture.pk)
            row.take(make.image_bytes(size=(120, 90), number=picture.pk), "other.jpg")
            save_picture(row, by=owner)
        browser.get(at("review", article))  # makes the HTML of the new pictures
        with CaptureQueriesContext(connection) as queries:
            page = tree(browser.get(at("review", article)))
        costs.append(len(queries))
    assert len(page.css(".piece-changes img")) == 10
    assert costs[0] == costs[1] <= 28, costs


def test_a_short_text_of_one_changed_word_and_texts_with_nothing_in_common():
    old, new = word_runs.of_texts("Red", "Blue")
    assert not any(run.is_different for run in (*old, *new)), "They differ as a whole."
    old, new = word_runs.of_texts("a b.", "a c.")
    assert [run.text for run in (*old, *new) if run.is_different] == ["b", "c"]


def test_that_a_fact_is_disputed_now_is_told_in_words():
    article = make.handed_in()
    value = drafts.card_value(card := article.cards.first())
    doubt = {"caveat": Caveat.DISPUTED, "caveat_since": dt.date(2026, 3, 3), "caveat_note": "The mate counts eight."}
    drafts.save_card(card, dataclasses.replace(value, **doubt), token=drafts.token(value), by=article.owner)
    rows = differences.of_values(value, dataclasses.replace(value, **doubt))
    assert [(row.label, row.old, [run.text for run in row.new]) for row in rows] == [
        ("still true?", [], ["Disputed"]),
        ("disputed or no longer true since", [], ["March 3, 2026"]),
        ("what readers are told about it", [], ["The mate counts eight."]),
    ]
    words = text(client(make.editor()).get(at("review", article)))
    assert "Readers are told that it is disputed (since 03/03/2026): The mate counts eight." in words


# --- bringing a part back ---------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("place", ["introduction", "conclusion", "card", "faq"])
def test_one_part_comes_back_and_the_rest_stays(place):
    article = make.handed_in(introduction="First words.", conclusion="First words.")
    revision = article.revisions.get(number=1)
    card, faq = article.cards.first(), article.faqs.first()
    places = {"card": f"card:{card.public_id}", "faq": f"faq:{faq.public_id}"}
    parts = ["introduction", "conclusion", *places.values()]
    fields = {"introduction": "introduction", "conclusion": "conclusion", "card": "body", "faq": "answer"}
    for each in parts:
        value = drafts.part_at(article, each)
        changed = dataclasses.replace(value, **{fields[each.partition(":")[0]]: "Second words."})
        drafts.save_part(fresh(article), changed, token=drafts.token(value), by=article.owner)
    wanted = places.get(place, place)
    browser, before = client(article.owner), fresh(article).change
    url = at("restore_part", article, 1, wanted)
    assert "Second words." in text(browser.get(url))
    assert sent_unchanged(browser, url).status_code == 302
    for each in parts:
        then = drafts.part_in(revision, each)
        assert (drafts.part_at(fresh(article), each) == then) == (each == wanted)
    assert fresh(article).change == before + 1
    assert drafts.versions_of(article, wanted).count() == 2, "What stood there is kept."
    last = article.history.first()
    assert (last.act, last.details["revision"]) == ("restore", 1)
    assert "Revision 1" in text(browser.get(at("history", article)))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["card", "faq"])
def test_a_deleted_part_comes_back_under_its_id_where_it_stood(kind):
    article = make.handed_in()
    rows = article.cards if kind == "card" else article.faqs
    public_id = rows.get(position=2).public_id
    browser = client(article.owner)
    sent_unchanged(browser, at(f"{kind}_delete", article, public_id))
    page = tree(browser.get(f"{at('compare', article)}?old=1&new=now"))
    url = at("restore_part", article, 1, f"{kind}:{public_id}")
    assert page.css_first(f".item-removed a[href='{url}']")
    assert "not in the article any more" in text(browser.get(url))
    assert sent_unchanged(browser, url).status_code == 302
    assert rows.get(position=2).public_id == public_id
    again = browser.post(url, {"token": ""})
    assert again.status_code == 409, "It is there by now."


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["card", "faq"])
def test_of_two_who_bring_the_same_part_back_at_once_the_second_is_told(kind, monkeypatch):
    article = make.handed_in()
    part = article.cards.first() if kind == "card" else article.faqs.first()
    url = at("restore_part", article, 1, f"{kind}:{part.public_id}")
    sent_unchanged(client(article.owner), at(f"{kind}_delete", article, part.public_id))
    asked, lock, editor = form_of(client(article.owner).get(url)), changing.lock, make.editor()

    def waits(waiting: Article) -> Article:
        """For the lock of somebody who does the same meanwhile."""
        monkeypatch.undo()
        assert client(editor).post(url, asked).status_code == 302
        return lock(waiting)

    for module in ("changing", "restoring"):
        monkeypatch.setattr(f"articles.drafts.{module}.lock", waits, raising=False)
    assert client(article.owner).post(url, asked).status_code == 409


def test_a_part_that_moved_to_another_article_comes_back_as_a_copy():
    article = make.handed_in()
    card = article.cards.first()
    drafts.move_card(card, make.article(owner=article.owner), by=article.owner)
    url = at("restore_part", article, 1, f"card:{card.public_id}")
    browser = client(article.owner)
    assert "stands in another article now" in text(browser.get(url))
    assert sent_unchanged(browser, url).status_code == 302
    copy = article.cards.first()
    assert (copy.heading, copy.public_id != card.public_id) == (card.heading, True)


def test_nothing_comes_back_over_words_that_were_not_seen():
    article = make.handed_in(introduction="First words.")
    browser = client(article.owner)
    sent_unchanged(browser, at("introduction", article), introduction="Second words.")
    url = at("restore_part", article, 1, "introduction")
    asked = form_of(browser.get(url))
    sent_unchanged(browser, at("introduction", article), introduction="Third words.")
    assert browser.post(url, asked).status_code == 409
    answer = browser.post(url, asked | {"lapse": ""}, **JSON)
    assert (answer.status_code, "changed this" in answer.json()["sentence"]) == (409, True)
    assert fresh(article).introduction == "Third words."


def test_a_lock_keeps_a_part_as_it_is_and_nonsense_is_not_found():
    article = make.handed_in(introduction="First words.")
    browser = client(article.owner)
    sent_unchanged(browser, at("introduction", article), introduction="Second words.")
    workflow.lock(fresh(article), "", "Hush.", by=make.editor())
    answer = sent_unchanged(browser, at("restore_part", article, 1, "introduction"))
    assert answer.status_code == 409
    assert "Hush." in text(answer)
    for number, place in ((9, "introduction"), (1, "details"), (1, "card:nothing"), (1, "x")):
        assert browser.get(at("restore_part", article, number, place)).status_code == 404


@pytest.mark.slow
def test_an_editor_finds_the_links_and_the_page_costs_the_same_for_many_facts(django_assert_max_num_queries):
    article = second_round(cards=20)
    browser = client(make.editor())
    assert "Bring back “introduction” from revision 1" in text(browser.get(at("compare", article)))
    with django_assert_max_num_queries(24):
        browser.get(f"{at('compare', article)}?old=1&new=2&as=rendered")
