"""The Korean words: the catalogues are complete and compiled, and the pages speak Korean, to every reader alike."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from selectolax.lexbor import LexborHTMLParser

from articles import workflow
from articles.desk.admin.colours import COLOUR_NAMES
from articles.document import Source
from articles.images.palette import PALETTE
from articles.models import History, PublishedFact, SitePage
from tests import make
from tests.catalogues import DOMAINS, FOLDER, ROOT, Message, committed, compiled, messages, said
from tests.desk.pages import client

#: A particle depends on the sound before it, and nobody knows how a name ends: 이/가, 은/는, 을/를, 와/과, (으)로.
PARTICLE = re.compile(r"%\(\w+\)[sd][”’]?(?:은|는|이|가|을|를|와|과|으로|로)(?![가-힣])")

DATE = re.compile(r"\d{4}년 \d{1,2}월 \d{1,2}일")
SHOWN_ATTRIBUTES = ("alt", "aria-label", "placeholder", "title", "label")


# --- the catalogues ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_message_is_translated(domain: str) -> None:
    lacking = [message.words for message in committed(domain) if message.is_fuzzy or not all(message.korean)]
    assert lacking == [], "Translate these (docs/translations.md), then run .ci/words."


@pytest.mark.slow
@pytest.mark.parametrize("domain", DOMAINS)
def test_korean_has_one_form_for_every_number(domain: str) -> None:
    assert {message.words: len(message.korean) for message in committed(domain) if len(message.korean) != 1} == {}


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_value_gets_lost_in_translation(domain: str) -> None:
    lost = {
        message.words: text
        for message in committed(domain)
        for text in message.korean
        if set(message.places) != set(Message("", text, "", ()).places)
    }
    assert lost == {}


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_particle_stands_directly_after_a_value(domain: str) -> None:
    assert [text for message in committed(domain) for text in message.korean if PARTICLE.search(text)] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_compiled_catalogue_is_made_of_the_one_that_people_read(domain: str) -> None:
    catalogue = compiled(domain)
    different = [message.words for message in committed(domain) if said(message, catalogue) != message.korean[0]]
    assert different == [], "Run .ci/words and commit the .mo too."
    entries = len(catalogue._catalog)  # type: ignore[attr-defined]
    assert entries == len(committed(domain)) + 1, "The header and nothing else beside them."


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_headers_name_nobody_and_no_moment(domain: str) -> None:
    header = (FOLDER / f"{domain}.po").read_text(encoding="utf-8").split("\n\n")[0]
    assert not re.search(r"@|://|Date|Translator|Team", header)
    assert "nplurals=1; plural=0;" in header


@pytest.mark.slow
def test_every_word_that_is_marked_stands_in_the_catalogue(tmp_path: Path) -> None:
    """Gathers them anew, in a copy of the program, by the very script that people run."""
    if not shutil.which("xgettext"):
        sentence = "NO GETTEXT ON THIS MACHINE: new words were not looked for (Debian: apt-get install gettext)."
        if os.environ.get("CI"):
            pytest.fail(sentence)
        pytest.skip(sentence)
    for name in (".ci", "articles", "fanguide", "locale", "static", "templates"):
        unread = shutil.ignore_patterns("__pycache__", "fonts", "vendor", "*.jpg", "*.png")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=unread)
    shutil.copy(ROOT / "manage.py", tmp_path)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("FANGUIDE_", "DJANGO_"))}
    ours = {"PYTHON": sys.executable, "FANGUIDE_DATA": str(tmp_path / "data")}
    subprocess.run([tmp_path / ".ci" / "words"], check=True, cwd=tmp_path, env=clean | ours, capture_output=True)
    for domain in DOMAINS:
        now = {each.key for each in messages(tmp_path / "locale" / "ko" / "LC_MESSAGES" / f"{domain}.po")}
        kept = {each.key for each in committed(domain)}
        assert (now - kept, kept - now) == (set(), set()), "New words, and old ones that nothing says: run .ci/words."


# --- the pages --------------------------------------------------------------------------------------------------------


@pytest.fixture
def korean(settings: Any) -> None:
    settings.LANGUAGE_CODE = "ko"


@pytest.fixture
def fact(korean: None) -> PublishedFact:
    """One fact in force of an article with a card of each sort, its content in words that the interface never says."""
    today = timezone.localdate()
    source = Source(url="https://example.org/lamps", title="Qolsa", publisher="Qomta", seen_on=today)
    cards = (
        make.card(heading="Qavla lamps", body="Qerra mosi.", tags=("Qilto",), sources=(source,)),
        make.card(heading="Qobba ending", body="Qunna tavi.", spoiler_after=5, safe_heading=""),
    )
    make.subject(name="Qarenta", kind="drama")
    make.author(name="Qeli Vano")
    article = make.edition(
        title="Qavla lamps of Qarenta",
        dek="Qimso rulta.",
        introduction="Qenti moru.",
        conclusion_heading="Qolda",
        conclusion="Qinde sari.",
        tags=("Qilto",),
        cards=cards,
        faqs=(make.faq(question="Qontu mela?", answer="Qafi."),),
    ).article
    make.handed_in(title="Qitra waits", tags=(), cards=(make.card(heading="Qobo", body="Qula."),))
    workflow.comment(article, "Qurr?", by=make.editor(name="qeditor"))
    made = PublishedFact.objects.get(heading="Qavla lamps")
    make.report(made, words="Qasso lerri.")
    return made


def public_addresses(fact: PublishedFact) -> Iterator[str]:
    yield from (reverse(name) for name in ("home", "articles", "facts", "tags", "subjects", "corrections", "reported"))
    yield from (reverse(name) for name in SitePage.Slug.values)
    yield from (reverse("article", args=[fact.edition.slug]), reverse("fact", args=[fact.public_id, fact.slug]))
    yield from (reverse("fact-report", args=[fact.public_id]), reverse("embed", args=[fact.public_id]))
    yield from (reverse("tag", args=["qilto"]), reverse("subject", args=["qarenta"]))
    yield from (reverse("author", args=["qeli-vano"]), "/facts/?tag=qilto&spoilers=hide")


def desk_addresses(fact: PublishedFact) -> Iterator[str]:
    of_all = ("index", "articles_article_changelist", "articles_article_add", "articles_article_checks")
    yield from (reverse(f"admin:{name}") for name in (*of_all, "articles_article_import", "password_change"))
    kinds = ("subject", "tag", "author", "picture", "report", "sitepage")
    yield from (reverse(f"admin:articles_{kind}_changelist") for kind in kinds)
    yield from (reverse(f"admin:articles_{kind}_add") for kind in kinds[:4])
    yield from (reverse("admin:auth_user_changelist"), reverse("admin:auth_user_add"))
    article = fact.edition.article
    parts = ("change", "details", "introduction", "conclusion", "card_add", "order", "preview", "comments", "compare")
    yield from (reverse(f"admin:articles_article_{name}", args=[article.pk]) for name in (*parts, "history", "bin"))
    yield from (reverse("admin:articles_article_card", args=[article.pk, fact.public_id]),)
    yield from (reverse("admin:articles_article_move", args=[article.pk, name]) for name in ("submit", "take-down"))


#: Or “%(number)s of %(count)s” would be any words with an “of” between them.
COUNT = r"%\\\((?:number|count|total|most|length)\\\)[sd]"


def english_of(response: Any) -> list[str]:
    """What the page says in words that the catalogue has in Korean."""
    sayings = [each for domain in DOMAINS for each in committed(domain) if each.words != each.korean[0]]
    counted = (re.sub(COUNT, r"[\\d.,]+", re.escape(text)) for each in sayings for text in forms(each))
    shapes = (re.sub(r"%\\\(\w+\\\)[sd]", ".+", text) for text in counted)
    english = re.compile("|".join(f"(?:{shape})" for shape in sorted(set(shapes))))
    return [words for words in shown(response) if english.fullmatch(words)]


def forms(message: Message) -> set[str]:
    """Both numbers, and as a template or a label writes them."""
    both = {
        text.strip()
        for text in (message.words, message.plural)
        if re.search(r"[A-Za-z]{2}", re.sub(r"%\(\w+\)[sd]", "", text))
    }
    return both | {text[0].upper() + text[1:] for text in both}


def shown(response: Any) -> set[str]:
    """The runs of text of a page, and the attributes that are read out or shown."""
    tree: Any = LexborHTMLParser(response.content.decode())
    for unread in tree.css("script, style"):
        unread.decompose()
    texts = [node.text_content or "" for node in tree.root.traverse(include_text=True) if node.tag == "-text"]
    texts += [node.attributes[name] or "" for name in SHOWN_ATTRIBUTES for node in tree.css(f"[{name}]")]
    texts += [node.attributes["content"] or "" for node in tree.css('meta[name="description"]')]
    return {" ".join(text.split()) for text in texts if text}


def assert_korean(response: Any, address: str) -> None:
    assert response.status_code == 200, address
    page: Any = LexborHTMLParser(response.content.decode()).css_first("html")
    assert page.attributes["lang"] == "ko", address
    assert english_of(response) == [], address


@pytest.mark.slow
@pytest.mark.django_db
def test_readers_meet_korean_only(fact: PublishedFact) -> None:
    for address in public_addresses(fact):
        assert_korean(Client().get(address), address)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_desk_speaks_korean_only(fact: PublishedFact) -> None:
    browser = client(User.objects.create_superuser("qadmin", password="x"))
    for address in desk_addresses(fact):
        assert_korean(browser.get(address), address)
    assert_korean(Client().get(reverse("admin:login")), "log-in")


@pytest.mark.slow
@pytest.mark.django_db
def test_a_page_that_is_not_there_says_so_in_korean(fact: PublishedFact) -> None:
    response = Client().get("/articles/qqq/")
    assert response.status_code == 404
    assert english_of(response) == []


@pytest.mark.slow
def test_english_on_a_page_is_seen(korean: None) -> None:
    page = '<p>초안</p><p>Draft</p><img alt="Share picture"><p>From one to two.</p><p>Qavla</p>'
    assert sorted(english_of(HttpResponse(page))) == ["Draft", "From one to two.", "Share picture"]


@pytest.mark.django_db
def test_days_are_written_as_koreans_write_them(fact: PublishedFact) -> None:
    response = Client().get(reverse("article", args=[fact.edition.slug]))
    days = LexborHTMLParser(response.content.decode()).css("time")
    assert days
    assert [day.text() for day in days if not DATE.search(day.text())] == []


def test_every_colour_has_a_name_in_korean(korean: None) -> None:
    assert set(COLOUR_NAMES) == set(PALETTE)
    assert [name for name, shown in COLOUR_NAMES.items() if name == str(shown)] == []


@pytest.mark.slow
@pytest.mark.django_db
def test_what_a_save_changed_is_told_in_korean(fact: PublishedFact) -> None:
    article = fact.edition.article
    for part in History.Part:
        History.write_save(article, part, by=article.owner, number=3 if part is History.Part.CARD else None)
    page = client(make.editor()).get(reverse("admin:articles_article_history", args=[article.pk]))
    line = next(text for text in shown(page) if "카드 3" in text)
    assert not re.search("[A-Za-z]", line)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_importer_explains_itself_in_korean(korean: None) -> None:
    browser = client(make.writer())
    source = "Qavla\n\n2. Qobo\n\nQula in episode 4.\n\n3. Qitra\n\nQinde  sari 👨‍.\n\n5. Qolda\n\nQafi."
    page = browser.post(reverse("admin:articles_article_import"), {"text": source})
    assert_korean(page, "import")
    assert "사실 1: 4화가 나와" in " ".join(shown(page))
    refused = browser.post(reverse("admin:articles_article_import"), {"text": "Qavla mosi."})
    assert_korean(refused, "roles by hand")


def test_moments_have_the_half_of_the_day_before_the_hour(korean: None) -> None:
    assert date_format(dt.datetime(2026, 11, 22, 14, 5), "DATETIME_FORMAT") == "2026년 11월 22일 오후 2:05"


@pytest.mark.django_db
def test_the_feed_says_its_language(fact: PublishedFact) -> None:
    feed = Client().get(reverse("feed", args=["articles", "atom"])).content.decode()
    assert 'xml:lang="ko"' in feed
    assert "새 사실 목록" in feed


@pytest.mark.slow
@pytest.mark.django_db
def test_a_public_page_is_the_same_whatever_language_a_browser_asks_for(fact: PublishedFact) -> None:
    for address in public_addresses(fact):
        if address != reverse("fact-report", args=[fact.public_id]):  # its form carries a signed moment
            answers = [Client().get(address, headers={"accept-language": asked}) for asked in ("ko", "en", "ja, *")]
            assert len({answer.content for answer in answers}) == 1, address
            assert len({answer.headers.get("ETag") for answer in answers}) == 1, address
            assert "language" not in answers[0].headers.get("Vary", "").lower(), address
            assert "Content-Language" not in answers[0].headers, address


@pytest.mark.django_db
def test_scripts_get_korean_words_too(korean: None) -> None:
    browser = client(User.objects.create_superuser("qadmin", password="x"))
    words = browser.get(reverse("admin:jsi18n")).content.decode()
    assert f'"Undo": {json.dumps("실행 취소")}' in words
