"""A correction in one article, offered to all that tell the same fact, and carried to those that somebody chooses.

What is carried are words that readers see already, as they were reviewed in the article where they are in force. In
each article that is live they take the place of the card's public words and of nothing else: its own pending changes
stay where they are. Where those are in the way, or the article waits for review, the words are offered there as
pending (drafts.uses), and no more is done.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import drafts, publishing, rights
from articles.document import Card, Document
from articles.models import Article, Edition, FactCard, History, Revision
from articles.states import Status
from articles.workflow import partial
from articles.workflow.errors import ConflictError, WorkflowError
from articles.workflow.proving import refuse_unproved

CHANGE, PUBLISH = "articles.change_article", "articles.publish_article"
#: So many articles are offered a correction at once.
MOST_OFFERED = 100


@dataclass(frozen=True)
class Offer:
    """A card of another article that tells a fact in other words than readers see in this one.

    `before` are its words (those in force where it is live), `after` the same card with the words of this article's
    fact. `why_not` is a sentence where it cannot be carried now. `token` is of all that the person is shown.
    """

    fact: str
    card: FactCard
    live: Edition | None
    before: Card
    after: Card
    why_not: str

    @property
    def article(self) -> Article:
        return self.card.article

    @property
    def token(self) -> str:
        return drafts.token((self.fact, self.card.public_id, *map(drafts.token, (self.before, self.after))))


@dataclass(frozen=True)
class Carried:
    """An article that a correction was carried into; `edition` None where only its draft was changed."""

    article: Article
    edition: Edition | None


def offers(article: Article, by: User) -> list[Offer]:
    """In the order of the article's facts in force. A fixed number of queries for articles without locks; three where
    no fact is told elsewhere.
    """
    current = _live([article.pk]).get(article.pk)
    if current is None or current.revision is None:
        return []
    facts = {card.public_id: card for card in current.revision.document.cards}
    groups = drafts.group_of(facts)
    others = set().union(*groups.values()) if groups else set()
    rows = _cards(others)
    live = _live({row.article_id for row in rows.values()})
    documents = {pk: event.revision.document for pk, event in live.items() if event.revision}
    found = []
    for fact in facts:
        for public_id in sorted(groups.get(fact, ()) & rows.keys()):
            row = rows[public_id]
            same_subject = row.article.subject_id == current.subject_id
            words = drafts.words_of_fact(facts[fact], same_subject=same_subject)
            shown = _card_in(documents.get(row.article_id), public_id)
            event = live.get(row.article_id) if shown else None
            if offer := _offer(fact, row, words, shown, event, by, same_subject=same_subject):
                found.append(offer)
    return found[:MOST_OFFERED]


def corrected_facts(article: Article) -> set[str]:
    """The facts that readers see in other words than in the version before; none after a first publication."""
    public = Edition.objects.versions().filter(article=article, visible_from__lte=timezone.now())
    newest = public.select_related("revision").defer("parts").order_by("-visible_from")[:2]
    documents = [edition.revision.document for edition in newest if edition.revision]
    if len(documents) < 2:
        return set()
    now, before = ({card.public_id: _words(card) for card in value.cards} for value in documents)
    return {public_id for public_id in now.keys() & before.keys() if now[public_id] != before[public_id]}


def _words(card: Card) -> Card:
    return drafts.words_of_fact(card, same_subject=True)


def _offer(
    fact: str, row: FactCard, words: Card, shown: Card | None, live: Edition | None, by: User, *, same_subject: bool
) -> Offer | None:
    working = drafts.card_value(row)
    before = shown or working
    after = drafts.with_words(before, words, same_subject=same_subject)
    if after == before and (shown is None or drafts.with_words(working, words, same_subject=same_subject) == working):
        return None
    return Offer(fact, row, live, before, after, _why_not(row, working, shown, live, by))


def _why_not(row: FactCard, working: Card, shown: Card | None, live: Edition | None, by: User) -> str:
    article = row.article
    if not rights.may(by, CHANGE, article) or not rights.may(by, PUBLISH, article):
        return _("You may not publish this article.")
    if article.status == Status.ARCHIVED:
        return _("It is archived.")
    if article.effective_status is Status.IN_REVIEW:
        return _("It waits for review: the words are offered there.")
    if shown and not drafts.looks_like(working, (), shown, ()):
        return _("It has other words of this fact that are not published yet: the words are offered there.")
    if article.effective_status is Status.APPROVED and not _is_as_approved(article, live):
        return _("Its approved words wait to be published: the words are offered there.")
    return drafts.lock_sentence(article, [f"card:{row.public_id}"], by)


def _is_as_approved(article: Article, live: Edition | None) -> bool:
    return live is not None and live.revision_id == article.approved_revision_id


@transaction.atomic
def carry_correction(
    article: Article, chosen: Mapping[str, str], *, kind: str, note: str = "", by: User
) -> list[Carried]:
    """Carries the words of the article's facts in force into the chosen cards of other articles: all, or none.

    `chosen` has the public ids of the cards, each with the token of the offer that was read. `kind` and `note` are told
    to the readers, as for any update. Raises PermissionDenied, WorkflowError or ConflictError.
    """
    rights.require(by, PUBLISH, article)
    if not chosen:
        raise WorkflowError(_("Choose at least one article."))
    _hold(article, chosen)
    found = {offer.card.public_id: offer for offer in offers(article, by)}
    wanted: dict[int, list[Offer]] = {}
    for public_id, token in chosen.items():
        offer = _read(found.get(public_id), token)
        wanted.setdefault(offer.article.pk, []).append(offer)
    try:
        return [_carry(article, each, kind, note.strip(), by) for each in wanted.values()]
    except publishing.PublishingError as error:
        raise WorkflowError(str(error)) from error
    except drafts.StaleError as error:
        raise ConflictError(str(error)) from error
    except drafts.DraftError as error:
        raise WorkflowError(str(error)) from error


def _hold(article: Article, cards: Iterable[str]) -> None:
    """All of the articles, until the transaction ends; in one order, so that two such acts wait for each other."""
    others = FactCard.objects.filter(public_id__in=list(cards)).values_list("article", flat=True)
    list(Article.objects.select_for_update().filter(pk__in=[article.pk, *others]).order_by("pk"))


def _read(offer: Offer | None, token: str) -> Offer:
    if offer is None or offer.token != token:
        raise ConflictError(_("Something of this has changed after you read it. Read it again before you decide."))
    if offer.why_not:
        raise WorkflowError(f"“{offer.article.title}”: {offer.why_not}")
    return offer


def _carry(source: Article, found: list[Offer], kind: str, note: str, by: User) -> Carried:
    """Into one article, whose cards these are."""
    article, live = found[0].article, next((offer.live for offer in found if offer.live), None)
    was_approved = article.effective_status is Status.APPROVED
    for offer in found:
        current = drafts.card_value(offer.card)
        new = dataclasses.replace(offer.after, tags=current.tags, check_on=current.check_on)
        drafts.save_card(offer.card, new, token=drafts.token(current), by=by, is_return=True)
    article = Article.objects.get(pk=article.pk)
    details: dict[str, Any] = {"about": ", ".join(offer.after.heading for offer in found), "source": source.title}
    edition = None
    if live is not None:
        value = _with_words(live, found, source)
        refuse_unproved(value, article)
        revision = _revision(article, value, by, is_whole=was_approved)
        notice = publishing.UpdateNotice(kind, note)
        edition = publishing.publish(revision, notice=notice, tagged_as=live.parts)
        details |= {"edition": edition.pk, "at": edition.visible_from, "revision": revision.number, "kind": kind}
    History.write(article, History.Act.CARRY_CORRECTION, by=by, note=note, **details)
    return Carried(article, edition)


def _with_words(live: Edition, found: list[Offer], source: Article) -> Document:
    """What readers see of the article, with the words of the chosen cards and the pictures that those have."""
    assert live.revision is not None  # noqa: S101  -- a version has one
    public, after = live.revision.document, {offer.card.public_id: offer.after for offer in found}
    cards = tuple(after.get(card.public_id, card) for card in public.cards)
    fixed = _live([source.pk])[source.pk].revision
    assert fixed is not None  # noqa: S101  -- the offers came of it
    places = {f"card:{public_id}" for public_id in after}
    mixed = dataclasses.replace(public, cards=cards, pictures=())
    return partial.with_pictures(mixed, lambda place: fixed.document if place in places else public)


def _revision(article: Article, value: Document, by: User, *, is_whole: bool) -> Revision:
    """Of an article that was live as it was approved the whole working copy, whose approval goes on."""
    if not is_whole or not drafts.same_to_readers(drafts.document_of(article), value):
        return drafts.keep_revision(article, Revision.Reason.CARRIED, by=by, value=value)
    revision = drafts.keep_revision(article, Revision.Reason.APPROVED, by=by, value=value)
    article.approved_revision, article.approved_change = revision, article.change
    article.save(update_fields=["approved_revision", "approved_change"])
    return revision


# --- rows -------------------------------------------------------------------------------------------------------------


def _live(articles: Collection[int]) -> dict[int, Edition]:
    """The versions in force, by article. One query, and none for none."""
    if not articles:
        return {}
    found = Edition.objects.in_force().versions().filter(article__in=articles).select_related("revision")
    return {edition.article_id: edition for edition in found.defer("parts")}


def _cards(public_ids: Collection[str]) -> dict[str, FactCard]:
    if not public_ids:
        return {}
    rows = drafts.whole_cards(FactCard.objects.filter(public_id__in=public_ids, article__binned_at=None))
    return {row.public_id: row for row in rows.select_related("article")}


def _card_in(value: Document | None, public_id: str) -> Card | None:
    return next((card for card in value.cards if card.public_id == public_id), None) if value else None
