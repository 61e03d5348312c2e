"""The HTML of each body is kept beside its words, and never shown for other words than those it was made of."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import drafts
from articles.document import Card
from articles.drafts import rendering
from articles.models import Article, FactCard, Faq
from articles.text import markdown
from tests import make

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) ![](picture:none) \x00 **b"


@pytest.fixture
def article() -> Article:
    return make.article(cards=2, faqs=1)


def html(article: Article) -> dict[str, str]:
    return dict(drafts.document_and_html_of(Article.objects.get(pk=article.pk))[1])


def change(article: Article, body: str) -> Card:
    row = article.cards.first()
    now = drafts.card_value(row)
    new = Card(public_id=now.public_id, heading=now.heading, body=body)
    return drafts.save_card(row, new, token=drafts.token(now), by=article.owner)


def test_a_save_keeps_the_html_of_its_words(article: Article):
    saved = change(article, "It burns **all night**.")
    row = article.cards.first()
    assert row.html == "<p>It burns <strong>all night</strong>.</p>\n"
    assert html(article)[f"card:{saved.public_id}"] == row.html


def test_opening_makes_what_is_missing_and_renders_it_no_second_time(article: Article, monkeypatch):
    FactCard.objects.update(html="", html_key="")
    first = html(article)
    rendering._render_words.cache_clear()
    monkeypatch.setattr(markdown, "render", lambda *_: pytest.fail("It was rendered before."))
    monkeypatch.setattr(
        rendering, "html_of", lambda body, _find_image: body
    )  # introduction and conclusion, which have no row
    again = html(article)
    assert {place: words for place, words in again.items() if ":" in place} == {
        place: words for place, words in first.items() if ":" in place
    }


def test_kept_html_is_dropped_when_words_pictures_or_renderer_are_others(article: Article, monkeypatch):
    picture = make.picture(alt="A lamp")
    saved = change(article, f"![](picture:{picture.public_id})")
    place = f"card:{saved.public_id}"
    assert "A lamp" in html(article)[place]

    type(picture).objects.update(alt="Another lamp")
    assert "Another lamp" in html(article)[place]

    FactCard.objects.filter(public_id=saved.public_id).update(body="Other words.")
    assert html(article)[place] == "<p>Other words.</p>\n"

    Faq.objects.update(html="<p>Old renderer</p>")
    faq = Faq.objects.get()
    assert html(article)[f"faq:{faq.public_id}"] == "<p>Old renderer</p>", "its key still says that it is right"
    monkeypatch.setattr(markdown, "RENDERER_VERSION", markdown.RENDERER_VERSION + 1)
    assert "Old renderer" not in html(article)[f"faq:{faq.public_id}"]


def test_hostile_words_are_harmless_in_what_is_kept(article: Article):
    saved = change(article, HOSTILE)
    for words in (html(article)[f"card:{saved.public_id}"], article.cards.first().html):
        assert "<script" not in words
        assert "href" not in words


def test_opening_asks_the_same_however_many_cards_there_are():
    counts = []
    for cards in (3, 40):
        row = make.article(cards=cards)
        html(row)
        with CaptureQueriesContext(connection) as captured:
            drafts.document_and_html_of(row)
        counts.append(len(captured))
    assert counts[0] == counts[1]
