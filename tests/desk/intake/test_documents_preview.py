"""The preview of a document that is brought in: where each block goes, and what other roles make of it."""

import base64
import html
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from articles import drafts, importing
from articles.importing import Choice
from articles.models import Article
from tests import make
from tests.desk.pages import client, form_of, text, tree
from tests.sampling import is_thorough

pytestmark = pytest.mark.django_db

URL = "/admin/articles/article/import/"
PASTED = """Three facts about the night ferry

It leaves at night, and nobody knows why.

1. The ferry is real

It crosses the strait  twice a week.

“I have never learned to swim.” — Captain Han

2. The captain cannot swim

He said so in an interview.

3. It has seven lamps

Count them.

Conclusion

It arrives in the morning.

FAQ

Is it cold?

Yes, on deck.
"""


@pytest.fixture
def browser() -> Client:
    return client(make.writer())


def shown(browser: Client, pasted: str = PASTED) -> HttpResponse:
    response = browser.post(URL, {"text": pasted})
    assert response.status_code == 200
    return response


def again(browser: Client, preview: HttpResponse, **changes: Any) -> HttpResponse:
    changes = {name.replace("role_", "role-"): value for name, value in changes.items()}
    return browser.post(URL, form_of(preview) | {"act": "update"} | changes)


def marks(preview: HttpResponse) -> dict[str, str]:
    """The mark of each block by the first word of its text."""
    return {
        block.css_first(".block-text").text().strip(): block.css_first(".block-mark").text()
        for block in tree(preview).css(".block")
    }


def result(preview: HttpResponse) -> str:
    return " ".join(tree(preview).css_first("[data-result]").text(separator=" ").split())


def index_of(preview: HttpResponse, words: str) -> int:
    for index, block in enumerate(tree(preview).css(".block")):
        if words in block.text():
            return index
    raise AssertionError(words)


def test_every_block_is_marked_by_where_it_goes(browser: Client):
    assert marks(shown(browser)) == {
        "Three facts about the night ferry": "Title",
        "It leaves at night, and nobody knows why.": "Introduction",
        "1. The ferry is real": "Fact 1, heading",
        "It crosses the strait twice a week.": "Fact 1",
        "“I have never learned to swim.”\n— Captain Han": "Fact 1, quotation",
        "2. The captain cannot swim": "Fact 2, heading",
        "He said so in an interview.": "Fact 2",
        "3. It has seven lamps": "Fact 3, heading",
        "Count them.": "Fact 3",
        "Conclusion": "Conclusion, heading",
        "It arrives in the morning.": "Conclusion",
        "FAQ": "Heading of the questions",
        "Is it cold?": "Question 1",
        "Yes, on deck.": "Question 1, answer",
    }
    assert not Article.objects.exists()


def test_beside_it_stands_the_article_with_its_repairs(browser: Client):
    told = result(shown(browser))
    assert "3 facts, 1 question, 0 not placed" in told
    for words in ("1 The ferry is real", "3 It has seven lamps Count them.", "Is it cold? Yes, on deck."):
        assert words in told
    assert "Repaired" in told


def test_every_field_says_which_block_it_is_for(browser: Client):
    page = tree(shown(browser))
    for block in page.css(".block"):
        label = page.css_first(f"label[for={block.css_first('select').id}]")
        assert label.text() == f"Role of block {block.css_first('.block-number').text()}"


def test_another_role_changes_the_article_and_stays_chosen(browser: Client):
    preview = shown(browser)
    index = index_of(preview, "The captain cannot")
    preview = again(browser, preview, **{f"role-{index}": "card text"})
    assert "2 facts" in result(preview)
    assert marks(preview)["2. The captain cannot swim"] == "Fact 1"
    assert tree(preview).css_first(f"#role-{index} option[selected]").attributes["value"] == "card text"
    preview = again(browser, preview, **{f"role-{index}": ""})
    assert "3 facts" in result(preview)


def test_what_is_left_out_is_shown_with_the_reason_and_stays_with_the_draft(browser: Client):
    preview = shown(browser)
    preview = again(browser, preview, **{f"role-{index_of(preview, 'Count them')}": "left out"})
    assert "Not placed" in result(preview)
    assert "Count them. left out by hand" in result(preview)
    assert browser.post(URL, form_of(preview) | {"act": "create"}).status_code == 302
    assert "Count them." in Article.objects.get().unplaced_text


def test_the_draft_is_the_article_that_was_shown(browser: Client):
    preview = shown(browser)
    choices = {3: Choice.QUOTATION, 5: Choice.CARD_TEXT, 1: Choice.CARD}
    preview = again(browser, preview, **{f"role-{index}": choice.value for index, choice in choices.items()})
    browser.post(URL, form_of(preview) | {"act": "create"})
    wanted = importing.rearranged(importing.read_text(PASTED), choices).document
    made = drafts.document_of(Article.objects.get())
    assert [(card.heading, card.body) for card in made.cards] == [(card.heading, card.body) for card in wanted.cards]
    assert (made.title, made.introduction, made.conclusion) == (wanted.title, wanted.introduction, wanted.conclusion)
    assert [faq.answer for faq in made.faqs] == [faq.answer for faq in wanted.faqs]
    assert Article.objects.get().unplaced_text == ""


def test_the_title_that_the_draft_gets_is_shown(browser: Client):
    untitled = PASTED.partition("\n\n")[2]
    assert "(no title yet)" in result(shown(browser, untitled))
    file = SimpleUploadedFile("two-old_ferries.txt", untitled.encode())
    preview = browser.post(URL, {"file": file})
    assert tree(preview).css_first(".import-title").text() == "Two old ferries"
    preview = again(browser, preview, title="Mine")
    assert tree(preview).css_first(".import-title").text() == "Mine"
    browser.post(URL, form_of(preview) | {"act": "create", "title": ""})
    assert Article.objects.get().title == "Two old ferries"


def test_choices_without_an_update_count_as_well(browser: Client):
    preview = shown(browser)
    browser.post(URL, form_of(preview) | {"act": "create", "role-1": "card"})
    assert Article.objects.get().cards.count() == 4


def test_every_word_of_the_source_is_on_the_page(browser: Client):
    page = text(shown(browser, PASTED + "\nA stray line at the end.\n"))
    missing = [word for word in PASTED.split() if word not in page]
    assert missing == []
    assert "A stray line at the end." in page


@pytest.mark.parametrize(
    "changes",
    [
        {"role-99": "card"},
        {"role--1": "card"},
        {"role-1": "king"},
        {"role-x": "card"},
        {"roles": "1"},
        {"roles": "77:card"},
        {"source": "nonsense"},
        {"source": ""},
        {"source": base64.b64encode(b"never pressed").decode()},
        {"source": base64.b64encode(zlib.compress(b"1. a\n" * 2_000_000)).decode()},
        {"kind": "docx"},
    ],
)
@pytest.mark.parametrize("act", ["update", "create"])
def test_what_the_page_never_offered_is_refused(browser: Client, changes: dict[str, str], act: str):
    preview = shown(browser)
    response = browser.post(URL, form_of(preview) | changes | {"act": act})
    assert response.status_code == 400
    assert "again" in tree(response).css_first(".errornote").text()
    assert not Article.objects.exists()


def test_hostile_words_are_words(browser: Client):
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    response = shown(browser, PASTED.replace("Count them.", hostile).replace("Conclusion", "</textarea>\"'>"))
    page = response.content.decode()
    assert hostile not in page
    assert html.escape(hostile) in page
    assert not tree(response).css("#content script, #content img, #content [onerror]")


def test_a_hostile_file_name_is_a_name(browser: Client):
    response = browser.post(URL, form_of(shown(browser)) | {"name": '"><b>x</b>.txt', "act": "update"})
    assert "&quot;&gt;&lt;b&gt;x" in response.content.decode()


def test_only_who_may_write_may_bring_in_or_preview(browser: Client):
    sent = form_of(shown(browser)) | {"act": "create"}
    person = make.user(role=None)
    person.is_staff = True
    person.save()
    stranger = client(person)
    assert [stranger.get(URL).status_code, stranger.post(URL, sent).status_code] == [403, 403]
    assert not Article.objects.exists()


# --- many blocks ------------------------------------------------------------------------------------------------------


def long_text(cards: int) -> str:
    return "A long list\n\n" + "".join(f"{n}. Heading {n}\n\nText number {n}.\n\n" for n in range(1, cards + 1))


@pytest.mark.slow
def test_a_long_document_comes_in_pages_and_its_choices_come_along(browser: Client):
    preview = shown(browser, long_text(400))
    assert len(tree(preview).css(".block")) == 300
    assert "Blocks 1 to 300 of 801" in text(preview)
    preview = browser.post(URL, form_of(preview) | {"role-2": "left out", "go": "3"})
    assert len(tree(preview).css(".block")) == 201
    assert "Text number 400." in text(preview)
    preview = again(browser, preview, **{"role-800": "left out"})
    assert "2 not placed" in result(preview)
    assert browser.post(URL, form_of(preview) | {"act": "create"}).status_code == 302
    article = Article.objects.get()
    assert article.cards.count() == 400
    assert article.unplaced_text.count("left out by hand") == 2


@pytest.mark.slow
def test_thousands_of_blocks_are_shown_and_too_many_cards_refused_with_a_sentence(browser: Client):
    cards = 2_500 if is_thorough() else 1_001
    preview = shown(browser, long_text(cards))
    assert f"of {2 * cards + 1}" in text(preview)
    response = browser.post(URL, form_of(preview) | {"act": "create"})
    assert response.status_code == 400
    assert f"There are {cards}; at most 1000 can be kept" in text(response)
    assert not Article.objects.exists()
