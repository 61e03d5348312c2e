"""Promise 9: a spoiler is opened by the reader. Outside the closed part stands none of its words, anywhere."""

import datetime as dt
import re

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from articles.document import Caveat, Source
from articles.models import Edition, Picture, Subject
from tests import make
from tests.reading.addresses import examples

pytestmark = pytest.mark.django_db

CANARY = "Zebrafinch"


def spoiler(**fields):
    words = {
        "heading": f"{CANARY} dies",
        "emoji": "💀",
        "body": f"The {CANARY} dies at sea.",
        "tags": (f"{CANARY} tag",),
        "sources": (
            Source(
                url="https://example.org/zebrafinch",
                title=f"{CANARY} source",
                excerpt=f"{CANARY} said",
                archived_url="https://archive.example/zebrafinch",
            ),
        ),
        "picture": make.picture(title=CANARY, alt=f"{CANARY} in the water", credit=f"{CANARY} office").public_id,
        "caveat": Caveat.OUTDATED,
        "caveat_since": dt.date(1987, 6, 5),
        "caveat_note": f"The {CANARY} lives.",
        "spoiler_after": 7,
    }
    return make.card(**words | fields)


def spoiled(**fields) -> Edition:
    question = make.faq(question=f"Does the {CANARY} die?", answer=f"The {CANARY} does.", spoiler_after=7)
    return make.edition(
        subject=make.subject(name="Night Ferry", slug="night-ferry", **fields).slug,
        cards=(make.card(tags=("Boats",)), spoiler(), spoiler(safe_heading="What the captain hides")),
        faqs=(make.faq(), question),
    )


def closed_and_open(html: str) -> tuple[str, str]:
    """The HTML inside of closed spoilers (their summaries belong outside), and all the rest."""
    page = LexborHTMLParser(html)
    inside = []
    for details in page.css("details.spoiler"):
        assert "open" not in details.attributes
        assert "data-nosnippet" in details.attributes
        body = details.css_first(".spoiler-body")
        inside.append(body.html)
        body.decompose()
    return "".join(inside), page.html


def tells(text: str) -> bool:
    return any(
        word in text.lower() for word in (CANARY.lower(), "💀", "no longer true", '"outdated"', "1987-06", "june 1987")
    )


def addresses_of(edition: Edition) -> dict[str, str]:
    return examples(edition) | {fact.public_id: f"/facts/{fact.public_id}/{fact.slug}/" for fact in edition.facts.all()}


def test_no_public_answer_tells_a_spoiler(client: Client):
    for name, address in addresses_of(spoiled()).items():
        response = client.get(address)
        _inside, outside = closed_and_open(response.getvalue().decode(errors="replace"))
        assert not tells(outside), name
        assert not tells(str(response.headers)), name
        assert not [row.title for row in Picture.objects.all() if row.file.partition(".")[0] in outside], name


def test_the_closed_parts_hold_everything_that_a_reader_opens(client: Client):
    edition = spoiled()
    inside, _outside = closed_and_open(client.get(f"/articles/{edition.slug}/").content.decode())
    for words in (
        " dies",
        "💀",
        " dies at sea.",
        " tag",
        " source",
        " in the water",
        " office",
        "Does the ",
        "zebrafinch does.",
    ):
        assert words.lower() in inside.lower(), words
    for fact in edition.facts.filter(spoiler_after=7):
        inside, _outside = closed_and_open(client.get(f"/facts/{fact.public_id}/{fact.slug}/").content.decode())
        assert f"The {CANARY} dies at sea." in inside


def test_the_rows_of_the_index_keep_nothing_of_a_closed_picture(client: Client):
    edition = spoiled()
    assert [fact.picture for fact in edition.facts.filter(spoiler_after=7)] == [None, None]
    shown = client.get("/facts/?subject=night-ferry&seen=7").content.decode()
    assert f"{CANARY} dies" in shown
    assert "in the water" not in shown


def test_the_summary_names_the_episode(client: Client):
    page = LexborHTMLParser(client.get(f"/articles/{spoiled().slug}/").content.decode())
    labels = [node.text() for node in page.css("details.spoiler .spoiler-after")]
    assert labels == ["Spoiler: after episode 7"] * 3
    headings = [node.text() for node in page.css(".card-title")]
    assert headings[1:] == ["A fact about Night Ferry, after episode 7", "What the captain hides"]
    assert page.css(".question-words")[1].text() == "A question about Night Ferry, after episode 7"


def test_of_a_film_it_says_after_the_film(client: Client):
    html = client.get(f"/articles/{spoiled(kind=Subject.Kind.FILM).slug}/").content.decode()
    assert "Spoiler: after the film" in html
    assert "A fact about Night Ferry, for after the film" in html
    assert "A question about Night Ferry, for after the film" in html
    assert "after episode" not in html


def test_the_index_labels_a_spoiler_and_can_leave_it_out(client: Client):
    spoiled()
    everything, safe = client.get("/facts/").content.decode(), client.get("/facts/?spoilers=hide").content.decode()
    assert everything.count("after episode 7</span>") == 2
    assert "What the captain hides" in everything
    assert "after episode 7" not in safe
    assert "What the captain hides" not in safe


def test_a_tag_that_only_a_spoiler_has_is_told_nowhere(client: Client):
    edition = spoiled()
    assert client.get("/tags/zebrafinch-tag/").status_code == 404
    assert client.get("/facts/?tag=zebrafinch-tag").status_code == 404
    links = LexborHTMLParser(client.get(f"/articles/{edition.slug}/").content.decode()).css("a")
    assert not any("zebrafinch-tag" in (link.attributes.get("href") or "") for link in links)


def test_anchors_and_addresses_of_spoilers_are_made_of_no_words(client: Client):
    edition = spoiled()
    ids = re.findall(r' id="([^"]+)"', client.get(f"/articles/{edition.slug}/").content.decode())
    assert [anchor for anchor in ids if tells(anchor)] == []
    assert {fact.slug for fact in edition.facts.filter(spoiler_after=7)} == {
        "after-episode-7",
        "what-the-captain-hides",
    }
