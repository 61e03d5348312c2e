"""Use a fact of another article: facts that readers see, and those of articles that this person may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import workflow
from articles.desk import word_search
from articles.desk.pages import CHANGE, article_url, article_view, page
from articles.desk.requests import StaffRequest
from articles.models import Article, FactCard, PublishedFact
from articles.models.fact_uses import Mode
from articles.models.search.engine import Scope
from articles.reading.selectors.search import ask
from articles.text import markdown

MOST_FOUND = 12
_EXCERPT = 160
_FACTS = Scope(facts_only=True)


@dataclass(frozen=True)
class FoundFact:
    public_id: str
    heading: str
    excerpt: str
    article: str
    is_public: bool


@article_view(CHANGE)
def use_fact(request: StaffRequest, article: Article) -> HttpResponse:
    """GET `?q=` finds; POST `fact`, a public id, and `mode` adds a card that tells it."""
    if request.method != "POST":
        return _page(request, article)
    given = request.POST
    if given.get("mode") not in Mode.values:
        return _page(request, article, 400, _("Choose whether it follows the original."))
    try:
        card = workflow.fact_uses.use_fact(article, given.get("fact", ""), Mode(given["mode"]), by=request.user)
    except workflow.WorkflowError as error:
        return _page(request, article, 409, str(error))
    messages.success(request, _("Added: “%(fact)s”.") % {"fact": card})
    if card.spoiler_after is not None:
        sentence = _("It is closed to readers until an episode: see that its spoiler point is right in this article.")
        messages.warning(request, sentence)
    return HttpResponseRedirect(f"{article_url('change', article)}#card-{card.public_id}")


def _page(request: StaffRequest, article: Article, status: int = 200, refused: str = "") -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    asked = given.get("q", "")
    words = word_search.words_of(asked)
    found = list(_found(article, asked, words, request.user)) if words else []
    context = {
        "asked": asked,
        "has_asked": bool(words),
        "found": found,
        "modes": _modes(),
        "mode": given.get("mode") or Mode.FOLLOW,
        "refused": refused,
    }
    return page(
        request, "uses/find", title=_("Use a fact of another article"), article=article, status=status, **context
    )


def _modes() -> Sequence[tuple[Mode, str, str]]:
    return (
        (Mode.FOLLOW, _("Follow"), _("When the original is changed, you are offered its new words.")),
        (Mode.PIN, _("Pin"), _("This wording stays; you see when the original has another one.")),
        (Mode.ADAPT, _("Adapt"), _("You write your own words; you are told when the original has changed.")),
    )


def _found(article: Article, asked: str, words: Sequence[str], user: User) -> Iterator[FoundFact]:
    """What readers find by these words, the best first; then what this person may see, that has all of them."""
    own = set(article.cards.values_list("public_id", flat=True))
    seen = set(own)
    for fact in _public(asked):
        if fact.public_id not in seen:
            seen.add(fact.public_id)
            yield FoundFact(fact.public_id, fact.public_heading, fact.excerpt, fact.edition.title, is_public=True)
    keys = word_search.cards_with(words, user).keys
    cards = FactCard.objects.select_related("article").filter(pk__in=keys).exclude(article=article)
    for card in word_search.in_order(cards.exclude(public_id__in=seen))[:MOST_FOUND]:
        yield _of_card(card)


def _public(asked: str) -> list[PublishedFact]:
    """By the search that readers have: it knows other spellings and scripts."""
    found = ask(asked, timezone.now(), _FACTS).matches[:MOST_FOUND]
    rows = PublishedFact.objects.select_related("edition", "subject").defer("edition__parts")
    by_key = rows.in_bulk([match.fact for match in found if match.fact])
    return [by_key[match.fact] for match in found if match.fact in by_key]


def _of_card(card: FactCard) -> FoundFact:
    excerpt = markdown.excerpt(card.body[: 4 * _EXCERPT], _EXCERPT)
    return FoundFact(card.public_id, str(card), excerpt, card.article.title, is_public=False)
