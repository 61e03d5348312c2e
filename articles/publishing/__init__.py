"""From an approved Revision to an Edition, and the timeline of each article.

Only `workflow` and the operator's import make events; the desk's preview only composes.
"""

from articles.publishing.clock import NOTE_LENGTH as CLOCK_NOTE_LENGTH
from articles.publishing.clock import accept_clock
from articles.publishing.composing import Composed, Reader, compose
from articles.publishing.ledger import differences as count_differences
from articles.publishing.ledger import rebuild as rebuild_counts
from articles.publishing.notices import NOTE_LENGTH, PublishingError, UpdateNotice
from articles.publishing.search_rows import write_all as write_search_rows
from articles.publishing.snapshot import (
    Answer,
    CorrectionState,
    FactState,
    FeedState,
    PublicSnapshot,
    Scope,
    scope_of,
    snapshot_of,
)
from articles.publishing.timeline import (
    cancel,
    exchange,
    is_update,
    publish,
    rebuild,
    reschedule,
    take_down,
)

__all__ = [
    "CLOCK_NOTE_LENGTH",
    "NOTE_LENGTH",
    "Answer",
    "Composed",
    "CorrectionState",
    "FactState",
    "FeedState",
    "PublicSnapshot",
    "PublishingError",
    "Reader",
    "Scope",
    "UpdateNotice",
    "accept_clock",
    "cancel",
    "compose",
    "count_differences",
    "exchange",
    "is_update",
    "publish",
    "rebuild",
    "rebuild_counts",
    "reschedule",
    "scope_of",
    "snapshot_of",
    "take_down",
    "write_search_rows",
]
