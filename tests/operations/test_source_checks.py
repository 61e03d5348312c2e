"""`check_sources`: which addresses are looked at, how kindly, and what is kept of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles import operations
from articles.delivery import looking, requests
from articles.delivery.looking import Looked, Outcome
from articles.document import Source
from articles.models import Article, SourceCheck
from articles.operations import check_sources, source_checks
from articles.states import Status
from tests import make
from tests.delivery.pages import Pages, only_here_besides, running_pages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_pause(monkeypatch) -> None:
    monkeypatch.setattr(source_checks, "PAUSE", 0.0)


@pytest.fixture
def pages(monkeypatch) -> Iterator[Pages]:
    monkeypatch.setattr(requests, "is_public", only_here_besides)
    with running_pages() as found:
        yield found


@pytest.fixture
def answers(monkeypatch) -> dict[str, Looked]:
    """What is found at which address; remembers, under "", nothing: `asked` of it are its keys in order."""
    found: dict[str, Looked] = {}
    monkeypatch.setattr(looking, "look", lambda url, _wait, _longest: found.get(url, Looked(Outcome.ANSWERS, 200)))
    return found


def article_with(*urls: str, **fields) -> Article:
    return make.article(cards=(make.card(sources=tuple(Source(url=url) for url in urls)),), **fields)


def on_day(number: int):
    return time_machine.travel(timezone.now() + dt.timedelta(days=number), tick=True)


def check_of(url: str) -> SourceCheck:
    return SourceCheck.objects.get(url=url)


def test_what_was_found_is_kept_by_address_and_dead_is_what_was_gone_on_two_days(pages: Pages):
    there, gone, busy = (f"{pages.url}{path}" for path in ("/there", "/gone", "/forbidden"))
    article_with(there, gone, busy)
    article_with(gone)
    report = check_sources()
    assert (report.looked, report.gone, report.left) == (3, 1, 0)
    assert (check_of(there).status, check_of(there).failures) == (200, 0)
    assert (check_of(busy).outcome, check_of(busy).failures) == ("unclear", 0)
    assert (check_of(gone).status, check_of(gone).failures, check_of(gone).is_dead) == (404, 1, False)
    since = check_of(gone).failing_since
    check_sources(days=0)
    assert not check_of(gone).is_dead, "twice on one day is one day"
    with on_day(8):
        check_sources()
    assert check_of(gone).is_dead
    assert (check_of(gone).failures, check_of(gone).failing_since) == (3, since)
    assert [each.url for each in SourceCheck.objects.dead()] == [gone]
    assert [path for method, path in pages.asked if method == "HEAD"].count("/gone") == 3, "once a run, not once a use"


def test_an_answer_brings_it_back_to_life_and_what_is_unclear_does_not(answers):
    url = "https://a.example/"
    article_with(url)
    bad_days = [("gone", False), ("unclear", False), ("no-answer", False), ("gone", True), ("unclear", True)]
    for day, (outcome, is_dead) in enumerate([*bad_days, ("answers", False), ("gone", False)]):
        answers[url] = Looked(Outcome(outcome))
        with on_day(day):
            check_sources(days=0)
        assert check_of(url).is_dead is is_dead, (day, outcome)


def test_those_not_looked_at_longest_come_first_and_none_twice_within_the_days(answers):
    article_with(*(f"https://{name}.example/" for name in "abcd"))
    first = check_sources(limit=3)
    assert (first.looked, first.left) == (3, 1)
    assert check_sources(limit=3).looked == 1, "the one that waited"
    assert check_sources(limit=3).looked == 0
    with on_day(6):
        assert check_sources().looked == 0
    with on_day(8):
        assert check_sources(limit=1).looked == 1
        assert check_of("https://a.example/").checked_at.date() == timezone.now().date()
    assert set(SourceCheck.objects.values_list("url", flat=True)) == {f"https://{name}.example/" for name in "abcd"}


def test_only_sources_that_somebody_reads_or_works_on(answers):
    article_with("https://live.example/")
    gone = article_with("https://archived.example/")
    Article.objects.filter(pk=gone.pk).update(status=Status.ARCHIVED)
    binned = article_with("https://binned.example/")
    Article.objects.filter(pk=binned.pk).update(binned_at=timezone.now())
    Article.objects.filter(pk=article_with("https://template.example/").pk).update(is_template=True)
    make.article(cards=(make.card(sources=(Source(title="A book"),)),))
    assert check_sources().looked == 1
    assert SourceCheck.objects.get().url == "https://live.example/"


def test_one_host_and_those_below_it(answers):
    article_with("https://a.example/", "https://www.a.example/x", "https://b-a.example/", "https://other.example/")
    assert check_sources(site="A.example").looked == 2
    assert check_sources(site="nobody.example").looked == 0


def test_a_host_that_does_not_answer_or_has_enough_is_left_alone_for_the_run(answers):
    silent, busy = (tuple(f"https://{name}.example/{number}" for number in range(4)) for name in ("silent", "busy"))
    answers |= dict.fromkeys(silent, Looked(Outcome.NO_ANSWER)) | dict.fromkeys(busy, Looked(Outcome.UNCLEAR, 429))
    article_with(*silent)
    article_with(*busy)
    report = check_sources()
    assert (report.looked, report.left) == (2, 6)


def test_a_host_that_another_run_waits_for_is_left_alone(answers):
    article_with("https://a.example/1", "https://a.example/2", "https://b.example/")
    waiting = SourceCheck.objects.create(url="https://a.example/1", host="a.example", asked_at=timezone.now())
    assert check_sources().looked == 1
    SourceCheck.objects.filter(pk=waiting.pk).update(asked_at=timezone.now() - dt.timedelta(minutes=5))
    assert check_sources().looked == 2, "a run that was killed holds up nobody for long"


def test_a_host_is_asked_again_after_a_pause_only(monkeypatch, pages: Pages):
    slept: list[float] = []
    monkeypatch.setattr(source_checks, "PAUSE", 5.0)
    monkeypatch.setattr(source_checks.time, "sleep", slept.append)
    article_with(f"{pages.url}/there", f"{pages.url}/no-head")
    check_sources()
    assert len(pages.asked) == 3
    assert len(slept) == 2
    assert all(seconds > 4 for seconds in slept)


@pytest.mark.parametrize(("other", "is_gone"), [(Outcome.ANSWERS, True), (Outcome.NO_ANSWER, False)])
def test_a_name_that_nobody_knows_is_gone_if_this_machine_reaches_anybody(answers, other: Outcome, is_gone: bool):
    answers |= {"https://a.example/": Looked(Outcome.UNKNOWN_NAME), "https://b.example/": Looked(other)}
    article_with(*answers)
    check_sources()
    assert check_of("https://a.example/").outcome == ("gone" if is_gone else "no-answer")


def test_an_address_that_no_source_has_any_more_is_forgotten(answers):
    article = article_with("https://a.example/")
    check_sources()
    article.cards.get().sources.update(url="https://b.example/")
    check_sources()
    assert [each.url for each in SourceCheck.objects.all()] == ["https://b.example/"]


def test_the_command_says_what_it_found_and_refuses_nonsense(answers, capsys):
    answers["https://a.example/"] = Looked(Outcome.GONE, 404)
    article_with("https://a.example/", "https://b.example/", "https://c.example/")
    call_command("check_sources", "--limit", "2")
    assert "looked at: 2 (answers: 1, gone: 1). Waiting for another run: 1." in capsys.readouterr().out
    call_command("check_sources", "--site", "nobody.example")
    assert "looked at: 0 (none)" in capsys.readouterr().out
    for wrong in (["--days", "-1"], ["--limit", "0"], ["--days", "9" * 30], ["--limit", "many"]):
        with pytest.raises(CommandError):
            call_command("check_sources", *wrong)


def test_doctor_counts_those_without_a_copy(answers):
    url = "https://a.example/"
    answers[url] = Looked(Outcome.GONE, 404)
    article = article_with(url)
    check_sources()
    with on_day(8):
        check_sources()
    assert [each.code for each in operations.examine(deep=False)].count("dead-sources") == 1
    article.cards.get().sources.update(archived_url="https://archive.example/")
    assert "dead-sources" not in [each.code for each in operations.examine(deep=False)]
