"""Every page as Markdown: at its own address, and to whoever asks the page for it."""

import re

import pytest
from django.test import Client
from markdown_it import MarkdownIt

from articles.document import Source
from tests import make
from tests.reading.addresses import examples, publish_again
from tests.reading.test_spoilers import CANARY, spoiled, tells

pytestmark = pytest.mark.django_db

CHROME = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8"


def markdown(client: Client, path: str, **headers: str) -> str:
    response = client.get(path, headers=headers)
    assert response.status_code == 200, path
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    return response.content.decode()


@pytest.mark.slow
def test_each_page_names_its_markdown_and_that_its_page(client: Client):
    pages = examples(make.edition())
    twins = [name.removesuffix("-markdown") for name in pages if name.endswith("-markdown")]
    assert len(twins) == 18
    for name in set(twins) - {"fact-by-id"}:
        html = client.get(pages[name].partition("?")[0]).content.decode()
        (twin,) = re.findall(r'<link rel="alternate" type="text/markdown" href="([^"]+)">', html)
        (canonical,) = re.findall(r'<link rel="canonical" href="([^"]+)">', html)
        text = markdown(client, twin.removeprefix("http://testserver"))
        assert text.startswith("---\n"), name
        assert f'\nurl: "{canonical}"\n' in text, name


@pytest.mark.parametrize(
    ("accept", "is_markdown"),
    [
        ("text/markdown", True),
        ("text/markdown, text/html;q=0.9, */*;q=0.1", True),
        ("text/markdown, text/html, */*", True),
        ("TEXT/MARKDOWN", True),
        ("text/markdown;q=0.5, text/html", False),
        ("text/markdown;q=0", False),
        ("text/markdown;q=x", True),
        ("*/*", False),
        ("text/*", False),
        (CHROME, False),
        ("", False),
        (",;text/markdown/,\x00", False),
    ],
)
def test_whoever_names_markdown_gets_it_at_the_address_of_the_page(client: Client, accept: str, is_markdown: bool):
    path = f"/articles/{make.edition().slug}/"
    response = client.get(path, headers={"Accept": accept})
    assert response["Content-Type"].startswith("text/markdown" if is_markdown else "text/html")
    assert "Accept" in [name.strip() for name in response["Vary"].split(",")]


def test_no_shared_cache_keeps_markdown_at_the_address_of_a_page(client: Client):
    path = f"/articles/{make.edition().slug}/"
    page, text = client.get(path), client.get(path, headers={"Accept": "text/markdown"})
    assert text["Cache-Control"] == "private, max-age=0, must-revalidate"
    assert page["Cache-Control"].startswith("public")
    assert page["ETag"] != text["ETag"]
    again = client.get(path, headers={"Accept": "text/markdown", "If-None-Match": text["ETag"]})
    assert again.status_code == 304
    assert client.get(path, headers={"If-None-Match": text["ETag"]}).status_code == 200


def test_an_article_says_in_markdown_what_its_page_says(client: Client):
    body = (
        "He *ran* & **“웃음”**은 [here](/tags/).\n\n- one\n- two\n\n> Run!\n> — Mina\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    )
    source = Source(url="https://example.org/a_(b)", title="The [log]", publisher="Ferry Post")
    cards = (make.card(heading="1. He *never* sleeps #", emoji="🚢", body=body, sources=(source,)), make.card())
    edition = make.edition(cards=cards, title="Two <b>facts</b>", introduction="First *words*.")
    text = markdown(client, f"/articles/{edition.slug}.md")
    html = MarkdownIt("commonmark").enable("table").render(text.partition("\n---\n")[2])
    headings = re.findall(r"<h([12])>(.*?)</h\1>", html)
    assert headings[0] == ("1", "Two &lt;b&gt;facts&lt;/b&gt;")
    assert headings[1] == ("2", "1. 🚢 1. He *never* sleeps #")
    assert "<p>First <em>words</em>.</p>" in html
    assert '<a href="http://testserver/tags/">here</a>' in html
    assert "<ul>\n<li>one</li>\n<li>two</li>\n</ul>" in html
    assert "<blockquote>\n<p>Run!</p>\n<p>— Mina</p>\n</blockquote>" in html
    assert "<td>2</td>" in html
    assert '<a href="https://example.org/a_(b)">The [log]</a>, Ferry Post' in html


def test_a_closed_fact_has_only_its_public_heading_in_markdown(client: Client):
    edition = spoiled()
    text = markdown(client, f"/articles/{edition.slug}.md")
    assert "## 2. A fact about Night Ferry, after episode 7\n\n*Spoiler: after episode 7*" in text
    assert "## 3. What the captain hides" in text
    assert not tells(text)
    for fact in edition.facts.all():
        assert not tells(markdown(client, f"/facts/{fact.public_id}/{fact.slug}.md"))
    assert f"{CANARY} dies at sea." in markdown(client, f"/articles/{edition.slug}.md?seen=7")


def test_old_addresses_lead_to_the_markdown_of_new_ones(client: Client):
    edition = make.edition(slug="old-name")
    publish_again(edition.article, slug="new-name")
    assert client.get("/articles/old-name.md")["Location"] == "/articles/new-name.md"
    fact = edition.article.editions.last().facts.first()
    assert client.get(f"/facts/{fact.public_id}.md")["Location"] == f"/facts/{fact.public_id}/{fact.slug}.md"
    assert client.get("/articles/nothing.md").status_code == 404


def test_pages_of_a_list_lead_on_in_markdown(client: Client):
    for _ in range(3):
        make.edition(cards=8)
    text = markdown(client, "/facts.md")
    assert text.count("(http://testserver/facts/") == 20
    (older,) = re.findall(r"\(http://testserver(/facts\.md\?page=2[^)]*)\)", text)
    assert markdown(client, older).count("(http://testserver/facts/") == 4


def test_llms_txt_leads_only_to_what_is_there(client: Client):
    make.edition()
    text = client.get("/llms.txt").content.decode()
    assert text.startswith("# ")
    links = re.findall(r"\]\(http://testserver(/[^)]*)\)", text)
    assert {"/index.md", "/facts.md", "/api/facts", "/api/openapi.json"} <= set(links)
    for link in links:
        assert client.get(link).status_code == 200, link


def test_a_search_says_in_markdown_what_it_found(client: Client):
    edition = spoiled()
    fact = edition.facts.filter(spoiler_after__isnull=True).first()
    assert fact
    word = fact.heading.split()[-1].strip(".")
    text = markdown(client, f"/search.md?q={word}")
    assert f"](http://testserver/facts/{fact.public_id}/{fact.slug}.md)" in text
    assert "<mark>" not in text
    for query in (word, "captain", "ferry"):
        assert not tells(markdown(client, f"/search.md?q={query}")), query
    assert "Nothing found for “zzzzz”." in markdown(client, "/search.md?q=zzzzz")
    assert "/search/?q=…" in markdown(client, "/search.md")


def test_the_feeds_stand_in_markdown(client: Client):
    make.edition(tags=("Ferries",))
    text = markdown(client, "/follow.md?tag=ferries")
    for path in ("/feeds/tags/ferries/facts.atom", "/feeds/facts.rss", "/feeds/articles.json"):
        assert f"<http://testserver{path}>" in text
    assert client.get("/follow.md?tag=ferries&more=1")["Location"] == "/follow.md?tag=ferries"
