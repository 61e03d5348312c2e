"""What the demo has beside its articles: a page that its editors wrote, and what readers reported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.models import PublishedFact, Report, SitePage


@transaction.atomic
def load_site_content(site: Mapping[str, Any], editor: User) -> None:
    """What the site has already is left as it is, and a report of a fact that is not live is left out."""
    for row in site["pages"]:
        if not SitePage.objects.filter(slug=row["slug"]).exists():
            page = SitePage(**row)
            page.full_clean()
            page.save()
    for row in site["reports"]:
        _load_report(editor=editor, **row)


def _load_report(editor: User, fact: str, words: str, days_ago: int, answer: str = "", **more: str) -> None:
    found = PublishedFact.objects.in_force().filter(heading=fact).select_related("edition", "subject").first()
    if found is None or Report.objects.filter(public_id=found.public_id, words=words).exists():
        return
    report = Report(
        public_id=found.public_id,
        article_id=found.edition.article_id,
        heading=found.public_heading,
        words=words,
        made_at=timezone.now() - dt.timedelta(days=days_ago),
        **more,
    )
    if answer:
        report.answer, report.closed_at, report.closed_by = answer, timezone.now(), editor
    report.full_clean(exclude=["sender"])  # which is forgotten after a day
    report.save()
