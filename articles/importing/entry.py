"""Where an import begins: bytes or pasted text in, an article and its account out."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from articles import exporting
from articles.document import Document
from articles.importing import builder, formats
from articles.importing.account import Account, Placed, Repaired
from articles.importing.blocks import Kind
from articles.importing.errors import ImportRefused
from articles.importing.finder import arranging, layouts
from articles.importing.finder.arranging import Choices
from articles.importing.finder.layout import Layout
from articles.importing.formats import Format
from articles.importing.prepare import prepare
from articles.importing.readers import decoding, signs
from articles.importing.reading import Embedded, Reading, refuse_length
from articles.text.messages import _

LARGEST_TEXT = 5 * 1024 * 1024
LARGEST_FILE = 50 * 1024 * 1024  # a .docx holds its pictures


@dataclass(frozen=True, slots=True)
class Imported:
    """`layout` holds every block with its role; `rearranged` gives blocks other ones.

    `reading` and `mended` are what stood before anything had a role: `other_readings` lays them out in other ways.
    """

    document: Document
    account: Account
    name: str
    kind: str
    pictures: tuple[Embedded, ...] = ()
    layout: Layout | None = None
    reading: Reading | None = None
    mended: tuple[Repaired, ...] = ()


def read(data: bytes, name: str, *, kind: str | None = None, by_hand: bool = False) -> Imported:
    """The article in a file. `kind` overrules the ending of `name`; `by_hand` as in `assemble`.

    Raises ImportRefused.
    """
    if not data.strip():
        raise ImportRefused(_("%(name)s is empty: choose the file that holds the article.", name=name))
    if len(data) > LARGEST_FILE:
        raise ImportRefused(
            _("%(name)s is larger than 50 MB: make its pictures smaller or import them by hand.", name=name)
        )
    source_format = _named(kind, name) if kind else _format_of(data, name)
    if source_format.takes_bytes and source_format.read:
        return assemble(source_format.read(data, name), name, source_format.name, by_hand=by_hand)
    if len(data) > LARGEST_TEXT:
        raise _too_long(name)
    decoded = decoding.decode(data, name, declared=source_format.declares_encoding)
    return _with_notes(_read_decoded(decoded.text, name, source_format, by_hand=by_hand), decoded.note)


def read_text(text: str, *, kind: str = "text", name: str = _("The pasted text"), by_hand: bool = False) -> Imported:
    """The article in a pasted text. `kind` names a format of texts: "text" is looked at for marks of another one.

    `by_hand` as in `assemble`. Raises ImportRefused.
    """
    if not text.strip():
        raise ImportRefused(_("%(name)s is empty: paste the article and try again.", name=name))
    return _read_decoded(text, name, _named(kind, name), by_hand=by_hand)


def _named(kind: str, name: str) -> Format:
    source_format = formats.BY_NAME.get(kind)
    if source_format is None or source_format.has_many_articles:
        raise ImportRefused(
            _("%(name)s: there is no reader for documents of the kind %(kind)s.", name=name, kind=repr(kind))
        )
    return source_format


def _format_of(data: bytes, name: str) -> Format:
    ending = PurePath(name).suffix.lower()
    start = data[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return formats.BY_NAME["html"]
    if start.startswith(b"<?xml") and b"<rss" in start:
        raise ImportRefused(
            _("%(name)s is a WordPress export: import it as one, its posts come one by one.", name=name)
        )
    found = formats.BY_ENDING.get(ending)
    if found is not None and not found.has_many_articles:
        return found
    if data.startswith(b"PK\x03\x04"):
        return formats.BY_NAME["docx"]
    if ending in formats.UNREADABLE:
        raise ImportRefused(
            _("%(name)s: files of this kind cannot be read; save the document as .docx and import that.", name=name)
        )
    return formats.BY_NAME["text"]


def _too_long(name: str) -> ImportRefused:
    return ImportRefused(_("%(name)s holds more than 5 MB of text: import it in smaller pieces.", name=name))


def _read_decoded(text: str, name: str, source_format: Format, *, by_hand: bool) -> Imported:
    if len(text) > LARGEST_TEXT or len(text.encode("utf-8", "surrogatepass")) > LARGEST_TEXT:
        raise _too_long(name)
    if source_format.name == "json" or exporting.is_export(text):
        return _our_own(text, name, source_format.name)
    if source_format.takes_bytes or source_format.read is None:
        raise ImportRefused(_("%(name)s: a text cannot be of the kind %(kind)s.", name=name, kind=source_format.name))
    cleaned, repaired = signs.clean(text)
    if source_format.name == "text":
        source_format = formats.recognised(cleaned) or source_format
    assert source_format.read is not None  # noqa: S101  -- of the rows, only those with a reader recognise
    return assemble(source_format.read(cleaned, name), name, source_format.name, repaired, by_hand=by_hand)


def _with_notes(imported: Imported, note: str) -> Imported:
    return dataclasses.replace(imported, account=imported.account.with_notes([note])) if note else imported


def _our_own(text: str, name: str, kind: str) -> Imported:
    """Our own exports bear a mark and are read exactly: nothing is guessed, cleaned or repaired."""
    try:
        document = exporting.from_json(text) if kind == "json" else exporting.from_markdown(text)
    except exporting.ReadError as error:
        raise ImportRefused(f"{name}: {error}") from error
    return Imported(document, Account(source=text, placed=(Placed(text, "export"),)), name, kind)


def assemble(
    reading: Reading, name: str, kind: str, repaired: Sequence[Repaired] = (), *, by_hand: bool = False
) -> Imported:
    """A reading as an article: prepared, laid out, built and accounted for.

    Without a list of cards it is refused, or with `by_hand` all introduction, for a person to give its blocks roles.
    """
    refuse_length(sum(1 + block.text.count("\n") for block in reading.blocks if block.kind is not Kind.CODE), name)
    blocks, mended = prepare(reading.blocks)
    if not any(block.source.strip() for block in blocks):
        raise ImportRefused(_("%(name)s holds no words: choose the file that holds the article.", name=name))
    layout = next(layouts.find_layouts(blocks, reading.title), None)
    if layout is None and by_hand:
        layout = layouts.unassigned(blocks, reading.title)
    if layout is None:
        raise ImportRefused(
            _(
                "%(name)s holds no list of cards: number the headings (1., 2., 3. …) or give them all one "
                "heading style, and import it again; or bring it in at the desk, where you say what each part is.",
                name=name,
            )
        )
    return _built(layout, reading, (*repaired, *mended), name, kind)


def other_readings(imported: Imported) -> list[Imported]:
    """The same document with other lines as its cards, the likeliest first; none for what says itself what it is."""
    if imported.reading is None:
        return []
    blocks, _mended = prepare(imported.reading.blocks)
    others = itertools.islice(layouts.find_layouts(blocks, imported.reading.title), 1, None)
    return [_built(layout, imported.reading, imported.mended, imported.name, imported.kind) for layout in others]


def rearranged(imported: Imported, choices: Choices) -> Imported:
    """The same document with the roles that a person chose for its blocks; raises ImportRefused."""
    if imported.layout is None or imported.reading is None:
        if choices:
            raise ImportRefused(
                _("%(name)s says itself what each part is: change that in the draft.", name=imported.name)
            )
        return imported
    layout = arranging.arranged(imported.layout, choices)
    return _built(layout, imported.reading, imported.mended, imported.name, imported.kind)


def _built(layout: Layout, reading: Reading, mended: tuple[Repaired, ...], name: str, kind: str) -> Imported:
    document, account = builder.build(layout, source=reading.visible, repaired=mended)
    document = dataclasses.replace(document, dek=reading.dek, tags=reading.tags, language=reading.language)
    if reading.notes:
        account = account.with_notes(reading.notes)
    return Imported(document, account, name, kind, reading.pictures, layout, reading, mended)
