"""`manage.py import_article`: documents become drafts, with an account of every word."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles import operations


class Command(BaseCommand):
    help = "Makes a draft of each document. Stopped and started again, it goes on where it was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="FILE", help="also a folder, a zip, or a WordPress export")
        parser.add_argument("--author", default="", metavar="NAME", help="the byline; made when it is new")
        parser.add_argument("--subject", default="", metavar="NAME", help="what it is about; made when it is new")
        parser.add_argument("--owner", default="", metavar="USERNAME", help="the account that will own the drafts")
        parser.add_argument("--publish", action="store_true", help="make live what a WordPress export says was live")
        parser.add_argument("--dry-run", action="store_true", help="only read and report; needs no database")
        parser.add_argument("--json", action="store_true", help="report what was found as JSON, one line for each file")

    def execute(self, *args: Any, **options: Any) -> Any:
        """Reading documents needs no database; some of Django's checks ask it what it can."""
        return super().execute(*args, **{**options, "skip_checks": options["skip_checks"] or options["dry_run"]})

    def handle(self, *, paths: list[str], dry_run: bool, **options: Any) -> None:
        names = {name: options[name] for name in ("owner", "author", "subject", "publish")}
        reports = operations.read_many(paths) if dry_run else operations.import_many(paths, **names)
        describe, tally = (operations.as_json if options["json"] else operations.as_text), operations.Tally()
        try:
            for report in tally.counted(reports, self.stderr):
                if words := describe(report):
                    self.stdout.write(words)
        except operations.OperationError as error:
            raise CommandError(str(error)) from error
        if not dry_run:
            (self.stderr if options["json"] else self.stdout).write(tally.table())
        if tally.refusals:
            raise CommandError("\n".join(tally.refusals))
