"""`manage.py export_article`: one article as Markdown or JSON, which `import_article` reads exactly."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles import drafts, exporting, transfer

WRITERS = {"markdown": exporting.to_markdown, "json": exporting.to_json}


class Command(BaseCommand):
    help = "Writes the working copy of an article to the standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", metavar="SLUG|ID", help="an address, now or formerly; a fact's id; or a number")
        parser.add_argument("--format", choices=WRITERS, default="markdown")
        parser.add_argument("--live", action="store_true", help="the words that readers see now instead")

    def handle(self, *, name: str, live: bool, **options: Any) -> None:
        try:
            article = transfer.article_named(name)
            value = transfer.live_document(article) if live else drafts.document_of(article)
            text = WRITERS[options["format"]](value)
        except (transfer.TransferError, exporting.ExportError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(text, ending="")
