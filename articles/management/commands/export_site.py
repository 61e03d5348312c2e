"""`manage.py export_site`: the whole site as plain files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles import transfer


class Command(BaseCommand):
    help = "Writes the whole site as plain files into an empty folder, or anew into that of an earlier export."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)

    def handle(self, *, folder: Path, **_options: Any) -> None:
        try:
            summary = transfer.export_site(folder)
        except transfer.TransferError as error:
            raise CommandError(str(error)) from error
        for warning in summary.warnings:
            self.stderr.write(warning)
        self.stdout.write(f"In {folder}: {summary}. Passwords and e-mail addresses are not in it.")
        for line in summary.left_behind:
            self.stdout.write(f"Not in it: {line}.")
