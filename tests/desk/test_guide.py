"""The guides: their pages, their pictures, and that they speak of the desk as it is."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from articles.desk import guide
from tests import make
from tests.desk.pages import client

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = {name: (guide.FOLDER / f"{name}.md").read_text(encoding="utf-8") for name in guide.GUIDES}
ALL = "\n".join(SOURCES.values())
NAMED = re.findall(r"\]\(\.\./static/desk/help/([^)]+)\)", ALL)
KEPT = sorted(path.name for path in guide.PICTURES.iterdir())
LARGEST = 60 * 1024  # bytes


def words_of_the_desk() -> str:
    """Everything that templates, scripts and forms may say: their strings, a text of several lines as one."""
    files = [
        *(ROOT / "templates").rglob("*.html"),
        *(path for path in (ROOT / "static" / "desk").rglob("*.js") if "vendor" not in path.parts),
        *(ROOT / "articles").rglob("*.py"),
    ]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files if "migrations" not in path.parts)
    strings = re.findall(r'"([^"\n]+)"|%\}([^{}<]+)\{%', text)
    return "\n".join(string for pair in strings for string in pair if string)


WORDS = {line.strip().casefold() for line in words_of_the_desk().splitlines()}


@pytest.mark.parametrize("quoted", sorted(set(re.findall(r"“([^”]+)”", ALL))))
def test_what_the_guide_quotes_stands_on_the_desk(quoted: str):
    words = " ".join(quoted.split()).casefold()
    begins = (
        words.startswith("not saved: ") or words == "leave this window open"
    )  # part of a sentence of the status line
    found = any(words in line for line in WORDS) if begins else words in WORDS
    assert found, f"docs/ says “{quoted}”, and the desk does not: write what it says now."


def test_every_picture_is_there_and_used():
    assert sorted(NAMED) == KEPT, "docs/take_pictures.py takes them."


@pytest.mark.parametrize("name", KEPT)
def test_a_picture_is_small_and_taken_by_the_script(name: str):
    path = guide.PICTURES / name
    assert path.stat().st_size <= LARGEST
    with Image.open(path) as image:
        assert image.width <= 1280
    assert f'keep("{path.stem}"' in (ROOT / "docs" / "take_pictures.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "anchor"),
    [(name, anchor) for name, source in SOURCES.items() for anchor in re.findall(r"\]\(#([^)]+)\)", source)],
)
def test_links_within_a_guide_lead_somewhere(name: str, anchor: str):
    assert anchor in {section.anchor for section in guide.parts_of(SOURCES[name])[1]}


@pytest.fixture
def writer() -> Client:
    return client(make.writer())


@pytest.mark.django_db
class TestPage:
    def test_is_reached_from_the_bar_of_every_page(self, writer: Client):
        bar = writer.get(reverse("admin:index")).content.decode()
        assert f'<a href="{reverse("admin:help")}">Help</a>' in bar

    @pytest.mark.parametrize("name", guide.GUIDES)
    def test_shows_all_of_a_guide_with_its_pictures(self, writer: Client, name: str):
        page = html.unescape(writer.get(reverse("admin:help_of", args=[name])).content.decode())
        for title in re.findall(r"^## (.+)$", SOURCES[name], re.MULTILINE):
            assert f">{title}</h2>" in page
        assert page.count('src="/static/desk/help/') == SOURCES[name].count("](../static/desk/help/")
        assert "picture-missing" not in page
        assert "](" not in page
        assert "**" not in page

    def test_says_on_a_korean_desk_that_it_is_in_english(self, writer: Client, settings: Any):
        assert 'class="desk-note"' not in writer.get(reverse("admin:help")).content.decode()
        settings.LANGUAGE_CODE = "ko"
        page = writer.get(reverse("admin:help")).content.decode()
        assert 'class="guide-text" lang="en"' in page
        assert 'class="desk-note"' in page

    def test_asks_for_a_login(self):
        assert Client().get(reverse("admin:help")).status_code == 302

    def test_is_missing_where_the_site_came_without_its_docs(self, writer: Client, tmp_path: Path, monkeypatch):
        monkeypatch.setattr(guide, "FOLDER", tmp_path)
        assert writer.get(reverse("admin:help")).status_code == 404

    def test_there_is_no_other(self, writer: Client):
        assert writer.get(reverse("admin:help_of", args=["settings"])).status_code == 404


def test_a_picture_that_is_gone_leaves_its_words(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(guide, "PICTURES", tmp_path)
    opening, _sections = guide.parts_of("# Title\n\n![A desk](../static/desk/help/gone.png)\n")
    assert opening == '<figure class="picture"><span class="picture-missing">A desk</span></figure>\n'


def test_html_in_the_guide_is_text():
    opening, sections = guide.parts_of("# Title\n\n<script>x</script>\n\n## <b>A & B</b>\n\nWords\n")
    assert "<script" not in opening
    assert sections[0].title == "<b>A & B</b>", "escaped by the template"
