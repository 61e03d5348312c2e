"""What the demo has beside its articles: a page that its editors wrote, facts that they chose for the home page, and
what readers reported and found interesting.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles import rights
from articles.models import FeaturedFact, PublishedFact, Report, SitePage, VoteCount
from articles.operations import featuring


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
    if rights.may(editor, featuring.PERMISSION) and not FeaturedFact.objects.exists():
        for heading in site["featured"]:
            if fact := _fact_called(heading):
                featuring.feature(fact.public_id, by=editor)
    if not VoteCount.objects.exists():
        found = filter(None, map(_fact_called, site["featured"]))
        VoteCount.objects.bulk_create(
            VoteCount(public_id=fact.public_id, votes=41 // place) for place, fact in enumerate(found, 1)
        )
        VoteCount.objects.settle()


def _fact_called(heading: str) -> PublishedFact | None:
    """The fact before readers with this heading."""
    found: PublishedFact | None = (
        PublishedFact.objects.in_force().filter(heading=heading).select_related("edition", "subject").first()
    )
    return found


def _load_report(editor: User, fact: str, words: str, days_ago: int, answer: str = "", **more: str) -> None:
    found = _fact_called(fact)
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
