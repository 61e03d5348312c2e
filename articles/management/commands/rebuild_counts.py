"""`manage.py rebuild_counts`: the counts that readers see are made anew."""

from typing import Any

from django.core.management.base import BaseCommand

from articles import operations


class Command(BaseCommand):
    help = "Counts the facts and articles of all that is public or waits, and corrects the ledger where it differs."

    def handle(self, **_options: Any) -> None:
        self.stdout.write(f"Counts that were wrong: {operations.rebuild_counts()}.")
