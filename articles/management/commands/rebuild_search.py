"""`manage.py rebuild_search`: what the search finds by is made anew."""

from typing import Any

from django.core.management.base import BaseCommand

from articles import operations


class Command(BaseCommand):
    help = "Makes the rows, names and words of the search anew, of all editions that are public or wait."

    def handle(self, **_options: Any) -> None:
        self.stdout.write(f"Editions that can be searched: {operations.rebuild_search()}.")
