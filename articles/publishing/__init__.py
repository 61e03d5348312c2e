"""From an approved Revision to an Edition, and the timeline of each article.

Only `workflow` and the operator's import make events; the desk's preview only composes.
"""

from articles.publishing.composing import Composed, Reader, compose
from articles.publishing.timeline import (
    NOTE_LENGTH,
    PublishingError,
    UpdateNotice,
    cancel,
    is_update,
    publish,
    rebuild,
    reschedule,
    take_down,
)

__all__ = [
    "NOTE_LENGTH",
    "Composed",
    "PublishingError",
    "Reader",
    "UpdateNotice",
    "cancel",
    "compose",
    "is_update",
    "publish",
    "rebuild",
    "reschedule",
    "take_down",
]
