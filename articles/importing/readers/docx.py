"""A .docx to blocks, by mammoth and the HTML reader; what could harm is refused before anything is unpacked."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree

import mammoth
import mammoth.documents
import mammoth.transforms

from articles.importing.blocks import Block, Hint, Kind, Span
from articles.importing.errors import ImportRefused
from articles.importing.readers import html
from articles.importing.reading import Embedded, Reading
from articles.text.messages import _

_MOST_PARTS = 5_000
_LARGEST_UNPACKED = 200 * 1024 * 1024
_LARGEST_XML = 40 * 1024 * 1024
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E")
_PICTURES = {"image/png": "png", "image/jpeg": "jpg", "image/jpg": "jpg", "image/gif": "gif", "image/webp": "webp"}
_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='Caption'] => figcaption:fresh
p[style-name='caption'] => figcaption:fresh
p[style-name='TOC Heading'] => div.toc > p:fresh
p[style-name='toc 1'] => div.toc > p:fresh
p[style-name='toc 2'] => div.toc > p:fresh
p[style-name='toc 3'] => div.toc > p:fresh
p[style-name='heading 7'] => h6:fresh
p[style-name='heading 8'] => h6:fresh
p[style-name='heading 9'] => h6:fresh
p[style-name='HTML Preformatted'] => pre:fresh
"""


def read(data: bytes, name: str) -> Reading:
    with _opened(data, name) as archive:
        _refuse_harm(archive, name)
        beside = list(_beside(archive, name))
        visible = "\n".join(
            words
            for part in ("document", "footnotes", "endnotes")
            for words in _paragraphs(archive, f"word/{part}.xml", name)
        )
    pictures = _Pictures()
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLES,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(pictures.keep),
            transform_document=_with_heading_numbers(),
            external_file_access=False,
        )
    except (RecursionError, ValueError, KeyError, AttributeError, IndexError, LookupError, OSError) as error:
        raise ImportRefused(
            _("%(name)s is damaged inside: open it in Word and save it as a new .docx.", name=name)
        ) from error
    reading = html.read(result.value, name)
    return dataclasses.replace(
        reading,
        blocks=[*_renumbered(reading.blocks), *beside],
        visible="\n".join([visible, *(block.text for block in beside)]),
        pictures=tuple(pictures.kept),
        notes=tuple(pictures.notes),
    )


# --- refusals ---------------------------------------------------------------------------------------------------------


def _opened(data: bytes, name: str) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ImportRefused(
            _("%(name)s is no Word document, or damaged: save it as .docx again.", name=name)
        ) from error
    if "word/document.xml" not in archive.namelist():
        archive.close()
        raise ImportRefused(_("%(name)s holds no Word document: save it as .docx again.", name=name))
    return archive


def _refuse_harm(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
        raise ImportRefused(_("%(name)s unpacks to more than any document should: save it as .docx again.", name=name))
    for part in parts:
        if part.flag_bits & 1:
            raise ImportRefused(_("%(name)s is locked with a password: save it without one.", name=name))
        if part.filename.lower().endswith("vbaproject.bin"):
            raise ImportRefused(
                _("%(name)s holds a macro (%(part)s): save it as .docx without macros.", name=name, part=part.filename)
            )
        if part.filename.lower().endswith((".xml", ".rels")):
            text = _part(archive, part, name)
            if _DOCTYPE.search(text):
                raise ImportRefused(
                    _("%(name)s declares entities in %(part)s: save it as .docx again.", name=name, part=part.filename)
                )
            if part.filename == "[Content_Types].xml" and b"macroEnabled" in text:
                raise ImportRefused(
                    _("%(name)s is a document with macros: save it as .docx without macros.", name=name)
                )


def _part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> bytes:
    if part.file_size > _LARGEST_XML:
        raise ImportRefused(
            _(
                "%(name)s: %(part)s unpacks to more than 40 MB; save the document as .docx again.",
                name=name,
                part=part.filename,
            )
        )
    try:
        return archive.read(part)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError, zlib.error) as error:
        raise ImportRefused(
            _("%(name)s is damaged in %(part)s: save it as .docx again.", name=name, part=part.filename)
        ) from error


# --- words, found without mammoth -------------------------------------------------------------------------------------

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_BESIDE = {
    "header": _("the head of the pages"),
    "footer": _("the foot of the pages"),
    "comments": _("a comment in the margin"),
}


def _paragraphs(archive: zipfile.ZipFile, part: str, name: str) -> Iterator[str]:
    """The words of every paragraph of a part, whatever mammoth makes of them."""
    if part not in archive.namelist():
        return
    try:
        root = ElementTree.fromstring(_part(archive, archive.getinfo(part), name))  # noqa: S314 - see the import
    except ElementTree.ParseError as error:
        raise ImportRefused(
            _(
                "%(name)s is damaged in %(part)s, line %(line)s: save it as .docx again.",
                name=name,
                part=part,
                line=error.position[0],
            )
        ) from error
    words: list[str] = []
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag in (f"{_W}t", f"{_STRICT}t", _MATH):
            words.append(element.text or "")
        elif element.tag in (f"{_W}p", f"{_W}br", f"{_W}tab", f"{_STRICT}p"):
            yield "".join(words)
            words = []
        if element.tag != _CHOICE:  # the same words stand in the fallback
            waiting.extend(reversed(element))
    yield "".join(words)


def _beside(archive: zipfile.ZipFile, name: str) -> Iterator[Block]:
    """Heads and feet of pages and comments: words that are in the file and not in the article."""
    said = set()
    for part in sorted(archive.namelist()):
        found = re.fullmatch(r"word/(header|footer|comments)\d*\.xml", part)
        if not found:
            continue
        for words in _paragraphs(archive, part, name):
            if words.strip() and words not in said:
                said.add(words)
                yield Block(kind=Kind.PARAGRAPH, spans=(Span(words.strip()),), hint=Hint.ASIDE, why=_BESIDE[found[1]])


# --- what mammoth leaves out ------------------------------------------------------------------------------------------


def _with_heading_numbers() -> Any:
    """Writes the automatic number of a numbered heading as its first words: mammoth drops it."""
    counts: dict[int, int] = defaultdict(int)

    def number(paragraph: Any) -> Any:
        style = (paragraph.style_name or "").casefold()
        if not style.startswith("heading") or not paragraph.numbering or not paragraph.numbering.is_ordered:
            return paragraph
        level = int(paragraph.numbering.level_index)
        counts[level] += 1
        for deeper in [deeper for deeper in counts if deeper > level]:
            del counts[deeper]
        words = mammoth.documents.run([mammoth.documents.text(f"{counts[level]}. ")])
        return paragraph.copy(children=[words, *paragraph.children])

    return mammoth.transforms.paragraph(number)


def _renumbered(blocks: Sequence[Block]) -> list[Block]:
    """Word's list goes on after a paragraph; mammoth begins a new one, and all its items would be number 1."""
    items = [
        index for index, block in enumerate(blocks) if block.kind is Kind.ITEM and block.depth == 1 and block.number
    ]
    groups = {blocks[index].group for index in items}
    found = list(blocks)
    if len(items) == len(groups) and len(items) >= 2:
        for number, index in enumerate(items, 1):
            found[index] = dataclasses.replace(blocks[index], number=number)
    return found


class _Pictures:
    def __init__(self) -> None:
        self.kept: list[Embedded] = []
        self.notes: list[str] = []

    def keep(self, image: Any) -> dict[str, str]:
        ending = _PICTURES.get(image.content_type or "")
        if ending is None:
            self.notes.append(
                _("A picture of the kind %(kind)s was left out: add it as PNG or JPEG.", kind=image.content_type)
            )
            return {"src": ""}
        with image.open() as file:
            data = file.read()
        picture = Embedded(f"picture-{len(self.kept) + 1}.{ending}", data, " ".join((image.alt_text or "").split()))
        self.kept.append(picture)
        return {"src": f"picture:{picture.name}"}
