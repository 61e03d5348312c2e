"""Who may open which page of the desk, and what every answer of it carries."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.models import Tag
from tests import make

pytestmark = pytest.mark.django_db

WRITER, EDITOR, ADMIN, SUPERUSER, VISITOR, STAFF = "writer", "editor", "admin", "superuser", "visitor", "staff"
EVERYBODY = {WRITER, EDITOR, ADMIN, SUPERUSER}


def person(kind: str) -> User | None:
    match kind:
        case "visitor":
            return None
        case "staff":
            user = make.writer()
            user.groups.clear()
            return user
        case "superuser":
            return make.admin(is_superuser=True)
    return getattr(make, kind)()


#: Page by page: who may open it. Everybody else gets 403, visitors the log-in.
PAGES = {
    "index": EVERYBODY | {STAFF},
    "password_change": EVERYBODY | {STAFF},
    "health": {ADMIN, SUPERUSER},
    "articles_subject_changelist": EVERYBODY,
    "articles_subject_add": {EDITOR, ADMIN, SUPERUSER},
    "articles_subject_change": EVERYBODY,
    "articles_subject_history": EVERYBODY,
    "articles_subject_delete": {EDITOR, ADMIN, SUPERUSER},
    "articles_tag_changelist": EVERYBODY,
    "articles_tag_add": {EDITOR, ADMIN, SUPERUSER},
    "articles_tag_change": EVERYBODY,
    "articles_tag_history": EVERYBODY,
    "articles_tag_delete": {EDITOR, ADMIN, SUPERUSER},
    "articles_author_changelist": EVERYBODY,
    "articles_author_add": {ADMIN, SUPERUSER},
    "articles_author_change": EVERYBODY,
    "articles_author_history": EVERYBODY,
    "articles_author_delete": {ADMIN, SUPERUSER},
    "articles_picture_changelist": EVERYBODY,
    "articles_picture_add": EVERYBODY,
    "articles_picture_change": EVERYBODY,
    "articles_picture_history": EVERYBODY,
    "articles_picture_delete": {EDITOR, ADMIN, SUPERUSER},
    "auth_user_changelist": {ADMIN, SUPERUSER},
    "auth_user_add": {ADMIN, SUPERUSER},
    "auth_user_change": {ADMIN, SUPERUSER},
    "auth_user_history": {ADMIN, SUPERUSER},
    "auth_user_password_change": {ADMIN, SUPERUSER},
    "auth_user_delete": {SUPERUSER},
}


def address(page: str) -> str:
    if not page.endswith(("_change", "_history", "_delete")) or page == "password_change":
        return reverse(f"admin:{page}")
    makers = {
        "subject": make.subject,
        "tag": lambda: Tag.objects.for_names(["Ferries"])[0],
        "author": make.author,
        "picture": make.picture,
        "user": make.writer,
    }
    row = makers[page.split("_")[1]]()
    return reverse(f"admin:{page}", args=[row.pk])


@pytest.mark.parametrize("kind", [*sorted(EVERYBODY), STAFF])
@pytest.mark.parametrize("page", PAGES)
def test_only_those_of_the_table_may_open_a_page(page, kind, sign_in):
    answer = sign_in(person(kind)).get(address(page))
    assert answer.status_code == (200 if kind in PAGES[page] else 403)


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_is_asked_to_sign_in(page, sign_in):
    answer = sign_in(None).get(address(page))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("admin:login"))


@pytest.mark.parametrize("page", PAGES)
def test_no_shared_cache_keeps_a_page_and_only_pictures_are_loosened(page, sign_in):
    answer = sign_in(person(SUPERUSER)).get(address(page))
    assert "private" in answer.headers["Cache-Control"]
    policy = answer.headers["Content-Security-Policy"]
    assert "img-src 'self' data:" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("page", PAGES)
def test_no_page_holds_inline_script_or_style(page, sign_in):
    html = sign_in(person(SUPERUSER)).get(address(page)).content.decode()
    assert "<style" not in html
    assert " style=" not in html
    assert "<script>" not in html


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.endswith(("_add", "_change")) and "password" not in page]
)
def test_no_form_cuts_what_is_pasted(page, sign_in):
    html = sign_in(person(SUPERUSER)).get(address(page)).content.decode()
    assert "maxlength" not in html, "A browser cuts there what is pasted, and nobody sees it: desk.forms.UncutForm."


def test_an_account_that_is_switched_off_is_out_at_once(sign_in):
    user = make.editor()
    client: Client = sign_in(user)
    user.is_active = False
    user.save()
    assert client.get(reverse("admin:index")).status_code == 302


def test_taggits_own_pages_are_gone(sign_in):
    client = sign_in(person(SUPERUSER))
    assert client.get("/admin/taggit/tag/").status_code == 404
    assert client.get("/admin/taggit/tag/merge-tags/").status_code == 404


def test_the_groups_have_no_page(sign_in):
    assert sign_in(person(SUPERUSER)).get("/admin/auth/group/").status_code == 404


@pytest.mark.parametrize("page", [page for page in PAGES if page.endswith("_changelist")])
def test_no_list_offers_or_takes_an_action(page, sign_in):
    client = sign_in(person(SUPERUSER))
    address(page.replace("_changelist", "_change"))  # makes a row
    rows = client.get(reverse(f"admin:{page}")).context["cl"].queryset
    assert rows
    assert 'name="action"' not in client.get(reverse(f"admin:{page}")).content.decode()
    selected = [row.pk for row in rows]
    client.post(reverse(f"admin:{page}"), {"action": "delete_selected", "_selected_action": selected, "post": "yes"})
    assert rows.filter(pk__in=selected).count() == len(selected)
