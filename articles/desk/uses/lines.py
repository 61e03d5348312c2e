"""How a card and the other cards that tell its fact stand to each other, in words and for one person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import drafts, rights, workflow
from articles.desk.pages import VIEW, article_url
from articles.drafts import CardUses, Origin, Use, UseState
from articles.models import Article
from articles.models.fact_uses import Mode

_STATES = {
    UseState.SAME: gettext_lazy("with the words of the original"),
    UseState.PENDING: gettext_lazy("the original has changed: take its words over, or keep ours"),
    UseState.KEPT: gettext_lazy("the original has changed, and somebody kept the words here"),
    UseState.PINNED: gettext_lazy("the original says the same"),
    UseState.CHANGED: gettext_lazy("the original has changed since"),
    UseState.OWN: gettext_lazy("compared with the original"),
    UseState.STALE: gettext_lazy("the original has changed: compare the two"),
}
#: What somebody should look at.
WANTS_A_LOOK = {UseState.PENDING, UseState.STALE, UseState.GONE}


@dataclass(frozen=True)
class UseLine:
    """A card that tells a fact after another one. `article` is the other side; `url` is empty where it is not theirs to
    see.
    """

    article: str
    url: str
    mode: Mode
    state: UseState
    state_words: str

    @property
    def mode_words(self) -> str:
        return str(self.mode.label)

    @property
    def wants_a_look(self) -> bool:
        return self.state in WANTS_A_LOOK


@dataclass(frozen=True)
class CardLines:
    """Of one card: the fact that it tells, and the cards that tell its own."""

    use: UseLine | None
    users: list[UseLine]


def of_cards(public_ids: Collection[str], user: User) -> dict[str, CardLines]:
    """By card; those that stand alone are left out. One query where all do, else a fixed number."""
    return {public_id: of_found(found, user) for public_id, found in drafts.uses_of(public_ids).items()}


def users_of(article: Article, user: User) -> list[tuple[str, list[UseLine]]]:
    """The facts of an article that others tell: heading, and by whom. One query where there are none."""
    ids = article.cards.order_by("position").values_list("public_id", "heading")
    headings = dict(ids)
    found = of_cards(headings, user)
    return [(headings[each], found[each].users) for each in headings if each in found and found[each].users]


def of_found(found: CardUses, user: User) -> CardLines:
    to_origin = _line_to_origin(found.use, user) if found.use else None
    return CardLines(to_origin, [_line_to_user(use, user) for use in found.users])


def _line_to_origin(use: Use, user: User) -> UseLine:
    return UseLine(*_origin(use.origin, user), use.mode, use.state, _state_words(use))


def _line_to_user(use: Use, user: User) -> UseLine:
    article = use.card.article
    title, url = seen_title(article, article_url("uses", article, use.card.public_id), user)
    return UseLine(title, url, use.mode, use.state, _state_words(use))


def _origin(origin: Origin, user: User) -> tuple[str, str]:
    if origin.article is None or origin.gone is drafts.Gone.DELETED:
        return origin.heading or _("a fact that was deleted"), ""
    url = article_url("uses", origin.article, origin.public_id)
    if origin.is_public and not rights.may(user, VIEW, origin.article):
        return origin.article.title, ""
    return seen_title(origin.article, url, user)


def seen_title(article: Article, url: str, user: User) -> tuple[str, str]:
    """An article's title, and the address of a page of it; neither where it is not theirs to see."""
    if rights.may(user, VIEW, article):
        return article.title, url
    return _("an article of somebody else"), ""


def _state_words(use: Use) -> str:
    if use.origin.gone:
        return workflow.fact_uses.why_gone(use.origin.gone)
    return str(_STATES[use.state])
