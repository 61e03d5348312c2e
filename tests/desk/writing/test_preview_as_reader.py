"""The preview follows what readers get: pages for somebody who has seen so much, and share pictures."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image

from articles import images
from articles.models import Article
from tests import make
from tests.desk.pages import at, client, tree

pytestmark = pytest.mark.django_db


def spoiled() -> Article:
    cards = tuple(make.card(heading=f"Told in {episode}", spoiler_after=episode) for episode in (2, 5))
    return make.article(cards=cards, faqs=0)


def shown(article: Article, **fields: str):
    return tree(client(article.owner).post(at("preview_unsaved", article), fields))


@pytest.mark.parametrize(("seen", "opened"), [("", 0), ("4", 1), ("5", 2), ("many", 0)])
def test_the_page_is_shown_to_a_reader_who_has_seen_so_much(seen: str, opened: int):
    article = spoiled()
    assert len(shown(article, seen=seen).css("details[data-safe][open]")) == opened
    saved = client(article.owner).get(at("preview", article), {"seen": seen})
    assert len(tree(saved).css("details[data-safe][open]")) == opened


@pytest.mark.slow
def test_the_share_picture_of_the_article_is_shown_and_that_of_the_fact_in_hand():
    article = spoiled()
    card = article.cards.first()
    page = shown(article, **{"as": "share", "place": f"card:{card.public_id}"})
    of_article, of_fact = page.css("main img")
    assert of_article.attributes["alt"].endswith(article.title)
    assert of_fact.attributes["alt"] == "1. A fact about Night Ferry, after episode 2"
    _kind, _comma, data = of_fact.attributes["src"].partition(",")
    with Image.open(io.BytesIO(base64.b64decode(data))) as picture:
        assert picture.size == images.SHARE_SIZE
    assert len(shown(article, **{"as": "share", "place": "introduction"}).css("main img")) == 1


@pytest.mark.slow
def test_a_fact_that_was_never_saved_has_a_share_picture_too():
    article = make.article(cards=0)
    sent = {"as": "share", "place": "card:new", "card:new": "heading=The+lamps&body=Three."}
    assert shown(article, **sent).css("main img")[1].attributes["alt"] == "Night Ferry: 1. The lamps"
