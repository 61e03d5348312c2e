"""What `manage.py account NAME --ACT` does, as a table: each act says in a sentence what it has done."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib.auth.models import User

from articles.operations.accounts import anonymise, personal_data, promote
from articles.operations.oidc import disconnect
from articles.operations.second_factor import reset


def _anonymise(user: User) -> str:
    name = user.get_username()
    return f"{name} is {anonymise(user)} now. Their byline stays as it is. Older backups hold the name."


def _promote(user: User) -> str:
    promote(user)
    name = user.get_username()
    return f"{name} may do everything. A password: manage.py changepassword {name}"


def _reset_second_factor(user: User) -> str:
    done = "is reset, and its sessions are ended" if reset(user, by="operator") else "was not set up"
    return f"Two-step log-in of {user.get_username()} {done}."


#: By the option's name: its help, and the act. May raise OperationError.
ACTS: Mapping[str, tuple[str, Callable[[User], str]]] = {
    "export": ("JSON of everything that names it", personal_data),
    "anonymise": ("no name or address stays; the history stays whole", _anonymise),
    "promote": ("all rights: for the owner of an imported site", _promote),
    "reset-second-factor": ("for somebody who lost app and codes", _reset_second_factor),
    "disconnect-oidc": ("unties it from the OIDC provider: its password counts again", disconnect),
}
