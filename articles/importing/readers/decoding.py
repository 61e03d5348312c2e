"""Bytes to text: which encoding it is, and what no text may hold."""

from __future__ import annotations

import codecs
import re

from articles.importing.account import Repaired
from articles.importing.errors import ImportRefused
from articles.text.messages import _

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]|[\ud800-\udfff]")
_SEPARATOR = re.compile(r"[\x1c-\x1f]")  # old signs between fields: what stands around them are two words
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*(?P<name>[\w-]{2,20})""", re.IGNORECASE)
_MAGIC = (
    (b"%PDF", _("a PDF")),
    (b"\xd0\xcf\x11\xe0", _("an old Word file (.doc)")),
    (b"PK\x03\x04", _("a zip archive")),
    (b"\x89PNG", _("a picture")),
    (b"\xff\xd8\xff", _("a picture")),
    (b"GIF8", _("a picture")),
    (b"{\\rtf", _("an RTF file")),
    (b"\x1f\x8b", _("a packed file")),
)


def decode(data: bytes, name: str, *, declared: bool = False) -> str:
    """The text of a file. `declared`: an HTML file may name its encoding itself."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise ImportRefused(
                _(
                    "%(name)s is %(what)s, not a text: save the document as .docx, HTML, Markdown or plain text.",
                    name=name,
                    what=what,
                )
            )
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strictly(data[len(bom) :], encoding, name)
    encoding = _without_bom_utf16(data)
    if encoding:
        return _strictly(data, encoding, name)
    _refuse_binary(data, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, name, error, declared=declared)


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ImportRefused(
            _(
                "%(name)s says that it is %(encoding)s but is broken at byte %(byte)s: save it again as UTF-8.",
                name=name,
                encoding=encoding.upper(),
                byte=error.start,
            )
        ) from error


def _without_bom_utf16(data: bytes) -> str:
    """UTF-16 without its mark: every other byte of Western text is zero."""
    sample = data[:2000]
    if len(sample) < 8 or (len(sample) % 2 and len(data) < 2000):
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.6 * half and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd == 0 else ""


def _refuse_binary(data: bytes, name: str) -> None:
    found = _BINARY.search(data)
    if found and (b"\x00" in data or len(_BINARY.findall(data)) > 8 + len(data) // 1000):
        raise ImportRefused(
            _(
                "%(name)s is not a text (byte %(byte)s is a control sign): "
                "save the document as .docx, HTML, Markdown or plain text.",
                name=name,
                byte=found.start(),
            )
        )


def _not_utf8(data: bytes, name: str, error: UnicodeDecodeError, *, declared: bool) -> str:
    found = _DECLARED.search(data[:4096]) if declared else None
    if found and found["name"].lower() not in (b"utf-8", b"utf8"):
        try:
            return data.decode(found["name"].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    if _is_mostly_utf8(data):
        line = data.count(b"\n", 0, error.start) + 1
        raise ImportRefused(
            _(
                "%(name)s is UTF-8 but broken in line %(line)s: open it in an editor and save it as UTF-8.",
                name=name,
                line=line,
            )
        )
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        raise ImportRefused(
            _(
                "%(name)s is in an encoding that is neither UTF-8, UTF-16 "
                "nor Windows-1252 (line %(line)s): save it as UTF-8.",
                name=name,
                line=line,
            )
        ) from wrong


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether what is beyond ASCII is UTF-8 but for a few places: then it is broken UTF-8, not Windows-1252."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(char > "\x7f" for char in text) - bad
    return good > 4 * bad


def clean(text: str) -> tuple[str, list[Repaired]]:
    """The text without the signs that nothing can show, and one repair that tells of them."""
    cleaned, count = _CONTROL.subn("", _SEPARATOR.sub(" ", text))
    if not count:
        return text, []
    if count == 1:
        return cleaned, [Repaired("", "", _("a control sign that no page can show"))]
    return cleaned, [Repaired("", "", _("%(count)s control signs that no page can show", count=count))]
