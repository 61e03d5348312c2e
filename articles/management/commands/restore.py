"""`manage.py restore`: the site of a backup, proved to be the same."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles import operations


class Command(BaseCommand):
    help = "Puts a backup in place, after checking every digest, and compares what each public address answers."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        written = "what manage.py backup has written; of s3://bucket/prefix the newest"
        parser.add_argument("where", metavar="DIR|FILE|s3://…", help=written)
        parser.add_argument("--replace", action="store_true", help="in place of the content that this site has")
        parser.add_argument("--identity", type=Path, metavar="FILE", help="the key of a backup encrypted by age")
        parser.add_argument("--no-proof", action="store_true", help="do not compare the public addresses")

    def handle(self, *, where: str, replace: bool, identity: Path | None, no_proof: bool, **_options: Any) -> None:
        try:
            done = operations.restore_backup(where, replace=replace, with_proof=not no_proof, identity=identity)
        except operations.OperationError as error:
            raise CommandError(str(error)) from error
        proved = f" {done.compared} public addresses answer as they did then." if done.compared else ""
        self.stdout.write(f"Restored: the site of {done.manifest.made_at}, {done.files} media files.{proved}")
        for step in done.next_steps:
            self.stdout.write(step)
        self.stdout.write("Nobody is logged in. Start the site's processes anew.")
