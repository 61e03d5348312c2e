"""`manage.py rebuild_editions`: what an older renderer made is rendered again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles import operations


class Command(BaseCommand):
    help = "Renders editions of an older renderer again from their revisions. Instants and addresses stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="also those that the present renderer made")

    def handle(self, *, all: bool, **_options: Any) -> None:  # noqa: A002  -- the option's name
        rebuilt = operations.rebuild_editions(everything=all)
        self.stdout.write(f"Editions rendered again: {rebuilt.count}.")
        if rebuilt.failures:
            raise CommandError("These cannot be rendered again and stay as they are:\n" + "\n".join(rebuilt.failures))
