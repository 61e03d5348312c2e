"""Where Django looks for what the desk registers."""

from articles.desk.admin import (
    webhooks,
)

__all__ = [
    *("articles", "house_terms", "library", "reference", "reports", "searches", "site_pages", "tags", "users"),
    "webhooks",
]
