"""What a reader would see of a part: two wordings that give the same page are the same to an approval.

White space that renders alike, what only the desk knows (the day to check again), and a new name of a tag, an author
or the subject make no difference.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from articles import document
from articles.document import Card, Document, Faq, Picture
from articles.drafts.reading import Conclusion, Details, Introduction
from articles.models import Tag
from articles.models.addressed import subjects_and_authors
from articles.text import markdown

_LANGUAGES = re.compile(r"</?span[^>]*>")
#: Fields that hold Markdown, in whichever part.
BODIES = frozenset({"body", "answer", "introduction", "conclusion"})
#: Fields that no reader sees.
UNSEEN = frozenset({"check_on"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What holds the parts together: the details, and the order of facts and questions by their public ids."""

    details: Details
    cards: tuple[str, ...] = ()
    faqs: tuple[str, ...] = ()


Piece = Frame | Introduction | Conclusion | Card | Faq
_KINDS: Mapping[str, type[Piece]] = {
    "details": Frame,
    "introduction": Introduction,
    "conclusion": Conclusion,
    "card": Card,
    "faq": Faq,
}


def pieces_of(value: Document) -> dict[str, Piece]:
    """The parts of an article that are decided on one by one, by their places, in the order of the page."""
    details = Details(**{field.name: getattr(value, field.name) for field in dataclasses.fields(Details)})
    cards, faqs = (tuple(item.public_id for item in items) for items in (value.cards, value.faqs))
    conclusion = Conclusion(conclusion_heading=value.conclusion_heading, conclusion=value.conclusion)
    found: dict[str, Piece] = {"details": Frame(details=details, cards=cards, faqs=faqs)}
    if value.introduction:
        found["introduction"] = Introduction(introduction=value.introduction)
    found |= {f"card:{card.public_id}": card for card in value.cards}
    if value.conclusion or value.conclusion_heading:
        found["conclusion"] = conclusion
    return found | {f"faq:{faq.public_id}": faq for faq in value.faqs}


def to_json(piece: Piece, pictures: Sequence[Picture]) -> dict[str, Any]:
    """A piece with the pictures that it shows, as a Decision keeps it."""
    shown = [document.part_to_json(picture) for picture in pictures_in(piece, pictures)]
    return {"words": document.part_to_json(piece), **({"pictures": shown} if shown else {})}


def from_json(place: str, stored: Mapping[str, Any]) -> tuple[Piece, tuple[Picture, ...]]:
    """The reverse of `to_json`; raises document.DocumentError for what this program cannot read."""
    kind = _KINDS.get(place.partition(":")[0])
    if kind is None or not isinstance(stored.get("words"), Mapping):
        raise document.DocumentError(f"There is no part {place!r}.")
    pictures = tuple(document.part_from_json(Picture, each) for each in stored.get("pictures", ()))
    return document.part_from_json(kind, stored["words"]), pictures


class TagMeanings:
    """What tags the names mean: a merged or renamed tag is the same tag, as reference data shows at once and is
    nobody's approval. `likely` are names that may be asked for: they are looked up along with the first.
    """

    def __init__(self, likely: Iterable[str] = ()) -> None:
        self._likely = likely
        self._known: dict[str, Any] = {}

    def __call__(self, names: Sequence[str]) -> list[Any]:
        if not self._known.keys() >= set(names):
            asked = {*names, *self._likely}
            found = Tag.objects.by_names(asked)
            self._known |= {name: found[name].pk if name in found else name for name in asked}
        return [self._known[name] for name in names]


def looks_like(
    piece: Piece,
    pictures: Sequence[Picture],
    other: Piece,
    others: Sequence[Picture],
    tags_meant: TagMeanings | None = None,
) -> bool:
    """Whether readers would see the same of two pieces of one place, each with the pictures of its article.

    Whoever compares many gives one `tags_meant` for all of them.
    """
    if type(piece) is not type(other) or [*pictures_in(piece, pictures)] != [*pictures_in(other, others)]:
        return False
    return _looks_equal(piece, other, {**_REFERENCES, "tags": tags_meant or TagMeanings()})


def _looks_equal(one: Any, other: Any, references: Mapping[str, Callable[[Any], Any]]) -> bool:
    return all(
        value == (then := getattr(other, name))
        or name in UNSEEN
        or (name in BODIES and _reads_alike(value, then))
        or (name in references and references[name](value) == references[name](then))
        or (isinstance(value, Details) and _looks_equal(value, then, references))
        for name, value in _fields(one)
    )


def _subject_meant(slug: str) -> Any:
    return getattr(subjects_and_authors([slug], ())[0].get(slug), "pk", slug)


def _authors_meant(slugs: Sequence[str]) -> list[Any]:
    found = subjects_and_authors((), slugs)[1]
    return [getattr(found.get(slug), "pk", slug) for slug in slugs]


#: What slugs of reference data mean. Asked where they differ, and nowhere else.
_REFERENCES: Mapping[str, Callable[[Any], Any]] = {
    "subject": _subject_meant,
    "authors": _authors_meant,
}


def same_to_readers(one: Document, other: Document) -> bool:
    """Whether two Documents give the same page."""
    if one == other:
        return True
    first, second = pieces_of(one), pieces_of(other)
    tags_meant = TagMeanings(tag for each in (one, other) for card in each.cards for tag in card.tags)
    return first.keys() == second.keys() and all(
        looks_like(first[place], one.pictures, second[place], other.pictures, tags_meant) for place in first
    )


def name_of_piece(piece: Piece) -> str:
    """What people call it: its heading or question, else the name of the part."""
    if isinstance(piece, Card | Faq):
        return (piece.heading if isinstance(piece, Card) else piece.question) or _("without a heading")
    return {Frame: _("title, order and details"), Introduction: _("introduction"), Conclusion: _("conclusion")}[
        type(piece)
    ]


def _fields(piece: Any) -> Iterator[tuple[str, Any]]:
    return ((field.name, getattr(piece, field.name)) for field in dataclasses.fields(piece))


def _reads_alike(one: str, other: str) -> bool:
    """Whether two bodies give the same HTML. Other letters never do: that is known without rendering them."""
    return _letters(one) == _letters(other) and _as_shown(one) == _as_shown(other)


def _letters(body: str) -> str:
    return "".join(sign for sign in body if sign.isalnum())


def _as_shown(body: str) -> str:
    """The HTML of a body with white space as a browser shows it, and a stand-in where each picture is."""
    html = str(markdown.render(body, lambda public_id: markdown.Image(src=f"/{public_id}", width=1, height=1)))
    html = _LANGUAGES.sub("", html)  # where one ends depends on the lines, and no reader sees it
    return html if "<pre" in html else " ".join(html.split())


def pictures_in(piece: Piece, pictures: Sequence[Picture]) -> Iterator[Picture]:
    """Those of the pictures that the piece shows."""
    if not pictures:
        return iter(())
    wanted: set[str] = set()
    for name, value in _fields(piece):
        if name in BODIES:
            wanted |= set(markdown.picture_ids(value))
        elif name == "picture" and value:
            wanted.add(value)
    if isinstance(piece, Frame) and piece.details.cover:
        wanted.add(piece.details.cover)
    return (picture for picture in sorted(pictures, key=lambda each: each.public_id) if picture.public_id in wanted)
