"""A picture of an article or a fact, as a page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.safestring import SafeString

from articles.models.pictures import Renditions
from articles.reading.outputs import log_left_out
from articles.text import markdown


class Cover(NamedTuple):
    """A picture of an article or a fact as an edition stores it, with the smaller copies that there were then."""

    url: str
    width: int
    height: int
    alt: str = ""
    credit: str = ""
    licence: str = ""
    focal_x: int = 50
    focal_y: int = 50
    file: str = ""
    widths: tuple[int, ...] = ()
    formats: tuple[str, ...] = ()

    @property
    def credit_html(self) -> SafeString:
        return markdown.inline(", ".join(filter(None, (self.credit, self.licence))))

    @property
    def src(self) -> str:
        return self._copies.fallback(self.url)

    @property
    def sources(self) -> list[tuple[str, str]]:
        """Media types, each with its srcset."""
        found = self._copies.sources(self.url)
        return [(kind, ", ".join(f"{url} {width}w" for url, width in copies)) for kind, copies in found]

    @property
    def _copies(self) -> Renditions:
        return Renditions(self.widths, self.formats)

    @property
    def focus(self) -> str:
        """Classes for a place that cuts the picture: where its focal point is, in tenths (static/css/focus.css)."""
        places = (("x", self.focal_x), ("y", self.focal_y))
        return " ".join(f"focus-{axis}-{round(place, -1)}" for axis, place in places if round(place, -1) != 50)

    @classmethod
    def of(cls, value: Mapping[str, Any] | None, row: object) -> Cover | None:
        """None without a cover, and for what is none: that is logged with the name of `row`."""
        if not value:
            return None
        if not isinstance(value, Mapping) or not isinstance(value.get("url"), str):
            log_left_out(row, f"its picture is none: {value!r:.80}")
            return None
        found = map(value.get, cls._fields, _NO_COVER)
        return cls._make([tuple(each) if type(each) is list else each for each in found])


#: What an edition of an older renderer does not say of its cover.
_NO_COVER = Cover("", 0, 0)
