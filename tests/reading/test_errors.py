"""Error pages: calm words, a way onward, and no database."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import override_settings
from django.urls import path

from articles.reading import errors
from articles.reading.urls import urlpatterns as public

pytestmark = pytest.mark.django_db


def refuse(_request: HttpRequest) -> None:
    raise PermissionDenied


def break_down(_request: HttpRequest) -> None:
    raise RuntimeError("a secret of the machine")


urlpatterns = [*public, path("refuse/", refuse), path("break/", break_down)]
handler400 = "articles.reading.errors.bad_request"
handler403 = "articles.reading.errors.forbidden"
handler404 = "articles.reading.errors.not_found"
handler500 = "articles.reading.errors.server_error"

PAGES = {
    400: errors.bad_request,
    403: errors.forbidden,
    404: errors.not_found,
    410: errors.gone,
    429: errors.too_many,
    500: errors.server_error,
}


def no_database(*_args: object) -> None:
    raise AssertionError("An error page asks the database.")


@pytest.mark.parametrize(("status", "view"), PAGES.items())
def test_each_page_says_what_to_do_next_without_the_database(status: int, view):
    with connection.execute_wrapper(no_database):
        response = view(RequestFactory().get("/somewhere/"))
    html = response.content.decode()
    assert response.status_code == status
    assert html.count("<h1") == 1
    assert 'href="/articles/"' in html
    assert 'href="/"' in html
    assert 'name="description"' in html
    assert "noindex" not in html, "the status says it to robots; the word beside it only costs in audits"
    assert response["Cache-Control"] == "no-store"


@override_settings(ROOT_URLCONF="tests.reading.test_errors")
def test_what_breaks_and_what_is_refused_tells_no_secret():
    client = Client(raise_request_exception=False)
    for address, status in (("/refuse/", 403), ("/break/", 500), ("/nothing/", 404)):
        response = client.get(address)
        assert response.status_code == status
        assert "secret" not in response.content.decode()
        assert "Content-Security-Policy" in response


def test_a_broken_template_still_gives_an_answer(monkeypatch):
    def fail(*_args: object) -> str:
        raise RuntimeError("no template")

    monkeypatch.setattr(errors, "render_to_string", fail)
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()


def test_a_form_without_its_token_is_refused_in_our_words():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/admin/login/", {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert "This form has grown old" in response.content.decode()


def test_too_many_tries_say_when_to_come_back():
    assert errors.too_many(RequestFactory().get("/"), seconds=90)["Retry-After"] == "90"


def test_an_unknown_host_is_a_bad_request(client: Client):
    response = client.get("/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()
