"""Digests: one mail for each person with what happened since their last one. For cron; run twice it sends once."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models.notifications import NotificationChoice
from articles.operations.happenings import Happening, Kind, happenings

#: Who was never told begins here, and nobody is told of what is older than MOST_AGE.
FIRST_LOOK, MOST_AGE = dt.timedelta(days=1), dt.timedelta(days=7)
#: What is so young waits for the next digest: its transaction may not be visible yet.
MARGIN = dt.timedelta(minutes=1)
#: A mail names so many, the newest, and says how many more there are.
MOST_LINES = 100
MOST_WORDS = 200

_log = logging.getLogger(__name__)


@dataclass
class DigestReport:
    """`failed`: names of accounts whose mail could not be sent; they are told with the next digest."""

    sent: int = 0
    failed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class DigestLine:
    sentence: str
    words: str
    url: str


def send_digests(now: dt.datetime | None = None) -> DigestReport:
    """Sends what is due to everybody who has an address; one that fails keeps nobody else from theirs."""
    until = (now or timezone.now()) - MARGIN
    report = DigestReport()
    people = list(User.objects.filter(is_active=True, is_staff=True).exclude(email="").order_by("pk"))
    choices = {choice.user_id: choice for choice in NotificationChoice.objects.filter(user__in=people)}
    begins = {user.pk: _since(choices.get(user.pk), until) for user in people}
    if not people:
        return report
    everything = happenings(min(begins.values()), until)
    for user in people:
        try:
            report.sent += _send(user, everything, until)
        except (OSError, ValueError) as error:  # no server, refused by it, or an address that is none
            _log.warning("The digest for %s was not sent: %s", user.get_username(), error)
            report.failed.append(user.get_username())
    return report


def _since(choice: NotificationChoice | None, until: dt.datetime) -> dt.datetime:
    if choice is None or choice.told_until is None:
        return until - FIRST_LOOK
    return max(choice.told_until, until - MOST_AGE)


def _send(user: User, everything: Sequence[Happening], until: dt.datetime) -> bool:
    """Whether there was something to send. What is due is claimed first, so that of two runs at a time only one sends;
    the claim is given back when the mail cannot be sent. No lock is held while a mail server takes its time.
    """
    choice, _made = NotificationChoice.objects.get_or_create(user=user)
    was, own = choice.told_until, NotificationChoice.objects.filter(pk=choice.pk)
    if (was is not None and was >= until) or not own.filter(told_until=was).update(told_until=until):
        return False
    since = _since(choice, until)
    due = [each for each in everything if each.at > since and choice.wants(each.kind) and each.concerns(user)]
    if not due:
        return False
    try:
        _mail(user, due).send()
    except Exception:
        own.filter(told_until=until).update(told_until=was)
        raise
    return True


def _mail(user: User, due: Sequence[Happening]) -> EmailMessage:
    lines = [_line(each) for each in due[-MOST_LINES:]]
    count = {"count": len(due), "site": settings.SITE_NAME}
    subject = ngettext("%(site)s desk: %(count)s piece of news", "%(site)s desk: %(count)s pieces of news", len(due))
    context = {
        "user": user,
        "lines": lines,
        "more": len(due) - len(lines),
        "site": settings.SITE_NAME,
        "settings_url": _full(reverse("admin:articles_article_notifications")),
    }
    text = render_to_string("desk/planning/digest.txt", context)
    return EmailMessage(" ".join((subject % count).split()), text, to=[user.email])


def _line(each: Happening) -> DigestLine:
    told = {"who": each.who or _("Somebody"), "title": each.article.title}
    page = "change"
    match each.kind:
        case Kind.HANDED_IN:
            sentence = _("%(who)s handed in “%(title)s”.")
        case Kind.SENT_BACK:
            sentence = _("%(who)s sent “%(title)s” back.")
        case Kind.PUBLISHED:
            is_down = each.words == "removal"
            sentence = _("“%(title)s” was taken down.") if is_down else _("“%(title)s” is with its readers.")
        case Kind.MENTIONED:
            sentence, page = _("%(who)s mentions you in “%(title)s”."), "comments"
        case _:
            sentence, page = _("%(who)s commented on “%(title)s”."), "comments"
    words = "" if each.kind is Kind.PUBLISHED else Truncator(" ".join(each.words.split())).chars(MOST_WORDS)
    return DigestLine(sentence % told, words, _full(reverse(f"admin:articles_article_{page}", args=[each.article.pk])))


def _full(path: str) -> str:
    return f"{settings.SITE_URL or 'http://localhost:8000'}{path}"
