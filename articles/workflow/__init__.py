"""The only code that changes a status or calls publishing.

A move is permission + change + history line in one transaction, with the article's row locked: the second of two
editors is told, not obeyed. "You may not" is PermissionDenied (403); "not now" is WorkflowError (409), and its
message is a sentence for the person who pressed the button.
"""

from articles.workflow.comments import comment, resolve
from articles.workflow.errors import ConflictError, NotReadyError, WorkflowError
from articles.workflow.imported import publish_imported
from articles.workflow.moves import asks_change_kind, make, possible_moves
from articles.workflow.public_state import PublicState, public_state

__all__ = [
    "ConflictError",
    "NotReadyError",
    "PublicState",
    "WorkflowError",
    "asks_change_kind",
    "comment",
    "make",
    "possible_moves",
    "public_state",
    "publish_imported",
    "resolve",
]
