"""Parts of an article by their places (as in a Problem), for pages that name parts of many articles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.desk.pages import article_url

_NAMES: Mapping[str, Any] = {
    "details": _("Details"),
    "introduction": _("Introduction"),
    "card": _("Fact"),
    "conclusion": _("Conclusion"),
    "faq": _("Question"),
}


def place_name(place: str) -> str:
    """What kind of part it is."""
    return str(_NAMES.get(place.partition(":")[0], ""))


def place_url(article: int, place: str) -> str:
    """The form of the part."""
    kind, _colon, public_id = place.partition(":")
    return article_url(kind, article, public_id) if public_id else article_url(kind, article)
