"""From a question to what rows must have: words, and subjects and tags by any of their names. One query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from articles.models.search import known
from articles.models.search.engine import Either, Every, Expression, Phrase
from articles.models.search.known import Name, NearWord
from articles.models.search.names import sounds, whole_key
from articles.text import romanised, spelling, tokens
from articles.text.questions import Question, Term

#: A name has at most so many words, and a sound at most this distance to be one name spelled in another way.
_LONGEST_NAME, _FARTHEST = 4, 2.0
#: Typed words of so many letters may go on ("helicopter" finds helicopters); the last one even if shorter.
_GOES_ON = 4
_LONGEST_PARTED = 12
#: What a name tells about a row: a whole name, or one word of it.
_WHOLE, _ONE_WORD = 5.0, 2.0


class Unit(NamedTuple):
    """What a row must have one of. `ids` are tokens of subjects and tags with what each is worth; `exact` and `begun`
    are what its heading is looked through for.
    """

    words: Expression
    ids: tuple[tuple[str, float], ...] = ()
    sounds: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()
    spoken: str = ""  # the words themselves

    @property
    def expression(self) -> Expression:
        others = [*(token for token, _worth in self.ids), *self.sounds]
        return Either((self.words, *(Phrase((token,)) for token in others))) if others else self.words


class Plan(NamedTuple):
    """`whole` is the question's words as they would stand in a heading that holds just them."""

    wanted: tuple[Unit, ...]
    unwanted: tuple[Unit, ...] = ()
    whole: str = ""

    @property
    def expression(self) -> Expression:
        return Every(tuple(unit.expression for unit in self.wanted))

    @property
    def exclusions(self) -> list[Expression]:
        return [unit.expression for unit in self.unwanted]


class Spellings(NamedTuple):
    """For each piece of a question, words one letter apart, each with the tokens of what has it in a name."""

    of: Mapping[str, Mapping[str, frozenset[str]]]


NO_SPELLINGS = Spellings({})


class Names(NamedTuple):
    """What was found, by key. `near`: words of the vocabulary that may be one letter apart from one of the question."""

    of: Mapping[str, tuple[Name, ...]]
    begun: tuple[Name, ...] = ()
    near: Sequence[NearWord] = ()

    def ids(self, key: str) -> list[str]:
        found = self.of.get(key, ())
        return [] if len(found) > known.MOST_OWNERS else [token_of(name) for name in found]


def token_of(name: Name) -> str:
    return tokens.for_subject(name.subject) if name.subject else tokens.for_tag(name.tag or 0)


# --- names ------------------------------------------------------------------------------------------------------------


def names_in(question: Question) -> Names:
    """One query: words one letter apart are looked up with the names, whether or not they will be needed."""
    terms = (*question.wanted, *question.unwanted)
    keys = {key for term in terms for piece in _spoken(term) for key in [tokens.encoded(piece)]}
    keys |= {tokens.encoded("".join(term.pieces)) for term in terms}
    keys |= {whole_key(term.pieces) for term in question.unwanted}
    for _start, _stop, pieces in _segments(question.wanted):
        keys |= set(_name_keys(pieces))
    begun = _begun_piece(question)
    found: dict[str, list[Name]] = {}
    prefix = tokens.encoded(begun) if begun else ""
    rows, near = known.names(keys, prefix, [key for piece in _typed(question) for key in spelling.keys(piece)])
    for row in rows:
        found.setdefault(row.key, []).append(row)
    following = tuple(row for row in rows if prefix and row.key.startswith(prefix) and row.key != prefix)
    return Names({key: tuple(dict.fromkeys(each)) for key, each in found.items()}, following, near)


def _name_keys(pieces: Sequence[str]) -> Iterator[str]:
    yield whole_key(pieces)
    for sound in sounds(list(pieces)):
        surname, _zero, given = sound.partition("0")
        yield f"k{sound}"
        yield f"c{surname}0{romanised.skeleton(given)}"


def _spoken(term: Term) -> tuple[str, ...]:
    """Its pieces, and a Korean noun without its particle."""
    return (*term.pieces, term.stem) if term.stem else term.pieces


def _begun_piece(question: Question) -> str:
    last = question.wanted[-1] if question.wanted else None
    piece = last.pieces[-1] if last and last.is_begun else ""
    return piece if len(piece) > 1 else ""


def _segments(terms: Sequence[Term]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Runs of terms that may be a name, the longest first: from, to, pieces."""
    for size in range(min(_LONGEST_NAME, len(terms)), 0, -1):
        for start in range(len(terms) - size + 1):
            run = terms[start : start + size]
            pieces = tuple(piece for term in run for piece in term.pieces)
            if len(pieces) <= _LONGEST_NAME + 2 and not any(term.is_phrase for term in run):
                yield start, start + size, pieces
                if size == 1 and run[0].stem:
                    yield start, start + size, (run[0].stem,)


# --- the plan ---------------------------------------------------------------------------------------------------------


def plan(question: Question, names: Names, spellings: Spellings = NO_SPELLINGS) -> Plan:
    """No query."""
    taken = _named_segments(question.wanted, names)
    units, at = [], 0
    terms = question.wanted
    while at < len(terms):
        stop, ids, heard = taken.get(at, (at + 1, (), ()))
        own = [_term_unit(term, names, spellings) for term in terms[at:stop]]
        unit = own[0] if stop == at + 1 and not ids and not heard else _segment(own, ids, heard)
        units.append(unit._replace(spoken=" ".join(piece for term in terms[at:stop] for piece in term.pieces)))
        at = stop
    pieces = [piece for term in terms for piece in term.pieces]
    whole = tokens.text_of(token for piece in pieces for token in tokens.of_piece(piece))
    unwanted = tuple(_unwanted_unit(term, names) for term in question.unwanted)
    return Plan(tuple(units), unwanted, whole)


Named = tuple[int, tuple[tuple[str, float], ...], tuple[str, ...]]


def _named_segments(terms: Sequence[Term], names: Names) -> dict[int, Named]:
    """Where names begin: where each ends, whose it is, and what it sounds like. Known names come before mere sounds."""
    found: list[tuple[bool, int, int, Named]] = []
    for start, stop, pieces in _segments(terms):
        ids = _whose(pieces, names)
        heard = tuple(f"k{sound}" for sound in sounds(list(pieces)))
        if ids or heard:
            found.append((not ids, start - stop, start, (stop, ids, heard)))
    taken: dict[int, Named] = {}
    used: set[int] = set()
    for _is_unknown, _size, start, named in sorted(found, key=lambda each: each[:3]):
        if used.isdisjoint(range(start, named[0])):
            taken[start] = named
            used |= set(range(start, named[0]))
    return taken


def _whose(pieces: Sequence[str], names: Names) -> tuple[tuple[str, float], ...]:
    """The subjects and tags of a whole name, by how it is written, how it sounds, or else by what comes nearest."""
    worth = dict.fromkeys(names.ids(whole_key(pieces)), _WHOLE)
    heard = sounds(list(pieces))
    for sound in heard:
        for token in names.ids(f"k{sound}"):
            worth.setdefault(token, _WHOLE - 0.5)
    if not worth:
        far = {token: distance for sound in heard for token, distance in _nearest(sound, names)}
        least = min(far.values(), default=0)
        worth = {token: _WHOLE - 1 - distance / 4 for token, distance in far.items() if distance <= least + 0.5}
    return tuple(sorted(worth.items(), key=lambda each: (-each[1], each[0])))


def _nearest(sound: str, names: Names) -> Iterator[tuple[str, float]]:
    surname, _zero, given = sound.partition("0")
    for name in names.of.get(f"c{surname}0{romanised.skeleton(given)}", ()):
        distance = romanised.distance(given, name.sound)
        if distance <= _FARTHEST:
            yield token_of(name), distance


def _segment(own: Sequence[Unit], ids: tuple[tuple[str, float], ...], heard: tuple[str, ...]) -> Unit:
    words = Every(tuple(unit.expression for unit in own)) if len(own) > 1 else own[0].expression
    exact = tuple(f"{''.join(parts).replace('  ', ' ')}" for parts in [[unit.exact[0] for unit in own if unit.exact]])
    begun = own[0].begun if len(own) == 1 else ()
    return Unit(words, ids, heard, tuple(filter(str.strip, exact)), begun)


def _term_unit(term: Term, names: Names, spellings: Spellings) -> Unit:
    parts = [_piece_expression(piece, term, spellings) for piece in term.pieces]
    stream = [token for piece in term.pieces for token in tokens.of_piece(piece)]
    exact, begun = [tokens.text_of(stream)], []
    if len(term.pieces) == 1:
        words: Expression = parts[0]
    else:
        words = Phrase(tuple(stream)) if all(not tokens.is_cjk(piece) for piece in term.pieces) else Every(tuple(parts))
        joined = tokens.encoded("".join(term.pieces))
        if not term.is_phrase:
            words = Either((words, Phrase((joined,), term.is_begun)))
            exact.append(f" {joined} ")
    if goes_on(term.pieces[-1], term):
        begun.append(exact[0].rstrip())
    ids = _word_ids(term, names, spellings)
    mended = [word for piece in term.pieces for word in spellings.of.get(piece, {})]
    exact += [f" {tokens.encoded(word)} " for word in mended]
    return Unit(words, ids, (), tuple(exact), tuple(begun))


def _unwanted_unit(term: Term, names: Names) -> Unit:
    """A word in the text, or the whole name of a subject or tag: "-code" is not meant to leave out The Trauma Code."""
    unit = _term_unit(term, names, NO_SPELLINGS)
    return unit._replace(ids=tuple((token, _WHOLE) for token in names.ids(whole_key(term.pieces))))


def _piece_expression(piece: str, term: Term, spellings: Spellings) -> Expression:
    stem = term.stem if spellings.of or len(term.stem) > 2 else ""
    written = tuple(tokens.of_piece(stem or piece))
    near = spellings.of.get(piece, {})
    words = Phrase(written, goes_on(piece, term))
    others: list[Expression] = [Phrase((tokens.encoded(word),)) for word in near]
    if spellings.of and tokens.is_cjk(piece) and not term.is_phrase:
        others += _parted(piece)
    return Either((words, *others)) if others else words


def _parted(piece: str) -> list[Expression]:
    """Two words that were typed as one: in Korean nobody is sure of the spaces."""
    places = range(2, min(len(piece), _LONGEST_PARTED) - 1)
    halves = [(piece[:at], piece[at:]) for at in places]
    return [Every(tuple(Phrase(tuple(tokens.of_piece(half))) for half in pair)) for pair in halves]


def goes_on(piece: str, term: Term) -> bool:
    """Whether it may be the beginning of a longer word."""
    if term.is_phrase:
        return False
    if tokens.is_cjk(piece):
        return len(piece) == 1
    is_last = term.is_begun and piece == term.pieces[-1]
    return len(piece) >= (2 if is_last else _GOES_ON)


def _word_ids(term: Term, names: Names, spellings: Spellings) -> tuple[tuple[str, float], ...]:
    """What has this in one of its names. Words in quotation marks are looked for in the text alone."""
    if term.is_phrase:
        return ()
    found = [_ids_of_pieces(_spoken(term), names)] if len(_spoken(term)) == 1 or term.stem else []
    found.append(names.ids(tokens.encoded("".join(term.pieces))))
    if term.is_begun and len(term.pieces) == 1:
        found.append([token_of(name) for name in names.begun])
    found += [sorted(ids) for piece in term.pieces for ids in spellings.of.get(piece, {}).values()]
    tokens_ = dict.fromkeys(token for each in found for token in each)
    return tuple((token, _ONE_WORD) for token in list(tokens_)[: known.MOST_OWNERS])


def _ids_of_pieces(pieces: Iterable[str], names: Names) -> list[str]:
    return [token for piece in pieces for token in names.ids(tokens.encoded(piece))]


# --- other spellings --------------------------------------------------------------------------------------------------


def _typed(question: Question) -> list[str]:
    """Words that can be mended."""
    pieces = {piece for term in question.wanted if not term.is_phrase for piece in term.pieces}
    return sorted(filter(spelling.can_be_mended, pieces))


def spellings_of(question: Question, names: Names) -> Spellings:
    """Words one letter apart from those of the question. No query."""
    typed = _typed(question)
    found: dict[str, dict[str, frozenset[str]]] = {}
    for word, subject, tag in names.near:
        for piece in typed:
            if word != piece and spelling.is_near(piece, word):
                ids = {tokens.for_subject(subject)} if subject else {tokens.for_tag(tag)} if tag else set()
                near = found.setdefault(piece, {})
                near[word] = near.get(word, frozenset()) | ids
    return Spellings({piece: dict(sorted(near.items())[:_MOST_NEAR]) for piece, near in found.items()})


_MOST_NEAR = 8
