"""`manage.py check_sources`: looks whether the addresses of sources are still there."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles import operations


class Command(BaseCommand):
    help = (
        "Asks for the addresses of sources of live articles and drafts, a host at a time with pauses, and keeps what "
        "was found. The page “Dead sources” of the desk lists what is gone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=7, help="leave those looked at within so many days (7)")
        parser.add_argument("--limit", type=int, default=100, help="at most so many addresses (100)")
        parser.add_argument("--site", default="", metavar="HOST", help="only those of this host and below it")

    def handle(self, *, days: int, limit: int, site: str, **_options: Any) -> None:
        if not 0 <= days <= 10_000 or not 1 <= limit <= 1_000_000:
            raise CommandError("--days is a number from 0 to 10,000, --limit one from 1.")
        report = operations.check_sources(days=days, limit=limit, site=site)
        found = ", ".join(f"{outcome}: {count}" for outcome, count in sorted(report.found.items())) or "none"
        self.stdout.write(f"Addresses looked at: {report.looked} ({found}). Waiting for another run: {report.left}.")
