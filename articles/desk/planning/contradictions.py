"""Sentences of the site of which not all can be true: the list by subject, and what an editor rules on each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rights
from articles.claims.measuring import contradict
from articles.desk.pages import page
from articles.desk.places import place_name, place_url
from articles.desk.requests import StaffRequest
from articles.document import Caveat
from articles.models import Ruling, Statement, Subject
from articles.operations import contradictions
from articles.operations.contradictions import RulingError
from articles.readiness.contradictions import Contradiction, State, all_contradictions
from articles.roles import ANY_ARTICLE
from articles.text.numbers import whole_number

ON_A_PAGE = 20
_MOST_KEYS = 2**31
CHOICES = (
    (State.OPEN, gettext_lazy("Open")),
    (State.TO_CORRECT, gettext_lazy("To be corrected")),
    (State.SETTLED, gettext_lazy("Settled")),
)
EMPTY = {
    State.OPEN: gettext_lazy("No sentence contradicts another one, as far as the rules see."),
    State.TO_CORRECT: gettext_lazy("Nothing that was decided waits for its correction."),
    State.SETTLED: gettext_lazy("Nothing is settled yet."),
}


@dataclass(frozen=True)
class SentenceRow:
    """A sentence where it stands; `is_wrong`: another one was ruled to be right. `caveat_url` is the form of its fact
    with a word to readers filled in, "" where there is no doubt, or no fact.
    """

    sentence: str
    place: str
    url: str
    article: str
    is_wrong: bool
    caveat_url: str


@dataclass(frozen=True)
class Entry:
    """A contradiction on the page. `typed` and `error` are those of a ruling that was refused."""

    key: str
    found: Contradiction
    sides: list[tuple[str, str, list[SentenceRow]]]  # value, words, where it stands
    typed: dict[str, str]
    error: str = ""


def page_of_all(request: StaffRequest) -> HttpResponse:
    """GET `?show=`, a State. POST a ruling: `subject`, `measure`, `digests`, `reason`, and as `decision` “right VALUE”
    or another Verdict."""
    rights.require(request.user, contradictions.PERMISSION)
    rights.require(request.user, ANY_ARTICLE)
    if request.method == "POST":
        return _rule(request)
    return _page(request)


def _page(request: StaffRequest, refused: str = "", error: str = "") -> HttpResponse:
    """`refused` is the key of the entry whose ruling was refused: it is shown with what was typed."""
    show = request.GET.get("show", "")
    state = State(show) if show in set(State) else State.OPEN
    everything = all_contradictions()
    chosen = [each for each in everything if each.state is state]
    found = Paginator(chosen, ON_A_PAGE).get_page(request.GET.get("page"))
    entries = [_entry(each, request, refused, error) for each in found]
    counted = {each: sum(1 for one in everything if one.state is each) for each in State}
    context: dict[str, Any] = {
        "entries": entries,
        "found": found,
        "show": state,
        "choices": [(name, label, counted[name]) for name, label in CHOICES],
        "empty": EMPTY[state],
        "refused": "" if any(entry.error for entry in entries) else error,
    }
    return page(request, "planning/contradictions", title=_("Contradictions"), status=409 if error else 200, **context)


def _rule(request: StaffRequest) -> HttpResponse:
    sent = request.POST
    decision, _space, right = sent.get("decision", "").partition(" ")
    key = whole_number(sent.get("subject", ""), most=_MOST_KEYS)
    subject = Subject.objects.filter(pk=key).first() if key else None
    measure = sent.get("measure", "")
    try:
        if subject is None:
            raise RulingError(_("The sentences are others by now: read them again before you decide."))
        ruling = contradictions.rule(
            subject,
            measure,
            verdict=Ruling.Verdict.ONE_RIGHT if decision == "right" else decision,
            right=right,
            reason=sent.get("reason", ""),
            digests=sent.get("digests", "").split(),
            by=request.user,
        )
    except RulingError as error:
        return _page(request, _key(sent.get("subject", ""), measure), str(error))
    messages.success(request, _said(ruling))
    return HttpResponseRedirect(reverse("admin:articles_article_contradictions"))


def _said(ruling: Ruling) -> str:
    if ruling.verdict == Ruling.Verdict.ONE_RIGHT:
        said = _("Decided: “%(words)s” is right. The checklists of the other articles say what is to be corrected.")
        return said % {"words": ruling.right_words}
    return _("Decided. It is asked again only when one of the sentences changes.")


def _key(subject: object, measure: str) -> str:
    return f"{subject} {measure}"


def _entry(found: Contradiction, request: StaffRequest, refused: str, error: str) -> Entry:
    key = _key(found.subject.pk, found.measure)
    is_refused = key == refused
    typed = {name: request.POST.get(name, "") for name in ("decision", "reason")} if is_refused else {}
    sides = [(side.value, side.words, [_row(found, row) for row in side.statements]) for side in found.sides]
    return Entry(key, found, sides, typed, error if is_refused else "")


def _row(found: Contradiction, row: Statement) -> SentenceRow:
    return SentenceRow(
        sentence=row.sentence,
        place=place_name(row.place),
        url=place_url(row.article_id, row.place),
        article=row.article.title,
        is_wrong=not found.may_be_right(row),
        caveat_url=_caveat_url(found, row),
    )


def _caveat_url(found: Contradiction, row: Statement) -> str:
    if not row.place.startswith("card:") or found.state is State.SETTLED:
        return ""
    if found.state is State.OPEN:
        others = (side.words for side in found.sides if contradict(found.measure, row.value, side.value))
        proposed = (Caveat.DISPUTED, _("Elsewhere it is said: %(words)s.") % {"words": ", ".join(others)})
    elif found.ruling and not found.may_be_right(row):
        proposed = (Caveat.OUTDATED, _("It is: %(words)s.") % {"words": found.ruling.right_words})
    else:
        return ""
    caveat, note = proposed
    return f"{place_url(row.article_id, row.place)}?{urlencode({'caveat': caveat.value, 'note': note})}"
