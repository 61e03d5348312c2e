"""A whole working copy at once: what was written is what stands there, and the revision says so."""

import datetime as dt

import pytest

from articles import drafts
from articles.document import Numbering
from articles.models import Article, History, Tag, TagAlias
from tests import make

pytestmark = pytest.mark.django_db


def of_everything(**fields):
    """With names that mean other ones here, or nothing."""
    lamps = make.document(tags=("Lamps", "Ferries"))
    drafts.create(lamps, by=make.writer())
    TagAlias.objects.create(tag=Tag.objects.get(name="Lamps"), name="Lanterns")
    picture = make.picture()
    cards = (
        make.card(tags=("lanterns", "LAMPS", "New one"), emoji="⚓", spoiler_after=4, safe_heading="A lamp"),
        make.card(public_id="", body=f"![Ferry](picture:{picture.public_id})", check_on=dt.date(2027, 1, 2)),
        make.card(public_id="", sources=()),
    )
    default = {"cards": cards, "cover": picture.public_id, "tags": ("lanterns", "Lamps", "Boats"), "slug": "A B"}
    default |= {"numbering": Numbering.COUNTDOWN, "authors": ("nobody", lamps.authors[0]), "subject": "nothing"}
    return make.document(**default | fields)


def stored(article: Article):
    return drafts.document_of(Article.objects.get(pk=article.pk))


def test_the_revision_of_an_import_is_the_draft_as_it_stands():
    article = drafts.create(of_everything(), by=make.writer(), act=History.Act.IMPORT)
    kept = article.revisions.get().document
    assert kept == stored(article)
    assert kept.tags == ("Lamps", "Boats")
    assert kept.cards[0].tags == ("Lamps", "New one")
    assert all(card.public_id for card in kept.cards)
    assert len(kept.pictures) == 1
    assert kept.subject == ""


def test_a_newer_import_takes_the_place_of_everything():
    by = make.writer()
    article = drafts.create(make.document(), by=by, act=History.Act.IMPORT, unplaced="Old.")
    drafts.replace(article, of_everything(title="Newer"), by=by, unplaced="New.", note="ferry.txt")
    value = stored(article)
    assert (value.title, len(value.cards), len(value.faqs)) == ("Newer", 3, 2)
    assert article.revisions.first().document == value
    assert article.revisions.first().change == article.change == 2
    assert article.unplaced_text == "New."
    assert article.history.filter(act=History.Act.IMPORT, note="ferry.txt").count() == 1


def test_a_replaced_card_keeps_its_id_when_the_newer_import_names_it():
    by = make.writer()
    value = make.document()
    article = drafts.create(value, by=by, act=History.Act.IMPORT)
    drafts.replace(article, value, by=by)
    assert [card.public_id for card in stored(article).cards] == [card.public_id for card in value.cards]
