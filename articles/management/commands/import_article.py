"""`manage.py import_article`: documents become drafts, with an account of every word."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles import importing, operations


class Command(BaseCommand):
    help = "Makes a draft of each document. All are made or, when one cannot be read, none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--author", default="", metavar="NAME", help="the byline; made when it is new")
        parser.add_argument("--subject", default="", metavar="NAME", help="what it is about; made when it is new")
        parser.add_argument("--owner", default="", metavar="USERNAME", help="the account that will own the drafts")
        parser.add_argument("--dry-run", action="store_true", help="only read and tell; needs no database")
        parser.add_argument("--json", action="store_true", help="tell what was found as JSON, one line for each file")

    def handle(self, *, files: list[str], dry_run: bool, **options: Any) -> None:
        read, refused = operations.read_files(files)
        for imported in read:
            if options["json"]:
                self.stdout.write(json.dumps(importing.neutral(imported), ensure_ascii=False))
            else:
                self.stdout.write("\n".join(operations.describe(imported)))
        if refused:
            raise CommandError("\n".join([*refused, *([] if dry_run else ["Nothing was imported."])]))
        if not dry_run:
            try:
                drafts = operations.import_all(read, **{name: options[name] for name in ("owner", "author", "subject")})
            except operations.OperationError as error:
                raise CommandError(f"{error} Nothing was imported.") from error
            out = self.stderr if options["json"] else self.stdout
            for draft in drafts:
                out.write(f"Draft {draft.pk}, “{draft}”, belongs to {draft.owner}.")
