"""A text that is too long is refused at its field, with how long it is; what is not refused is kept whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st

from articles import workflow
from articles.models import Article, Comment, Report, Revision, SitePage, Subject, Tag
from tests import make
from tests.desk.pages import at, client, form_of, text, tree, version_at
from tests.strategies import SLOW

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Site:
    article: Article
    remark: Comment
    tag: Tag
    report: Report
    page: SitePage
    browser: Client


@dataclass(frozen=True)
class Field:
    """`stored` reads what is kept of it; `page` is where the form is, when that is not where it is sent."""

    longest: int
    url: Callable[[Site], str]
    name: str
    stored: Callable[[Site], str]
    page: Callable[[Site], str] | None = None
    others: tuple[tuple[str, str], ...] = ()


def _admin(model: str, pk: Callable[[Site], Any]) -> Callable[[Site], str]:
    return lambda site: reverse(f"admin:articles_{model}_change", args=[pk(site)])


def _article(site: Site) -> Article:
    return Article.objects.get(pk=site.article.pk)


FIELDS = {
    "the heading of a card": Field(
        200,
        lambda site: at("card", site.article, site.article.cards.get().public_id),
        "heading",
        lambda site: site.article.cards.get().heading,
    ),
    "a title": Field(200, lambda site: at("details", site.article), "title", lambda site: _article(site).title),
    "a comment": Field(
        5000, lambda site: at("comments", site.article), "text", lambda _site: Comment.objects.latest("pk").text
    ),
    "a reply": Field(
        5000,
        lambda site: at("reply", site.article, site.remark.pk),
        "text",
        lambda site: site.remark.replies.latest("pk").text,
        lambda site: at("comments", site.article),
    ),
    "the name of a version": Field(
        100,
        lambda site: at("keep_named", site.article),
        "name",
        lambda _site: Revision.objects.latest("pk").name,
        lambda site: at("revisions", site.article),
    ),
    "what a move says": Field(
        5000,
        lambda site: at("move", site.article, "send-back"),
        "note",
        lambda site: site.article.history.latest("pk").note,
    ),
    "the description of a tag": Field(
        300,
        _admin("tag", lambda site: site.tag.pk),
        "description",
        lambda site: Tag.objects.get(pk=site.tag.pk).description,
    ),
    "a note on a report": Field(
        2000, _admin("report", lambda site: site.report.pk), "answer", lambda _site: Report.objects.get().answer
    ),
    "a page of the site": Field(
        50_000, _admin("sitepage", lambda site: site.page.pk), "body", lambda _site: SitePage.objects.get().body
    ),
    "a subject": Field(
        200,
        lambda _site: reverse("admin:articles_subject_add"),
        "name",
        lambda _site: Subject.objects.latest("pk").name,
        others=(("kind", "drama"), ("palette", "teal"), ("original_language", "ko")),
    ),
}


@pytest.fixture(scope="module")
def site(module_db) -> Site:
    editor = make.editor()
    article = make.handed_in(cards=1)
    return Site(
        article=article,
        remark=workflow.comment(article, "Really?", by=editor),
        tag=Tag.objects.for_names(["Ferries"])[0],
        report=make.report(make.edition(cards=1).facts.get()),
        page=SitePage.objects.create(slug="about", title="Us", body="We are many."),
        browser=client(editor),
    )


def sent(site: Site, field: Field, words: str):
    page = field.page or field.url
    shown = form_of(site.browser.get(page(site))) if field.page is None else {}
    fields = {**shown, **dict(field.others), field.name: words, **version_at(site.browser, page(site))}
    return site.browser.post(field.url(site), fields)


@pytest.mark.slow
@pytest.mark.parametrize("name", FIELDS)
@SLOW
@given(beyond=st.integers(-3, 200), sign=st.sampled_from("a가\U0001f98a"))
@example(beyond=109, sign="a")
@example(beyond=0, sign="\U0001d54f")
@example(beyond=95_000, sign="a")
def test_a_text_is_kept_whole_or_refused_with_its_length(site: Site, name: str, beyond: int, sign: str):
    field = FIELDS[name]
    length = field.longest + beyond
    words = f"ab{sign * (length - 5)}bcd"
    if name == "the heading of a card" and sign == "\U0001f98a":
        words = words.replace(sign, "a")  # emoji have a field of their own
    with transaction.atomic():
        answer = sent(site, field, words)
        if beyond <= 0:
            assert answer.status_code == 302, text(answer)
            assert field.stored(site) == words
        else:
            assert answer.status_code in {200, 400}
            assert f"{length} now" in text(answer)
            assert words in [node.text() for node in tree(answer).css("textarea")] + [
                node.attributes.get("value") for node in tree(answer).css("input")
            ], "what was written is still there"
        transaction.set_rollback(True)


def test_each_end_of_a_line_counts_as_one_sign(site: Site):
    words = "a\r\n" * 2499 + "bb"
    assert sent(site, FIELDS["a comment"], words).status_code == 302
    assert Comment.objects.latest("pk").text == words.replace("\r\n", "\n")


def test_a_reader_is_told_how_long_a_report_is(site: Site):
    page = reverse("fact-report", args=[site.report.public_id])
    reader = Client()
    assert "maxlength" not in reader.get(page).content.decode()
    fields = form_of(reader.get(page)) if tree(reader.get(page)).css("#content form") else {}
    answer = reader.post(page, fields | {"words": "x" * 2345, "timestamp": "", "homepage": ""})
    assert answer.status_code == 400
    assert "there are 2345 now" in text(answer)
