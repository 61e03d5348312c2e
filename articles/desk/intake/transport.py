"""The document that a person is importing, on its way between two pages: it travels with the form.

Nothing is stored before the draft is made. Compressed, for a text of 5 MB and its form must stay below what a request
may hold; what comes back is trusted no more than a new upload.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles import importing
from articles.importing import Imported, ImportRefused
from articles.importing.entry import LARGEST_TEXT

LARGEST_FILE = 4 * 1024 * 1024  # as it travels: a third more in the form, and a request holds 6 MB
_FILE = "file"
KINDS = (_FILE, "text", "html")  # `file` is read by the ending of its name


@dataclass(frozen=True, slots=True)
class Carried:
    data: bytes
    name: str
    kind: str

    @classmethod
    def of_file(cls, data: bytes, name: str) -> Carried:
        return cls(data, name, _FILE)

    @classmethod
    def of_text(cls, text: str, kind: str) -> Carried:
        return cls(text.encode(), "", kind)

    @property
    def is_file(self) -> bool:
        return self.kind == _FILE

    def read(self) -> Imported:
        """A document without a list of facts comes as one introduction: the preview takes roles for its blocks."""
        if self.is_file:
            return importing.read(self.data, self.name, by_hand=True)
        return importing.read_text(self.data.decode(errors="replace"), kind=self.kind, by_hand=True)

    @property
    def digest(self) -> str:
        """What the document is known by when somebody imports it again."""
        return hashlib.sha256(self.data).hexdigest()

    def packed(self) -> str:
        """Raises ImportRefused for what a form cannot carry."""
        small = zlib.compress(self.data, 6)
        if len(small) > LARGEST_FILE:
            raise ImportRefused(_("This file is larger than 4 MB: make its pictures smaller, or import it in pieces."))
        return base64.b64encode(small).decode()

    @classmethod
    def unpacked(cls, packed: str, name: str, kind: str) -> Carried:
        """Raises ImportRefused for what `packed` never gave."""
        inflating = zlib.decompressobj()
        try:
            data = inflating.decompress(base64.b64decode(packed, validate=True), LARGEST_TEXT + 1)
        except (binascii.Error, ValueError, zlib.error):
            data = b""
        if not inflating.eof or kind not in KINDS:
            raise ImportRefused(_("The document did not come back whole: import it again."))
        return cls(data, name, kind)
