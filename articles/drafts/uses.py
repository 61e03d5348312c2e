"""One fact in several articles: the words of a fact that another card tells again, and how the two stand to each other.

Each article has its own tags and its own day to check again, and a spoiler point of its own where it is about another
subject. All else are words of the fact. What counts of an origin are the words that somebody has reviewed: those in
force, or, where it was never public, those of the last approval.
"""

from __future__ import annotations

import dataclasses
import enum
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from articles import document
from articles.document import Card
from articles.drafts import reading
from articles.drafts.reading import whole_cards
from articles.models import Address, Article, FactCard, FactUse, PublishedFact
from articles.models.fact_uses import DIGEST_LENGTH, Mode


class UseState(enum.StrEnum):
    """How a card that tells the fact of another one stands to it now."""

    SAME = "same"  # it has the origin's words
    PENDING = "pending"  # the origin has other words by now, to be taken over or not
    KEPT = "kept"  # somebody said that these words of the origin are not taken over
    PINNED = "pinned"  # it has a wording of the origin, which is that of now
    CHANGED = "changed"  # as PINNED, and the origin has another one by now
    OWN = "own"  # it has its own words, compared with those of the origin
    STALE = "stale"  # as OWN, and the origin has other words since
    GONE = "gone"  # the origin is not there any more


class Gone(enum.StrEnum):
    """Why an origin has no words."""

    DELETED = "deleted"  # it lies in a bin, or did
    NOT_PUBLIC = "not-public"  # readers saw it once


class Origin(NamedTuple):
    """A fact as others may tell it. `words` None: nobody has reviewed any yet, or it is `gone`."""

    public_id: str
    article: Article | None = None  # of the card, else of the edition in force
    heading: str = ""
    words: Card | None = None
    subject: int | None = None
    is_public: bool = False
    gone: Gone | None = None


@dataclass(frozen=True)
class Use:
    """A card that tells the fact of another one. `own`, `taken` and `now` are words, without what differs anyway."""

    row: FactUse
    card: FactCard
    origin: Origin
    own: Card
    taken: Card
    now: Card | None
    same_subject: bool

    @property
    def mode(self) -> Mode:
        """The mode that counts: a card whose words are no longer those of the origin tells it in its own words."""
        if self.row.mode != Mode.ADAPT and self.own not in (self.taken, self.now):
            return Mode.ADAPT
        return Mode(self.row.mode)

    @property
    def state(self) -> UseState:
        if self.origin.gone:
            return UseState.GONE
        is_new = self.now not in (None, self.taken)
        match self.mode:
            case Mode.ADAPT:
                return UseState.STALE if is_new and self.own != self.now else UseState.OWN
            case Mode.PIN:
                return UseState.CHANGED if is_new and self.own != self.now else UseState.PINNED
        if not is_new or self.own == self.now:
            return UseState.SAME
        return UseState.KEPT if self.row.declined == self.seen else UseState.PENDING

    @property
    def seen(self) -> str:
        """A digest of the origin's words of now: an act names those that were read. Empty without any."""
        return digest(self.now) if self.now else ""


@dataclass(frozen=True)
class CardUses:
    """Of one card: whose fact it tells, and the cards that tell its own."""

    use: Use | None = None
    users: list[Use] = field(default_factory=list)


# --- words ------------------------------------------------------------------------------------------------------------


def words_of(card: Card, *, same_subject: bool) -> Card:
    """What of a card is the fact's, wherever it is told."""
    own: dict[str, Any] = {"public_id": "", "tags": (), "check_on": None}
    return dataclasses.replace(card, **own | ({} if same_subject else {"spoiler_after": None, "safe_heading": ""}))


def with_words(card: Card, words: Card, *, same_subject: bool) -> Card:
    """The card with other words of its fact. About another subject it keeps its own spoiler point."""
    own = {name: getattr(card, name) for name in ("public_id", "tags", "check_on")}
    if not same_subject:
        own |= {"spoiler_after": card.spoiler_after, "safe_heading": card.safe_heading}
    return dataclasses.replace(words, **own)


def digest(words: Card) -> str:
    text = document.dumps(document.Document(cards=(words,)))
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:DIGEST_LENGTH]


# --- origins ----------------------------------------------------------------------------------------------------------


def origins(public_ids: Collection[str]) -> dict[str, Origin]:
    """Facts as they may be told elsewhere. Three queries at most, and none for none."""
    if not public_ids:
        return {}
    found = {fact.public_id: fact for fact in _public(public_ids)}
    cards = FactCard.objects.filter(public_id__in=public_ids).select_related("article__approved_revision")
    rows = {row.public_id: row for row in cards.only(*_OF_CARD)}
    unseen = [each for each in public_ids if each not in found]
    public_once = Address.objects.filter(kind=Address.Kind.FACT, slug__in=unseen, visible_from__lte=timezone.now())
    once = set(public_once.values_list("slug", flat=True)) if unseen else set()
    for public_id in public_ids:
        row = rows.get(public_id)
        if public_id in found:
            found[public_id] = found[public_id]._replace(article=row.article if row else found[public_id].article)
        else:
            found[public_id] = _unseen(public_id, row, was_public=public_id in once)
    return found


_OF_CARD = (
    *("public_id", "heading", "article__title", "article__subject", "article__owner", "article__binned_at"),
    *("article__status", "article__approved_revision__content"),
)


def _public(public_ids: Collection[str]) -> Iterable[Origin]:
    facts = PublishedFact.objects.in_force().filter(public_id__in=public_ids).order_by("visible_from", "pk")
    facts = facts.select_related("edition__article", "edition__revision").defer("edition__parts")
    for fact in facts:  # the newest last: it is the one that its page shows
        edition = fact.edition
        words = _card_in(edition.revision.content, fact.public_id) if edition.revision else None
        heading = words.heading if words else fact.public_heading
        yield Origin(fact.public_id, edition.article, heading, words, edition.subject_id, is_public=True)


def _unseen(public_id: str, row: FactCard | None, *, was_public: bool) -> Origin:
    if row is None or row.article.binned_at:
        return Origin(public_id, heading=row.heading if row else "", gone=Gone.DELETED)
    origin = Origin(public_id, row.article, row.heading, subject=row.article.subject_id)
    if was_public:
        return origin._replace(gone=Gone.NOT_PUBLIC)
    approved = row.article.approved_revision
    return origin._replace(words=_card_in(approved.content, public_id) if approved else None)


def _card_in(content: Mapping[str, Any], public_id: str) -> Card | None:
    """None too for what this program cannot read."""
    try:
        cards = (card for card in content.get("cards", ()) if card.get("public_id") == public_id)
        return next(map(document.card_from_json, cards), None)
    except document.DocumentError:
        return None


# --- uses -------------------------------------------------------------------------------------------------------------


def uses_of(public_ids: Collection[str]) -> dict[str, CardUses]:
    """Of cards that stand in articles, by public id; those without any are left out. One query where there are none,
    else a fixed number.
    """
    rows = list(FactUse.objects.filter(Q(public_id__in=public_ids) | Q(origin__in=public_ids)))
    found: dict[str, CardUses] = defaultdict(CardUses)
    for use in _uses(rows):
        if use.row.origin in public_ids:
            found[use.row.origin].users.append(use)
        if use.row.public_id in public_ids:
            found[use.row.public_id] = dataclasses.replace(found[use.row.public_id], use=use)
    return dict(found)


def with_marks(cards: QuerySet[FactCard]) -> QuerySet[FactCard]:
    """Each card with `is_use`: whether it tells the fact of another one."""
    return cards.annotate(is_use=Exists(FactUse.objects.filter(public_id=OuterRef("public_id"))))


def note_edit(was: Card, now: Card) -> None:
    """Somebody has written other words of a card that tells the fact of another: they had those of the origin before
    them, and whatever was pending is decided by it. Call it in the transaction that writes them.
    """
    if words_of(was, same_subject=True) == words_of(now, same_subject=True):
        return
    row = FactUse.objects.select_for_update().filter(public_id=now.public_id).first()
    origin = origins([row.origin])[row.origin] if row else None
    if row and origin and origin.words:
        set_words(row, origin.words)


def set_words(row: FactUse, words: Card, **fields: str) -> None:
    """`words` of the origin are those that the card has, or was compared with."""
    for name, value in {"declined": "", **fields}.items():
        setattr(row, name, value)
    row.words = document.item_to_json(words_of(words, same_subject=True))
    row.save(update_fields=["words", "declined", *fields])


def use_of(public_id: str) -> Use | None:
    return next(_uses(list(FactUse.objects.filter(public_id=public_id))), None)


def group_of(public_ids: Collection[str]) -> dict[str, set[str]]:
    """By card: all other cards that tell the same fact, whichever of them is the origin. Two queries."""
    root = dict(FactUse.objects.filter(public_id__in=public_ids).values_list("public_id", "origin"))
    roots = {root.get(each, each) for each in public_ids}
    told: dict[str, set[str]] = defaultdict(set)
    for public_id, origin in FactUse.objects.filter(origin__in=roots).values_list("public_id", "origin"):
        told[origin] |= {origin, public_id}
    found = {each: told[root.get(each, each)] - {each} for each in public_ids}
    return {each: others for each, others in found.items() if others}


def _uses(rows: list[FactUse]) -> Iterator[Use]:
    """Of those whose card stands in an article that is not in the bin."""
    if not rows:
        return iter(())
    cards = whole_cards(FactCard.objects.filter(public_id__in=[row.public_id for row in rows], article__binned_at=None))
    standing = {card.public_id: card for card in cards.select_related("article").defer("html", "folded")}
    found = origins({row.origin for row in rows if row.public_id in standing})
    return (_use(row, standing[row.public_id], found[row.origin]) for row in rows if row.public_id in standing)


def _use(row: FactUse, card: FactCard, origin: Origin) -> Use:
    same = card.article.subject_id == origin.subject
    own = words_of(reading.card_value(card), same_subject=same)
    return Use(
        row=row,
        card=card,
        origin=origin,
        own=own,
        taken=words_of(_stored(row), same_subject=same),
        now=words_of(origin.words, same_subject=same) if origin.words else None,
        same_subject=same,
    )


def _stored(row: FactUse) -> Card:
    try:
        return document.card_from_json(row.words)
    except document.DocumentError:
        return Card()
