"""Pictures in a dialog: found by words, brought in file by file, described, put right."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from articles.desk.admin.picture_dialog import PER_PAGE, title_of
from articles.models import Picture
from tests import make

pytestmark = pytest.mark.django_db

JSON = {"HTTP_ACCEPT": "application/json"}
LIBRARY = "admin:articles_picture_choose"
WORDS = {"title": "Ferry", "alt": "A ferry at night", "credit": "", "licence": "", "focal_x": "50", "focal_y": "50"}


def ask(client: Client, **query: Any) -> dict[str, Any]:
    answer = client.get(reverse(LIBRARY), query, **JSON)
    assert answer.status_code == 200
    return answer.json()


def send(client: Client, picture: Picture | None = None, **fields: Any):
    url = reverse(f"{LIBRARY}_one", args=[picture.public_id]) if picture else reverse(f"{LIBRARY}_new")
    opened = form_in(client.get(url, **JSON).json()) if picture and client.get(url, **JSON).status_code == 200 else {}
    return client.post(url, {"version": opened.get("version", "")} | fields, **JSON)


def ids_in(answer: dict[str, Any]) -> list[str]:
    return [str(node.attributes["value"]) for node in LexborHTMLParser(answer["html"]).css("input[type=radio]")]


def form_in(answer: dict[str, Any]) -> dict[str, str]:
    fields = LexborHTMLParser(answer["html"]).css("form input[name], form textarea[name]")
    shown = {str(node.attributes["name"]): node.attributes.get("value") or node.text() for node in fields}
    return {name: value for name, value in shown.items() if name not in ("decorative", "upload")}


def jpeg(name: str = "night-ferry.jpg", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make.image_bytes() if data is None else data)


def test_the_library_comes_newest_first_and_a_page_at_a_time(by_writer):
    pictures = [Picture(title=f"{n}", alt="x", file="pictures/a.jpg", width=9, height=9) for n in range(PER_PAGE + 2)]
    for picture in pictures:
        picture.save()
    first, second = ask(by_writer), ask(by_writer, page=2)
    assert ids_in(first) == [picture.public_id for picture in reversed(pictures[2:])]
    assert (first["status"], first["next"]) == (f"{PER_PAGE} of {PER_PAGE + 2} pictures", 2)
    assert ids_in(second) == [pictures[1].public_id, pictures[0].public_id]
    assert (second["status"], second["next"]) == (f"{PER_PAGE + 2} of {PER_PAGE + 2} pictures", None)


def test_a_text_learns_what_its_pictures_look_like(by_writer):
    ferry, line = make.picture(alt="A ferry at night"), make.picture(alt="", decorative=True, size=(60, 40))
    ids = [ferry.public_id, line.public_id, "nothere", "\x00", "a" * 9000]
    answer = by_writer.get(reverse("admin:articles_picture_shown"), {"id": ids}, **JSON)
    assert answer.json()["pictures"] == {
        ferry.public_id: {"src": ferry.preview_url, "width": 80, "height": 60, "alt": "A ferry at night"},
        line.public_id: {"src": line.preview_url, "width": 60, "height": 40, "alt": ""},
    }
    assert by_writer.get(reverse("admin:articles_picture_shown"), **JSON).json() == {"pictures": {}}


@pytest.mark.parametrize("query", [{"page": "0"}, {"page": "x"}, {"page": "99999"}, {"q": "\x00"}, {"q": "a" * 9000}])
def test_a_strange_request_is_answered_all_the_same(by_writer, query):
    make.picture()
    assert ask(by_writer, **query)["status"]


@pytest.mark.parametrize("words", ["ferry night", "NIGHT lantern", "park ferry", "4.0 ferry"])
def test_all_words_must_hold_in_title_alt_or_credit(by_writer, words):
    picture = make.picture(title="Lantern", alt="A ferry at night", credit="Mina Park 4.0")
    make.picture(title="Ferry", alt="At dawn", credit="Jun")
    assert ids_in(ask(by_writer, q=words)) == [picture.public_id]


def test_a_picture_is_found_by_its_public_id(by_writer):
    picture, _other = make.picture(), make.picture()
    assert ids_in(ask(by_writer, q=picture.public_id)) == [picture.public_id]


def test_an_empty_library_and_an_empty_search_say_so(by_writer):
    assert ask(by_writer)["status"] == "There is no picture yet."
    make.picture()
    assert ask(by_writer, q="zeppelin")["status"] == "No picture has all of these words."


def test_the_list_shows_small_copies_and_asks_the_database_a_fixed_number_of_times(
    by_writer, django_assert_num_queries
):
    pictures = [make.picture(), make.picture(decorative=True, alt="")]
    ask(by_writer)
    with django_assert_num_queries(5):  # session, account, permissions, count, page
        html = ask(by_writer)["html"]
    assert all(picture.thumbnail_url in html for picture in pictures)
    assert "decorative" in html


def test_a_file_is_taken_first_and_its_words_are_asked_for(by_writer):
    answer = send(by_writer, upload=jpeg())
    assert answer.status_code == 200
    form = form_in(answer.json())
    assert form["title"] == "Night ferry"
    assert not Picture.objects.exists()
    saved = send(by_writer, **form | {"alt": "A ferry", "credit": "Mina Park", "licence": "CC BY 4.0"})
    assert saved.status_code == 200
    picture = Picture.objects.get()
    assert (picture.public_id, [picture.public_id]) == (saved.json()["id"], ids_in(saved.json()))
    assert (picture.alt, picture.licence, picture.width) == ("A ferry", "CC BY 4.0", 80)
    assert picture.uploaded_by is not None
    assert LogEntry.objects.get().is_addition()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"", "empty"), (b"nothing", "is not a picture"), (b"\xff\xd8\xff" + bytes(20_000_001), "20 MB")],
)
def test_a_bad_file_is_told_in_a_sentence(by_writer, data, sentence):
    answer = send(by_writer, upload=jpeg(data=data))
    assert answer.status_code == 400
    assert sentence in answer.json()["sentence"]


def test_no_file_at_all_is_told_in_a_sentence(by_writer):
    assert send(by_writer).json()["sentence"]


def test_the_words_are_asked_for_until_they_say_what_is_shown(by_writer):
    form = form_in(send(by_writer, upload=jpeg()).json())
    answer = send(by_writer, **form | {"alt": "", "credit": "Mina Park"})
    assert answer.status_code == 400
    again = form_in(answer.json())
    assert "mark it as decorative" in answer.json()["html"]
    assert (again["credit"], again["kept"]) == ("Mina Park", form["kept"])
    assert send(by_writer, **again, decorative="on").status_code == 200
    assert Picture.objects.get().decorative


def test_a_forged_file_is_refused(by_writer):
    answer = send(by_writer, **WORDS, kept='{"file": "secret-key", "width": 1, "height": 1}')
    assert answer.status_code == 400
    assert not Picture.objects.exists()


def test_one_picture_shows_its_words_and_where_it_is_used(by_editor):
    picture = make.picture(title="Lamp")
    make.article(title="On board", introduction=picture.markdown)
    answer = by_editor.get(reverse(f"{LIBRARY}_one", args=[picture.public_id]), **JSON).json()
    assert form_in(answer)["title"] == "Lamp"
    assert "The article “On board”" in answer["html"]
    assert reverse("admin:articles_picture_change", args=[picture.pk]) in answer["html"]


def test_words_focus_and_file_are_changed_with_a_line_of_history(by_writer):
    picture = make.picture()
    old = picture.file
    data = jpeg(data=make.image_bytes(size=(800, 500)))
    answer = send(by_writer, picture, **WORDS | {"alt": "A ferry at dawn", "focal_x": "20"}, upload=data)
    assert answer.status_code == 200
    picture.refresh_from_db()
    assert (picture.alt, picture.focal_x, picture.width) == ("A ferry at dawn", 20, 800)
    assert picture.file != old
    assert LogEntry.objects.get().is_change()


def test_a_wrong_value_leaves_the_picture_as_it_is_and_keeps_what_was_typed(by_writer):
    picture = make.picture(title="Lamp")
    answer = send(by_writer, picture, **WORDS | {"title": "Ferry", "focal_x": "101"})
    assert answer.status_code == 400
    assert form_in(answer.json())["title"] == "Ferry"
    assert Picture.objects.get().title == "Lamp"


def test_an_unknown_picture_and_a_signed_out_script_are_told_by_status(by_writer, client):
    url = reverse(f"{LIBRARY}_one", args=["bcdfghjkmn"])
    assert by_writer.get(url, **JSON).status_code == 404
    answer = client.get(url, **JSON)
    assert (answer.status_code, "sign in again" in answer.json()["sentence"]) == (401, True)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("night_ferry--2.final.jpg", "Night ferry 2.final"),
        ("IMG_2034.JPG", "IMG 2034"),
        ("\u1112\u1161\u11ab.png", "한"),
        ("x" * 300 + ".png", "X" + "x" * 199),
    ],
)
def test_a_title_is_proposed_from_the_name_of_the_file(name, title):
    assert title_of(name) == title
