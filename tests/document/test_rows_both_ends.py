"""Rows that stand beside the articles, from both ends: what is hostile is refused at its field, by the form that a
person fills in, or every output that shows it parses.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as site_settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from articles import workflow
from articles.models import Author, Edition, Report, SitePage, Subject, Tag
from articles.reading.forms import MIN_AGE, sign_timestamp
from tests import make
from tests.desk.pages import client, form_of, tree
from tests.document.hostile import hostile, long_or_hostile, named, numbers
from tests.document.outputs import check_edition, check_site
from tests.strategies import SLOW

pytestmark = pytest.mark.django_db
FEW = settings(
    SLOW, max_examples=settings.default.max_examples // 10, phases=set(Phase) - {Phase.shrink, Phase.explain}
)
numbers_typed = numbers.map(lambda number: "" if number is None else str(number))
words = st.one_of(named, long_or_hostile)


@pytest.fixture
def edition() -> Edition:
    return make.edition(tags=("Ferries",))


def fill(url: str, values: dict[str, Any]) -> bool:
    """Sends a form of the desk. False when it is refused, and then each fault stands in a sentence at a field."""
    browser = client(make.editor())
    answer = browser.post(url, form_of(browser.get(url)) | typed(values))
    if answer.status_code == 200:
        check_told(answer)
    return answer.status_code == 302


def check_told(answer: HttpResponse) -> None:
    told = [node.text(strip=True) for node in tree(answer).css("ul.errorlist li, .errors li")]
    assert told, "refused without a word"
    assert all(sentence.endswith((".", "?", "!")) for sentence in told), told


def typed(values: dict[str, str]) -> dict[str, str]:
    """As a browser sends it: half a character is none."""
    return {name: value.encode("utf-8", "replace").decode() for name, value in values.items()}


def undone(act: Any) -> None:
    with transaction.atomic():
        act()
        transaction.set_rollback(True)


@pytest.mark.slow
@FEW
@given(st.fixed_dictionaries({"name": words, "original_name": hostile, "also_named": words, "slug": hostile,
                              "year": numbers_typed, "episodes": numbers_typed}))  # fmt: skip
def test_a_subject(edition: Edition, values: dict[str, str]) -> None:
    row = Subject.objects.get()

    def act() -> None:
        if fill(reverse("admin:articles_subject_change", args=[row.pk]), values):
            check_edition(edition)
            check_site(reverse("subject", args=[Subject.objects.get().slug]))

    undone(act)


@FEW
@given(st.fixed_dictionaries({"name": words, "bio": words, "slug": hostile}))
def test_an_author(edition: Edition, values: dict[str, str]) -> None:
    row = Author.objects.get()

    def act() -> None:
        if fill(reverse("admin:articles_author_change", args=[row.pk]), values):
            check_edition(edition)

    undone(act)


@pytest.mark.slow
@FEW
@given(st.fixed_dictionaries({"name": words, "description": words, "slug": hostile}))
def test_a_tag(edition: Edition, values: dict[str, str]) -> None:
    row = Tag.objects.get(name="Ferries")

    def act() -> None:
        if fill(reverse("admin:articles_tag_change", args=[row.pk]), values):
            check_edition(edition)
            check_site(reverse("tag", args=[Tag.objects.get(pk=row.pk).slug]))

    undone(act)


@FEW
@given(st.fixed_dictionaries({"title": words, "body": words}))
def test_a_page_of_the_site(values: dict[str, str]) -> None:
    def act() -> None:
        if fill(reverse("admin:articles_sitepage_change", args=["about"]), values):
            check_site(reverse("about"))
        assert SitePage.objects.count() <= 1

    undone(act)


@FEW
@given(st.fixed_dictionaries({"words": words, "source": hostile | st.just("https://example.org/" + "x" * 600),
                              "email": hostile | st.just("a@example.org")}))  # fmt: skip
def test_a_report_of_a_mistake_and_a_comment_about_it(edition: Edition, values: dict[str, str]) -> None:
    public_id = edition.parts["cards"][0]["id"]

    def act() -> None:
        opened = {"timestamp": sign_timestamp(public_id, timezone.now() - 2 * MIN_AGE)}
        answer = Client().post(reverse("fact-report", args=[public_id]), typed(values) | opened)
        assert answer.status_code == 302 or b"form-summary" in answer.content
        browser = client(make.editor())
        for row in Report.objects.all():
            assert browser.get(reverse("admin:articles_report_change", args=[row.pk])).status_code == 200
        try:
            remark = workflow.comment(edition.article, values["words"], quoted=values["source"], by=make.editor())
        except workflow.WorkflowError as error:
            assert str(error).endswith(".")  # noqa: PT017 -- it may be let in, too
        else:
            assert "\x0b" not in remark.text
        assert browser.get(reverse("admin:articles_article_change", args=[edition.article_id])).status_code == 200

    undone(act)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["Fans & <friends>", '"</script>', "팬가이드 👩\u200d⚕️", "{{ 7|add:7 }}", "\u202eedis"]
)
def test_the_name_of_the_site(edition: Edition, name: str) -> None:
    assert name != site_settings.SITE_NAME
    with override_settings(SITE_NAME=name):
        check_edition(edition, site_name=name)
        check_site(reverse("about"))
