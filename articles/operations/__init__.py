"""What runs over many articles, from the command line or the desk: imports, checks, rendering again."""

from articles.operations import oidc
from articles.operations.accounts import account_named, anonymise, personal_data, promote
from articles.operations.backup import (
    LastBackup,
    Made,
    Restored,
    last_backup,
    make_backup,
    newest_backup,
    restore_backup,
)
from articles.operations.checking import content_problems
from articles.operations.counting import rebuild_counts
from articles.operations.digests import DigestReport, send_digests
from articles.operations.doctor import Finding, Level, examine, exit_status
from articles.operations.errors import OperationError
from articles.operations.happenings import publication_recipients
from articles.operations.imports import describe, make_draft
from articles.operations.many import Outcome, Report, import_many, read_many
from articles.operations.orphans import orphaned_files, remove_orphans
from articles.operations.picture_uses import rebuild_picture_uses, wrong_picture_uses
from articles.operations.recognising import article_of, article_titled
from articles.operations.rendering import Rebuilt, rebuild_editions
from articles.operations.reporting import Tally, as_json, as_text
from articles.operations.search_index import apply_search_index
from articles.operations.searching import rebuild_search, rebuild_working_index, wrong_working_copies
from articles.operations.second_factor import reset as reset_second_factor
from articles.operations.source_checks import SourceReport, check_sources
from articles.operations.statements import rebuild_statements, wrong_statements
from articles.operations.subjects import propose_subject

__all__ = [
    "DigestReport",
    "Finding",
    "LastBackup",
    "Level",
    "Made",
    "OperationError",
    "Outcome",
    "Rebuilt",
    "Report",
    "Restored",
    "SourceReport",
    "Tally",
    "account_named",
    "anonymise",
    "apply_search_index",
    "article_of",
    "article_titled",
    "as_json",
    "as_text",
    "check_sources",
    "content_problems",
    "describe",
    "examine",
    "exit_status",
    "import_many",
    "last_backup",
    "make_backup",
    "make_draft",
    "newest_backup",
    "oidc",
    "orphaned_files",
    "personal_data",
    "promote",
    "propose_subject",
    "publication_recipients",
    "read_many",
    "rebuild_counts",
    "rebuild_editions",
    "rebuild_picture_uses",
    "rebuild_search",
    "rebuild_statements",
    "rebuild_working_index",
    "remove_orphans",
    "reset_second_factor",
    "restore_backup",
    "send_digests",
    "wrong_picture_uses",
    "wrong_statements",
    "wrong_working_copies",
]
