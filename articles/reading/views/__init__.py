"""Views of the public site: find, decide, render."""
