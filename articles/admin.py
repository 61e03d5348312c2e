"""Where Django looks for what the desk registers."""

from articles.desk.admin import articles, library, reference, reports, site_pages, tags, users

__all__ = ["articles", "library", "reference", "reports", "site_pages", "tags", "users"]
