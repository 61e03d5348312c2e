"""`manage.py import_site`: the site that was exported, in an empty database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles import transfer


class Command(BaseCommand):
    help = "Makes the site that export_site wrote, whole or not at all. The database has to be empty."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)

    def handle(self, *, folder: Path, **_options: Any) -> None:
        try:
            summary = transfer.import_site(folder)
        except transfer.TransferError as error:
            raise CommandError(f"{error} Nothing was imported.") from error
        for warning in summary.warnings:
            self.stderr.write(warning)
        self.stdout.write(
            f"Imported: {summary}. Nobody has a password yet. The owner comes back by manage.py account NAME "
            "--promote, then manage.py changepassword NAME; manage.py createsuperuser makes another account."
        )
