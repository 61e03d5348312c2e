"""A .docx to blocks: its parts are read as they stream, under limits, and no tree is ever built of them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator

from articles.importing.blocks import Block
from articles.importing.readers.docx.body import Body
from articles.importing.readers.docx.package import Package
from articles.importing.readers.docx.runs import Links, aside
from articles.importing.readers.docx.styles import Numbering, Styles
from articles.importing.reading import Embedded, Reading
from articles.text.messages import _

_STARTS = ((b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF8", "gif"))
_MOST_LINKS = 20_000


def read(data: bytes, name: str) -> Reading:
    """The blocks of a Word document; raises ImportRefused for what is none, is broken, or could harm."""
    package = Package(data, name)
    styles, numbering, pictures = Styles(package), Numbering(package), _Pictures(package)

    def body(part: str, notes: dict[str, list[Block]]) -> Body:
        return Body(name, styles, numbering, pictures.links(part), notes)

    notes: dict[str, list[Block]] = {}
    for kind in ("footnotes", "endnotes"):
        of_notes = body(f"word/{kind}.xml", {})
        of_notes.read(package.events(f"word/{kind}.xml"))
        notes |= of_notes.notes_found
    document = body("word/document.xml", notes)
    blocks = document.read(package.events("word/document.xml"))
    beside = list(_beside(package, body))
    return Reading(
        blocks=[*blocks, *beside],
        visible="\n".join([document.visible, *(block.text for block in beside)]),
        pictures=tuple(pictures.kept),
        notes=tuple(pictures.notes),
    )


def _beside(package: Package, body: Callable[[str, dict[str, list[Block]]], Body]) -> Iterator[Block]:
    """Heads and feet of pages and comments: words that are in the file and not in the article."""
    told = set()
    for part in package.named(r"word/(?:header|footer|comments)\d*\.xml"):
        why = "comment" if "comments" in part else "page"
        for block in body(part, {}).read(package.events(part)):
            words = block.text.strip()
            if words and words not in told:
                told.add(words)
                yield aside(words, why)


class _Pictures:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._addresses: dict[str, str] = {}  # of pictures that were kept, by their part
        self.kept: list[Embedded] = []
        self.notes: list[str] = []

    def links(self, part: str) -> Links:
        """What a part refers to, by the ids that it uses."""
        folder, file = posixpath.split(part)
        inside: dict[str, str] = {}
        outside: dict[str, str] = {}
        for _tag, given, _text in self._package.events(f"{folder}/_rels/{file}.rels"):
            key, target = given.get("Id", ""), given.get("Target", "")
            if key and target and len(inside) + len(outside) < _MOST_LINKS:
                is_outside = given.get("TargetMode") == "External"
                (outside if is_outside else inside)[key] = target if is_outside else _joined(folder, target)
        return Links(outside, lambda key, alt: self._keep(inside.get(key, ""), alt) or outside.get(key, ""))

    def _keep(self, part: str, alt: str) -> str:
        if not part:
            return ""
        if part not in self._addresses:
            self._addresses[part] = self._new(part, alt)
        return self._addresses[part]

    def _new(self, part: str, alt: str) -> str:
        data = self._package.picture(part)
        if data is None:
            return ""
        ending = next((ending for start, ending in _STARTS if data.startswith(start)), "")
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            ending = "webp"
        if not ending:
            kind = posixpath.splitext(part)[1].lstrip(".") or part
            self.notes.append(_("A picture of the kind %(kind)s was left out: add it as PNG or JPEG.", kind=kind))
            return ""
        name = f"picture-{len(self.kept) + 1}.{ending}"
        self.kept.append(Embedded(name, data, alt))
        return f"picture:{name}"


def _joined(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(folder, target))
