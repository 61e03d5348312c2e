"""Two states of an article side by side: what is live, a revision, the working copy as it is now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from articles import document, drafts, rights, workflow
from articles.desk.pages import CHANGE, article_view, page, refuse
from articles.desk.requests import MOST_INTEGER, StaffRequest
from articles.desk.review import differences, rendered
from articles.document import Document
from articles.models import Article, Revision
from articles.text.numbers import whole_number
from articles.translation import translated

NOW, LIVE = "now", "live"
RENDERED = "rendered"
#: A list offers so many revisions, the newest; an older one that was chosen stands in it too.
MOST_LISTED = 200


@dataclass(frozen=True)
class Side:
    """`key` is the side's name in an address, `revision` the number of the revision whose words these are."""

    name: str
    document: Document
    key: str = ""
    revision: int | None = None


@dataclass(frozen=True)
class Choice:
    value: str
    label: str


@article_view("articles.view_article")
def compare(request: StaffRequest, article: Article) -> HttpResponse:
    """`?old=` and `?new=` are "live", "now" or the number of a revision; without `old` the last version that counted.

    `as=rendered` shows both as readers see them.
    """
    state = workflow.public_state(article)
    new = side_at(article, request.GET.get("new") or NOW, state)
    old = side_at(article, request.GET["old"], state) if request.GET.get("old") else earlier_side(article, state)
    is_rendered = request.GET.get("as") == RENDERED
    context: dict[str, Any] = {"comparison": None, "is_rendered": is_rendered, "old_key": old.key if old else ""}
    if old and is_rendered and (too_much := document.excess(old.document) or document.excess(new.document)):
        return refuse(request, article, translated(too_much))
    if old:
        comparison = document.compare(old.document, new.document)
        context["comparison"] = _for_page(old, new, comparison)
        context["pairs"] = rendered.pairs(old.document, new.document, comparison) if is_rendered else []
        if rights.may(request.user, CHANGE, article):
            context["restore"] = {"old": old.revision, "new": new.revision}
    context["choices"] = list(choices(article, state, {side.revision for side in (old, new) if side and side.revision}))
    return page(request, "review/compare", title=_("Comparison"), article=article, new_key=new.key, **context)


def choices(article: Article, state: workflow.PublicState, chosen: set[int]) -> Iterator[Choice]:
    """What can be compared: the working copy, what is live, and each revision."""
    yield Choice(NOW, _("now: the working copy"))
    if state.current and state.current.revision:
        yield Choice(LIVE, _("live: what readers see"))
    rows = article.revisions.select_related("made_by").defer("content")
    listed = list(rows[:MOST_LISTED])
    older = rows.filter(number__in=chosen - {row.number for row in listed})
    for row in [*listed, *older]:
        yield Choice(str(row.number), label_of(row))


def label_of(row: Revision) -> str:
    """A revision in a list: its number and name, why it was kept, when and by whom."""
    day = formats.date_format(timezone.localtime(row.made_at), "SHORT_DATETIME_FORMAT")
    who = row.made_by.get_username() if row.made_by else ""
    return " · ".join(filter(None, (str(row), str(row.get_reason_display()), day, who)))


def side_at(article: Article, name: str, state: workflow.PublicState) -> Side:
    """Raises Http404 for a name that means nothing in this article."""
    if name == NOW:
        words = _("the working copy, change %(change)s") % {"change": article.change}
        return Side(words, drafts.document_of(article), NOW)
    if name == LIVE:
        live = state.current.revision if state.current else None
        if live is None:
            raise Http404
        return _live_side(live)
    return revision_side(revision_at(article, name))


def revision_at(article: Article, number: str | int) -> Revision:
    """Raises Http404 for a number that no revision of the article has."""
    wanted = whole_number(str(number), most=MOST_INTEGER)
    if wanted is None:
        raise Http404
    revision: Revision = get_object_or_404(article.revisions, number=wanted)
    return revision


def revision_side(revision: Revision) -> Side:
    words = _("revision %(number)s") % {"number": revision.number}
    return Side(words, revision.document, str(revision.number), revision.number)


def _live_side(revision: Revision) -> Side:
    return Side(_("what is live"), revision.document, LIVE, revision.number)


def public_side(article: Article, state: workflow.PublicState) -> Side | None:
    """What an editor compares new words with: what is live, else what last was, else what was approved before, else
    what was handed in before: on a second round there is something to compare, though nothing was public.
    """
    if state.current and state.current.revision:
        return _live_side(state.current.revision)
    last = Revision.objects.filter(editions__article=article).order_by("-editions__visible_from").first()
    if last is None and article.approved_revision_id:
        last = article.approved_revision
    last = last or _handed_in_before(article).first()
    return revision_side(last) if last else None


def _handed_in_before(article: Article) -> QuerySet[Revision]:
    """The latest first; the words as they are now were not there to be read before."""
    return article.revisions.filter(reason=Revision.Reason.SUBMITTED).exclude(change=article.change)


def earlier_side(article: Article, state: workflow.PublicState) -> Side | None:
    """As `public_side`, else the newest version of other words, else the newest there is."""
    if found := public_side(article, state):
        return found
    last = article.revisions.exclude(change=article.change).first() or article.revisions.first()
    return revision_side(last) if last else None


def between(old: Side, new: Side) -> dict[str, Any]:
    """For the template `_comparison.html`."""
    comparison = document.compare(old.document, new.document)
    return {"old": old.name, "new": new.name, **differences.of_documents(comparison)}


def _for_page(old: Side, new: Side, comparison: document.Comparison) -> dict[str, Any]:
    """With the parts that a person may want back, beside facts and questions."""
    changed = {change.name for change in comparison.fields}
    parts = [("introduction", _("introduction"))] if "introduction" in changed else []
    if changed & {"conclusion", "conclusion_heading"}:
        parts.append(("conclusion", _("conclusion")))
    found = {"old": old.name, "new": new.name, **differences.of_documents(comparison)}
    return {**found, "parts": [_Part(place, label, old, new) for place, label in parts]}


class _Part:
    """A part that an article has once, and in which of the two states it has words."""

    def __init__(self, place: str, label: str, old: Side, new: Side) -> None:
        self.place, self.label = place, label
        self.in_old, self.in_new = (place in drafts.pieces_of(side.document) for side in (old, new))


def with_the_public(article: Article, now: Document, state: workflow.PublicState) -> dict[str, Any] | None:
    """The comparison on the pages that ask before an approval or a publication; None on the first round."""
    old = public_side(article, state)
    return between(old, Side(_("the words as they are now"), now)) if old else None
