"""Digests: one mail instead of ten, of what others did, of what one wants to hear of, and never twice."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles import drafts, operations, states, workflow
from articles.models import Comment, History, NotificationChoice
from articles.models.notifications import NotificationChoice as Choice
from articles.operations import digests
from tests import make
from tests.desk.pages import client, text, tree

pytestmark = pytest.mark.django_db

BEGAN = dt.datetime(2030, 5, 10, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def clock():
    with time_machine.travel(BEGAN, tick=True) as traveller:
        yield traveller


def send(clock: Any, after: dt.timedelta = HOUR) -> dict[str, str]:
    """What each account is sent some time later, by the name in its address."""
    mail.outbox.clear()
    clock.move_to(timezone.now() + after)
    operations.send_digests()
    assert len({message.to[0] for message in mail.outbox}) == len(mail.outbox), "one mail for each person"
    return {message.to[0].split("@")[0]: message.body for message in mail.outbox}


def news(body: str) -> list[str]:
    return [line[2:] for line in body.splitlines() if line.startswith("* ")]


@pytest.mark.slow
def test_each_is_told_once_of_what_others_did(clock):
    walter, anna = make.writer(name="walter"), make.editor(name="anna")
    ferry = make.handed_in(owner=walter, title="The ferry")
    workflow.make(states.SEND_BACK, ferry, by=anna, note="Names, please.")
    lamps = make.approved(owner=walter, by=anna, title="Lamps")
    workflow.make(states.PUBLISH, lamps, by=anna, change=lamps.change)
    told = send(clock)
    assert news(told["walter"]) == ["anna sent “The ferry” back.", "“Lamps” is with its readers."]
    assert "Names, please." in told["walter"]
    assert news(told["anna"]) == ["walter handed in “The ferry”.", "walter handed in “Lamps”."]
    assert mail.outbox[0].subject == "Fanguide desk: 2 pieces of news"
    assert f"/admin/articles/article/{ferry.pk}/change/" in told["walter"]
    assert "/admin/articles/article/notifications/" in told["walter"]
    assert send(clock) == {}, "run again it sends nothing"


def test_nobody_is_told_of_their_own_acts(clock):
    anna = make.editor(name="anna")
    own = make.approved(owner=anna, by=make.editor(), title="Own")
    workflow.make(states.PUBLISH, own, by=anna, change=own.change)
    remark = workflow.comment(own, "Hm, @anna?", by=anna)
    workflow.comment(own, "Yes.", by=anna, parent=remark)
    assert "anna" not in send(clock)


def test_what_comes_true_later_is_told_when_it_does(clock):
    walter, anna = make.writer(name="walter"), make.editor(name="anna")
    lamps = make.approved(owner=walter, by=anna, title="Lamps")
    workflow.make(states.SCHEDULE, lamps, by=anna, change=lamps.change, at=BEGAN + 5 * HOUR)
    workflow.make(states.TAKE_DOWN_AT, lamps, by=anna, at=BEGAN + 9 * HOUR, note="Rights end.")
    assert "walter" not in send(clock)
    assert news(send(clock, 5 * HOUR)["walter"]) == ["“Lamps” is with its readers."]
    assert news(send(clock, 4 * HOUR)["walter"]) == ["“Lamps” was taken down."]


def test_an_own_event_that_comes_true_is_no_news(clock):
    anna = make.editor(name="anna")
    own = make.approved(owner=anna, by=make.editor())
    workflow.make(states.SCHEDULE, own, by=anna, change=own.change, at=BEGAN + 5 * HOUR)
    event = own.editions.get()
    workflow.make(states.RESCHEDULE, own, by=anna, event=event, at=BEGAN + 6 * HOUR + dt.timedelta(microseconds=1234))
    assert "anna" not in send(clock, 7 * HOUR)


def test_a_mention_is_told_and_not_twice(clock):
    walter, anna, bert = make.writer(name="walter"), make.editor(name="anna"), make.editor(name="bert")
    ferry = make.article(owner=walter, title="The ferry")
    remark = workflow.comment(ferry, "Is it true, @bert? And @nobody, mail@walter.", by=anna)
    workflow.comment(ferry, "It is. @walter", by=bert, parent=remark)
    told = send(clock)
    assert news(told["bert"]) == ["anna mentions you in “The ferry”."]
    assert news(told["walter"]) == ["anna commented on “The ferry”.", "bert mentions you in “The ferry”."]
    assert news(told["anna"]) == ["bert commented on “The ferry”."], "an answer where they wrote"


def test_who_may_not_see_an_article_is_told_nothing_of_it(clock):
    stranger = make.writer(name="stranger")
    ferry = make.article()
    workflow.comment(ferry, "See here, @stranger.", by=make.editor())
    binned = make.article(owner=stranger)
    workflow.comment(binned, "Hm.", by=make.editor())
    drafts.delete(binned, by=stranger)
    assert "stranger" not in send(clock)


@pytest.mark.slow
@pytest.mark.parametrize("kind", Choice.Kind.values)
def test_each_kind_is_switched_off_by_itself(clock, kind):
    walter, anna = make.writer(name="walter"), make.editor(name="anna")
    wanted = set(Choice.Kind.values) - {kind}
    for user in (walter, anna):
        page = client(user)
        assert page.post("/admin/articles/article/notifications/", {"kinds": list(wanted)}).status_code == 302
    ferry = make.handed_in(owner=walter, title="The ferry")
    workflow.make(states.SEND_BACK, ferry, by=anna, note="No.")
    lamps = make.approved(owner=walter, by=anna, title="Lamps")
    workflow.make(states.PUBLISH, lamps, by=anna, change=lamps.change)
    workflow.comment(ferry, "@walter, look.", by=anna)
    workflow.comment(lamps, "Fine.", by=anna)
    lines = {
        "handed-in": ("anna", "walter handed in “The ferry”."),
        "sent-back": ("walter", "anna sent “The ferry” back."),
        "published": ("walter", "“Lamps” is with its readers."),
        "mentioned": ("walter", "anna mentions you in “The ferry”."),
        "replied": ("walter", "anna commented on “Lamps”."),
    }
    told = send(clock)
    for each, (who, line) in lines.items():
        assert (line in news(told.get(who, ""))) == (each != kind), each


def test_a_failing_address_keeps_nobody_else_from_their_mail(clock, monkeypatch, capsys):
    walter = make.writer(name="walter")
    make.editor(name="bad"), make.editor(name="good")
    real = EmailMessage.send

    def fail(self, *args, **kwargs):
        if self.to[0].startswith("bad"):
            raise OSError("refused")
        return real(self, *args, **kwargs)

    make.handed_in(owner=walter, title="The ferry")
    clock.move_to(BEGAN + HOUR)
    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", fail)
        with pytest.raises(CommandError, match="Not sent to bad"):
            call_command("send_digests")
    assert "Digests sent: 1." in capsys.readouterr().out
    assert [message.to for message in mail.outbox] == [["good@example.org"]]
    assert list(send(clock)) == ["bad"], "told with the next digest, and nobody twice"


def test_whoever_is_away_for_long_is_told_of_a_week_and_in_so_many_lines(clock, monkeypatch):
    monkeypatch.setattr(digests, "MOST_LINES", 2)
    walter, anna = make.writer(name="walter"), make.editor(name="anna")
    send(clock)
    ferry = make.article(owner=walter, title="Old")
    workflow.comment(ferry, "Old.", by=anna)
    clock.move_to(BEGAN + dt.timedelta(days=20))
    for number in range(4):
        workflow.comment(ferry, f"New {number}.", by=anna)
    told = send(clock)["walter"]
    assert "Old." not in told
    assert "New 3." in told
    assert len(news(told)) == 2
    assert "and 2 more." in told


def test_hostile_words_stay_words(clock):
    walter, anna = make.writer(name="walter"), make.editor(name="anna")
    ferry = make.article(owner=walter, title="A <b>title</b> & more")
    workflow.comment(ferry, "Bcc: x@example.org\r\n\r\n<script>" + "y" * 4000, by=anna)
    body = send(clock)["walter"]
    assert "“A <b>title</b> & more”" in body, "plain text, nothing escaped"
    assert len(body) < 1500
    assert len(mail.outbox[0].recipients()) == 1


def test_accounts_that_are_gone_or_shut_are_left_out(clock):
    walter = make.writer(name="walter")
    make.editor(name="shut", is_active=False)
    silent = make.editor(name="silent")
    type(silent).objects.filter(pk=silent.pk).update(email="")
    make.handed_in(owner=walter)
    assert send(clock) == {}


def test_a_digest_costs_no_more_for_a_long_day(clock, django_assert_max_num_queries):
    walter, anna = make.writer(name="walter"), make.editor(name="anna")
    ferry = make.article(owner=walter)
    for _ in range(30):
        workflow.comment(ferry, "Hm.", by=anna)
    clock.move_to(BEGAN + HOUR)
    with django_assert_max_num_queries(25):
        operations.send_digests()
    assert Comment.objects.count() == 30
    assert History.objects.exists()


# --- the page ---------------------------------------------------------------------------------------------------------


def test_everything_is_told_until_somebody_says_otherwise():
    walter = make.writer()
    page = tree(client(walter).get("/admin/articles/article/notifications/"))
    boxes = page.css("[name=kinds]")
    assert [box.attributes["value"] for box in boxes] == Choice.Kind.values
    assert all("checked" in box.attributes for box in boxes)
    assert not NotificationChoice.objects.exists(), "looking writes nothing"


def test_what_is_no_kind_is_refused():
    answer = client(make.writer()).post("/admin/articles/article/notifications/", {"kinds": ["x\x00"]})
    assert answer.status_code == 400
    assert "Choose out of this list" in text(answer)
