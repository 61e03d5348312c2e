"""What the operator does at the command line and the desk in one go: imports, checks, rendering again."""

from articles.operations.checking import content_problems
from articles.operations.errors import OperationError
from articles.operations.imports import describe, import_all, make_draft, read_files
from articles.operations.rendering import Rebuilt, rebuild_editions

__all__ = [
    "OperationError",
    "Rebuilt",
    "content_problems",
    "describe",
    "import_all",
    "make_draft",
    "read_files",
    "rebuild_editions",
]
