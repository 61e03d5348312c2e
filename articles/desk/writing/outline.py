"""The outline, which is an article's own page: its status, what it lacks, its parts, and links to the page of each.

Also the beginning of an article: a new one from its title.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles import drafts, readiness, rights, states, workflow
from articles.desk.claims import count_words, counts_by_place
from articles.desk.pages import CHANGE, VIEW, article_url, article_view, page
from articles.desk.planning import plan, plan_words
from articles.desk.planning.fact_checks import readers_lately
from articles.desk.requests import StaffRequest
from articles.desk.restatements import drawn_by_place
from articles.desk.review import public_state
from articles.desk.uses import lines as use_lines
from articles.desk.writing import forms
from articles.desk.writing.checklist import grouped
from articles.desk.writing.summaries import card_lines, faq_lines, open_remarks
from articles.document.rules import MOST_CARDS, MOST_FAQS
from articles.models import Article, Author, Edition, History
from articles.roles import ANY_ARTICLE
from articles.states import Move, Status

#: How many of the possible moves are buttons; the others are in the menu beside them.
SHOWN_STEPS = 2


@dataclass(frozen=True)
class Step:
    """A button: a move that this person can make now, on one waiting event where the move takes one."""

    move: Move
    label: str
    address: str

    @property
    def is_forward(self) -> bool:
        """Whether it brings the article nearer to its readers."""
        return self.move.needs_ready or self.move.requires_seen_change


def add(request: StaffRequest) -> HttpResponse:
    """A title is enough; the byline of the account signs it. A template brings its parts and open remarks along."""
    rights.require(request.user, "articles.add_article")
    form = forms.NewArticleForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        authors = tuple(Author.objects.filter(user=request.user.pk).values_list("slug", flat=True))
        if template := form.cleaned_data["template"]:
            title = form.cleaned_data["title"]
            article = drafts.from_template(template, title=title, authors=authors, by=request.user)
        else:
            article = drafts.create(form.value(authors=authors), by=request.user)
        return HttpResponseRedirect(article_url("change", article))
    return page(request, "writing/add", title=_("New article"), status=400 if form.is_bound else 200, form=form)


@article_view(VIEW)
def outline(request: StaffRequest, article: Article) -> HttpResponse:
    value, html, _copies = drafts.document_and_html_of(article)
    found = readiness.problems(value, article)
    groups = grouped(article, found)
    state = workflow.public_state(article)
    remarks = open_remarks(article)
    may_settle = rights.may(request.user, workflow.restatements.SAY, article)
    restated = drawn_by_place(article, value, found, may_settle=may_settle)
    to_check = {place: count_words(*counts) for place, counts in counts_by_place(article, value).items()}
    uses = use_lines.of_cards([card.public_id for card in value.cards], request.user)
    may_edit = rights.may(request.user, CHANGE, article) and article.status != Status.ARCHIVED
    is_draft = article.effective_status in (Status.DRAFT, Status.CHANGES_REQUESTED)
    possible = steps(article, request.user, state)
    context: dict[str, Any] = {
        "effective_status_label": _(str(article.effective_status_label)),
        "live_url": _live_url(state),
        "document": value,
        "base": article_url("short", article),
        "cards": list(card_lines(value, html, remarks, found, to_check, restated, uses)),
        "faqs": list(faq_lines(value, html, remarks, found, to_check, restated)),
        "restated": restated,
        "html": html,
        "to_check": to_check,
        "claims_url": article_url("claims", article),
        "blocking": [group for group in groups if group.is_blocking],
        "advice": [group for group in groups if not group.is_blocking],
        "public": public_state.public_words(state),
        "readers": readers_lately([article.pk]).get(article.pk) if state.current else None,
        "saved_ago": ago(article.changed_at),
        "waiting": [
            (event, public_state.event_words(event), steps_on(article, event, request.user, state))
            for event in state.waiting
        ],
        "next_steps": possible[:SHOWN_STEPS],
        "further_steps": possible[SHOWN_STEPS:],
        "remarks": sum(remarks.values()),
        "sent_back": _last_sending_back(article),
        "may_edit": may_edit,
        "may_mark_template": may_edit and rights.may(request.user, ANY_ARTICLE) and (article.is_template or is_draft),
        "plans": plan_words.of(article, request.user),
        "plan_acts": plan.head_of(article, request.user),
        "is_empty": not value.cards,
        "may_link": rights.may(request.user, workflow.MAKE_LINK, article),
        "may_add": rights.may(request.user, "articles.add_article"),
        "may_delete": rights.may(request.user, "articles.delete_article", article) and not state.current,
    }
    if may_edit:
        context |= {"fixed": fixed_parts(get_language()), "limits": (MOST_CARDS, MOST_FAQS)}
    return page(request, "writing/outline", title=article.title, article=article, **context)


@lru_cache(maxsize=8)
def fixed_parts(language: str) -> dict[str, SafeString]:  # noqa: ARG001  -- the words in it are of this language
    """What is alike for everybody: the tools, the panel of the preview, and the empty forms that the script clones.

    Drawing them takes longer than the rest of the page.
    """
    empty = {
        "card_form": forms.CardForm(),
        "faq_form": forms.FaqForm(),
        "introduction_form": forms.IntroductionForm(),
        "conclusion_form": forms.ConclusionForm(),
    }
    return {
        "tools": render_to_string("desk/writing/_desk_tools.html"),
        "preview": render_to_string("desk/writing/_preview_panel.html"),
        "templates": render_to_string("desk/writing/_desk_templates.html", empty),
    }


def steps(
    article: Article, user: User, state: workflow.PublicState, facts: workflow.ReviewFacts | None = None
) -> list[Step]:
    """The buttons of an article: the way forward first, then an answer to the writer; what cannot be undone last.

    Moves that act on one waiting event stand beside that event: see `steps_on`.
    """
    found = [
        Step(move, _(move.label), address_of(move, article))
        for move in workflow.possible_moves(article, user, state, facts)
        if not move.takes_event
    ]
    return sorted(found, key=lambda step: (not step.is_forward, step.move.is_destructive, not step.move.note))


def steps_on(article: Article, event: Edition, user: User, state: workflow.PublicState) -> list[Step]:
    lacking = workflow.carries(article, state)
    return [
        Step(move, _(move.label), f"{article_url('move', article, move.name)}?event={event.pk}")
        for move in workflow.possible_moves(article, user, state)
        if move.takes_event and (move is not states.CARRY or event.pk in lacking)
    ]


def address_of(move: Move, article: Article) -> str:
    """The page that asks before the move; it carries the change number of the words that this page shows."""
    query = f"?change={article.change}" if move.requires_seen_change else ""
    return f"{article_url('move', article, move.name)}{query}"


def ago(moment: dt.datetime) -> str:
    """How long ago, in one unit."""
    if timezone.now() - moment < dt.timedelta(minutes=1):
        return _("just now")
    return _("%(time)s ago") % {"time": timesince(moment, depth=1)}


def _live_url(state: workflow.PublicState) -> str:
    return reverse("article", args=[state.current.slug]) if state.is_live and state.current else ""


def _last_sending_back(article: Article) -> History | None:
    if article.effective_status is not Status.CHANGES_REQUESTED:
        return None
    return article.history.filter(act=states.SEND_BACK.name).first()
