"""About, contact, privacy: the site's own words until editors write theirs."""

import pytest
from django.test import Client

from articles.models import SitePage
from tests import make

pytestmark = pytest.mark.django_db

SLUGS = SitePage.Slug.values


@pytest.mark.parametrize("slug", SLUGS)
def test_the_site_has_words_of_its_own(client: Client, slug: str, settings):
    settings.SITE_NAME = "Ferry *Facts*"
    page = client.get(f"/{slug}/")
    html = page.content.decode()
    assert page.status_code == 200
    assert html.count("<h1") == 1
    assert f'<link rel="canonical" href="http://testserver/{slug}/">' in html
    assert "%(" not in html
    assert html.count("<p>") > 2


def test_privacy_says_how_long_an_address_is_kept(client: Client):
    assert "90 days" in client.get("/privacy/").content.decode()


def test_what_editors_write_shows_at_once(client: Client):
    before = client.get("/about/")["ETag"]
    row = SitePage.objects.create(slug="about", title="Who we are", body="We are **three**.\n\n## Where\n\nIn Busan.")
    page = client.get("/about/", headers={"If-None-Match": before})
    assert page.status_code == 200
    assert "Who we are" in page.content.decode()
    assert "<strong>three</strong>" in page.content.decode()
    assert "<h2" in page.content.decode(), "between the title and the headings of the text"
    assert 'name="description" content="We are three."' in page.content.decode()
    row.body = ""
    row.save()
    assert client.get("/about/")["ETag"] == before, "emptied, the site's own words are back"


def test_pages_are_kept_as_long_as_the_setting_says_and_no_event_matters(client: Client, settings):
    settings.PUBLIC_CACHE_SECONDS = 77
    assert "s-maxage=77" in client.get("/contact/")["Cache-Control"]


def test_what_editors_write_is_sanitised(client: Client):
    SitePage.objects.create(slug="about", title="<b>Us</b>", body="<script>alert(1)</script>[x](javascript:alert(1))")
    html = client.get("/about/").content.decode()
    assert "<script>alert" not in html
    assert 'href="javascript' not in html
    assert "<b>Us" not in html


def test_pictures_of_the_library_show(client: Client):
    picture = make.picture(alt="The crew")
    SitePage.objects.create(slug="about", title="Us", body=f"![](picture:{picture.public_id})")
    html = client.get("/about/").content.decode()
    assert 'alt="The crew"' in html
    assert picture.file.partition(".")[0] in html


def test_every_public_page_leads_to_them(client: Client):
    for path in ("/", "/nothing-here/", "/about/"):
        html = client.get(path).content.decode()
        assert all(f'href="/{slug}/"' in html for slug in SLUGS), path
