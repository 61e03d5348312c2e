"""The guides as pages of the desk. They are files of `docs/`, written once; their pictures are static files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from PIL import Image

from articles.desk.pages import page
from articles.text import markdown

FOLDER = Path(settings.BASE_DIR) / "docs"
#: By the end of their addresses; the first is for everybody.
GUIDES = {"writing": gettext_lazy("Writing"), "reviewing": gettext_lazy("Reviewing and publishing")}
PICTURES = Path(settings.BASE_DIR) / "static" / "desk" / "help"
#: As the file names them, so that they show where the file itself is read too.
_PICTURE = re.compile(r"\]\(\.\./static/desk/help/([a-z-]+\.png)\)")
_SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
_TITLE = re.compile(r"\A# .+\n")


@dataclass(frozen=True, slots=True)
class Section:
    """`anchor` is what code hosts make of the title too, so that links within the guide lead there in both places."""

    title: str
    anchor: str
    html: SafeString


@require_safe
def guide(request: HttpRequest, name: str = "writing") -> HttpResponse:
    """404 for a guide that there is not, and where the site is served without its docs."""
    path = FOLDER / f"{name}.md"
    if name not in GUIDES or not path.is_file():
        raise Http404(name)
    opening, sections = parts_of(path.read_text(encoding="utf-8"))
    others = [(title, reverse("admin:help_of", args=[other])) for other, title in GUIDES.items() if other != name]
    return page(
        request, "guide", title=f"{_('Help')}: {GUIDES[name]}", opening=opening, sections=sections, others=others
    )


def parts_of(source: str) -> tuple[SafeString, list[Section]]:
    """What stands before the first section, without the title, and the sections."""
    opening, *rest = _SECTION.split(_TITLE.sub("", source))
    sections = [Section(title, slugify(title), _html(text)) for title, text in zip(rest[::2], rest[1::2], strict=True)]
    return _html(opening), sections


def _html(source: str) -> SafeString:
    return markdown.render(_PICTURE.sub(r"](picture:\1)", source), _picture)


def _picture(name: str) -> markdown.Image | None:
    path = PICTURES / name
    if not path.is_file():
        return None
    with Image.open(path) as image:
        return markdown.Image(static(f"desk/help/{name}"), *image.size)
