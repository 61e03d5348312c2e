"""Rendering editions again after the renderer changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles import publishing
from articles.document import DocumentError
from articles.models import Edition, SitePage
from articles.models.pictures import regenerate_renditions


@dataclass(frozen=True)
class Rebuilt:
    count: int
    failures: Sequence[str]


def rebuild_editions(*, everything: bool = False) -> Rebuilt:
    """Renders each version that an older renderer made (or each one) again, in a transaction of its own.

    Copies that its pictures lack are made before. Stopped in the middle and run again it goes on where it was.
    """
    for page in SitePage.objects.all():  # three at most, and they do not say which renderer made them
        page.save(update_fields=["html"])
    versions = Edition.objects.versions() if everything else Edition.objects.outdated()
    count, failures = 0, []
    # Sorted here: in their order SQLite would read all rows, which hold whole articles.
    for pk in sorted(versions.order_by().values_list("pk", flat=True)):
        edition = Edition.objects.select_related("article", "revision").get(pk=pk)
        try:
            _regenerate_pictures(edition)
            publishing.rebuild(edition)
            count += 1
        except DocumentError as error:
            failures.append(f"{edition.slug} of {edition.visible_from:%Y-%m-%d %H:%M}: {error}")
    return Rebuilt(count, failures)


def _regenerate_pictures(edition: Edition) -> None:
    if edition.revision is not None:
        for picture in edition.revision.document.pictures:
            regenerate_renditions(picture)
