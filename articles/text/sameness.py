"""Whether two texts say the same in the same words, whatever their case, marks, punctuation and emoji."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from articles.text.strip_markdown import columns, without_addresses

# Shorter texts say too little to be the same fact twice: “The cast”, “Nobody knows.”, 출연진.
_FEWEST_WORDS = 3
_FEWEST_COLUMNS = 12
_WORD = re.compile(r"[^\W_]+")
_PICTURE = re.compile(r"!\[[^\[\]]*+\]\([^()]*+\)")
_ITEM_NUMBER = re.compile(r"^[ \t>]*+\d{1,9}[.)][ \t]", re.MULTILINE)


def words(text: str) -> str:
    """The words of a plain line, folded (Unicode's NFKC and case folding), with one space between them."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def heading_key(heading: str) -> str:
    """The digest (32 hexadecimal digits) of a heading's words; "" when they are too few to tell a fact.

    It gives nothing away: the words cannot be read from it.
    """
    return _digest(words(heading))


def body_key(source: str) -> str:
    """The digest of a body's words; "" when they are too few. Markdown's marks, addresses and pictures do not count."""
    if "![" in source:
        source = _PICTURE.sub(" ", source)
    return _digest(words(_ITEM_NUMBER.sub(" ", without_addresses(source))))


def _digest(folded: str) -> str:
    if not _says_something(folded):
        return ""
    return hashlib.blake2b(folded.encode(errors="surrogatepass"), digest_size=16).hexdigest()


def _says_something(folded: str) -> bool:
    """Hangul, Kana and Han say in few words what takes many elsewhere, so there the width alone decides."""
    letters = folded[:200].replace(" ", "")
    width = columns(letters)
    is_dense = width > 1.5 * len(letters)
    return width >= _FEWEST_COLUMNS and (is_dense or folded.count(" ") + 1 >= _FEWEST_WORDS)
