"""The outline, which is an article's own page: where it stands, what it lacks, its parts, and the way to each.

Also the beginning and the end of an article: a new one from its title, deleting one that nobody ever saw.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import document, drafts, readiness, rights, states, workflow
from articles.desk import forms, standing
from articles.desk.pages import at, of_article, page
from articles.models import Article, Author, Edition, History
from articles.readiness import Problem
from articles.states import Move, Status
from articles.text import markdown

#: Of a body only its beginning is read for the first words.
_BEGINNING, _FIRST_WORDS = 500, 120


@dataclass(frozen=True)
class CardLine:
    """A card as the outline shows it."""

    public_id: str
    number: int | None
    emoji: str
    heading: str
    first_words: str
    tags: int
    sources: int
    spoiler_after: int | None
    remarks: int
    lacking: int  # what keeps it from being handed in
    advice: int


@dataclass(frozen=True)
class Step:
    """A button: a move that this person can make now, on one waiting event where the move takes one."""

    move: Move
    label: str
    address: str

    @property
    def is_forward(self) -> bool:
        """Whether it brings the article nearer to its readers."""
        return self.move.needs_ready or self.move.names_change


def add(request: HttpRequest) -> HttpResponse:
    """A title is enough; the byline of the account signs it."""
    rights.require(request.user, "articles.add_article")
    form = forms.NewArticleForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        authors = Author.objects.filter(user=request.user.pk).values_list("slug", flat=True)
        article = drafts.create(form.value(authors=tuple(authors)), by=request.user)
        return HttpResponseRedirect(at("change", article))
    return page(request, "add", title=_("New article"), status=400 if form.is_bound else 200, form=form)


@of_article("articles.view_article")
def outline(request: HttpRequest, article: Article) -> HttpResponse:
    value = drafts.document_of(article)
    found = readiness.problems(value, article)
    state = workflow.public_state(article)
    archived = article.status == Status.ARCHIVED
    remarks = open_remarks(article)
    context: dict[str, Any] = {
        "standing_label": _(str(article.standing_label)),
        "live_url": _live_url(state),
        "document": value,
        "cards": list(card_lines(value, remarks, found)),
        "order_token": drafts.token(tuple(card.public_id for card in value.cards)),
        "first_words": {"introduction": first_words(value.introduction), "conclusion": first_words(value.conclusion)},
        "blocking": linked(article, (problem for problem in found if problem.is_blocking)),
        "advice": linked(article, (problem for problem in found if not problem.is_blocking)),
        "public": standing.public_words(state),
        "waiting": [
            (event, standing.event_words(event), steps_on(article, event, request.user, state))
            for event in state.waiting
        ],
        "steps": steps(article, request.user, state),
        "remarks": sum(remarks.values()),
        "sent_back": _last_sending_back(article),
        "may_edit": rights.may(request.user, "articles.change_article", article) and not archived,
        "may_delete": rights.may(request.user, "articles.delete_article", article) and not state.current,
    }
    return page(request, "outline", title=article.title, article=article, **context)


@of_article("articles.delete_article")
def delete(request: HttpRequest, article: Article) -> HttpResponse:
    """GET asks, POST deletes what no reader ever saw. Anything else is refused with a sentence."""
    status, sentence = 200, ""
    if request.method == "POST":
        try:
            drafts.delete(article, by=request.user)
        except drafts.DraftError as error:
            status, sentence = 409, str(error)
        else:
            messages.success(request, _("Deleted: “%(name)s”.") % {"name": article.title})
            return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
    context = {"refused": sentence, "card_total": article.cards.count()}
    return page(request, "delete", title=_("Delete this article?"), article=article, status=status, **context)


def card_lines(value: document.Document, remarks: Counter[str], problems: Iterable[Problem]) -> Iterator[CardLine]:
    found = Counter((problem.place, problem.is_blocking) for problem in problems)
    for number, card in value.numbered_cards():
        yield CardLine(
            public_id=card.public_id,
            number=number,
            emoji=card.emoji,
            heading=card.heading,
            first_words=first_words(card.body),
            tags=len(card.tags),
            sources=len(card.sources),
            spoiler_after=card.spoiler_after,
            remarks=remarks[card.public_id],
            lacking=found[f"card:{card.public_id}", True],
            advice=found[f"card:{card.public_id}", False],
        )


def first_words(body: str) -> str:
    return _first_words(body[:_BEGINNING])


@lru_cache(maxsize=4000)
def _first_words(beginning: str) -> str:
    """Kept, because the outline is opened after each save and asks for the same 200 beginnings again."""
    return markdown.excerpt(beginning, _FIRST_WORDS)


def open_remarks(article: Article) -> Counter[str]:
    """How many remarks are open, by the public id of their card; "" for those on the whole article."""
    rows = article.comments.filter(parent=None, resolved_at=None).order_by()
    counts = rows.values_list("card__public_id").annotate(total=Count("pk"))
    return Counter({public_id or "": total for public_id, total in counts})


def linked(article: Article, problems: Iterable[Problem]) -> list[tuple[str, str]]:
    """Problems as (sentence, address of the page where it is put right)."""
    return [(problem.sentence, place_of(article, problem)) for problem in problems]


def place_of(article: Article, problem: Problem) -> str:
    kind, _colon, public_id = problem.place.partition(":")
    if problem.code == "no-cards":
        return at("card_add", article)
    return at(kind, article, public_id) if public_id else at(kind, article)


def steps(article: Article, user: Any, state: workflow.PublicState) -> list[Step]:
    """The buttons of an article, the way forward first and what cannot be undone last.

    Moves that act on one waiting event stand beside that event: see `steps_on`.
    """
    found = [
        Step(move, _(move.label), address_of(move, article))
        for move in workflow.possible_moves(article, user, state)
        if not move.takes_event
    ]
    return sorted(found, key=lambda step: (not step.is_forward, step.move.dangerous))


def steps_on(article: Article, event: Edition, user: Any, state: workflow.PublicState) -> list[Step]:
    return [
        Step(move, _(move.label), f"{at('move', article, move.name)}?event={event.pk}")
        for move in workflow.possible_moves(article, user, state)
        if move.takes_event
    ]


def address_of(move: Move, article: Article) -> str:
    """The page that asks before the move; it carries the change number of the words that this page shows."""
    query = f"?change={article.change}" if move.names_change else ""
    return f"{at('move', article, move.name)}{query}"


def _live_url(state: workflow.PublicState) -> str:
    return reverse("article", args=[state.current.slug]) if state.is_live and state.current else ""


def _last_sending_back(article: Article) -> History | None:
    if article.standing is not Status.CHANGES_REQUESTED:
        return None
    return article.history.filter(act=states.SEND_BACK.name).first()
