"""The commands, and which article a name means."""

import datetime as dt
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles import drafts, exporting, states, transfer, workflow
from articles.models import Article, VainSearch
from tests import make
from tests.transfer import site

pytestmark = pytest.mark.django_db


def told(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_an_article_is_written_so_that_it_can_be_read_exactly():
    article = make.article(title="Lamps")
    assert exporting.from_markdown(told("export_article", "lamps")) == drafts.document_of(article)
    assert exporting.from_json(told("export_article", "lamps", "--format", "json")) == drafts.document_of(article)


def test_the_working_copy_is_written_unless_the_live_words_are_asked_for():
    article = make.live(title="Lamps")
    old = drafts.introduction_of(article)
    drafts.save_introduction(
        article, drafts.Introduction(introduction="Newer."), token=drafts.token(old), by=article.owner
    )
    assert exporting.from_markdown(told("export_article", "lamps")).introduction == "Newer."
    assert exporting.from_markdown(told("export_article", "lamps", "--live")).introduction == old.introduction


def test_an_article_is_found_by_each_of_its_names():
    article = make.live(title="Lamps", owner=make.writer())
    old = drafts.details_of(article)
    drafts.save_details(
        article, drafts.Details(title="New", slug="new-lamps"), token=drafts.token(old), by=article.owner
    )
    card = article.cards.first()
    assert card is not None
    for name in ("lamps", "new-lamps", card.public_id, str(article.pk)):
        assert transfer.article_named(name) == article, name


def test_an_address_means_its_article_before_a_draft_that_would_like_to_have_it():
    public = make.live(title="1988")
    make.article(title="1988")
    assert transfer.article_named("1988") == public


@pytest.mark.parametrize("name", ["nothing", "999999", "９", "bcdfghjkmn", "-1", "9" * 30])
def test_a_name_that_means_nothing_is_answered_with_a_sentence(name: str):
    with pytest.raises(CommandError, match=r"There is no article “.*”: give an address"):
        told("export_article", "--", name)


def test_a_slug_that_several_drafts_have_is_answered_with_their_numbers():
    first, second = make.article(title="Same"), make.article(title="Same")
    with pytest.raises(CommandError, match=f"name one of {first.pk}, {second.pk}"):
        told("export_article", "same")


@pytest.mark.parametrize("state", ["never", "taken down"])
def test_what_is_not_live_has_no_live_words(state: str):
    article = make.live(title="Lamps") if state == "taken down" else make.approved(title="Lamps")
    if state == "taken down":
        workflow.make(states.TAKE_DOWN, article, by=make.editor(), note="Wrong.")
    with pytest.raises(CommandError, match="Nothing of “Lamps” is live now"):
        told("export_article", "lamps", "--live")


@pytest.mark.slow
def test_a_site_goes_out_and_comes_in_by_two_commands(tmp_path: Path, settings):
    make.live(title="Lamps", cover=make.picture().public_id)
    folder = str(tmp_path / "out")
    assert f"In {folder}: 1 article, 1 edition and 1 picture." in told("export_site", folder)
    with pytest.raises(CommandError, match=r"not empty .* Nothing was imported"):
        told("import_site", folder)
    site.empty_database()
    settings.MEDIA_ROOT = tmp_path / "other-media"
    assert "Nobody has a password yet" in told("import_site", folder)
    assert Article.objects.get().title == "Lamps"
    with pytest.raises(CommandError, match="is no export of a site"):
        told("import_site", str(tmp_path))


def test_an_export_says_what_it_leaves_out(tmp_path: Path):
    VainSearch.objects.create(words="lanterns", day=dt.date(2030, 1, 1))
    make.article(title="Lamps")
    words = told("export_site", str(tmp_path / "site"))
    assert "Passwords and e-mail addresses are not in it." in words
    assert "Not in it: 1 search in vain: what the readers of this site did not find in it.\n" in words
    assert words.count("Not in it:") == 1
