"""What the desk's script asks for: every part with its token, who else is here, and what is missing.

    GET  contents/   {account, csrf, change, status, order, parts, html, remarks}
                     parts: {place: {token, value}} with places as in a Problem; order: {cards|faqs: {ids, token}}
                     html: {place: HTML of the body}, empty without ?html: the page comes with it
    POST pulse/      place= (the part that is open) or gone=1   ->   {change, status, people: [{name, place}], remarks}
                     remarks: another text whenever a comment is added or decided on; "" without any
    GET  checklist/  {change, groups: [{code, blocking, sentence, problems: [problem]}], claims, checked, restated}
                     problem: {code, place, field, sentence, blocking, url, links: [{words, url}]}
                     claims: {place: how many things can be checked there}, without those that have none,
                     checked: {place: how many of them are proved, checked or set aside}
                     restated: {place: HTML of what still says there what a fact said before}

A script that finds its CSRF token too old asks for contents/: after signing in again there is another one.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from articles import drafts, readiness, rights, workflow
from articles.desk.claims import counts_by_place
from articles.desk.pages import CHANGE, VIEW, article_view
from articles.desk.requests import StaffRequest
from articles.desk.restatements import drawn_by_place
from articles.desk.writing.checklist import grouped, groups_as_values
from articles.desk.writing.summaries import open_remarks
from articles.models import Article, Presence

#: Somebody whose script has not reported for so long counts as gone; scripts report every 8 seconds.
HERE = dt.timedelta(seconds=20)
_MOST_PEOPLE = 20


@require_GET
@article_view(CHANGE)
def contents(request: StaffRequest, article: Article) -> JsonResponse:
    value, html = (
        drafts.document_and_html_of(article)[:2] if "html" in request.GET else (drafts.document_of(article), {})
    )
    parts: dict[str, Any] = {
        "details": drafts.details_of(article),
        "introduction": drafts.introduction_of(article),
        "conclusion": drafts.conclusion_of(article),
        **{f"card:{card.public_id}": card for card in value.cards},
        **{f"faq:{faq.public_id}": faq for faq in value.faqs},
    }
    answer = {
        "account": request.user.pk,
        "csrf": get_token(request),
        "change": article.change,
        "status": status_of(article),
        "order": {
            "cards": _order(tuple(card.public_id for card in value.cards)),
            "faqs": _order(tuple(faq.public_id for faq in value.faqs)),
        },
        "parts": {
            place: {"token": drafts.token(part), "value": dataclasses.asdict(part)} for place, part in parts.items()
        },
        "html": html,
        "remarks": open_remarks(article),
    }
    return JsonResponse(answer)


def _order(public_ids: tuple[str, ...]) -> dict[str, Any]:
    return {"ids": public_ids, "token": drafts.token(public_ids)}


@require_POST
@article_view(VIEW)
def pulse(request: StaffRequest, article: Article) -> JsonResponse:
    """Notes that this person has the article open (or has left it); gives the others who have it open."""
    now, me = timezone.now(), request.user
    rows = Presence.objects.filter(article=article)
    if request.POST.get("gone"):
        rows.filter(user=me).delete()
        return JsonResponse({})
    place = request.POST.get("place", "")[: Presence._meta.get_field("place").max_length or 0]
    Presence.objects.update_or_create(article=article, user=me, defaults={"seen_at": now, "place": place})
    others = rows.exclude(user=me).filter(seen_at__gt=now - HERE).select_related("user")
    people = [
        {"name": row.user.get_short_name() or row.user.get_username(), "place": row.place}
        for row in others.order_by("user__username")[:_MOST_PEOPLE]
    ]
    stamp = workflow.stamp_of(article)
    return JsonResponse({"change": article.change, "status": status_of(article), "people": people, "remarks": stamp})


@require_GET
@article_view(VIEW)
def checklist(request: StaffRequest, article: Article) -> JsonResponse:
    value = drafts.document_of(article)
    found = readiness.problems(value, article)
    groups = groups_as_values(grouped(article, found))
    counts = counts_by_place(article, value)
    claims = {place: count for place, (count, _done) in counts.items() if count}
    checked = {place: done for place, (_count, done) in counts.items() if done}
    answer = {"change": article.change, "groups": groups, "claims": claims, "checked": checked}
    may_settle = rights.may(request.user, workflow.restatements.SAY, article)
    return JsonResponse(answer | {"restated": drawn_by_place(article, value, found, may_settle=may_settle)})


def status_of(article: Article) -> dict[str, str]:
    return {"status": article.effective_status.value, "label": _(str(article.effective_status_label))}
