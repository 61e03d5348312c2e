"""Who may do what, as a table: the roles and their permissions. Groups, tests and docs are made from it."""

from __future__ import annotations

import enum
from collections.abc import Mapping


def _(text: str) -> str:
    """Marks a sentence for translation; it is translated where it is shown (this room does not know Django)."""
    return text


class Role(enum.StrEnum):
    """Names of the groups. A person may be in several."""

    WRITER = _("Writers")
    EDITOR = _("Editors")
    ADMIN = _("Admins")


#: Acting on (and seeing) an article that somebody else owns needs this beside the act's own permission.
ANY_ARTICLE = "articles.edit_any_article"

_WRITER = frozenset(
    {
        "articles.view_article",
        "articles.add_article",
        "articles.change_article",
        "articles.delete_article",  # of what was never public; the database refuses the rest
        "articles.submit_article",
        "articles.comment_article",
        "articles.check_claims",
        "articles.plan_article",
        "articles.view_picture",
        "articles.add_picture",
        "articles.change_picture",
        "articles.view_subject",
        "articles.propose_subject",
        "articles.view_tag",
        "articles.view_houseterm",
        "articles.view_author",
    }
)
_EDITOR = _WRITER | {
    ANY_ARTICLE,
    "articles.review_article",
    "articles.assign_article",
    "articles.publish_article",
    "articles.delete_picture",
    "articles.add_subject",
    "articles.change_subject",
    "articles.delete_subject",
    "articles.add_tag",
    "articles.change_tag",
    "articles.delete_tag",
    "articles.add_houseterm",
    "articles.change_houseterm",
    "articles.delete_houseterm",
    "articles.view_sitepage",
    "articles.change_sitepage",
    "articles.view_report",
    "articles.change_report",
    "articles.view_vainsearch",
    "articles.view_featuredfact",
    "articles.change_featuredfact",
}
_ADMIN = _EDITOR | {
    "articles.add_author",
    "articles.change_author",
    "articles.delete_author",
    "articles.view_proofrequirement",
    "articles.add_proofrequirement",
    "articles.change_proofrequirement",
    "articles.delete_proofrequirement",
    "articles.view_webhook",
    "articles.add_webhook",
    "articles.change_webhook",
    "articles.delete_webhook",
    "articles.view_outboxmessage",
    "auth.view_user",
    "auth.add_user",
    "auth.change_user",
}

PERMISSIONS: Mapping[Role, frozenset[str]] = {Role.WRITER: _WRITER, Role.EDITOR: _EDITOR, Role.ADMIN: _ADMIN}

#: Permissions that Django does not make by itself; the Article model declares them.
OWN_PERMISSIONS: tuple[tuple[str, str], ...] = (
    ("submit_article", "Can hand in and withdraw an article"),
    ("comment_article", "Can comment on an article"),
    ("check_claims", "Can bind the claims of an article to its sources, tick them and set them aside"),
    ("plan_article", "Can say for which day an article is meant"),
    ("assign_article", "Can name the reviewer, the due date and the priority of an article"),
    ("review_article", "Can approve, send back and archive articles"),
    ("publish_article", "Can publish, schedule and take down articles"),
    ("propose_subject", "Can propose a new subject"),
    ("edit_any_article", "Can see and edit articles of other people"),
)
