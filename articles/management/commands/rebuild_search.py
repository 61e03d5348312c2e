"""`manage.py rebuild_search`: what the search finds by is made anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles import operations


class Command(BaseCommand):
    help = (
        "Makes the rows, names and words of the search anew, of all editions that are public or wait; what the desk "
        "finds working copies by; and the index, where FANGUIDE_SEARCH_INDEX names another kind than is in use."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--index-only", action="store_true", help="only the index, if it is of another kind")

    def handle(self, *, index_only: bool, **_options: Any) -> None:
        try:
            if not index_only:
                self.stdout.write(f"Editions that can be searched: {operations.rebuild_search()}.")
            self.stdout.write(f"The index in use: {operations.apply_search_index()}.")
        except operations.OperationError as error:
            raise CommandError(str(error)) from error
