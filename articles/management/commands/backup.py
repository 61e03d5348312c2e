"""`manage.py backup`: the whole site at one instant, while it serves."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles import operations


class Command(BaseCommand):
    help = "Writes database and media at one instant into a new folder or a new .tar file, with a digest of everything."

    def add_arguments(self, parser: ArgumentParser) -> None:
        place = "a new folder, a new .tar file, or a folder with backups, in which one named by the time is made"
        place += "; s3://bucket/prefix the same in a store; without it FANGUIDE_BACKUP_TO"
        parser.add_argument("where", metavar="DIR|FILE|s3://…", nargs="?", default=settings.BACKUP_TO, help=place)
        parser.add_argument("--encrypt-to", default="", metavar="KEY", help="age1…, an SSH key (age), or a key of gpg")
        parser.add_argument("--no-proof", action="store_true", help="no digest of what each public address answers")

    def handle(self, *, where: str, encrypt_to: str, no_proof: bool, **_options: Any) -> None:
        if not where:
            raise CommandError("Say where the backup goes, or set FANGUIDE_BACKUP_TO.")
        try:
            made = operations.make_backup(where, recipient=encrypt_to, with_proof=not no_proof)
        except operations.OperationError as error:
            raise CommandError(f"{error} No backup was made.") from error
        for warning in made.warnings:
            self.stderr.write(warning)
        self.stdout.write(f"{made}.")
