"""Two states of an article side by side: what is live, a revision, the working copy as it is now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from articles import document, drafts, workflow
from articles.desk.pages import article_view, page
from articles.desk.requests import MOST_INTEGER, StaffRequest
from articles.desk.review import differences
from articles.document import Document
from articles.models import Article, Revision
from articles.text.numbers import whole_number

NOW, LIVE = "now", "live"


@dataclass(frozen=True)
class Side:
    name: str
    document: Document


@article_view("articles.view_article")
def compare(request: StaffRequest, article: Article) -> HttpResponse:
    """`?old=` and `?new=` are "live", "now" or the number of a revision; without them what is live and what is now."""
    state = workflow.public_state(article)
    new = side_at(article, request.GET.get("new", NOW), state)
    old = side_at(article, request.GET["old"], state) if "old" in request.GET else public_side(article, state)
    comparison = between(old, new) if old else None
    return page(request, "review/compare", title=_("Comparison"), article=article, comparison=comparison)


def side_at(article: Article, name: str, state: workflow.PublicState) -> Side:
    """Raises Http404 for a name that means nothing in this article."""
    if name == NOW:
        return Side(_("the working copy, change %(change)s") % {"change": article.change}, drafts.document_of(article))
    if name == LIVE:
        live = state.current.revision if state.current else None
        if live is None:
            raise Http404
        return Side(_("what is live"), live.document)
    return revision_side(revision_at(article, name))


def revision_at(article: Article, number: str | int) -> Revision:
    """Raises Http404 for a number that no revision of the article has."""
    wanted = whole_number(str(number), most=MOST_INTEGER)
    if wanted is None:
        raise Http404
    revision: Revision = get_object_or_404(article.revisions, number=wanted)
    return revision


def revision_side(revision: Revision) -> Side:
    return Side(_("revision %(number)s") % {"number": revision.number}, revision.document)


def public_side(article: Article, state: workflow.PublicState) -> Side | None:
    """What an editor compares new words with: what is live, else what last was, else what was approved before."""
    if state.current and state.current.revision:
        return Side(_("what is live"), state.current.revision.document)
    last = Revision.objects.filter(editions__article=article).order_by("-editions__visible_from").first()
    if last is None and article.approved_revision_id:
        last = Revision.objects.get(pk=article.approved_revision_id)
    return revision_side(last) if last else None


def between(old: Side, new: Side) -> dict[str, Any]:
    comparison = document.compare(old.document, new.document)
    return {"old": old.name, "new": new.name, **differences.of_documents(comparison)}


def with_the_public(article: Article, now: Document, state: workflow.PublicState) -> dict[str, Any] | None:
    """The comparison on the pages that ask before an approval or a publication; None when nothing was public."""
    old = public_side(article, state)
    return between(old, Side(_("the words as they are now"), now)) if old else None
