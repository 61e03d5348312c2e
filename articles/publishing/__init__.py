"""From an approved Revision to an Edition, and the line of events of each article.

Only `workflow` and the operator's import make events; the desk's preview only composes.
"""

from articles.publishing.composing import Composed, FindImage, Reader, compose
from articles.publishing.line import (
    NOTE_LENGTH,
    PublishingError,
    Told,
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
    "FindImage",
    "PublishingError",
    "Reader",
    "Told",
    "cancel",
    "compose",
    "is_update",
    "publish",
    "rebuild",
    "reschedule",
    "take_down",
]
