"""Where Django looks for what the desk registers."""

from articles.desk import library, reference, users

__all__ = ["library", "reference", "users"]
