"""What the importer says, in the site's language."""

from __future__ import annotations

import dataclasses

from articles.importing import Account
from articles.translation import translated


def translated_account(account: Account) -> Account:
    return dataclasses.replace(
        account,
        repaired=tuple(dataclasses.replace(entry, why=translated(entry.why)) for entry in account.repaired),
        unplaced=tuple(dataclasses.replace(entry, why=translated(entry.why)) for entry in account.unplaced),
        notes=tuple(translated(note) for note in account.notes),
    )
