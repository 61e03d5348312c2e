"""`manage.py rebuild_picture_uses`: where each picture is used is made anew."""

from typing import Any

from django.core.management.base import BaseCommand

from articles import operations


class Command(BaseCommand):
    help = "Reads the words and revisions of all articles and corrects where each picture is used."

    def handle(self, **_options: Any) -> None:
        self.stdout.write(f"Articles whose uses of pictures were wrong: {operations.rebuild_picture_uses()}.")
