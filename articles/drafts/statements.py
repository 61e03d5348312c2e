"""Keeps the statements of a working copy (models.statements) beside its words, in the transaction that writes those.

A part that measures the same as before costs nothing but reading it, and what was read of a text is remembered.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from django.conf import settings

from articles.claims.measuring import About, about, contradict, digest, may_be_measured, measured_in
from articles.document import Card, Document, Faq
from articles.drafts.reading import Conclusion, Details, Introduction
from articles.models import Article, Statement, Subject
from articles.models.statements import LONGEST_WORDS
from articles.text import signs

Value = Details | Introduction | Conclusion | Card | Faq
#: What states something of a part, in reading order. A question states nothing; a title counts its facts.
_FIELDS: Mapping[type, tuple[str, ...]] = {
    Details: ("dek",),
    Introduction: ("introduction",),
    Card: ("heading", "body"),
    Conclusion: ("conclusion_heading", "conclusion"),
    Faq: ("answer",),
}


def replace(article: Article, place: str, old: Value, new: Value) -> None:
    """`new` stands in the place of `old`; the article is locked, and its subject the same as before."""
    changed = {*_texts(old)} ^ {*_texts(new)}
    if not any(map(may_be_measured, changed)):
        return
    if article.subject is None:
        return
    subject, language = _about(article.subject), _language(article)
    before, rows = (list(_rows(article, place, value, language, subject)) for value in (old, new))
    if [*map(_content, before)] != [*map(_content, rows)]:
        Statement.objects.filter(article=article, place=place).delete()
        _insert(article.subject, rows, touched={row.measure for row in before})


def add(article: Article, place: str, value: Value) -> None:
    if any(map(may_be_measured, _texts(value))) and article.subject:
        rows = _rows(article, place, value, _language(article), _about(article.subject))
        _insert(article.subject, list(rows))


def remove(article: Article, place: str) -> None:
    _delete(Statement.objects.filter(article=article, place=place))


def move(source: Article, target: Article, place: str, value: Value) -> None:
    """A card moves, and stands under the subject and in the language of the other article then."""
    remove(source, place)
    add(target, place, value)


def rebuild(article: Article, value: Document, *, is_new: bool = False) -> None:
    """Of the whole article, whose words are `value`."""
    if not is_new:
        _delete(Statement.objects.filter(article=article))
    if article.subject:
        _insert(article.subject, list(of_document(article, value)))


def of_document(article: Article, value: Document) -> Iterator[Statement]:
    """The rows that the words want, unsaved."""
    if article.subject is None:
        return
    subject, language = _about(article.subject), value.language or settings.LANGUAGE_CODE
    parts: dict[str, Value] = {
        "details": Details(title=value.title, dek=value.dek),
        "introduction": Introduction(introduction=value.introduction),
        **{f"card:{card.public_id}": card for card in value.cards},
        "conclusion": Conclusion(conclusion_heading=value.conclusion_heading, conclusion=value.conclusion),
        **{f"faq:{faq.public_id}": faq for faq in value.faqs},
    }
    for place, part in parts.items():
        yield from _rows(article, place, part, language, subject)


def _rows(article: Article, place: str, value: Value, language: str, subject: About) -> Iterator[Statement]:
    """Of an article that has a subject. A sentence that stands twice in a part states once."""
    found: dict[tuple[str, str], Statement] = {}
    for text in _texts(value):
        for each in measured_in(text, language, subject):
            row = Statement(
                subject=article.subject,
                article=article,
                place=place,
                measure=signs.line(each.measure),
                value=each.value,
                words=signs.line(each.words)[:LONGEST_WORDS],
                sentence=each.sentence,
                digest=digest(each.sentence),
            )
            found.setdefault((row.measure, row.digest), row)
    yield from found.values()


def _texts(value: Value) -> Iterator[str]:
    return (text for name in _FIELDS[type(value)] if (text := getattr(value, name)))


def _content(row: Statement) -> tuple[str, ...]:
    return (row.measure, row.value, row.words, row.sentence)


def _language(article: Article) -> str:
    return article.language or settings.LANGUAGE_CODE


def _about(subject: Subject) -> About:
    return about([subject.name, subject.original_name, *subject.other_names], subject.kind)


def _delete(rows: Iterable[Statement]) -> None:
    found = list(rows)
    if found:
        Statement.objects.filter(pk__in=[row.pk for row in found]).delete()
        for subject in {row.subject_id for row in found}:
            _mark(subject, {row.measure for row in found if row.subject_id == subject and row.is_contested})


def _insert(subject: Subject, rows: list[Statement], touched: Iterable[str] = ()) -> None:
    Statement.objects.bulk_create(rows)
    _mark(subject.pk, {*touched, *(row.measure for row in rows)})


def _mark(subject: int, measures: set[str]) -> None:
    """Says of each statement of these measures whether another one contradicts it. Reads values, not sentences: there
    are few, however many articles are about the subject.
    """
    if not measures:
        return
    about = Statement.objects.filter(subject=subject).order_by()
    found = about.filter(measure__in=measures).values_list("measure", "value", "is_contested").distinct()
    marks: dict[str, dict[str, set[bool]]] = defaultdict(lambda: defaultdict(set))
    for measure, value, is_contested in found:
        marks[measure][value].add(is_contested)
    for measure, values in marks.items():
        contested = {
            value for pair in itertools.combinations(values, 2) if contradict(measure, *pair) for value in pair
        }
        for value, marked in values.items():
            if marked != {value in contested}:
                about.filter(measure=measure, value=value).update(is_contested=value in contested)
