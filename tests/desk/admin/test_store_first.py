"""A store of pictures may take seconds: it is asked while nothing is locked, and no transaction is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from articles.document import Document
from articles.importing import Account, Imported
from articles.importing.entry import Embedded
from articles.models import Article, Picture
from articles.operations import many, sources
from tests import make
from tests.desk.pages import client, saved

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {"title": "Ferry", "alt": "A ferry at night", "credit": "", "licence": "", "focal_x": "50", "focal_y": "50"}


def another(name: str = "lamp.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make.image_bytes(size=(500, 300)))


def add(browser: Client, _picture: Picture) -> Any:
    return browser.post(reverse("admin:articles_picture_add"), WORDS | {"upload": another()})


def replace(browser: Client, picture: Picture) -> Any:
    return saved(browser, reverse("admin:articles_picture_change", args=[picture.pk]), WORDS | {"upload": another()})


def add_in_dialog(browser: Client, _picture: Picture) -> Any:
    return browser.post(reverse("admin:articles_picture_choose_new"), {"upload": another()})


def replace_in_dialog(browser: Client, picture: Picture) -> Any:
    address = reverse("admin:articles_picture_choose_one", args=[picture.public_id])
    field = LexborHTMLParser(browser.get(address).json()["html"]).css_first("input[name=version]")
    return browser.post(address, WORDS | {"upload": another(), "version": field.attributes["value"]})


def document() -> Imported:
    words = Document(title="Ferry", introduction="![A lamp](picture:image1.jpg)", cards=(make.card(),))
    pictures = (Embedded("image1.jpg", make.image_bytes(), "A lamp"),)
    return Imported(words, Account(source=""), "ferry.docx", "docx", pictures)


def bring_in(_browser: Client, _picture: Picture) -> Any:
    found = sources.Found(key="ferry.docx", name="ferry.docx", digest="0" * 64, size=10, read=document)
    run = many._Run(make.writer(name="juno"), "", "", False)
    [report] = run.batch([found])
    assert report.outcome == many.Outcome.NEW, report
    assert Article.objects.get().introduction.startswith("![A lamp](picture:")


@pytest.mark.parametrize("act", [add, replace, add_in_dialog, replace_in_dialog, bring_in])
def test_nothing_asks_the_store_within_a_transaction(act: Callable[[Client, Picture], Any], monkeypatch):
    picture, browser = make.picture(), client(make.editor())
    asked: list[tuple[str, bool]] = []
    kind = type(default_storage._wrapped)
    for name in ("_open", "_save", "exists", "size", "delete", "listdir"):
        plain = getattr(kind, name)

        def noted(self: Any, *values: Any, plain: Any = plain, name: str = name, **more: Any) -> Any:
            asked.append((name, connection.in_atomic_block))
            return plain(self, *values, **more)

        monkeypatch.setattr(kind, name, noted)
    answer = act(browser, picture)
    assert answer is None or answer.status_code in (200, 302), answer.content.decode()
    assert ("_save", False) in asked
    assert [name for name, within in asked if within] == []


@pytest.mark.slow
def test_whoever_may_not_stores_nothing(monkeypatch):
    picture, stored = make.picture(), list[int]()
    monkeypatch.setattr(Picture, "take", lambda *_values: stored.append(1))
    reader = make.writer(name="reader")
    reader.groups.clear()
    for browser in (Client(), client(reader)):
        for act in (add, add_in_dialog):
            assert act(browser, picture).status_code in (302, 403)
        for name, key in (("change", picture.pk), ("choose_one", picture.public_id)):
            address = reverse(f"admin:articles_picture_{name}", args=[key])
            assert browser.post(address, WORDS | {"upload": another()}).status_code in (302, 403)
    assert stored == []


@pytest.mark.slow
def test_what_was_stored_for_a_form_that_came_back_is_kept_for_the_next():
    browser = client(make.editor())
    page = browser.post(reverse("admin:articles_picture_add"), WORDS | {"alt": "", "upload": another()})
    assert page.status_code == 200
    kept = page.context["adminform"].form["kept"].value()
    again = browser.post(reverse("admin:articles_picture_add"), WORDS | {"kept": kept})
    assert again.status_code == 302
    assert Picture.objects.get().width == 500
