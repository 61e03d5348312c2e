"""Where Django looks for what the desk registers."""

from articles.desk import articles, library, reference, users

__all__ = ["articles", "library", "reference", "users"]
