"""`manage.py doctor`: what is wrong with this site, each with its remedy."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles import operations


class Command(BaseCommand):
    help = "Looks at settings, database, store, content and backups. Ends with 0: all well, 1: warnings, 2: errors."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON list of findings, for programs")
        parser.add_argument("--quick", action="store_true", help="without what looks through all articles and files")

    def handle(self, *, quick: bool, **options: Any) -> None:
        findings = list(operations.examine(deep=not quick))
        if options["json"]:
            self.stdout.write(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
        else:
            for each in findings:
                self.stdout.write(f"{each.level.value} {each.code}: {each.sentence} {each.remedy}")
        if status := operations.exit_status(findings):
            errors = sum(each.level is operations.Level.ERROR for each in findings)
            told = f"Errors: {errors}, warnings: {len(findings) - errors}. Nothing was changed."
            raise CommandError(told, returncode=status)
        if not options["json"]:
            self.stdout.write("All well.")
