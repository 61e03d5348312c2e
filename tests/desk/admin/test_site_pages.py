"""Three pages about the site, whose text editors keep: no fourth, none fewer, and nobody's words are written over."""

import pytest
from django.urls import reverse

from articles.models import SitePage
from tests import make
from tests.desk.pages import both_texts, version_at

pytestmark = pytest.mark.django_db

LIST = reverse("admin:articles_sitepage_changelist")
ABOUT = reverse("admin:articles_sitepage_change", args=["about"])


def written(**fields) -> SitePage:
    return SitePage.objects.create(**{"slug": "about", "title": "Us", "body": "We are many."} | fields)


def form_of(client) -> dict[str, str]:
    return {"title": "Us", "body": "We are few."} | version_at(client, ABOUT)


def test_the_list_has_the_three_written_or_not(by_editor):
    written(slug="privacy", title="Your data")
    html = by_editor.get(LIST).content.decode()
    assert all(reverse("admin:articles_sitepage_change", args=[slug]) in html for slug in SitePage.Slug.values)
    assert "Your data" in html
    assert html.count("standard text") == 2


def test_a_page_begins_with_the_sites_own_words(by_editor):
    html = by_editor.get(ABOUT).content.decode()
    assert "How a fact gets here" in html
    assert "data-markdown" in html
    assert "data-fields" in html
    by_editor.post(ABOUT, form_of(by_editor))
    row = SitePage.objects.get()
    assert (row.slug, row.title, row.body, row.html.strip()) == ("about", "Us", "We are few.", "<p>We are few.</p>")
    history = by_editor.get(reverse("admin:articles_sitepage_history", args=[row.pk]))
    assert history.status_code == 200
    assert history.context["action_list"][0].user == row_user(by_editor)


def row_user(client):
    return client.get(reverse("admin:index")).context["user"]


def test_emptied_or_saved_as_it_stood_it_says_the_sites_own_words(by_editor, client):
    before = client.get("/about/").content
    own = by_editor.get(ABOUT).context["form"].own_words
    for body in ("", "  ", own.replace("\n", "\r\n")):
        by_editor.post(ABOUT, form_of(by_editor) | {"body": body})
        assert SitePage.objects.get().body == ""
        assert client.get("/about/").content == before


def test_the_second_of_two_is_told_also_of_a_page_that_nobody_had_written(by_editor, sign_in):
    mine = form_of(by_editor)
    first = sign_in(make.editor())
    first.post(ABOUT, form_of(first) | {"title": "All of us", "body": "We are two."})
    refused = by_editor.post(ABOUT, mine)
    assert refused.status_code == 409
    assert both_texts(refused) == ["All of us", "Us", "We are two.", "We are few."]
    assert SitePage.objects.get().body == "We are two."


def test_a_title_is_asked_for(by_editor):
    html = by_editor.post(ABOUT, form_of(by_editor) | {"title": ""}).content.decode()
    assert "Not saved yet" in html
    assert "We are few." in html
    assert not SitePage.objects.exists()


@pytest.mark.parametrize("who", ["by_editor", "by_admin"])
def test_nobody_adds_a_fourth_or_deletes_one(who, request):
    client, row = request.getfixturevalue(who), written()
    assert client.get(reverse("admin:articles_sitepage_add")).status_code == 403
    assert client.post(reverse("admin:articles_sitepage_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    assert client.get(reverse("admin:articles_sitepage_change", args=["imprint"])).status_code == 302
    assert SitePage.objects.count() == 1


def test_writers_do_not_see_them(by_writer):
    assert by_writer.get(LIST).status_code == 403
    assert by_writer.get(ABOUT).status_code == 403
    assert LIST not in by_writer.get(reverse("admin:index")).content.decode()


def test_a_page_without_a_row_has_no_history(by_editor):
    assert by_editor.get(reverse("admin:articles_sitepage_history", args=["about"])).status_code == 404
