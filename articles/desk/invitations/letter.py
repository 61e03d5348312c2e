"""The letter with the link, where letters leave this machine."""

from __future__ import annotations

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from articles.desk.requests import name_of
from articles.models import Invitation
from articles.reading.site import site_of

logger = logging.getLogger(__name__)


def address_of(request: HttpRequest, token: str) -> str:
    return site_of(request).full(reverse("admin:invitation", args=[token]))


def inviter(invitation: Invitation) -> str:
    """As colleagues read it."""
    return name_of(invitation.made_by) if invitation.made_by else ""


def send(request: HttpRequest, invitation: Invitation, token: str) -> bool:
    """False where it did not leave: no mail server is set, or the one that is set did not take it."""
    if not settings.MAIL_IS_SENT:
        return False
    site = site_of(request)
    words = {"invitation": invitation, "by": inviter(invitation), "site": site.name}
    words["address"] = address_of(request, token)
    subject = " ".join(render_to_string("desk/invitations/letter_subject.txt", words).split())
    letter = EmailMessage(subject, render_to_string("desk/invitations/letter.txt", words), to=[invitation.email])
    try:
        letter.send()
    except (OSError, smtplib.SMTPException):
        logger.exception("The invitation %s was not sent.", invitation.pk)
        return False
    return True
