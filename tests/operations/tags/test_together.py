"""Two editors at the same moment, on real transactions."""

from __future__ import annotations

import dataclasses
import threading

import pytest

from articles import drafts, publishing
from articles.models import Revision, Tag, TaggedCard, TagOperation
from articles.operations import tags
from tests import make
from tests.together import after, at_once, before_it_ends

pytestmark = pytest.mark.django_db(transaction=True)


def tagged() -> tuple[Tag, Tag, Tag]:
    make.edition(cards=tuple(make.card(tags=(name,)) for name in ("One", "Two", "Three")), tags=())
    one, two, three = (Tag.objects.get(name=name) for name in ("One", "Two", "Three"))
    return one, two, three


@pytest.mark.slow
def test_of_two_merges_towards_each_other_one_is_told():
    (one, two, _three), editor = tagged(), make.editor()
    outcome = at_once(lambda: tags.merge(one, two, by=editor), lambda: tags.merge(two, one, by=editor))
    assert outcome == ["TagActError", "done"]
    assert Tag.objects.count() == 2
    assert TaggedCard.objects.count() == 3


@pytest.mark.slow
def test_of_two_merges_of_one_tag_one_is_told():
    (one, two, three), editor = tagged(), make.editor()
    outcome = at_once(lambda: tags.merge(one, two, by=editor), lambda: tags.merge(one, three, by=editor))
    assert outcome == ["TagActError", "done"]
    assert TagOperation.objects.count() == 1


@pytest.mark.slow
def test_an_act_is_undone_once():
    (one, two, _three), editor = tagged(), make.editor()
    act = tags.merge(one, two, by=editor)
    outcome = at_once(lambda: tags.undo(act, by=editor), lambda: tags.undo(act, by=editor))
    assert outcome == ["TagActError", "done"]
    assert Tag.objects.count() == 3


@pytest.mark.slow
def test_a_card_saved_while_its_tag_is_merged_keeps_its_words_and_a_tag():
    (one, two, _three), editor = tagged(), make.editor()
    row = TaggedCard.objects.select_related("content_object__article").get(tag=one).content_object
    value = drafts.card_value(row)

    def save() -> None:
        new = dataclasses.replace(value, body="New words.")
        drafts.save_card(row, new, token=drafts.token(value), by=editor)

    outcome = at_once(save, lambda: tags.merge(one, two, by=editor))
    assert outcome in (["done", "done"], ["StaleError", "done"])
    row.refresh_from_db()
    assert row.tags.get() == two


@pytest.mark.slow
@pytest.mark.parametrize("merges_first", [False, True])
def test_a_tag_that_is_merged_while_a_new_card_gets_it_is_the_other_there(merges_first: bool):
    (one, two, _three), editor = tagged(), make.editor()
    article = make.article(cards=(make.card(tags=()),))
    row = article.cards.get()
    value, done = drafts.card_value(row), threading.Event()

    def save() -> None:
        drafts.save_card(row, dataclasses.replace(value, tags=("One",)), token=drafts.token(value), by=editor)

    def merge() -> None:
        tags.merge(one, two, by=editor)

    first, second = (merge, save) if merges_first else (save, merge)
    assert at_once(before_it_ends(first, done), after(done, second)) == ["done", "done"]
    assert row.tags.get() == two


@pytest.mark.slow
@pytest.mark.parametrize("merges_first", [False, True])
def test_a_tag_that_is_merged_while_a_revision_with_it_is_published_is_the_other_there(merges_first: bool):
    (one, two, _three), editor, done = tagged(), make.editor(), threading.Event()
    article = make.article(cards=(make.card(tags=("One",)),), tags=())
    revision = drafts.keep_revision(article, Revision.Reason.IMPORTED, by=article.owner)
    TaggedCard.objects.filter(content_object__article=article).delete()  # nothing says that the merge concerns it

    def publish() -> None:
        publishing.publish(revision)

    def merge() -> None:
        tags.merge(one, two, by=editor)

    first, second = (merge, publish) if merges_first else (publish, merge)
    assert at_once(before_it_ends(first, done), after(done, second)) == ["done", "done"]
    assert {row.tag for row in article.editions.get().facts.get().tag_rows.all()} == {two}
