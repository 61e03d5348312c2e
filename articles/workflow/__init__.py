"""The only code that changes a status or calls publishing.

A move is permission + change + history line in one transaction, with the article's row locked: the second of two
editors is told, not obeyed. "You may not" is PermissionDenied (403); "not now" is WorkflowError (409), and its
message is a sentence for the person who pressed the button.
"""

from articles.workflow.comments import comment, resolve
from articles.workflow.errors import ConflictError, NotReadyError, WorkflowError
from articles.workflow.imported import publish_imported
from articles.workflow.moves import asks_change_kind, change_problem, make, possible_moves, status_problem
from articles.workflow.public_state import PublicFilter, PublicState, in_public_state, public_state, public_states

__all__ = [
    "ConflictError",
    "NotReadyError",
    "PublicFilter",
    "PublicState",
    "WorkflowError",
    "asks_change_kind",
    "change_problem",
    "comment",
    "in_public_state",
    "make",
    "possible_moves",
    "public_state",
    "public_states",
    "publish_imported",
    "resolve",
    "status_problem",
]
