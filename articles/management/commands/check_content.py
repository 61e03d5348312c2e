"""`manage.py check_content`: what is wrong with what readers see."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles import operations


class Command(BaseCommand):
    help = "Lists broken links and pictures, tags that stand on nothing, and editions of an older renderer."

    def handle(self, **_options: Any) -> None:
        count = 0
        for count, sentence in enumerate(operations.content_problems(), 1):  # noqa: B007  -- reported after the loop
            self.stdout.write(sentence)
        if count:
            raise CommandError(f"Problems: {count}. Nothing was changed.")
        self.stdout.write("No problems.")
