"""`manage.py demo`: a site to look at, in one command."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles import demo


class Command(BaseCommand):
    help = "Sets up a site with demo content and serves it as production does. Run again, it changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("addrport", nargs="?", default=demo.DEFAULT_ADDRPORT, help="such as 8000 or 127.0.0.1:8000")
        parser.add_argument("--no-serve", action="store_true", help="set the site up and stop there")
        parser.add_argument("--password", default="", metavar="WORD", help="gives all three accounts this password")

    def handle(self, *, addrport: str, no_serve: bool, password: str, **_options: Any) -> None:
        try:
            server = demo.Server.at(addrport)
            if not no_serve:
                server.check_is_free()
            self.stdout.write("Setting up the demo site …")
            site = demo.set_up(password=password)
        except demo.DemoError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join(site.describe(server.origin)))
        if not no_serve:
            self.stdout.write("Serving; Ctrl-C ends it.")
            server.run()
