"""Sending a letter of the outbox: what it opens is put into its text here, and nowhere before."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Mapping

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage

from articles.delivery.requests import RefusedError
from articles.models import OutboxMessage
from articles.models.invitations import TOKENS
from articles.models.letters import INVITATION, PASSWORD_RESET, PLACE

_SHOWN = 200
#: From here on SMTP means "never", below it "later" (RFC 5321, 4.2.1).
_NEVER = 500


class HopelessError(Exception):
    """It will not be taken however often it is tried; the message says why."""


def send(row: OutboxMessage) -> None:
    """Raises RefusedError for what may work later, HopelessError for what will not. To nobody nothing is sent."""
    if not row.target:
        return
    secret = _SECRETS[row.payload["secret"]](row.payload["source"])
    if secret is None:
        return  # whoever it was for is gone
    text = row.payload["text"].replace(PLACE, secret)
    # Of the same letter the same id: a mail server that had taken it before its answer was lost may know it again.
    headers = {"Message-ID": f"<letter-{row.pk}-{row.made_at:%Y%m%d%H%M%S%f}@{_domain()}>"}
    try:
        EmailMessage(row.payload["subject"], text, to=[row.target], headers=headers).send()
    except smtplib.SMTPException as error:
        raise _as_ours(error, row.target) from error
    except OSError as error:
        raise RefusedError(f"{type(error).__name__}: {error}"[:_SHOWN]) from error


def _as_ours(error: smtplib.SMTPException, address: str) -> Exception:
    """Without the address of the person, for the log."""
    said = f"{type(error).__name__}: {error}".replace(address, "-")[:_SHOWN]
    codes: list[int] = []
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
    elif isinstance(error, smtplib.SMTPDataError):
        codes = [error.smtp_code]
    is_hopeless = bool(codes) and min(codes) >= _NEVER
    return HopelessError(said) if is_hopeless else RefusedError(said)


def _domain() -> str:
    return settings.SITE_URL.partition("://")[2].partition("/")[0].partition(":")[0] or "fanguide.invalid"


def _reset_token(source: str) -> str | None:
    """Made now: it works for as long as it says, however long the mail server was away."""
    user = User.objects.filter(pk=int(source), is_active=True).first()
    return default_token_generator.make_token(user) if user else None


_SECRETS: Mapping[str, Callable[[str], str | None]] = {INVITATION: TOKENS.of_seed, PASSWORD_RESET: _reset_token}
