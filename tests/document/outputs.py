"""Every output that words of the site go into: each is asked for, and parsed as what it says it is."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from typing import Any

from django.test import Client
from django.urls import reverse
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from articles import document
from articles.models import Edition
from articles.reading import sharing

BROKEN_SIGNS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def check_machines(*urls: str) -> None:
    """What machines read of the whole site, and these of its addresses: JSON, JSON Lines, CSV, Markdown, XML, text."""
    for name in ("api-facts", "api-articles", "api-tags", "api-subjects"):
        check_json(reverse(name))
    lines = content(reverse("api-facts-jsonl")).decode().splitlines()
    assert all(isinstance(json.loads(line), dict) for line in lines)
    rows = [*csv.reader(io.StringIO(content(reverse("api-facts-csv")).decode(), newline=""), strict=True)]
    assert len({len(row) for row in rows}) == 1
    assert len(rows) == len(lines) + 1
    for name in ("home-markdown", "facts-markdown", "tags-markdown", "subjects-markdown", "authors-markdown", "llms"):
        check_text(reverse(name))
    for section in ("pages", "articles", "facts", "subjects", "tags", "authors"):
        check_xml(f"/sitemap-{section}-1.xml")
    for url in urls:
        check_text(url)


def check_text(url: str) -> None:
    text = content(url).decode()
    assert text.strip(), url
    assert not BROKEN_SIGNS.search(text), url


def check_site(*pages: str) -> None:
    """The feed, the sitemap, the lists and these pages."""
    for content in ("articles", "facts"):
        check_xml(reverse("feed", args=[content, "atom"]))
        check_xml(reverse("feed", args=[content, "rss"]))
        check_json(reverse("feed", args=[content, "json"]))
    check_xml(reverse("sitemap"))
    for url in (reverse("home"), reverse("facts"), reverse("tags"), reverse("subjects"), *pages):
        check_page(url)


def check_edition(edition: Edition, site_name: str = "Fanguide") -> None:
    """What stands at the addresses of one article and of its first fact."""
    fact = edition.parts["cards"][0]["id"]
    slugs = [*edition.authors.values_list("slug", flat=True)]
    pages = [reverse("article", args=[edition.slug]), reverse("fact-by-id", args=[fact]), reverse("embed", args=[fact])]
    check_site(*pages, *(reverse("author", args=[slug]) for slug in slugs))
    answer = Client().get(reverse("oembed"), {"url": f"http://testserver{reverse('fact-by-id', args=[fact])}"})
    assert answer.status_code == 404 or json.loads(answer.content)["type"] == "rich"
    check_picture(sharing.article_path(sharing.of_article(site_name, edition), edition.slug))
    check_picture(sharing.fact_path(sharing.of_fact(site_name, edition, fact), fact))
    assert document.from_json(edition.revision.content) is not None


def check_json(url: str) -> None:
    assert json.loads(content(url))["items"] is not None


def content(url: str) -> bytes:
    answer: Any = Client().get(url, follow=True)
    assert answer.status_code == 200, url
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def check_xml(url: str) -> str:
    data = content(url)
    assert ET.fromstring(data) is not None
    return data.decode()


def check_page(url: str) -> None:
    page = content(url).decode()
    assert not BROKEN_SIGNS.search(page), url
    tree = LexborHTMLParser(page)
    assert tree.css_first("html > body") is not None, url
    for node in tree.css("body *"):
        assert not [name for name in node.attributes if name.startswith("on")], url
    scripts = {(node.attributes.get("type"), bool(node.attributes.get("src"))) for node in tree.css("script")}
    assert scripts <= {("application/ld+json", False), ("module", True), (None, True)}, (url, scripts)
    for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL):
        assert json.loads(data)


def check_picture(url: str) -> None:
    with Image.open(io.BytesIO(content(url))) as drawn:
        drawn.load()
        assert drawn.format == "JPEG"
