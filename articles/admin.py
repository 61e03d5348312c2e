"""Where Django looks for what the desk registers."""

from articles.desk.admin import (
    articles,
    house_terms,
    library,
    reference,
    reports,
    requirements,
    searches,
    site_pages,
    tags,
    users,
    webhooks,
)

#: Plain names: in a list that is put together the linter sees no use of them, and its fix deletes the imports.
__all__ = [
    "articles",
    "house_terms",
    "library",
    "reference",
    "reports",
    "requirements",
    "searches",
    "site_pages",
    "tags",
    "users",
    "webhooks",
]
