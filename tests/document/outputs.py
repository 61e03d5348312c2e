"""Every output that words of the site go into: each is asked for, and parsed as what it says it is."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ET
from typing import Any

from django.test import Client
from django.urls import reverse
from PIL import Image

from articles import document
from articles.models import Edition
from articles.reading import sharing

BROKEN_SIGNS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


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
    for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL):
        assert json.loads(data)


def check_picture(url: str) -> None:
    with Image.open(io.BytesIO(content(url))) as drawn:
        drawn.load()
        assert drawn.format == "JPEG"
