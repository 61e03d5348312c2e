"""What the kind of a change means for readers: which dates it moves, and what was corrected, before and after.

It fills the `changed_at` of each fact and the `corrections` in an edition's parts (see models.parts). An entry with a
spoiler point is for the closed part of its card alone: its row of the table, which makes /corrections/, has neither
words nor note. A spoiler point that the fact gets later closes its earlier entries too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from articles import document
from articles.document import Card, Change, Comparison, Document, Faq, ItemChange
from articles.models import Correction, Edition
from articles.models.parts import CardPart, CorrectionPart, FaqPart, Parts
from articles.text import markdown, matching, passages
from articles.text.matching import Allowance

Kind = Edition.ChangeKind
#: How much a kind says to readers: the next version says what a cancelled one would have said.
WEIGHTS: Mapping[str, int] = {"": 0, Kind.TYPO: 1, Kind.CLARIFICATION: 2, Kind.CORRECTION: 3}
#: Of the row's column; a question may be longer than that.
_HEADING_LENGTH = document.longest(Card, "heading")


def has_other_words(edition: Edition, before: Edition) -> bool:
    """Whether two versions are made from different Documents."""
    return not (edition.revision and before.revision and edition.revision.content == before.revision.content)


def date_first_version(edition: Edition) -> None:
    """Sets `modified_at` and the parts of an article's first version to its `visible_from`: everything in it is new."""
    edition.modified_at = edition.visible_from
    edition.parts = _dated(edition, dict.fromkeys(_ids(edition), _iso(edition.visible_from)), [])


def date_next_version(edition: Edition, before: Edition, *, is_update: bool) -> None:
    """Sets `modified_at` and the parts of the version that comes after `before`.

    `is_update`: it takes the place of `before`, with no takedown between them. Only an update corrects anything.
    """
    at = _iso(edition.visible_from)
    has_changed, is_typo = has_other_words(edition, before), is_update and edition.change_kind == Kind.TYPO
    is_quiet = True
    own: list[CorrectionPart] = []
    since = _changed_at(before)
    if has_changed:
        assert edition.revision and before.revision  # noqa: S101, PT018  -- versions have one
        old, new = before.revision.document, edition.revision.document
        told = set(_with_other_caveat(old, new))
        is_quiet = is_typo and not told
        if not is_quiet:
            same = {card.public_id for card in old.cards} & {card.public_id for card in new.cards}
            same -= told if is_typo else set(_reworded(old, new))
            since = {public_id: since[public_id] for public_id in same if public_id in since}
            own = _entries(edition, old, new) if is_update else []
    edition.modified_at = before.modified_at if is_quiet else edition.visible_from
    changed_at = {public_id: since.get(public_id, at) for public_id in _ids(edition)}
    edition.parts = _dated(edition, changed_at, [*own, *before.parts["corrections"]])


def render_again(edition: Edition, rendered: Parts) -> None:
    """Gives an edition newly rendered parts; the dates and corrections of its own parts stay."""
    since, entries = _changed_at(edition), edition.parts["corrections"]
    edition.parts = rendered
    edition.parts = _dated(edition, dict.fromkeys(_ids(edition), _iso(edition.modified_at)) | since, entries)


def write_rows(edition: Edition) -> None:
    """Replaces the Correction rows of an edition by one for each entry of its parts that is its own."""
    edition.corrections.all().delete()
    own = [each for each in edition.parts["corrections"] if each["at"] == _iso(edition.visible_from)]
    Correction.objects.bulk_create(_row(edition, position, entry) for position, entry in enumerate(own, 1))


def _row(edition: Edition, position: int, entry: CorrectionPart) -> Correction:
    row = Correction(
        edition=edition,
        position=position,
        public_id=entry["id"],
        at=edition.visible_from,
        place=entry["place"],
        kind=entry["kind"],
        heading=entry["heading"],
        spoiler_after=entry["spoiler_after"],
    )
    if entry["spoiler_after"] is None:
        row.old, row.new, row.note = entry["old"], entry["new"], entry["note"]
    return row


# --- parts ------------------------------------------------------------------------------------------------------------


def _iso(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat()


def _ids(edition: Edition) -> list[str]:
    return [card["id"] for card in edition.parts["cards"]]


def _changed_at(edition: Edition) -> dict[str, str]:
    """Since when each fact has its words, by its id; of editions that did not keep this, as well as it is known."""
    known = _iso(edition.modified_at)
    return {card["id"]: card["changed_at"] or known for card in edition.parts["cards"]}


def _dated(edition: Edition, since: Mapping[str, str], entries: Iterable[CorrectionPart]) -> Parts:
    """The edition's parts with the instants of `since` at the facts, and with these corrections."""
    cards: list[CardPart] = [{**card, "changed_at": since[card["id"]]} for card in edition.parts["cards"]]
    by_anchor: dict[str, CardPart | FaqPart] = {card["anchor"]: card for card in cards}
    by_anchor |= {faq["anchor"]: faq for faq in edition.parts["faqs"]}
    return {**edition.parts, "cards": cards, "corrections": [_updated(each, by_anchor) for each in entries]}


def _updated(entry: CorrectionPart, by_anchor: Mapping[str, CardPart | FaqPart]) -> CorrectionPart:
    """An entry with the anchor where its fact or question stands now, and with a spoiler point that came since."""
    kind, _colon, public_id = entry["place"].partition(":")
    anchor = _anchor(kind, public_id)
    item = by_anchor.get(anchor)
    if item is None:
        return {**entry, "anchor": ""}
    if item["spoiler_after"] is None:
        return {**entry, "anchor": anchor}
    after = max(item["spoiler_after"], entry["spoiler_after"] or 0)
    return {**entry, "anchor": anchor, "spoiler_after": after, "heading": str(item.get("safe_heading", ""))}


def _anchor(kind: str, public_id: str) -> str:
    return {"card": f"fact-{public_id}", "faq": f"question-{public_id}"}.get(kind, "")


# --- what changed -----------------------------------------------------------------------------------------------------


def _reworded(old: Document, new: Document) -> Iterator[str]:
    def words(card: Card) -> tuple[object, ...]:
        return (card.heading, card.body, _caveat(card))

    before = {card.public_id: words(card) for card in old.cards}
    return (card.public_id for card in new.cards if before.get(card.public_id) != words(card))


def _with_other_caveat(old: Document, new: Document) -> Iterator[str]:
    """The open facts of which readers are told something new: that is news, even in an update that mends typos. What
    stands behind a spoiler point may move no date then.
    """
    before = {card.public_id: _caveat(card) for card in old.cards}
    open_cards = [card for card in new.cards if card.spoiler_after is None]
    return (card.public_id for card in open_cards if before.get(card.public_id, _caveat(card)) != _caveat(card))


def _caveat(card: Card) -> tuple[object, ...]:
    return (card.caveat, card.caveat_since, card.caveat_note)


def _entries(edition: Edition, old: Document, new: Document) -> list[CorrectionPart]:
    """One entry for each place whose words changed, in the order of the page.

    A removed fact or question is one; a new one corrects nothing. A note without any such place stands alone.
    """
    if edition.change_kind not in (Kind.CLARIFICATION, Kind.CORRECTION):
        return []
    places = [*_places(document.compare(old, new), old, new)]
    if not places and edition.change_note:
        places = [_entry("details")]
    kind, at, note = str(edition.change_kind), _iso(edition.visible_from), edition.change_note
    return [{**place, "kind": kind, "at": at, "note": note} for place in places]


def _places(comparison: Comparison, old: Document, new: Document) -> Iterator[CorrectionPart]:
    together = matching.together()

    def of_fields(place: str, *pairs: tuple[str, str]) -> Iterator[CorrectionPart]:
        before, after = _words(pairs, together)
        if before or after:
            yield _entry(place, old=before, new=after)

    yield from of_fields("details", (old.title, new.title), (old.dek, new.dek))
    yield from of_fields("introduction", _plain(old.introduction, new.introduction))
    yield from _of_items("card", comparison.cards, together)
    headings = (old.conclusion_heading, new.conclusion_heading)
    yield from of_fields("conclusion", headings, _plain(old.conclusion, new.conclusion))
    yield from _of_items("faq", comparison.faqs, together)


def _entry(
    place: str,
    *,
    public_id: str = "",
    heading: str = "",
    spoiler_after: int | None = None,
    old: str = "",
    new: str = "",
) -> CorrectionPart:
    """An entry that does not say yet what kind of change it is, and since when."""
    return {
        "place": place,
        "id": public_id,
        "anchor": "",
        "heading": heading,
        "spoiler_after": spoiler_after,
        "old": old,
        "new": new,
        "kind": "",
        "at": "",
        "note": "",
    }


def _of_items(kind: str, changes: Iterable[ItemChange], together: Allowance) -> Iterator[CorrectionPart]:
    for item in changes:
        if item.old is None or item.kind not in (Change.CHANGED, Change.REMOVED):
            continue
        points = [each.spoiler_after for each in (item.old, item.new) if each and each.spoiler_after is not None]
        (old_heading, old_body), (new_heading, new_body) = _texts(item.old), _texts(item.new)
        notes = _note(item.old), _note(item.new)
        old, new = _words([(old_heading, new_heading), _plain(old_body, new_body), notes], together)
        if old or new:
            yield _entry(
                f"{kind}:{item.public_id}",
                public_id=item.public_id if kind == "card" else "",
                heading=_safe_heading(item.new or item.old, is_closed=bool(points))[:_HEADING_LENGTH],
                spoiler_after=max(points, default=None),
                old=old,
                new=new,
            )


def _texts(item: Card | Faq | None) -> tuple[str, str]:
    if item is None:
        return "", ""
    return (item.heading, item.body) if isinstance(item, Card) else (item.question, item.answer)


def _note(item: Card | Faq | None) -> str:
    """What is said of a fact that is disputed or no longer true."""
    return item.caveat_note if isinstance(item, Card) else ""


def _safe_heading(item: Card | Faq, *, is_closed: bool) -> str:
    if is_closed:
        return item.safe_heading if isinstance(item, Card) else ""
    return _texts(item)[0]


def _plain(old: str, new: str) -> tuple[str, str]:
    """Two bodies as readers see them: a change that shows no other words is none."""
    return ("", "") if old == new else (markdown.plain(old), markdown.plain(new))


def _words(pairs: Sequence[tuple[str, str]], together: Allowance) -> tuple[str, str]:
    changed = [passages.changed(old, new, together) for old, new in pairs]
    old, new = ("\n".join(filter(None, side)) for side in zip(*changed, strict=True))
    return passages.shortened(old), passages.shortened(new)
