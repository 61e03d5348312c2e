"""What the index offers is called and sorted by the names and kinds of now."""

import pytest
from django.test import Client
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from articles.models import Subject, Tag
from articles.reading import narrowing
from articles.reading.selectors import beside, public_clock, reference
from tests import make

pytestmark = pytest.mark.django_db

NAMES = ("Zebra", "apple", "Élan", "Middle")


def offered(client: Client, query: str, kind: str) -> list[str]:
    page = LexborHTMLParser(client.get(f"/facts/{query}").content.decode())
    return [key for link in page.css(".offers a") if (key := link.attributes["data-key"] or "").startswith(kind)]


@pytest.mark.parametrize("query", ["", "?tag=all", "?sourced=yes", "?q=lamp", "?q=lamp&tag=all"])
def test_of_equally_many_the_first_by_name_are_offered(client: Client, monkeypatch: pytest.MonkeyPatch, query: str):
    monkeypatch.setattr(narrowing, "SHOWN_TAGS", 2)
    monkeypatch.setattr(narrowing, "SHOWN_SUBJECTS", 1)
    for name in ("Yonder", "Abroad"):
        card = make.card(heading="A lamp", tags=(*NAMES, "All"))
        make.edition(subject=make.subject(name=name).slug, cards=(card,), tags=())
    left = [slug for slug in ("tag:all", "tag:middle", "tag:zebra") if "tag=all" not in query or slug != "tag:all"]
    assert offered(client, query, "tag:") == left[:2]
    assert offered(client, query, "subject:") == ["subject:abroad"]


def test_what_stands_beside_a_tag_and_on_the_home_page_too(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(beside, "NARROWER_TAGS", 2)
    monkeypatch.setattr(reference, "POPULAR", 3)
    make.edition(cards=(make.card(tags=(*NAMES, "All")), make.card(tags=("All",))), tags=())
    names = dict(Tag.objects.values_list("pk", "name"))
    clock = public_clock(timezone.now())
    found = beside.beside_tag(Tag.objects.get(name="All").pk, clock)
    assert [names[pk] for pk in found.tags] == ["Middle", "Zebra"]
    assert [names[pk] for pk in reference.usage(clock).tags] == ["All", "Middle", "Zebra"]


@pytest.mark.slow
def test_a_subject_of_another_kind_is_counted_there_at_once(client: Client):
    slug = make.subject(name="Night Ferry", kind=Subject.Kind.DRAMA).slug
    make.edition(subject=slug, tags=("Ships",))
    for query in ("", "?tag=ships", "?q=ferry"):
        assert offered(client, query, "kind:") == ["kind:drama"], query
    subject = Subject.objects.get(slug=slug)
    subject.kind = Subject.Kind.BOOK
    subject.save()
    for query in ("", "?tag=ships", "?q=ferry"):
        assert offered(client, query, "kind:") == ["kind:book"], query


def test_a_renamed_tag_is_called_by_its_name_of_now(client: Client):
    make.edition(tags=("Ships",))
    client.get("/facts/")
    tag = Tag.objects.get(name="Ships")
    tag.name = "Vessels"
    tag.save()
    assert "Vessels" in client.get("/facts/").content.decode()
