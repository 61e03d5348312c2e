"""What the styles and the numbering of a .docx say about a paragraph or a run."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from articles.importing.readers.docx.package import Attributes, Package

_OFF = frozenset(("0", "false", "off", "none"))
_HEADING = re.compile(r"heading (?P<level>\d)")
_QUOTES = frozenset(("quote", "intense quote", "block text", "quotations"))
_LONGEST_CHAIN = 12


def is_on(given: Attributes) -> bool:
    """Whether a property that has a value of its own only when it is off (`w:b`) is on."""
    return given.get("w:val", "1").lower() not in _OFF


@dataclass(slots=True)
class Style:
    name: str = ""
    base: str = ""
    outline: int | None = None
    list_id: str = ""
    list_level: int = 0
    marks: dict[str, bool] = field(default_factory=dict)  # "w:b", "w:i", "w:strike", "w:vanish"


MARKS = frozenset(("w:b", "w:i", "w:strike", "w:dstrike", "w:vanish"))


@dataclass(frozen=True, slots=True)
class Role:
    """What a paragraph is, by its style: a `kind` of "title", "quote", "caption", "contents", "code", or a heading."""

    kind: str = ""
    level: int = 0


class Styles:
    def __init__(self, package: Package) -> None:
        self._by_id: dict[str, Style] = {}
        style = Style()
        in_style = False
        for tag, given, _text in package.events("word/styles.xml"):
            if tag == "w:style":
                style, in_style = Style(), True
                self._by_id[given.get("w:styleId", "")] = style
            elif tag == "/w:style":
                in_style = False
            elif in_style:
                _set(style, tag, given)

    def chain(self, key: str) -> Iterable[Style]:
        """A style and those that it is based on."""
        for _step in range(_LONGEST_CHAIN):
            style = self._by_id.get(key)
            if style is None:
                return
            yield style
            key = style.base

    def role(self, key: str, outline: int | None) -> Role:
        """`outline` is the paragraph's own level in Word's outline, from 0; 9 is text."""
        for style in self.chain(key):
            role = _role_of(style.name)
            if role.kind:
                return role
            outline = style.outline if outline is None else outline
        if outline is not None and 0 <= outline < 9:
            return Role("heading", min(6, outline + 1))
        return Role()

    def marks(self, key: str) -> dict[str, bool]:
        found: dict[str, bool] = {}
        for style in self.chain(key):
            found = {**style.marks, **found}
        return found

    def numbering(self, key: str) -> tuple[str, int]:
        """The list that a style belongs to, and the level in it; ("", 0) for none."""
        return next(((style.list_id, style.list_level) for style in self.chain(key) if style.list_id), ("", 0))


def _set(style: Style, tag: str, given: Attributes) -> None:
    value = given.get("w:val", "")
    match tag:
        case "w:name":
            style.name = style.name or value.casefold()
        case "w:basedOn":
            style.base = value
        case "w:outlineLvl":
            style.outline = int(value) if value.isdecimal() else None
        case "w:numId":
            style.list_id = value
        case "w:ilvl":
            style.list_level = int(value) if value.isdecimal() else 0
        case _ if tag in MARKS:
            style.marks[tag] = is_on(given)


def _role_of(name: str) -> Role:
    heading = _HEADING.fullmatch(name)
    if heading:
        return Role("heading", min(6, int(heading["level"])))
    if name == "title":
        return Role("title", 1)
    if name in _QUOTES:
        return Role("quote")
    if name == "caption":
        return Role("caption")
    if name == "html preformatted":
        return Role("code")
    return Role("contents") if name.startswith("toc ") else Role()


# --- lists ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Level:
    form: str = "decimal"
    label: str = ""
    start: int = 1

    @property
    def is_ordered(self) -> bool:
        return self.form not in ("bullet", "none")


class Numbering:
    """Counts as Word does: every list of one kind goes on after other paragraphs, and deeper levels begin anew."""

    def __init__(self, package: Package) -> None:
        self._kinds: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        kind: dict[int, Level] = {}
        level, number, at = Level(), "", 0
        for tag, given, _text in package.events("word/numbering.xml"):
            value = given.get("w:val", "")
            match tag:
                case "w:abstractNum":
                    kind = self._kinds[given.get("w:abstractNumId", "")] = {}
                case "w:lvl" if not number:
                    level = kind[_number(given.get("w:ilvl", "0"))] = Level()
                case "w:numFmt":
                    level.form = value
                case "w:lvlText":
                    level.label = value
                case "w:start":
                    level.start = _number(value, 1)
                case "w:num":
                    number = given.get("w:numId", "")
                case "/w:num":
                    number = ""
                case "w:abstractNumId":
                    self._lists[number] = value
                case "w:lvlOverride":
                    at = _number(given.get("w:ilvl", "0"))
                case "w:startOverride":
                    self._starts[number, at] = _number(value, 1)

    def level(self, number: str, level: int) -> Level | None:
        """What a level of a list looks like; None for a list that does not exist, or "0", which means none."""
        kind = self._lists.get(number)
        return self._kinds.get(kind, {}).get(level, Level()) if kind is not None else None

    def next(self, number: str, level: int) -> tuple[int, str]:
        """Counts one paragraph: its number, and its label as Word writes it ("2.1.")."""
        kind = self._lists.get(number, number)
        counts = self._counts.setdefault(kind, {})
        if (number, level) in self._starts and (number, level) not in self._begun:
            counts.pop(level, None)
        self._begun.add((number, level))
        for deeper in [deeper for deeper in counts if deeper > level]:
            del counts[deeper]
        shape = self.level(number, level) or Level()
        first = self._starts.get((number, level), shape.start)
        counts[level] = counts[level] + 1 if level in counts else first
        return counts[level], self._label(number, shape, counts)

    def _label(self, number: str, shape: Level, counts: dict[int, int]) -> str:
        def written(found: re.Match[str]) -> str:
            at = int(found["level"]) - 1
            form = (self.level(number, at) or Level()).form
            return _formatted(counts.get(at, 1), form)

        return re.sub(r"%(?P<level>[1-9])", written, shape.label[:40])


def _number(text: str, otherwise: int = 0) -> int:
    return int(text) if text.isdecimal() and len(text) < 8 else otherwise


def _formatted(number: int, form: str) -> str:
    if form in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        return chr((64 if form[0] == "u" else 96) + number)
    if form in ("upperRoman", "lowerRoman") and 0 < number < 400:
        roman = _roman(number)
        return roman if form[0] == "u" else roman.lower()
    return f"{number:02}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    signs = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    found = ""
    for value, sign in signs:
        count, number = divmod(number, value)
        found += sign * count
    return found
