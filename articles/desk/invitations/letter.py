"""The letter with the link, where letters leave this machine."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from articles.desk.requests import name_of
from articles.models import Invitation
from articles.models.letters import INVITATION, PLACE, put_letter
from articles.operations.invitations import about
from articles.reading.site import site_of


def address_of(request: HttpRequest, token: str) -> str:
    return site_of(request).full(reverse("admin:invitation", args=[token]))


def inviter(invitation: Invitation) -> str:
    """As colleagues read it."""
    return name_of(invitation.made_by) if invitation.made_by else ""


def write(request: HttpRequest, invitation: Invitation, seed: str) -> None:
    """Into the outbox, in the transaction that makes the link. It says the address when it leaves."""
    site = site_of(request)
    words = {"invitation": invitation, "by": inviter(invitation), "site": site.name}
    words["address"] = address_of(request, PLACE)
    subject = " ".join(render_to_string("desk/invitations/letter_subject.txt", words).split())
    text = render_to_string("desk/invitations/letter.txt", words)
    put_letter(invitation.email, subject, text, about=about(invitation), secret=INVITATION, source=seed)
