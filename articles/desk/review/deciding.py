"""The review page: an article as readers will see it, and beside each part what an editor decides on it.

GET  review/          the page
POST review/decide/   place, token, verdict, note   ->  the page again; a script gets
                          {html, approved, progress, steps, is_over, sentence}
POST review/lock/     place, reason
POST review/unlock/   lock
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rights, states, workflow
from articles.desk.pages import CHANGE, VIEW, article_url, article_view, page, post_only, refuse, wants_json
from articles.desk.requests import MOST_INTEGER, StaffRequest, name_of
from articles.desk.review import pieces
from articles.desk.writing.outline import ago, steps
from articles.models import Article
from articles.states import Status
from articles.text.numbers import whole_number
from articles.workflow import NotReadyError, Verdict

DECIDE = states.APPROVE.permission
_ALL_APPROVED = gettext_lazy("With this, every part is approved: the article can be published.")


@article_view(VIEW, among=workflow.with_review_facts(Article.objects.all()))
def review(request: StaffRequest, article: Article) -> HttpResponse:
    facts = workflow.review_facts_in(article)
    found = pieces.review_page(article, request.user, facts)
    state = workflow.public_state(article)
    may_decide = rights.may(request.user, DECIDE, article) and article.effective_status is Status.IN_REVIEW
    context: dict[str, Any] = {
        "found": found,
        "banner": [*_banner(request, article, found), *workflow.approver_problems()],
        "base": article_url("short", article),
        "say": _say() if may_decide else "",
        "may_lock": rights.may(request.user, CHANGE, article),
        "may_unlock_all": rights.may(request.user, DECIDE, article),
        "csrf_token": get_token(request),
        "may_link": rights.may(request.user, workflow.MAKE_LINK, article),
        "steps": steps(article, request.user, state, facts),
    }
    return page(request, "review/review", title=_("Review"), article=article, **context)


@article_view(DECIDE)
@post_only("review")
def decide(request: StaffRequest, article: Article) -> HttpResponse:
    given = request.POST
    place, verdict = given.get("place", ""), given.get("verdict", "")
    if verdict not in Verdict.values:
        return refuse(request, article, _("A part is approved, asked about or sent back."), status=400)
    try:
        now = workflow.decide(
            article,
            place,
            Verdict(verdict),
            by=request.user,
            token=given.get("token", ""),
            note=given.get("note", ""),
        )
    except NotReadyError as error:
        return refuse(request, article, " ".join(str(problem.sentence) for problem in error.problems))
    except workflow.WorkflowError as error:
        return refuse(request, article, str(error))
    if wants_json(request):
        return _piece(request, now, place)
    if now.effective_status is Status.APPROVED:
        messages.success(request, _ALL_APPROVED)
        return HttpResponseRedirect(article_url("review", article))
    return HttpResponseRedirect(f"{article_url('review', article)}#{place.replace(':', '-')}")


@article_view(CHANGE)
@post_only("review")
def lock(request: StaffRequest, article: Article) -> HttpResponse:
    try:
        workflow.lock(article, request.POST.get("place", ""), request.POST.get("reason", ""), by=request.user)
    except workflow.WorkflowError as error:
        return refuse(request, article, str(error))
    messages.success(request, _("Locked: nobody else changes or publishes it until the lock is lifted."))
    return HttpResponseRedirect(article_url("review", article))


@article_view(CHANGE)
@post_only("review")
def unlock(request: StaffRequest, article: Article) -> HttpResponse:
    number = whole_number(request.POST.get("lock", ""), most=MOST_INTEGER)
    found = article.locks.select_related("article", "by").filter(pk=number).first() if number else None
    if found is None:
        return refuse(request, article, _("There is no such lock on this article."))
    try:
        workflow.unlock(found, by=request.user)
    except workflow.WorkflowError as error:
        return refuse(request, article, str(error))
    messages.success(request, _("The lock is lifted."))
    return HttpResponseRedirect(article_url("review", article))


def _piece(request: StaffRequest, article: Article, place: str) -> JsonResponse:
    """The part as it is now, and how far the review is."""
    found, state = pieces.review_page(article, request.user), workflow.public_state(article)
    is_over = article.effective_status is not Status.IN_REVIEW
    part = found.part(place)
    context = {
        "parts": [part] if part else [],
        "article": article,
        "base": article_url("short", article),
        "say": "" if is_over else _say(),
        "may_unlock_all": True,
        "csrf_token": get_token(request),
        "user": request.user,
    }
    html = render_to_string("desk/review/_pieces.html", context)
    sentence = str(_ALL_APPROVED) if is_over else ""
    if not is_over and found.review.is_approved:
        sentence = _("Every part is approved. Something is still open: “Approve” above asks about it.")
    return JsonResponse(
        {
            "html": html,
            "approved": found.approved,
            "progress": found.progress,
            "steps": [[step.label, step.address] for step in steps(article, request.user, state)],
            "is_over": is_over,
            "sentence": sentence,
        }
    )


def _say() -> SafeString:
    """What is the same in the form of each part."""
    return render_to_string("desk/review/_say.html")


def _banner(request: StaffRequest, article: Article, found: pieces.ReviewPage) -> list[str]:
    """What this person should know before they read."""
    if article.effective_status is not Status.IN_REVIEW:
        status = {"status": _(str(article.effective_status_label))}
        return [_("Not in review now (%(status)s): parts can be decided on once it is handed in.") % status]
    if not rights.may(request.user, DECIDE, article):
        return [_("Editors are reading this. You will find here what they say of each part.")]
    if found.why_not:
        return [found.why_not]
    who = {"name": name_of(article.changed_by) if article.changed_by else "—", "when": ago(article.changed_at)}
    words = [_("Last changed by %(name)s, %(when)s.") % who]
    if any(part.review.mine for part in found.parts):
        new = {"new": found.new_to_me}
        words.append(_("%(new)s parts are new to you since you looked last; the others are folded.") % new)
    return words
