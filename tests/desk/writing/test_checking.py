"""What can be checked of an article: on the outline, on the page to check by, and for the desk's script."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import drafts
from articles.models import Article, Subject
from tests import make
from tests.desk.pages import JSON, at, client, sent_unchanged, text, tree

pytestmark = pytest.mark.django_db

BODY = "It reached **26** countries on March 8, 2024, and 26 countries again in May 2025. 🔥 Seen by Ko Min-jae."


@pytest.fixture
def article() -> Article:
    cards = (make.card(heading="Seen in 26 countries", body=BODY), make.card(heading="Lamps", body="They burn."))
    return make.article(cards=cards, faqs=(make.faq(question="When?", answer="In 2024."),), introduction="A Top 10.")


def place_of(article: Article) -> str:
    return f"card:{drafts.document_of(article).cards[0].public_id}"


def test_each_part_says_how_much_of_it_can_be_checked_and_what_is_said_twice_counts_once(article):
    page = tree(client(article.owner).get(at("change", article)))
    boxes = {box.parent.id: box for box in page.css("[data-claims]") if box.parent.id}
    first, second = (f"card-{card.public_id}" for card in drafts.document_of(article).cards)
    assert boxes[first].css_first("summary").text() == "4 things to check"
    assert "hidden" in boxes[second].attributes
    assert boxes["introduction"].css_first("summary").text() == "1 thing to check"
    assert "hidden" in boxes["conclusion"].attributes
    link = boxes[first].css_first("a").attributes["href"]
    assert link == f"{at('claims', article)}#{first}"


def test_the_page_lists_all_parts_that_claim_something(article):
    page = client(article.owner).get(at("claims", article))
    said = text(page)
    assert "26 countries number" in said
    assert "March 8, 2024 date" in said
    assert "Ko Min-jae name" in said
    assert "Top 10 rank" in said
    headings = [node.css_first("h2").text() for node in tree(page).css("section") if node.css("li")]
    assert headings == ["Introduction", "Seen in 26 countries", "When?"]


def test_the_page_of_an_article_without_claims_says_so():
    article = make.article(cards=0, faqs=0, introduction="", conclusion="", conclusion_heading="")
    assert "Nothing of the kind" in text(client(article.owner).get(at("claims", article)))


def test_the_script_gets_the_words_by_code_points_of_what_is_stored(article):
    claims = client(article.owner).get(at("claims", article), {"place": place_of(article)}, **JSON).json()["claims"]
    assert [(claim["kind"], claim["field"]) for claim in claims] == [
        ("number", "heading"), ("date", "body"), ("date", "body"), ("name", "body")
    ]  # fmt: skip
    name = claims[-1]
    stored = drafts.document_of(article).cards[0].body
    assert stored[name["start"] : name["stop"]] == name["words"] == "Ko Min-jae"
    nothing = client(article.owner).get(at("claims", article), {"place": "card:none"}, **JSON).json()
    assert nothing == {"claims": [], "may": True}


@pytest.mark.slow
def test_the_checklist_brings_the_counts_after_a_save(article):
    browser, public_id = client(article.owner), drafts.document_of(article).cards[1].public_id
    assert f"card:{public_id}" not in browser.get(at("checklist", article), **JSON).json()["claims"]
    sent_unchanged(browser, at("card", article, public_id), body="They burn for 9 hours.")
    assert browser.get(at("checklist", article), **JSON).json()["claims"][f"card:{public_id}"] == 1


def test_the_name_of_the_subject_is_nothing_to_check():
    subject = make.subject(name="Salt Crown: The Reckoning", other_names=["Grey Crown"])
    body = "In Salt Crown: The Reckoning, as in Salt Crown and Grey Crown, Ko Min-jae sings. So does Black Crown."
    article = make.article(cards=(make.card(heading="Songs", body=body),), subject=subject.slug)
    assert Subject.objects.get(article=article) == subject
    claims = client(article.owner).get(at("claims", article), {"place": place_of(article)}, **JSON).json()["claims"]
    assert [claim["words"] for claim in claims] == ["Ko Min-jae", "Black Crown"]


def test_an_article_is_read_in_its_language(settings):
    settings.LANGUAGE_CODE = "en"
    body = "Sie lief in 19 Ländern."
    article = make.article(cards=(make.card(heading="Zahlen", body=body),), language="de")
    claims = client(article.owner).get(at("claims", article), {"place": place_of(article)}, **JSON).json()["claims"]
    assert [claim["words"] for claim in claims] == ["19 Ländern"]


def test_who_may_not_see_the_article_gets_no_list(article):
    assert client(None).get(at("claims", article)).status_code == 302
    assert client(make.writer()).get(at("claims", article)).status_code == 403
    assert client(article.owner).post(at("claims", article)).status_code == 405


def test_what_is_quoted_shows_as_text_whatever_is_in_it():
    article = make.article(cards=(make.card(heading="Said", body="He said “<script>alert(1)</script> and more”."),))
    for name in ("claims", "review"):
        page = client(make.editor()).get(at(name, article)).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt; and more" in page


def test_the_page_costs_the_same_for_two_and_for_fifty_cards(article):
    long = make.article(owner=article.owner, cards=tuple(make.card(body=f"{n} lamps.") for n in range(50)))
    browser = client(article.owner)

    def queries(row: Article) -> int:
        with CaptureQueriesContext(connection) as seen:
            browser.get(at("claims", row))
        return len(seen)

    queries(article)
    assert queries(long) == queries(article)


def test_the_review_page_lists_the_claims_of_each_part(article):
    page = tree(client(make.editor()).get(at("review", article)))
    public_id = drafts.document_of(article).cards[0].public_id
    box = page.css_first(f"#card-{public_id} .piece-claims")
    assert box.css_first("summary").text() == "4 things to check"
    assert " ".join(box.css_first("li").text().split()) == "26 countries number open Check: 26 countries"
    second = drafts.document_of(article).cards[1].public_id
    assert not page.css(f"#card-{second} .piece-claims")
