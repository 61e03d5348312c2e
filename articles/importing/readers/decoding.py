"""Bytes to text: in which encoding a file is written. What no text may hold is `signs.clean`'s concern.

A byte order mark decides; then UTF-8, if the bytes are that; then what an HTML or XML file declares; then a guess by
chardet among the encodings of the web, which is told in the account. Whatever is then still no text is refused.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

import chardet
from chardet import EncodingEra

from articles.importing.errors import ImportRefused
from articles.text.messages import _

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*(?P<name>[\w:.-]{2,30})|<\?xml[^>]{0,100}encoding\s*=\s*["'](?P<xml>[\w:.-]{2,30})""",
    re.IGNORECASE,
)
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
#: Names that browsers read as their larger sister (Encoding Standard, section 4.2): the smaller one refuses real files.
_LARGER = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "euc_kr": "cp949", "shift_jis": "cp932", "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs",
}  # fmt: skip
_OTHER_NAMES = {"ks_c_5601-1987": "cp949", "x-sjis": "cp932", "windows-31j": "cp932", "x-gbk": "gb18030"}
#: What a person calls them; what is not here is called by its own name.
_NAMES = {
    "cp949": _("Korean (CP949)"), "cp932": _("Japanese (Shift_JIS)"), "euc_jp": _("Japanese (EUC-JP)"),
    "iso2022_jp": _("Japanese (ISO-2022-JP)"), "gb18030": _("Chinese (GB18030)"), "big5hkscs": _("Chinese (Big5)"),
    "koi8-r": _("Cyrillic (KOI8-R)"), "koi8-u": _("Cyrillic (KOI8-U)"), "cp1251": _("Cyrillic (Windows-1251)"),
    "cp1253": _("Greek (Windows-1253)"), "cp1250": _("Central European (Windows-1250)"),
    "cp1254": _("Turkish (Windows-1254)"), "cp1255": _("Hebrew (Windows-1255)"), "cp1256": _("Arabic (Windows-1256)"),
    "cp874": _("Thai (Windows-874)"), "cp1257": _("Baltic (Windows-1257)"), "cp1258": _("Vietnamese (Windows-1258)"),
}  # fmt: skip
_WESTERN = "cp1252"
_SURELY_WESTERN = frozenset("éèêëàâäçîïôöùûüñáíóúßÉÈÀÂÄÇÔÖÜÑÁÍÓÚ¡¿’‘“”‚„–—…•€£¥§©®™°·«»±×÷½¼¾\u00a0")
_OTHER_SCRIPT = re.compile("[\u0370-\u06ff]+")
_TWO_SCRIPTS = re.compile("[A-Za-z][\u0370-\u06ff]+|[\u0370-\u06ff]+[A-Za-z]")
_FEW = 4  # bytes beyond ASCII, from which a guess cannot tell Western from Central European
_SAMPLE = 200_000  # bytes that the guess looks at


@dataclass(frozen=True, slots=True)
class Decoded:
    """`note` tells that the encoding was guessed; "" for UTF-8, UTF-16, what was declared, and Western text."""

    text: str
    note: str = ""


def decode(data: bytes, name: str, *, declared: bool = False) -> Decoded:
    """The text of a file; raises ImportRefused. `declared`: the file may name its encoding itself, as HTML does."""
    _refuse_other_files(data, name)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return Decoded(_strictly(data[len(bom) :], encoding, name))
    encoding = _without_bom_utf16(data)
    if encoding:
        return Decoded(_strictly(data, encoding, name))
    _refuse_binary(data, name)
    if b"\x1b$" not in data:  # the shift of ISO-2022, whose bytes are all ASCII
        try:
            return Decoded(data.decode("utf-8"))
        except UnicodeDecodeError as error:
            _refuse_broken_utf8(data, name, error)
    encoding = _declared(data) if declared else ""
    text = _if_plausible(data, encoding)
    return Decoded(text) if text else _guessed(data, name)


# --- refusals ---------------------------------------------------------------------------------------------------------


def _refuse_other_files(data: bytes, name: str) -> None:
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise ImportRefused(
                _(
                    "%(name)s is %(what)s, not a text: save the document as .docx, HTML, Markdown or plain text.",
                    name=name,
                    what=what,
                )
            )


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


def _refuse_broken_utf8(data: bytes, name: str, error: UnicodeDecodeError) -> None:
    """What is UTF-8 but for a few places is broken UTF-8, and no other encoding."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(char > "\x7f" for char in text) - bad
    if good > 4 * bad:
        line = data.count(b"\n", 0, error.start) + 1
        raise ImportRefused(
            _(
                "%(name)s is UTF-8 but broken in line %(line)s: open it in an editor and save it as UTF-8.",
                name=name,
                line=line,
            )
        )


# --- other encodings --------------------------------------------------------------------------------------------------


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:4096])
    return _codec((found["name"] or found["xml"]).decode("ascii")) if found else ""


def _codec(name: str) -> str:
    """Python's name of an encoding, or of the larger one that its name stands for; "" for what is none."""
    name = _OTHER_NAMES.get(name.lower(), name)
    try:
        found = codecs.lookup(name)
    except LookupError:
        return ""
    if not found._is_text_encoding:  # rot13 and the like
        return ""
    return _LARGER.get(found.name, found.name)


def _if_plausible(data: bytes, encoding: str) -> str:
    """The text in this encoding, or "" where it is none: undefined bytes, or signs where letters should be."""
    if not encoding or encoding.startswith("utf"):
        return ""
    try:
        text = data.decode(encoding)
    except (UnicodeError, LookupError):
        return ""
    return text if _is_plausible(text) else ""


def _is_plausible(text: str) -> bool:
    """Whether what is beyond ASCII is mostly letters, or the punctuation that writers use, and nothing undefined.

    Nor may many words mix Latin with Greek or Cyrillic letters: that is "Café" read as Russian.
    """
    beyond = [char for char in text[:_SAMPLE] if char > "\x7f"]
    kinds = [unicodedata.category(char) for char in beyond]
    if any(kind in ("Co", "Cn", "Cs", "Cc") for kind in kinds):
        return False
    runs = len(_OTHER_SCRIPT.findall(text[:_SAMPLE]))
    if len(_TWO_SCRIPTS.findall(text[:_SAMPLE])) > 0.2 * runs:
        return False
    good = sum(kind[0] in "LMNPZ" for kind in kinds) + sum(char in "£€¥©®™°±×÷" for char in beyond)
    return good >= 0.7 * len(beyond)


def _guessed(data: bytes, name: str) -> Decoded:
    found = chardet.detect(data[:_SAMPLE], encoding_era=EncodingEra.MODERN_WEB)["encoding"]
    encoding = _codec(found or _WESTERN)
    if encoding.startswith("cp12") and _is_surely_western(data):
        encoding = _WESTERN
    text = _if_plausible(data, encoding)
    if not text and encoding.startswith("cp12") and encoding != _WESTERN:
        encoding, text = _WESTERN, _if_plausible(data, _WESTERN)
    shown = _NAMES.get(encoding, encoding.upper())
    if not text:
        raise ImportRefused(
            _(
                "%(name)s is in an encoding that was not recognised (perhaps %(encoding)s): "
                "open it in the program that wrote it and save it as UTF-8.",
                name=name,
                encoding=shown,
            )
        )
    if encoding == _WESTERN:
        return Decoded(text)
    return Decoded(text, _("The file is not UTF-8; it was read as %(encoding)s.", encoding=shown))


def _is_surely_western(data: bytes) -> bool:
    beyond = [byte for byte in data if byte > 0x7F]
    return len(beyond) <= _FEW and _SURELY_WESTERN.issuperset(bytes(beyond).decode(_WESTERN, "replace"))
