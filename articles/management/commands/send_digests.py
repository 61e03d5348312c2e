"""`manage.py send_digests`: by cron, as often as people want to hear of the desk."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles import operations


class Command(BaseCommand):
    help = "Sends each person one mail with what happened on the desk since their last one. Run again it sends nothing."

    def handle(self, **_options: Any) -> None:
        report = operations.send_digests()
        self.stdout.write(f"Digests sent: {report.sent}.")
        if report.failed:
            names = ", ".join(report.failed)
            raise CommandError(f"Not sent to {names}: see the log. They are told with the next digest.")
