"""From an approved Revision to an Edition, and the line of events of each article.

Only `workflow` and the operator's import make events; the desk's preview only composes.
"""

from articles.publishing.composing import Composed, FindImage, Reader, compose
from articles.publishing.line import PublishingError, cancel, publish, rebuild, reschedule, take_down

__all__ = [
    "Composed",
    "FindImage",
    "PublishingError",
    "Reader",
    "cancel",
    "compose",
    "publish",
    "rebuild",
    "reschedule",
    "take_down",
]
