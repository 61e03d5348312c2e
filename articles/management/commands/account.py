"""`manage.py account`: an account's data, its anonymising, an owner's rights, and a second factor that was lost."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles import operations


class Command(BaseCommand):
    help = "An account's data, its anonymising, all rights for an owner, a second factor that was lost."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", metavar="NAME", help="the name that the person logs in by")
        act = parser.add_mutually_exclusive_group(required=True)
        act.add_argument("--export", action="store_true", help="JSON of everything that names it")
        act.add_argument("--anonymise", action="store_true", help="no name or address stays; the history stays whole")
        act.add_argument("--promote", action="store_true", help="all rights: for the owner of an imported site")
        act.add_argument("--reset-second-factor", action="store_true", help="for somebody who lost app and codes")

    def handle(self, *, name: str, **options: Any) -> None:
        try:
            user = operations.account_named(name)
            if options["export"]:
                self.stdout.write(operations.personal_data(user))
            elif options["anonymise"]:
                new = operations.anonymise(user)
                self.stdout.write(f"{name} is {new} now. Their byline stays as it is. Older backups hold the name.")
            elif options["reset_second_factor"]:
                was_there = operations.reset_second_factor(user, by="operator")
                done = "is reset, and its sessions are ended" if was_there else "was not set up"
                self.stdout.write(f"Two-step log-in of {name} {done}.")
            else:
                operations.promote(user)
                self.stdout.write(f"{name} may do everything. A password: manage.py changepassword {name}")
        except operations.OperationError as error:
            raise CommandError(str(error)) from error
