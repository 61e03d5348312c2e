"""Where Django looks for what the desk registers."""

from articles.desk.admin import articles, house_terms, library, reference, reports, searches, site_pages, tags, users

__all__ = ["articles", "house_terms", "library", "reference", "reports", "searches", "site_pages", "tags", "users"]
