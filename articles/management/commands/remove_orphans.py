"""`manage.py remove_orphans`: picture files that nothing names."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles import operations


class Command(BaseCommand):
    help = "Deletes picture files older than a day that nothing names: of broken uploads, and of deleted pictures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only name them")

    def handle(self, *, dry_run: bool, **_options: Any) -> None:
        if dry_run:
            names = operations.orphaned_files()
            self.stdout.write("\n".join([*names, f"Files that nothing names: {len(names)}. Nothing was deleted."]))
            return
        try:
            self.stdout.write(f"Files deleted: {operations.remove_orphans()}.")
        except operations.OperationError as error:
            raise CommandError(str(error)) from error
