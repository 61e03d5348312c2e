"""Ways in beside the drafts: publication, reference rows, comments, settings. What does not fit is refused."""

from __future__ import annotations

import dataclasses

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError

from articles import document, publishing, workflow
from articles.desk.writing.forms import NewArticleForm
from articles.document import Card, InvalidError, Source, validate
from articles.models import Revision, Subject, Tag, TagAlias
from fanguide import environment
from tests import make


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "//example.org",
        "https://",
        "https://[bad/",
        "https://a b/",
        "https://x:99999/",
        "episode 4",
    ],
)
def test_a_source_that_leads_nowhere_is_refused(url: str):
    with pytest.raises(InvalidError) as caught:
        validate(Card(sources=(Source(url=url),)))
    assert caught.value.first.field == "url"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("www.example.org/page", "https://www.example.org/page"),
        (" http://예시.한국/길?a=b&c=d#e ", "http://예시.한국/길?a=b&c=d#e"),
        ("", ""),
    ],
)
def test_an_address_of_the_web_passes(url: str, kept: str):
    assert validate(Card(sources=(Source(url=url),))).sources[0].url == kept


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{"public_id": "my-fact"}, {"public_id": ""}, {"spoiler_after": 10**30}])
def test_a_revision_of_an_older_program_that_would_break_the_lists_is_not_published(changes: dict[str, object]):
    article = make.article()
    value = make.document(cards=(dataclasses.replace(make.card(), **changes),))
    revision = Revision.objects.create(
        article=article,
        number=1,
        change=article.change,
        content=document.to_json(value),
        reason=Revision.Reason.REQUESTED,
    )
    with pytest.raises(publishing.PublishingError):
        publishing.publish(revision)
    assert not article.editions.exists()


@pytest.mark.django_db
def test_a_slug_that_fills_its_column_is_kept_and_the_next_one_is_shortened_for_its_number():
    first, second = (Subject.objects.create(name=name, slug="x" * 100) for name in ("One", "Two"))
    assert first.slug == "x" * 100
    assert second.slug == f"{'x' * 98}-2"


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Tag, TagAlias])
def test_a_name_whose_key_outgrows_its_column_is_refused(model: type[Tag | TagAlias]):
    with pytest.raises(ValidationError, match="too long for a tag"):
        model(name="ﷺ" * 60).clean()


@pytest.mark.django_db
def test_a_title_of_invisible_signs_alone_is_none():
    form = NewArticleForm(data={"title": "\u200b\u2060\u00ad"})
    assert not form.is_valid()
    assert "title" in form.errors


@pytest.mark.django_db
def test_a_comment_is_mended_and_one_that_is_too_long_is_refused():
    article, editor = make.article(), make.editor()
    assert workflow.comment(article, "Really?\x00\x0b", by=editor).text == "Really?"
    for text, quoted in (("x" * 5001, ""), ("Why?", "x" * 501), ("\u200b", "")):
        with pytest.raises(workflow.WorkflowError):
            workflow.comment(article, text, quoted=quoted, by=editor)


@pytest.mark.parametrize("name", ["Fan\x0bguide", "Fan\nguide", "Fan\ufffeguide", "x" * 101])
def test_a_site_name_that_feeds_cannot_hold_is_refused_with_its_remedy(monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.setenv("FANGUIDE_SITE_NAME", name)
    with pytest.raises(ImproperlyConfigured, match="FANGUIDE_SITE_NAME"):
        environment.shown_text("FANGUIDE_SITE_NAME", "Fanguide")
