"""What the API answers, as dataclasses: their fields are the fields of the JSON, their notes the words of its
description. `as_json` and `schema_of` read the same fields, so the two cannot disagree.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from articles.text import syntax


class Note(NamedTuple):
    """Of a field: what it says, and its `format` in JSON Schema."""

    about: str
    format: str = ""


Url = Annotated[str, Note("An absolute address.", "uri")]
Day = Annotated[str, Note("A day: YYYY-MM-DD.", "date")]
Instant = Annotated[str, Note("An instant in UTC.", "date-time")]
Html = Annotated[str, Note("Safe HTML; addresses in it may be relative to the site.")]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    slug: str
    name: str
    url: Url
    facts_url: Annotated[str, Note("The facts under it, in this API.", "uri")]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The work or person that an article is about."""

    slug: str
    name: str
    kind: Annotated[str, Note("drama, film, person …")]
    year: int | None
    original_name: Annotated[str, Note("In its own script; empty where that is the name.")]
    original_language: str
    url: Url
    facts_url: Annotated[str, Note("The facts about it, in this API.", "uri")]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    slug: str
    name: str
    url: Url


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    url: Url
    width: int
    height: int
    alt: Annotated[str, Note("Empty where the picture only decorates.")]
    credit: str
    licence: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    url: Annotated[str, Note("Empty for what is not on the web.")]
    title: str
    publisher: str
    seen_on: Annotated[Day | None, Note("The day on which it was last checked.")]
    kind: Annotated[str, Note("primary, interview, news or fan-site; empty where nobody has said.")]
    excerpt: Annotated[str, Note("Plain text: words of it that prove the fact. At most 300 characters.")]
    archived_url: Annotated[str, Note("A copy of it in an archive; empty for none.")]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Caveat:
    """That a fact is disputed, or true no longer."""

    kind: Annotated[str, Note("disputed or outdated.")]
    since: Day | None
    note: Annotated[str, Note("Plain text: who says otherwise, or what is true now.")]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ArticleName:
    slug: str
    title: str
    url: Url
    api_url: Url


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Fact:
    id: Annotated[str, Note("Never changes.")]
    url: Annotated[str, Note("Its permanent page.", "uri")]
    api_url: Url
    heading: Annotated[str, Note("Plain text.")]
    emoji: str
    is_safe: Annotated[bool, Note("Whether it gives nothing of its subject away.")]
    safe_after_episode: Annotated[int | None, Note("From when on it gives nothing away; 1 for a film.")]
    language: Annotated[str, Note("Of the heading; empty for the language of the site.")]
    published_at: Annotated[Instant | None, Note("When it was first published.")]
    subject: Subject | None
    tags: Annotated[tuple[Tag, ...], Note("Its own, without those of its article.")]
    picture: Picture | None
    caveat: Annotated[Caveat | None, Note("Null where it is true as far as the site knows.")]
    article: ArticleName


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fact(_Fact):
    """A fact as lists show it. One that gives something away (`is_safe` is false) has a heading that gives nothing
    away, and no emoji, excerpt, tags, picture, caveat or other words.
    """

    excerpt: Annotated[str, Note("The first words, as plain text.")]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WholeFact(_Fact):
    """A fact with all of its words; where `is_safe` is false, with none."""

    number: Annotated[int | None, Note("Its place in the article; null where facts have no numbers.")]
    html: Html
    sources: tuple[Source, ...]
    checked_on: Annotated[Day | None, Note("When these very words were last checked again and found still true.")]
    changed_at: Annotated[Instant | None, Note("Since when its words are these.")]
    as_of: Annotated[
        tuple[str, ...],
        Note("Of what is true only for a time: as of when it holds, each a day, a month or a year, oldest first."),
    ]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    slug: str
    title: str
    dek: Annotated[str, Note("The summary, one line of plain text.")]
    url: Url
    api_url: Url
    markdown_url: Annotated[str, Note("The whole article as Markdown.", "uri")]
    language: Annotated[str, Note("Empty for the language of the site.")]
    published_at: Instant | None
    updated_at: Annotated[Instant | None, Note("Since when its words are these.")]
    fact_count: int
    subject: Subject | None
    authors: tuple[Author, ...]
    tags: tuple[Tag, ...]
    picture: Picture | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question and its answer; where `is_safe` is false, other words that give nothing away, and no answer."""

    question: str
    answer_html: Html
    is_safe: bool
    safe_after_episode: int | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WholeArticle(Article):
    introduction_html: Html
    facts: tuple[WholeFact, ...]
    conclusion_heading: str
    conclusion_html: Html
    questions: tuple[Question, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something that was found: a fact, or an article where `fact` is null."""

    fact: Fact | None
    article: ArticleName


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why there is no other answer (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: Annotated[str, Note("A sentence for people.")]


Next = Annotated[str | None, Note("The address of the next part; null in the last one.", "uri")]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    items: tuple[Fact, ...]
    next: Next


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Articles:
    items: tuple[Article, ...]
    next: Next


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    items: tuple[Tag, ...]
    next: Next


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Subjects:
    items: tuple[Subject, ...]
    next: Next


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    items: tuple[Hit, ...]
    next: Next


# --- to JSON, and to its description ----------------------------------------------------------------------------------


def as_json(value: Any) -> Any:
    """A shape as what json.dumps takes, its texts without control signs and halves of characters."""
    if isinstance(value, str):
        return syntax.without_control_signs(value)
    if dataclasses.is_dataclass(value):
        return {field.name: as_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return [as_json(each) for each in value] if isinstance(value, tuple) else value


def schemas(*shapes: type) -> dict[str, dict[str, Any]]:
    """The JSON Schemas (2020-12) of these shapes and of all that they hold, by name."""
    found: dict[str, dict[str, Any]] = {}
    waiting = list(shapes)
    while waiting:
        shape = waiting.pop()
        if shape.__name__ not in found:
            found[shape.__name__] = _object(shape)
            waiting += [held for hint in _hints(shape).values() for held in _shapes_in(hint)]
    return dict(sorted(found.items()))


@cache
def _hints(shape: type) -> Mapping[str, Any]:
    return get_type_hints(shape, include_extras=True)


def _object(shape: type) -> dict[str, Any]:
    properties = {name: _schema(hint) for name, hint in _hints(shape).items()}
    words = shape.__doc__ or ""
    is_made_up = words.startswith(f"{shape.__name__}(")  # by dataclass, where nobody wrote any
    about = {"description": " ".join(words.split())} if words and not is_made_up else {}
    return {
        "type": "object",
        **about,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


_TYPES = {str: "string", int: "integer", bool: "boolean"}


def _schema(hint: Any) -> dict[str, Any]:
    if hasattr(hint, "__metadata__"):
        note: Note = hint.__metadata__[-1]  # the outermost
        described = {"description": note.about} | ({"format": note.format} if note.format else {})
        return _schema(hint.__origin__) | described
    if get_origin(hint) in (types.UnionType, Union):
        inner = next(each for each in get_args(hint) if each is not types.NoneType)
        schema = _schema(inner)
        if "type" in schema:
            return schema | {"type": [schema["type"], "null"]}
        return {"anyOf": [schema, {"type": "null"}]}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _schema(get_args(hint)[0])}
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return {"$ref": f"#/components/schemas/{hint.__name__}"}
    return {"type": _TYPES[hint]}


def _shapes_in(hint: Any) -> Iterator[type]:
    inner = hint.__origin__ if hasattr(hint, "__metadata__") else hint
    if dataclasses.is_dataclass(inner):
        yield inner  # type: ignore[misc]  # a class, as in each hint
    for each in get_args(inner):
        yield from _shapes_in(each)
