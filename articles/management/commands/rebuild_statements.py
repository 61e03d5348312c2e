"""`manage.py rebuild_statements`: what contradictions are found by is made anew."""

from typing import Any

from django.core.management.base import BaseCommand

from articles import operations


class Command(BaseCommand):
    help = "Reads the words of all articles and corrects what is known of their numbers, dates and origins."

    def handle(self, **_options: Any) -> None:
        self.stdout.write(f"Articles whose statements were wrong: {operations.rebuild_statements()}.")
