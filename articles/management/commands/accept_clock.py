"""`manage.py accept_clock`: the clock is right, although something was published "later"."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles import publishing


class Command(BaseCommand):
    help = "Says that the machine's clock is right as it is now, so that publishing goes on. Look at the clock first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--note", default="", metavar="WORDS", help="who decided that, and why: it is kept")

    def handle(self, *, note: str, **_options: Any) -> None:
        if len(note) > publishing.CLOCK_NOTE_LENGTH:
            raise CommandError(f"A note has at most {publishing.CLOCK_NOTE_LENGTH} characters.")
        decision = publishing.accept_clock(note)
        if decision is None:
            raise CommandError("The clock stands after everything that was published: there is nothing to decide.")
        now, newest = (at.isoformat(" ", "seconds") for at in (decision.clock_at, decision.newest_made_at))
        self.stdout.write(f"Kept: the clock is right at {now}, and events made up to {newest} were dated ahead.")
