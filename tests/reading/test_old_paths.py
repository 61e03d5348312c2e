"""The paths of a site that this one took over lead to where its articles are now."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import publishing, workflow
from articles.models import OldPath
from articles.workflow import WorkflowError
from tests import make
from tests.reading import addresses

pytestmark = pytest.mark.django_db

LONG_AGO = dt.datetime(2019, 5, 3, 10, 20, tzinfo=dt.UTC)


@pytest.fixture
def boss():
    return make.user(role=make.Role.ADMIN, is_superuser=True)


def brought_in(by, *, path: str = "/2019/05/lamps/", at=LONG_AGO, **fields):
    return workflow.publish_imported(make.article(owner=by, **fields), at=at, by=by, old_path=path)


@pytest.mark.parametrize("asked", ["/2019/05/lamps/", "/2019/05/lamps", "/2019/05/lamps/?utm_source=mail"])
def test_an_old_path_leads_to_the_article_in_one_hop(client: Client, boss, asked):
    brought_in(boss, slug="lamps")
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (301, "/articles/lamps/")
    assert "max-age" in response["Cache-Control"]
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("path", ["/밤배/등불/", "/a b/c%d/", "/articles/the-lamps/", "/archive/lamps.html", "/lamps"])
def test_any_path_will_do_even_one_among_ours(client: Client, boss, path):
    brought_in(boss, slug="lamps", path=path)
    response = client.get(path.replace("%", "%25"))
    assert (response.status_code, response["Location"]) == (301, "/articles/lamps/")


def test_after_the_address_changes_it_is_still_one_hop(client: Client, boss):
    article = brought_in(boss, slug="lamps")
    addresses.publish_again(article, slug="nine-lamps")
    assert client.get("/2019/05/lamps/")["Location"] == "/articles/nine-lamps/"


def test_what_was_taken_down_is_gone_at_its_old_path_too(client: Client, boss):
    publishing.take_down(brought_in(boss))
    assert client.get("/2019/05/lamps/").status_code == 410


def test_a_path_that_nothing_stood_at_is_not_found(client: Client, boss):
    brought_in(boss)
    for path in ("/2019/05/", "/2019/05/lamps/more/", "/lamps/", "/%00/", f"/{'a' * 3000}/"):
        response = client.get(path)
        assert response.status_code == 404, path
        assert "We cannot find that page" in response.content.decode()


def test_a_path_is_silent_until_its_article_is_public(client: Client, boss):
    ahead = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    brought_in(boss, at=ahead)
    assert client.get("/2019/05/lamps/").status_code == 404


def test_nothing_is_posted_to_another_place(client: Client, boss):
    brought_in(boss)
    assert client.post("/2019/05/lamps/").status_code == 404


def test_our_own_addresses_still_get_their_last_slash(client: Client, boss):
    brought_in(boss)
    assert client.get("/articles")["Location"] == "/articles/"
    assert client.get("/articles/nothing").status_code == 301


def test_it_costs_one_query_that_names_no_working_copy(client: Client, boss):
    brought_in(boss)
    for path in ("/2019/05/lamps/", "/nothing/"):
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        assert len(queries) == 1, path
        assert '"articles_article"' not in queries[0]["sql"]


# --- taking the path over ---------------------------------------------------------------------------------------------


def test_a_path_that_leads_elsewhere_already_stops_the_publication(boss):
    first = brought_in(boss)
    second = make.article(owner=boss)
    with pytest.raises(WorkflowError, match="leads to another article already"):
        workflow.publish_imported(second, at=LONG_AGO, by=boss, old_path="/2019/05/lamps")
    second.refresh_from_db()
    assert (second.status, second.editions.count()) == ("draft", 0)
    assert OldPath.objects.get().article == first


def test_what_was_public_already_has_no_second_past(boss):
    article = brought_in(boss)
    with pytest.raises(WorkflowError, match="Only a draft that was never public"):
        workflow.publish_imported(article, at=LONG_AGO, by=boss)


def test_only_who_may_approve_and_publish_may_do_it():
    article = make.article()
    with pytest.raises(PermissionDenied):
        workflow.publish_imported(article, at=LONG_AGO, by=article.owner)
    assert not article.editions.exists()
