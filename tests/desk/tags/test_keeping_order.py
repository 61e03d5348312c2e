"""The pages that keep tags in order: what they say beforehand, what they refuse, and what they do."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from taggit.models import Tag as TaggitTag

from articles.models import Article, Tag, TagOperation
from articles.operations import tags
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client):
    person = make.editor()
    client.force_login(person)
    return person


def url(name: str, *args: object) -> str:
    return reverse(f"admin:articles_tag_{name}", args=args)


def tag(name: str) -> Tag:
    return Tag.objects.get(name=name)


def text_of(response) -> str:
    return response.content.decode()


def test_taggits_own_page_is_nowhere(client: Client):
    assert not admin.site.is_registered(TaggitTag)
    client.force_login(make.admin(is_superuser=True))
    assert client.get("/admin/taggit/").status_code == 404
    assert client.get("/admin/taggit/tag/").status_code == 404


def test_the_page_of_a_tag_counts_its_uses_and_links_to_them(client: Client, editor):
    make.edition(cards=(make.card(tags=("Ferry",)), make.card()), tags=("Night",))
    page = text_of(client.get(url("change", tag("Ferry").pk)))
    assert "1 fact that readers see" in page
    assert f"{url('several')}?of=facts&amp;tag=Ferry" in page
    found = text_of(client.get(url("several"), {"of": "articles", "tag": "night"}))
    assert Article.objects.get().title in found


def test_merging_shows_what_it_changes_and_changes_nothing_until_it_is_pressed(client: Client, editor):
    make.edition(cards=(make.card(tags=("Old",)), make.card(tags=("New",))), tags=())
    page = text_of(client.get(url("merge", tag("Old").pk), {"into": "new"}))
    for phrase in ("1 fact", "1 article that readers see", "1 redirected address", "/tags/old/"):
        assert phrase in page
    assert Tag.objects.count() == 2
    response = client.post(url("merge", tag("Old").pk), {"into": "NEW"}, follow=True)
    assert "is merged" in text_of(response)
    assert list(Tag.objects.values_list("name", flat=True)) == ["New"]


def test_pressed_twice_it_leads_to_the_tag_that_stays(client: Client, editor):
    make.article(cards=(make.card(tags=("Old", "New")),), tags=())
    old, new = tag("Old"), tag("New")
    client.post(url("merge", old.pk), {"into": "New"})
    response = client.post(url("merge", old.pk), {"into": "New"}, follow=True)
    assert response.redirect_chain == [(url("change", new.pk), 302)]
    assert "“Old” was merged into “New”" in text_of(response)
    assert client.get(url("merge", 99_999)).status_code == 404


@pytest.mark.parametrize(
    ("into", "status", "sentence"),
    [
        ("Old", 409, "into itself"),
        ("nobody knows", 400, "No tag is called"),
        ("", 400, "Write the name"),
        ("\x00", 400, "Null characters"),
        ("x" * 5000, 400, "Keep it to"),
        ("<script>alert(1)</script>", 400, "&lt;script&gt;"),
    ],
)
def test_what_cannot_be_merged_is_refused_with_a_sentence(client: Client, editor, into, status, sentence):
    make.article(cards=(make.card(tags=("Old", "New")),), tags=())
    for method in (client.get, client.post):
        response = method(url("merge", tag("Old").pk), {"into": into})
        assert response.status_code == status
        assert sentence in text_of(response)
    assert not TagOperation.objects.exists()


def test_a_split_is_counted_first_and_makes_its_tag(client: Client, editor):
    article = make.article(cards=(make.card(tags=("Sea",)), make.card(tags=("Sea",))), tags=("Sea",))
    first = article.cards.first()
    sent = {"name": "Deep sea", "fact": [first.public_id]}
    page = text_of(client.post(url("split", tag("Sea").pk), sent))
    assert "a new tag" in page
    assert "1 fact" in page
    assert not Tag.objects.filter(name="Deep sea").exists()
    client.post(url("split", tag("Sea").pk), {**sent, "sure": "yes"})
    assert [[each.name for each in card.tags.all()] for card in article.cards.all()] == [["Deep sea"], ["Sea"]]
    assert article.tags.get().name == "Sea"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"name": "Deep sea"}, "Tick at least one"),
        ({"name": "sea", "fact": ["x"]}, "means this same tag"),
        ({"name": "Deep sea", "fact": ["x"], "sure": "yes"}, "Nothing that you chose"),
        ({"name": "Deep sea", "article": ["9" * 30, "x"]}, "Tick at least one"),
        ({"name": "\u200b", "fact": ["x"]}, "at least one letter"),
    ],
)
def test_a_split_of_nothing_is_refused(client: Client, editor, sent, sentence):
    make.article(cards=(make.card(tags=("Sea",)),), tags=())
    response = client.post(url("split", tag("Sea").pk), sent)
    assert response.status_code in (400, 409)
    assert sentence in text_of(response)
    assert list(Tag.objects.values_list("name", flat=True)) == ["Sea"]


@pytest.mark.slow
def test_renaming_goes_on_record_and_comes_back_with_its_address(client: Client, editor):
    make.edition(cards=(make.card(tags=("Boats",)),), tags=())
    boats = tag("Boats")
    form = client.get(url("change", boats.pk)).context["adminform"].form
    sent = {"name": "Ships", "also_written": "Vessels", "slug": "ships", "description": "", "version": form.version}
    client.post(url("change", boats.pk), sent)
    assert client.get("/tags/boats/").headers["Location"] == "/tags/ships/"
    act = TagOperation.objects.get()
    assert "renamed “Boats” to “Ships”" in text_of(client.get(url("record")))
    client.post(url("undo", act.pk))
    assert client.get("/tags/ships/").headers["Location"] == "/tags/boats/"
    boats.refresh_from_db()
    assert (boats.name, list(boats.aliases.values_list("name", flat=True))) == ("Boats", ["Ships"])


def test_undoing_says_what_stands_in_the_way(client: Client, editor):
    make.article(cards=(make.card(tags=("Old", "New", "Newest")),), tags=())
    first = tags.merge(tag("Old"), tag("New"), by=editor)
    tags.merge(tag("New"), tag("Newest"), by=editor)
    page = client.get(url("undo", first.pk))
    assert "“New” → “Newest”" in text_of(page)
    assert client.post(url("undo", first.pk)).status_code == 409
    assert client.get(url("undo", 99_999)).status_code == 404


def test_tags_that_may_be_one_are_offered_until_somebody_keeps_them_apart(client: Client, editor):
    make.article(cards=(make.card(tags=("Comedies", "Comedy", "Season 1", "Season 2")),), tags=())
    page = text_of(client.get(url("tidy")))
    assert "?into=" in page
    assert "Season" not in page
    client.post(url("tidy"), {"one": tag("Comedy").pk, "two": tag("Comedies").pk})
    assert "No two tags" in text_of(client.get(url("tidy")))
    assert client.post(url("tidy"), {"one": "x", "two": "9" * 40}).status_code == 302


def test_unused_tags_are_offered_and_used_ones_are_not(client: Client, editor):
    make.article(cards=(make.card(tags=("Used",)),), tags=())
    Tag.objects.create(name="Left over")
    page = text_of(client.get(url("tidy")))
    assert url("delete", tag("Left over").pk) in page
    assert url("delete", tag("Used").pk) not in page


def test_bulk_tagging_changes_drafts_only_and_leaves_other_tags(client: Client, editor):
    edition = make.edition(cards=(make.card(tags=("Sea",)), make.card(tags=("Night",))), tags=("Crew",))
    ids = [card.public_id for card in edition.article.cards.all()]
    before = edition.parts
    sent = {"fact": ids, "article": [edition.article.pk], "add": "Ferry", "remove": "sea"}
    page = text_of(client.post(url("several"), sent))
    assert "3 have other tags now" in page
    names = [{each.name for each in card.tags.all()} for card in edition.article.cards.all()]
    assert names == [{"Ferry"}, {"Night", "Ferry"}]
    assert {each.name for each in edition.article.tags.all()} == {"Crew", "Ferry"}
    edition.refresh_from_db()
    assert edition.parts == before


def test_bulk_tagging_reports_what_may_not_or_cannot_be_changed(client: Client):
    writer = make.writer()
    client.force_login(writer)
    own, foreign = make.article(owner=writer), make.article()
    facts = [article.cards.first().public_id for article in (own, foreign)]
    page = text_of(client.post(url("several"), {"fact": facts, "add": "Ferry"}))
    assert "You may not change this article" in page
    assert [article.cards.first().tags.filter(name="Ferry").exists() for article in (own, foreign)] == [True, False]
    assert foreign.title not in text_of(client.get(url("several")))


def test_bulk_tagging_needs_something_to_do(client: Client, editor):
    fact = make.article().cards.first().public_id
    for sent, sentence in (({"fact": fact}, "Write a tag"), ({"add": "Ferry"}, "Tick at least one")):
        response = client.post(url("several"), sent)
        assert response.status_code == 400
        assert sentence in text_of(response)


@pytest.mark.slow
def test_pages_cost_the_same_however_many_there_are(client: Client, editor, django_assert_max_num_queries):
    make.article(cards=tuple(make.card(tags=("Sea", f"Fish {number}")) for number in range(30)), tags=())
    for address in (url("several"), url("split", tag("Sea").pk), url("tidy"), url("record")):
        with django_assert_max_num_queries(20):
            assert client.get(address).status_code == 200


def test_a_tag_of_a_closed_fact_alone_is_used_and_stays(client: Client, editor):
    edition = make.edition(cards=(make.card(tags=("Twist",), spoiler_after=2, safe_heading="A turn"),), tags=())
    edition.article.cards.get().tags.clear()
    response = client.post(url("delete", tag("Twist").pk), {"post": "yes"})
    assert "cannot be deleted while it is used" in text_of(response)
    assert Tag.objects.filter(name="Twist").exists()


def test_what_only_readers_see_under_a_tag_is_split_too(client: Client, editor):
    edition = make.edition(cards=(make.card(tags=("Sea",)),), tags=("Sea",))
    card = edition.article.cards.get()
    card.tags.clear()
    edition.article.tags.clear()
    page = text_of(client.get(url("split", tag("Sea").pk)))
    assert "the draft has lost it" in page
    sent = {"name": "Deep sea", "fact": [card.public_id], "article": [edition.article.pk], "sure": "yes"}
    assert f'value="{card.public_id}"' in page
    client.post(url("split", tag("Sea").pk), sent)
    edition.refresh_from_db()
    new = tag("Deep sea").pk
    assert (edition.parts["tags"], edition.parts["cards"][0]["tags"]) == ([new], [new])
    assert not card.tags.exists()


def test_a_report_does_not_name_articles_that_one_may_not_see(client: Client):
    article = make.article(title="Nobody knows of this", tags=())
    client.force_login(make.writer())
    page = text_of(client.post(url("several"), {"article": [article.pk], "add": "Ferry"}))
    assert "Nobody knows" not in page
    assert "You may not change this article" in page
    assert not article.tags.exists()


def test_a_nul_in_the_id_of_a_fact_finds_nothing(client: Client, editor):
    make.article(cards=(make.card(tags=("Sea",)),), tags=())
    sent = {"name": "Deep", "add": "Deep", "fact": ["x\x00"], "sure": "yes"}
    assert "\x00" not in text_of(client.post(url("several"), sent))
    assert "Nothing that you chose" in text_of(client.post(url("split", tag("Sea").pk), sent))
