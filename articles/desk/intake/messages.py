"""What the importer says, in the site's language: its room does not know Django, and says everything in English."""

from __future__ import annotations

import dataclasses

from django.utils.translation import gettext

from articles.importing import Account
from articles.text.messages import TranslatableMessage


def translated(sentence: object) -> str:
    """The translation of what was marked by `text.said`; anything else as it is."""
    if not isinstance(sentence, TranslatableMessage):
        return str(sentence)
    values = {name: translated(value) for name, value in sentence.values.items()}
    return gettext(sentence.pattern) % values if values else gettext(sentence.pattern)


def translated_account(account: Account) -> Account:
    return dataclasses.replace(
        account,
        repaired=tuple(dataclasses.replace(entry, why=translated(entry.why)) for entry in account.repaired),
        unplaced=tuple(dataclasses.replace(entry, why=translated(entry.why)) for entry in account.unplaced),
        notes=tuple(translated(note) for note in account.notes),
    )
