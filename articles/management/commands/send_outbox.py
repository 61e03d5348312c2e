"""`manage.py send_outbox`: tells caches, hubs, webhooks and people what waits; `--keep-running` as a worker."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles import delivery
from articles.delivery import background


class Command(BaseCommand):
    help = (
        "Sends what waits in the outbox, once. The site's own processes do so by themselves, unless "
        "FANGUIDE_OUTBOX_WORKER=True: then let this run as a worker, with --keep-running."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--keep-running", action="store_true", help="go on for ever, as a worker")
        parser.add_argument("--forget", metavar="ADDRESS", help="drop what waits for a receiver that is no more")

    def handle(self, **options: Any) -> None:
        if options["keep_running"]:
            background.work()
            return
        if options["forget"]:
            self.stdout.write(f"Dropped: {delivery.forget(options['forget'])}.")
            return
        report = delivery.send_waiting()
        self.stdout.write(f"Sent: {report.sent}.")
        if report.failed:
            raise CommandError("Not sent, tried again later: " + "; ".join(report.failed))
