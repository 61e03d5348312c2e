"""Searching what is public: a question in, ranked hits out. Whatever finds the rows is `models.search.engine`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from django.db.models import Case, IntegerField, Q, TextField, Value, When
from django.db.models.functions import Cast

from articles.models.reference import Subject
from articles.models.search import SearchRow, VainSearch, engine
from articles.models.search.engine import Match, Scope
from articles.reading import rows
from articles.reading.outputs import made
from articles.reading.rows import FactRow, SubjectName
from articles.reading.seen import is_safe
from articles.reading.selectors import asking, ranking
from articles.reading.selectors.asking import Plan, Spellings
from articles.reading.selectors.beside import names_beside
from articles.reading.selectors.fact_query import EPISODE, OLDEST
from articles.reading.selectors.facts import EDITION_COLUMNS, OWN_COLUMNS, row_of, with_own_heading
from articles.reading.selectors.prepared import Parameter, placeholder_values, placeholders, prepared
from articles.text import questions, tokens
from articles.text.highlighting import Wanted
from articles.text.questions import Question

EVERYTHING = Scope()
_MOST_MEANT, _MOST_ALONE = 6, 4


class Answer(NamedTuple):
    """All hits, the best first, and what is marked in them. `mended` are the words of the question with those that
    were looked for instead, when nothing had the typed ones.
    """

    question: Question
    matches: tuple[Match, ...] = ()
    wanted: Wanted = Wanted()
    mended: Spellings = asking.NO_SPELLINGS
    meant: tuple[str, ...] = ()  # tokens of the subjects and tags whose names were asked for, the likeliest first
    alone: tuple[str, ...] = ()  # where nothing has all of the words: those that something has

    @property
    def near_words(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return tuple((piece, tuple(near)) for piece, near in self.mended.of.items())

    @property
    def is_cut(self) -> bool:
        """There may be older ones."""
        return len(self.matches) >= engine.MOST_MATCHES


class Hit(NamedTuple):
    """A fact or an article that was found. `text` is what an excerpt is cut from."""

    fact: FactRow | None
    text: str
    title: str
    slug: str
    language: str
    subject: SubjectName | None
    card_count: int
    published_at: dt.datetime


def ask(
    typed: str,
    now: dt.datetime,
    scope: Scope = EVERYTHING,
    *,
    most: int = engine.MOST_MATCHES,
    with_facts: bool = False,
) -> Answer:
    """Two queries; where nothing has these words another, for words one letter apart, and another for each word alone.
    None for a question without words. `with_facts`: as engine.newest.
    """
    question = questions.parse(typed)
    if not question.wanted:
        return Answer(question)
    names = asking.names_in(question)
    plan = asking.plan(question, names)
    found = engine.newest(plan.expression, plan.exclusions, scope, now, most, with_facts=with_facts)
    spellings = asking.NO_SPELLINGS
    if not found:
        spellings = asking.spellings_of(question, names)
        loose = asking.plan(question, names, spellings._replace(of=spellings.of or {"": {}}))
        if loose.expression != plan.expression:
            plan = loose
            found = engine.newest(plan.expression, plan.exclusions, scope, now, most, with_facts=with_facts)
    alone = _alone(plan, scope, now) if not found and len(plan.wanted) > 1 else ()
    matches = tuple(ranking.ranked(found, plan))
    return Answer(question, matches, _marks(question, plan, spellings), spellings, _meant(plan), alone)


def _alone(plan: Plan, scope: Scope, now: dt.datetime) -> tuple[str, ...]:
    """The terms of a question, some of which may be one name, that something has."""
    there = engine.which([unit.expression for unit in plan.wanted[:_MOST_ALONE]], scope, now)
    return tuple(unit.spoken for place, unit in enumerate(plan.wanted) if place in there)


def _meant(plan: Plan) -> tuple[str, ...]:
    ids = sorted((id_ for unit in plan.wanted for id_ in unit.ids), key=lambda each: -each[1])
    return tuple(dict.fromkeys(token for token, _worth in ids))


def _marks(question: Question, plan: Plan, spellings: Spellings) -> Wanted:
    words: dict[tuple[str, bool], None] = {}
    for term in question.wanted:
        if term.is_phrase:
            words[(" ".join(term.pieces), False)] = None
            continue
        for piece in term.pieces:
            words[(term.stem or piece, asking.goes_on(piece, term))] = None
            words |= {(word, False): None for word in spellings.of.get(piece, {})}
        if len(term.pieces) > 1:
            words[("".join(term.pieces), False)] = None
    heard = {sound.removeprefix("k") for unit in plan.wanted for sound in unit.sounds}
    return Wanted(tuple(words), frozenset(heard))


def in_order(matches: Sequence[Match], sort: str) -> Sequence[Match]:
    """As the fact index is sorted; the best first where it would be the newest."""
    if sort == OLDEST:
        return sorted(matches, key=lambda match: match.pk)
    if sort == EPISODE:
        return sorted(matches, key=lambda match: (match.spoiler_after or 0, -match.pk))
    return matches


def hits(matches: Sequence[Match], seen: int | None = None) -> tuple[Hit, ...]:
    """What is shown of these, in their order. What is safe for a reader who has seen that much is shown with its own
    heading and emoji. One query.
    """
    if not matches:
        return ()
    found = {
        values[0]: values
        for values in _rows_with_parts(len(matches), seen is not None).rows(seen=seen, **_keys(matches))
    }
    return made(partial(_hit, seen=seen), [found[match.pk] for match in matches if match.pk in found])


def tags_meant(answer: Answer) -> tuple[rows.Tag, ...]:
    """The tags of which the question is a name, as far as a hit has them: so they are public. One query at most."""
    return names_meant(answer, is_of_tags=True)[1]


def names_meant(answer: Answer, *, is_of_tags: bool = False) -> tuple[tuple[SubjectName, ...], tuple[rows.Tag, ...]]:
    """As `tags_meant`, of subjects too. One query at most."""
    subjects = [] if is_of_tags else _meant_ids(answer, tokens.SUBJECT)
    tags = _meant_ids(answer, tokens.TAG)
    names = names_beside((), tags, subjects)
    return names.subjects_of(subjects), names.related(tags)


def _meant_ids(answer: Answer, kind: str) -> list[int]:
    """Primary keys of one kind, as far as a hit has them."""
    meant = [token for token in answer.meant if token.startswith(kind)][:_MOST_MEANT]
    return [int(token[1:]) for token in meant if any(f" {token} " in match.heading for match in answer.matches)]


def _keys(matches: Sequence[Match]) -> dict[str, Any]:
    return placeholder_values("row", (match.pk for match in matches))


_HERE = ("pk", "text", "edition__card_count", "edition__first_visible_from")
_COLUMNS = (
    *_HERE,
    *(f"fact__{name}" for name in OWN_COLUMNS),
    *(f"edition__{name}" for name in EDITION_COLUMNS),
    *(f"edition__subject__{name}" for name in SubjectName._fields),
)


@prepared
def _rows_with_parts(size: int, has_seen: bool) -> Any:
    """With the words of an edition where a reader's answer opens one of its facts."""
    found = SearchRow.objects.filter(pk__in=placeholders("row", size)).order_by()
    if not has_seen:
        return found.annotate(parts=Value(None, TextField())).values_list(*_COLUMNS, "parts")
    film = Q(edition__subject__kind=Subject.Kind.FILM, fact__spoiler_after__isnull=False)
    opens = film | Q(fact__spoiler_after__lte=Parameter("seen", IntegerField()))
    words = Case(When(opens, then=Cast("edition__parts", TextField())), output_field=TextField())
    return found.annotate(parts=words).values_list(*_COLUMNS, "parts")


def _hit(values: Sequence[Any], seen: int | None) -> Hit:
    *values, parts = values
    _pk, text, card_count, published = values[: len(_HERE)]
    of_fact = values[len(_HERE) :]
    title, slug, language, *about = of_fact[len(OWN_COLUMNS) :]
    fact = row_of(of_fact) if of_fact[0] else None
    if published is None:
        raise ValueError("It was first visible at no instant.")
    if fact and parts and is_safe(fact.opens_at, seen):
        fact = with_own_heading(fact, language, parts)
    subject = SubjectName(*about) if about[0] else None
    return Hit(fact, text, title, slug, language, subject, card_count, fact.published_at if fact else published)


def count_vain(typed: str, day: dt.date) -> None:
    """For the editors: that this was searched and not found."""
    if SearchRow.objects.exists():  # in an empty site all is in vain
        VainSearch.objects.count_one(typed, day)
