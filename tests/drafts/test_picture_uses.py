"""Where a picture is used is kept in rows beside the words, whatever is done to the article."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import drafts, operations
from articles.desk.admin.pictures import articles_with
from articles.models import Article, BinnedPart, Picture, PictureUse, Revision
from articles.operations.doctor import content
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture() -> Picture:
    return make.picture()


def places(picture: Picture) -> list[str]:
    """Of the working copies, by kind. The rows are those that are made anew."""
    assert operations.wrong_picture_uses() == 0
    return sorted(place.partition(":")[0] for use in drafts.picture_uses(picture) for place in use.places)


def is_used(picture: Picture) -> bool:
    assert operations.wrong_picture_uses() == 0
    return articles_with(picture).exists()


def save_body(article: Article, body: str, *, card_picture: str = "") -> None:
    row = drafts.whole_cards(article.cards.filter(position=1)).get()
    value = drafts.card_value(row)
    new = dataclasses.replace(value, body=body, picture=card_picture)
    drafts.save_card(row, new, token=drafts.token(value), by=article.owner)


@pytest.mark.slow
def test_each_save_of_a_part_is_followed(picture: Picture):
    article = make.article(faqs=(make.faq(),))
    owner = article.owner
    save_body(article, picture.markdown)
    assert places(picture) == ["card"]
    save_body(article, "Nothing to see.", card_picture=picture.public_id)
    assert places(picture) == ["card"]
    save_body(article, "Nothing to see.")
    assert places(picture) == []
    intro = drafts.introduction_of(article)
    new_intro = dataclasses.replace(intro, introduction=f"See:\n\n{picture.markdown}")
    drafts.save_introduction(article, new_intro, token=drafts.token(intro), by=owner)
    end = drafts.conclusion_of(article)
    new_end = dataclasses.replace(end, conclusion=picture.markdown)
    drafts.save_conclusion(article, new_end, token=drafts.token(end), by=owner)
    faq = article.faqs.get()
    asked = drafts.faq_value(faq)
    drafts.save_faq(faq, dataclasses.replace(asked, answer=picture.markdown), token=drafts.token(asked), by=owner)
    details = drafts.details_of(article)
    new = dataclasses.replace(details, cover=picture.public_id)
    drafts.save_details(article, new, token=drafts.token(details), by=owner)
    assert places(picture) == ["conclusion", "details", "faq", "introduction"]
    article.refresh_from_db()
    details = drafts.details_of(article)
    other = dataclasses.replace(details, cover=make.picture().public_id, subject=make.subject(name="Gull Rock").slug)
    drafts.save_details(article, other, token=drafts.token(details), by=owner)
    assert places(picture) == ["conclusion", "faq", "introduction"]


def test_a_card_takes_its_picture_to_another_article(picture: Picture):
    article = make.article(cards=(make.card(picture=picture.public_id), make.card()))
    target = make.article(owner=article.owner)
    drafts.move_card(article.cards.get(position=1), target, by=article.owner)
    assert [use.article for use in drafts.picture_uses(picture)] == [target]
    assert places(picture) == ["card"]


def test_what_lies_in_the_bin_is_used_until_it_is_gone(picture: Picture):
    article = make.article(cards=(make.card(body=picture.markdown), make.card()))
    row = drafts.whole_cards(article.cards.filter(position=1)).get()
    binned = drafts.delete_card(row, token=drafts.token(drafts.card_value(row)), by=article.owner)
    assert places(picture) == []
    assert is_used(picture)
    drafts.restore_part(binned, by=article.owner)
    assert places(picture) == ["card"]
    row = drafts.whole_cards(article.cards.filter(position=1)).get()
    drafts.delete_card(row, token=drafts.token(drafts.card_value(row)), by=article.owner)
    BinnedPart.objects.update(binned_at=timezone.now() - drafts.KEPT_IN_BIN - dt.timedelta(days=1))
    second = drafts.whole_cards(article.cards.all()).get()
    drafts.delete_card(second, token=drafts.token(drafts.card_value(second)), by=article.owner)
    assert not is_used(picture)


def test_an_article_in_the_bin_uses_what_it_shows_and_is_not_changed(picture: Picture):
    article = make.article(cover=picture.public_id)
    drafts.delete(article, by=article.owner)
    assert drafts.picture_uses(picture) == []
    assert is_used(picture)


def test_a_revision_uses_it_for_ever_with_one_row_for_all(picture: Picture):
    article = make.article(introduction=picture.markdown)
    for name in ("first", "second"):
        drafts.keep_named(article, name, by=article.owner)
    intro = drafts.introduction_of(article)
    bare = dataclasses.replace(intro, introduction="Bare.")
    drafts.save_introduction(article, bare, token=drafts.token(intro), by=article.owner)
    assert places(picture) == []
    assert is_used(picture)
    assert PictureUse.objects.filter(picture=picture.public_id).count() == 1
    revision = Revision.objects.filter(name="first").get()
    article.refresh_from_db()
    drafts.restore(article, revision, change=article.change, by=article.owner)
    assert places(picture) == ["introduction"]


def test_a_copy_of_an_article_shows_it_too(picture: Picture):
    article = make.article(cards=(make.card(picture=picture.public_id),), cover=picture.public_id)
    drafts.duplicate(article, by=article.owner)
    assert places(picture) == ["card", "card", "details", "details"]


HOSTILE = (
    "![](picture:{})",
    "`picture:{}`",
    "![](picture:" + "x" * 10_000 + ") {}",
    "\u202e{}",
    "<img src='picture:{}'>",
)


@pytest.mark.parametrize("body", HOSTILE)
def test_hostile_texts_name_what_readers_would_see(picture: Picture, body: str):
    article = make.article()
    save_body(article, body.format(picture.public_id))
    assert places(picture) == (["card"] if body.startswith("![](picture:{}") else [])


def test_the_doctor_says_so_and_a_command_corrects(picture: Picture):
    article = make.article(cover=picture.public_id, introduction=picture.markdown)
    drafts.keep_named(article, "kept", by=article.owner)
    PictureUse.objects.filter(place__in=("details", "revisions")).delete()
    PictureUse.objects.create(picture="bcdfghjkmn", article=article, place="conclusion")
    (found,) = content.picture_uses()
    assert (found.code, found.remedy) == ("picture-uses", "Run manage.py rebuild_picture_uses.")
    call_command("rebuild_picture_uses")
    assert not list(content.picture_uses())
    assert places(picture) == ["details", "introduction"]


def test_the_uses_are_found_by_an_index_however_many_others_there_are(picture: Picture):
    article = make.article(cover=picture.public_id)
    other = make.article()
    PictureUse.objects.bulk_create(
        PictureUse(picture=f"bcdfghj{number:03}", article=other, place="introduction") for number in range(500)
    )
    with CaptureQueriesContext(connection) as queries:
        assert [use.article for use in drafts.picture_uses(picture)] == [article]
        assert list(articles_with(picture)) == [article]
    assert len(queries) == 2
    for query in queries.captured_queries:
        assert "LIKE" not in query["sql"]
        plan = plan_of(query["sql"])
        if connection.vendor == "sqlite":
            assert "picture_use_once" in plan or "sqlite_autoindex_articles_pictureuse" in plan, plan
        else:  # which of the indexes is a question of how many rows there are
            assert "Seq Scan on articles_pictureuse" not in plan, plan


def plan_of(sql: str) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{sql}")
        return "\n".join(" ".join(map(str, row)) for row in cursor.fetchall())
