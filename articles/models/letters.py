"""Letters that an act on the desk causes: written into the outbox in its transaction, sent by `delivery`.

What a letter opens does not lie in the outbox. The text has PLACE where it will stand, and the row what makes it: a
seed that is worth nothing without the secret key, or the account whose password is set anew. A letter that was sent
leaves no row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from articles.models.outbox import OutboxMessage, put

#: Where the secret of a letter will stand in its text; it may be a part of an address.
PLACE = "SECRET-OF-THIS-LETTER"
#: What makes the secret: see delivery.letters.
INVITATION, PASSWORD_RESET = "invitation", "password-reset"

_MAIL = OutboxMessage.Kind.MAIL


def put_letter(to: str, subject: str, text: str, *, about: str, secret: str, source: str) -> None:
    """To nobody (an empty `to`) it costs the same, and nothing is sent. `about` names the letter without its reader,
    for the log and for `drop_letters`; `source` is what the secret is made of.
    """
    payload = {"about": about, "subject": subject, "text": text, "secret": secret, "source": source}
    put([OutboxMessage(kind=_MAIL, target=to, payload=payload)])


def drop_letters(about: str) -> None:
    """Those that have not left yet, and those that were given up: what they would open is not to be opened any more."""
    OutboxMessage.objects.filter(kind=_MAIL, payload__about=about).delete()


def waiting_letters(abouts: Iterable[str]) -> Mapping[str, OutboxMessage]:
    """By what they are about: letters that have not left, or were given up."""
    rows = OutboxMessage.objects.filter(kind=_MAIL, payload__about__in=list(abouts))
    return {row.payload["about"]: row for row in rows}


def drop_letters_to(address: str) -> None:
    """Those to an address, whatever they are about."""
    OutboxMessage.objects.filter(kind=_MAIL, target__iexact=address).delete()
