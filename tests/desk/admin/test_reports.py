"""Reports of mistakes on the desk: open ones first, each beside its fact, closed by one person with a note."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.desk import overview
from articles.models import Article, Edition, PublishedFact, Report
from tests import make
from tests.desk.pages import saved

pytestmark = pytest.mark.django_db

LIST = reverse("admin:articles_report_changelist")


@pytest.fixture
def fact() -> PublishedFact:
    return make.edition(title="Lamps", cards=(make.card(heading="Seven lamps"),)).facts.get()


def page_of(report: Report) -> str:
    return reverse("admin:articles_report_change", args=[report.pk])


def test_open_ones_come_first_and_can_be_picked_out(by_editor, fact):
    now = timezone.now()
    done = make.report(fact, words="Done long ago.", closed_at=now, made_at=now)
    old = make.report(fact, words="Still open here.", made_at=now - dt.timedelta(days=9))
    assert [row.pk for row in by_editor.get(LIST).context["cl"].result_list] == [old.pk, done.pk]
    assert [row.pk for row in by_editor.get(LIST, {"state": "open"}).context["cl"].result_list] == [old.pk]
    assert [row.pk for row in by_editor.get(LIST, {"state": "done"}).context["cl"].result_list] == [done.pk]
    assert by_editor.get(LIST, {"q": "lamps"}).status_code == 200


def test_a_report_stands_beside_its_fact_and_its_card(by_editor, fact):
    report = make.report(fact, words="<b>Nine</b> lamps", source="https://example.org/a", email="sora@example.org")
    html = by_editor.get(page_of(report)).content.decode()
    assert f'href="/facts/{fact.public_id}/"' in html
    assert reverse("admin:articles_article_card", args=[fact.edition.article_id, fact.public_id]) in html
    assert 'href="https://example.org/a" rel="noopener noreferrer nofollow external"' in html
    assert 'href="mailto:sora@example.org"' in html
    assert "<b>Nine" not in html


def test_a_card_that_is_gone_from_the_desk_is_no_link(by_editor, fact):
    report = make.report(fact)
    fact.edition.article.cards.all().delete()
    html = by_editor.get(page_of(report)).content.decode()
    assert "The card on the desk" not in html
    assert "mailto:" not in html


def test_an_address_is_shown_for_ninety_days_after_the_end(by_editor, fact):
    report = make.report(fact, email="sora@example.org", closed_at=timezone.now() - dt.timedelta(days=91))
    assert "sora@" not in by_editor.get(page_of(report)).content.decode()


def test_done_and_open_again_with_a_note(by_editor, fact):
    report = make.report(fact)
    assert by_editor.get(page_of(report)).status_code == 200
    report.refresh_from_db()
    assert report.is_open, "looking closes nothing"
    saved(by_editor, page_of(report), {"answer": "Counted again.", "then": "close"})
    report.refresh_from_db()
    assert (report.is_open, report.answer) == (False, "Counted again.")
    assert report.closed_by is not None
    saved(by_editor, page_of(report), {"answer": "Counted again.", "then": "reopen"})
    report.refresh_from_db()
    assert (report.is_open, report.closed_by) == (True, None)
    saved(by_editor, page_of(report), {"answer": "Only a note."})
    report.refresh_from_db()
    assert (report.is_open, report.answer) == (True, "Only a note.")


def test_the_second_to_close_it_is_told_and_the_first_stays(by_editor, fact):
    first = make.editor()
    report = make.report(fact)
    assert report.close(by=first)
    told = saved(by_editor, page_of(report), {"answer": "Me too.", "then": "close"}, follow=True)
    report.refresh_from_db()
    assert (report.closed_by, report.answer) == (first, "Me too.")
    assert "before you" in told.content.decode()


def test_nothing_that_the_reader_said_can_be_changed(by_editor, fact):
    report = make.report(fact, words="Nine lamps, I say.")
    saved(by_editor, page_of(report), {"answer": "", "words": "Seven.", "email": "x@example.org", "closed_at": "2031"})
    report.refresh_from_db()
    assert (report.words, report.email, report.closed_at) == ("Nine lamps, I say.", "", None)
    assert saved(by_editor, page_of(report), {"answer": "a" * 2001}).status_code == 200
    report.refresh_from_db()
    assert report.answer == ""


def test_the_note_touches_neither_article_nor_what_is_public(by_editor, fact):
    article = fact.edition.article
    report, before = make.report(fact), Article.objects.values().get(pk=article.pk)
    saved(by_editor, page_of(report), {"answer": "Right.", "then": "close"})
    assert Article.objects.values().get(pk=article.pk) == before
    assert Edition.objects.count() == 1


def test_the_first_page_counts_what_is_open(fact):
    editor = make.editor()
    assert "reported" not in {section.name for section in overview.sections(editor)}
    for _number in range(overview.MOST_ROWS + 2):
        make.report(fact)
    make.report(fact, closed_at=timezone.now())
    section = next(section for section in overview.sections(editor) if section.name == "reported")
    assert (section.count, section.more, section.rows[0].title) == (8, 2, "Seven lamps")
    assert "reported" not in {section.name for section in overview.sections(fact.edition.article.owner)}


def test_open_for_an_article_counts_its_own(fact):
    make.report(fact)
    make.report(fact, closed_at=timezone.now())
    make.report(make.edition(cards=1).facts.get())
    assert Report.objects.open().filter(article=fact.edition.article).count() == 1


def test_nobody_but_editors_and_admins_reads_reports(by_writer, by_admin, fact):
    report = make.report(fact)
    assert by_writer.get(LIST).status_code == by_writer.get(page_of(report)).status_code == 403
    assert by_writer.post(page_of(report), {"answer": "", "then": "close"}).status_code == 403
    assert by_admin.get(page_of(report)).status_code == 200
    delete = reverse("admin:articles_report_delete", args=[report.pk])
    assert by_admin.post(delete, {"post": "yes"}).status_code == 403


# --- floods -----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_what_came_in_a_flood_waits_apart_and_can_be_put_into_the_list(by_editor, fact):
    listed, held = make.report(fact), make.report(fact, is_held=True)
    assert [row.pk for row in by_editor.get(LIST).context["cl"].result_list] == [listed.pk, held.pk]
    assert [row.pk for row in by_editor.get(LIST, {"state": "open"}).context["cl"].result_list] == [listed.pk]
    assert [row.pk for row in by_editor.get(LIST, {"state": "held"}).context["cl"].result_list] == [held.pk]
    sections = {section.name: section for section in overview.sections(make.editor())}
    assert (sections["reported"].count, sections["held"].count) == (1, 1)
    assert sections["held"].url == f"{LIST}?state=held"
    assert "held back" in by_editor.get(page_of(held)).content.decode()
    saved(by_editor, page_of(held), {"answer": "A real one.", "then": "reopen"})
    held.refresh_from_db()
    assert (held.is_open, held.is_held) == (True, False)
    assert "held" not in {section.name for section in overview.sections(make.editor())}


def test_many_are_marked_as_done_at_once(by_editor, fact):
    reports = [make.report(fact, is_held=True) for _ in range(3)]
    chosen = {"action": "mark_as_done", "_selected_action": [report.pk for report in reports[:2]]}
    page = by_editor.post(f"{LIST}?state=held", chosen, follow=True).content.decode()
    assert "2 reports are marked as done." in page
    assert list(Report.objects.held()) == [reports[2]]
    assert {report.closed_by is not None for report in Report.objects.exclude(closed_at=None)} == {True}
