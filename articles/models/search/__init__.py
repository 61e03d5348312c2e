"""What the search finds by: rows of words, names of subjects and tags, a vocabulary; and what was searched in vain.

`engine` asks and `index` makes what is asked, `working` does both for the working copies of the desk: the seam, the
only code that knows FTS5 and tsvector.
"""

from articles.models.search.names import SearchName
from articles.models.search.rows import SearchRow
from articles.models.search.vain import VainSearch
from articles.models.search.vocabulary import SearchWord, SearchWordKey

__all__ = ["SearchName", "SearchRow", "SearchWord", "SearchWordKey", "VainSearch"]
