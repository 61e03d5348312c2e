"""`manage.py account`: an account's data and anonymising, an owner's rights, a lost second factor, its provider."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles import operations
from articles.operations.account_acts import ACTS


class Command(BaseCommand):
    help = "Exports, anonymises or promotes an account, resets its second factor, or ties it to a provider."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", metavar="NAME", help="the name that the person logs in by")
        acts = parser.add_mutually_exclusive_group(required=True)
        for act, (help_text, _function) in ACTS.items():
            acts.add_argument(f"--{act}", action="store_const", const=act, dest="act", help=help_text)
        acts.add_argument("--connect-oidc", metavar="SUB", help="ties it to this person (sub) of the OIDC provider")

    def handle(self, *, name: str, act: str, connect_oidc: str | None, **_options: Any) -> None:
        try:
            user = operations.account_named(name)
            done = operations.oidc.connect(user, connect_oidc) if connect_oidc is not None else ACTS[act][1](user)
        except operations.OperationError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(done)
