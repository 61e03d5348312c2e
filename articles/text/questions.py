"""What somebody types into a search field, as words to look for. Whatever it is, it is a question: never an error.

lamp ferry        both words, the last one perhaps only begun
"count the lamps" these words one after the other
-ferry            without this word
"""

from __future__ import annotations

import re
from typing import NamedTuple

from articles.text import signs, tokens

#: What is read of a question: more letters and words help nobody, and each costs.
MOST_LETTERS, MOST_WORDS, MOST_UNWANTED = 300, 12, 6

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»〝〞＂「」『』", '"') | {"−": "-", "－": "-", "–": "-"})
_CHUNK = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
#: Particles that follow a Korean noun, the longest first.
_PARTICLES = re.compile(
    "(?:에서는|으로는|이라고|에게서|까지|부터|에서|에게|에는|께서|한테|처럼|보다|이랑|이나|으로|라고|하고"
    "|은|는|이|가|을|를|의|에|와|과|도|로|만|랑|나)$"
)
_FEWEST_BEFORE_PARTICLE = 2


class Term(NamedTuple):
    """A word, or words that were written as one ("Ji-hoon") or in quotation marks, as `tokens.pieces` parts them."""

    pieces: tuple[str, ...]
    is_phrase: bool = False
    is_begun: bool = False  # it was typed last: it may go on

    @property
    def stem(self) -> str:
        """A Korean noun without its particle; empty where there is nothing to take away."""
        word = self.pieces[0]
        if len(self.pieces) > 1 or self.is_phrase or not "\uac00" <= word[-1] <= "\ud7a3":
            return ""
        bare = _PARTICLES.sub("", word)
        return bare if bare != word and len(bare) >= _FEWEST_BEFORE_PARTICLE else ""


class Question(NamedTuple):
    text: str  # as it was typed, on one line
    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()


def parse(typed: str) -> Question:
    text = " ".join(signs.line(typed[: 4 * MOST_LETTERS]).split())[:MOST_LETTERS].strip()
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for chunk in _CHUNK.finditer(text.translate(_QUOTES)):
        pieces = _pieces(chunk["phrase"] or chunk["word"] or "")
        if pieces:
            (unwanted if chunk["minus"] else wanted).append(Term(pieces, chunk["phrase"] is not None))
    wanted = _few(wanted)
    if wanted and not wanted[-1].is_phrase:
        wanted[-1] = wanted[-1]._replace(is_begun=True)
    return Question(text, tuple(wanted), tuple(_few(unwanted, MOST_UNWANTED)))


def _pieces(chunk: str) -> tuple[str, ...]:
    found = tuple(tokens.pieces(tokens.normalised(chunk)))
    while len(found) > 1 and "\uac00" <= found[-1][0] <= "\ud7a3" and _PARTICLES.fullmatch(found[-1]):
        found = found[:-1]  # "BTS는"
    return found


def _few(terms: list[Term], most: int = MOST_WORDS) -> list[Term]:
    few, count = [], 0
    for term in terms:
        if count == most:
            break
        few.append(term._replace(pieces=term.pieces[: most - count]))
        count += len(few[-1].pieces)
    return few
