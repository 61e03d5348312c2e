"""The preview offers other readings, roles by hand, what the document is about, and says what came in before."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, override_settings

from articles.models import Article, Subject
from tests import make
from tests.desk.pages import client, form_of, text, tree

pytestmark = pytest.mark.django_db

URL = "/admin/articles/article/import/"
BODY = "Nobody on the quay had expected it, and half of the village stayed up to see it with their own eyes."
IN_GROUPS = "# Six facts about the Night Ferry\n\n" + "".join(
    f"## {group}\n\n" + "".join(f"### {fact}\n\n{BODY}\n\n" for fact in facts)
    for group, facts in (
        ("On deck", ("The lamps are red", "The rail is rope")),
        ("Below", ("There is no bar", "The cook sings")),
        ("Ashore", ("The pier is new", "Tickets are wood")),
    )
)
PROSE = "The ferry leaves at night.\n\nThe lamps\n\nThey are red, and nobody has counted them since the war ended.\n"


@pytest.fixture
def browser() -> Client:
    return client(make.writer())


def shown(browser: Client, pasted: str) -> HttpResponse:
    response = browser.post(URL, {"text": pasted})
    assert response.status_code == 200
    return response


def headings(preview: HttpResponse) -> list[str]:
    return [node.text() for node in tree(preview).css(".import-cards .card-heading")]


def offered(preview: HttpResponse) -> dict[str, str]:
    return {node.text(): node.attributes["value"] for node in tree(preview).css("button[name=read_as]")}


# --- another reading --------------------------------------------------------------------------------------------------


def test_another_reading_is_one_click_away_and_so_is_the_way_back(browser: Client):
    first = shown(browser, IN_GROUPS)
    assert len(headings(first)) == 6
    groups = next(value for words, value in offered(first).items() if words.startswith("3 facts: On deck"))
    second = browser.post(URL, form_of(first) | {"read_as": groups})
    assert headings(second) == ["On deck", "Below", "Ashore"]
    back = next(value for words, value in offered(second).items() if words.startswith("6 facts"))
    assert len(headings(browser.post(URL, form_of(second) | {"read_as": back}))) == 6


def test_the_draft_is_made_of_the_reading_that_is_shown(browser: Client):
    first = shown(browser, IN_GROUPS)
    groups = next(value for words, value in offered(first).items() if words.startswith("3 facts"))
    second = browser.post(URL, form_of(first) | {"read_as": groups})
    assert browser.post(URL, form_of(second) | {"act": "create"}).status_code == 302
    assert Article.objects.get().cards.count() == 3


def test_roles_chosen_for_one_reading_are_not_put_on_another(browser: Client):
    first = shown(browser, IN_GROUPS)
    sent = form_of(first) | {"role-1": "left out", "read_as": next(iter(offered(first).values()))}
    second = browser.post(URL, sent)
    assert second.status_code == 200
    assert not tree(second).css(".block-chosen")


@pytest.mark.parametrize("number", ["99", "-1", "x", "9" * 30, ""])
@pytest.mark.parametrize("name", ["read_as", "reading"])
def test_a_reading_that_does_not_exist_is_refused_or_the_likeliest(browser: Client, name: str, number: str):
    response = browser.post(URL, form_of(shown(browser, IN_GROUPS)) | {name: number})
    assert response.status_code == (400 if number == "99" else 200)
    assert not Article.objects.exists()


# --- no list ----------------------------------------------------------------------------------------------------------


def test_a_document_without_a_list_takes_its_roles_by_hand_on_the_same_screen(browser: Client):
    preview = shown(browser, PROSE)
    assert "No list of facts was found" in text(preview)
    assert headings(preview) == []
    index = next(at for at, node in enumerate(tree(preview).css(".block")) if "The lamps" in node.text())
    preview = browser.post(URL, form_of(preview) | {f"role-{index}": "card", "act": "update", "title": "Lamps"})
    assert headings(preview) == ["The lamps"]
    assert browser.post(URL, form_of(preview) | {f"role-{index}": "card", "act": "create"}).status_code == 302
    assert [card.heading for card in Article.objects.get().cards.all()] == ["The lamps"]


def test_a_file_without_a_list_is_taken_as_well(browser: Client):
    response = browser.post(URL, {"file": SimpleUploadedFile("ferry.txt", PROSE.encode())})
    assert "No list of facts was found" in text(response)


# --- what it is about -------------------------------------------------------------------------------------------------


def chosen_subject(preview: HttpResponse) -> str:
    option = tree(preview).css_first("#id_subject option[selected]")
    return option.text() if option and option.attributes.get("value") else ""


def test_the_subject_that_the_title_names_is_proposed(browser: Client):
    Subject.objects.create(name="Ferry", kind="film")
    Subject.objects.create(name="Night Ferry", kind="drama")
    assert chosen_subject(shown(browser, IN_GROUPS)) == "Night Ferry"


@pytest.mark.parametrize("names", [{"original_name": "밤의 나루"}, {"other_names": ["Bamui Naru", "밤의 나루"]}])
def test_a_subject_is_known_by_its_other_names_with_a_particle_behind_them(browser: Client, names: dict[str, object]):
    Subject.objects.create(name="The Quay", **names)
    pasted = "밤의 나루에 숨은 비밀 3가지\n\n" + "".join(f"{n}. 비밀 {n}호\n\n{BODY}\n\n" for n in (1, 2, 3))
    assert chosen_subject(shown(browser, pasted)) == "The Quay"


def test_a_name_inside_another_word_or_once_by_the_way_is_no_subject(browser: Client):
    Subject.objects.create(name="Erry")
    Subject.objects.create(name="Cook")
    assert chosen_subject(shown(browser, IN_GROUPS)) == ""


def test_a_text_without_a_title_gets_one_proposed(browser: Client):
    Subject.objects.create(name="Night Ferry")
    untitled = f"The Night Ferry is old. The Night Ferry is slow.\n\n{IN_GROUPS.partition(chr(10))[2]}"
    preview = shown(browser, untitled)
    assert form_of(preview)["title"].endswith("facts about Night Ferry")


# --- what came in before ----------------------------------------------------------------------------------------------


def notice(preview: HttpResponse) -> str:
    node = tree(preview).css_first(".import-notice")
    return " ".join(node.text().split()) if node else ""


def test_a_document_that_was_imported_before_is_said_with_a_link(browser: Client):
    preview = shown(browser, IN_GROUPS)
    assert notice(preview) == ""
    browser.post(URL, form_of(preview) | {"act": "create", "title": "Another name"})
    article = Article.objects.get()
    preview = shown(browser, IN_GROUPS)
    assert notice(preview) == "This document was imported before. It became: Another name (Draft)"
    assert f"/{article.pk}/" in tree(preview).css_first(".import-notice a").attributes["href"]
    browser.post(URL, form_of(preview) | {"act": "create"})
    assert Article.objects.count() == 2  # it is said, not forbidden


def test_an_article_of_the_same_title_is_said_as_well(browser: Client):
    make.article(title="six facts about the night ferry")
    assert "There is an article with this title already" in notice(shown(browser, IN_GROUPS))


@override_settings(LANGUAGE_CODE="ko")
def test_all_of_it_is_said_in_korean(browser: Client):
    preview = shown(browser, PROSE)
    assert "No list of facts" not in text(preview)
    assert "목록을 찾지 못했습니다" in text(preview)
    assert "다른 방식으로 읽기" in text(shown(browser, IN_GROUPS))
