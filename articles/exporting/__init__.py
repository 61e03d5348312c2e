"""Exporting: a Document as Markdown or JSON, and exactly that Document back. Pure values, no database.

The Markdown form, pleasant to read and to keep under version control:

    +++
    fanguide = 1                    the mark: a text that begins like this is read, never guessed at
    title = "3 facts about …"       the Document's fields by their own names, as TOML
    +++

    The introduction.

    ## 1. The heading of a fact     (numbers are made from the order; without numbering there are none)

    ```toml
    public_id = "bcdfghjkmn"        what else belongs to the fact
    ```

    Its body.

    ## Conclusion: Ashore

    ## Question: Who is the captain?

Headings and bodies that could be mistaken for these marks stand among the fields instead, as TOML strings.
"""

from articles.exporting.errors import ExportError, ReadError
from articles.exporting.plain_json import from_json, to_json
from articles.exporting.reading import from_markdown, is_export
from articles.exporting.writing import to_markdown

__all__ = ["ExportError", "ReadError", "from_json", "from_markdown", "is_export", "to_json", "to_markdown"]
