"""What runs over many articles, from the command line or the desk: imports, checks, rendering again."""

from articles.operations.checking import content_problems
from articles.operations.errors import OperationError
from articles.operations.imports import describe, make_draft
from articles.operations.many import Outcome, Report, import_many, read_many
from articles.operations.recognising import article_of, article_titled
from articles.operations.rendering import Rebuilt, rebuild_editions
from articles.operations.reporting import Tally, as_json, as_text
from articles.operations.subjects import propose_subject

__all__ = [
    "OperationError",
    "Outcome",
    "Rebuilt",
    "Report",
    "Tally",
    "article_of",
    "article_titled",
    "as_json",
    "as_text",
    "content_problems",
    "describe",
    "import_many",
    "make_draft",
    "propose_subject",
    "read_many",
    "rebuild_editions",
]
