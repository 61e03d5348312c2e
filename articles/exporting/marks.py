"""The marks of the Markdown form: written and read by the same few functions, so that they cannot disagree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from articles.exporting.toml import CONTROL

FRONT = "+++"
VERSION_KEY = "fanguide"


@dataclass(frozen=True, slots=True)
class Fields:
    """`title` stands in the line of the heading, `body` below it; `items` is the Document's field, if it is a list."""

    items: str
    title: str
    body: str


class Kind(Enum):
    FACT = Fields("cards", "heading", "body")
    CONCLUSION = Fields("", "conclusion_heading", "conclusion")
    QUESTION = Fields("faqs", "question", "answer")


_WORDS = {Kind.CONCLUSION: "Conclusion:", Kind.QUESTION: "Question:"}
_SECTION = re.compile(r"##(?:[ \t]|$)", re.MULTILINE)
_NUMBER = re.compile(r"[0-9]+\.(?:[ \t]+|$)")
_FENCE = re.compile(r"(?P<fence>`{3,})toml[ \t]*")
_TICKS = re.compile(r"^`{3,}", re.MULTILINE)


def section_line(kind: Kind, number: int | None, title: str) -> str:
    sign = _WORDS.get(kind, "" if number is None else f"{number}.")
    return " ".join(filter(None, ("##", sign, title)))


def read_section_line(line: str) -> tuple[Kind, str] | None:
    """The kind and the title of the section that begins here; a number is only there to be read."""
    if not _SECTION.match(line):
        return None
    rest = line[2:].strip(" \t")
    for kind, word in _WORDS.items():
        if rest.startswith(word):
            return kind, rest[len(word) :].strip(" \t")
    return Kind.FACT, _NUMBER.sub("", rest, count=1) if _NUMBER.match(rest) else rest


def title_stands(kind: Kind, number: int | None, title: str) -> bool:
    """Whether a title comes back as it is from the line of its section."""
    if "\n" in title or CONTROL.search(title):
        return False
    return read_section_line(section_line(kind, number, title)) == (kind, title)


def body_stands(body: str) -> bool:
    """Whether a body comes back as it is from the lines of its section."""
    return not CONTROL.search(body) and not _SECTION.search(body)


def fenced(fields: str) -> str:
    """Fields between fences that nothing within them can be mistaken for."""
    longest = max((len(run) for run in _TICKS.findall(fields)), default=2)
    fence = "`" * max(3, longest + 1)
    return f"{fence}toml\n{fields}{fence}"


def opens_fields(line: str) -> str:
    """The line that will end the fields which begin here; empty where none begin."""
    found = _FENCE.fullmatch(line)
    return found["fence"] if found else ""
