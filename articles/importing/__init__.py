"""Importing: a document in any of the formats that writers use becomes a Document, with an account of every word.

bytes -> reader (the table in `formats`) -> run of blocks -> layout (the card series, questions, conclusion) ->
Document and Account. Nothing here knows the database, and nothing is ever fetched.
"""

from articles.importing.account import Account, Placed, Repaired, Unplaced
from articles.importing.builder import places
from articles.importing.entry import Imported, other_readings, read, read_text, rearranged
from articles.importing.errors import ImportRefused
from articles.importing.finder.arranging import Choice, choices_for
from articles.importing.formats import FORMATS, OF_ONE_ARTICLE, Format
from articles.importing.neutral import neutral
from articles.importing.readers.wxr import Post, read_wxr, unread_wxr
from articles.importing.reading import Embedded

__all__ = [
    "FORMATS",
    "OF_ONE_ARTICLE",
    "Account",
    "Choice",
    "Embedded",
    "Format",
    "ImportRefused",
    "Imported",
    "Placed",
    "Post",
    "Repaired",
    "Unplaced",
    "choices_for",
    "neutral",
    "other_readings",
    "places",
    "read",
    "read_text",
    "read_wxr",
    "rearranged",
    "unread_wxr",
]
