"""The parts of an article as an editor reviews them: rendered, with what changed since they looked last."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.utils import formats, timezone
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import document, drafts, readiness, rights, workflow
from articles.desk.claims import claims_by_place, drawn
from articles.desk.restatements import drawn_by_place
from articles.desk.review import differences, threads
from articles.desk.review.differences import FieldDifference
from articles.desk.review.piece_words import words_of
from articles.desk.review_links.opinions import Opinion, yeses_on
from articles.desk.uses import lines as use_lines
from articles.desk.uses.lines import CardLines
from articles.document import Card, Change, Document, FieldChange
from articles.drafts import Frame, Piece
from articles.models import Article, Lock
from articles.models.pictures import Renditions, copies_of, image_finder
from articles.readiness import Problem
from articles.text import markdown, matching
from articles.workflow import PieceReview, Review, ReviewFacts, Verdict

#: How a verdict is said of a part, and of one on which nothing was decided.
VERDICTS: Mapping[str, Any] = {
    Verdict.APPROVED: gettext_lazy("Approved"),
    Verdict.ASKED: gettext_lazy("Asked about"),
    Verdict.SENT_BACK: gettext_lazy("Sent back"),
    "": gettext_lazy("Not decided"),
}


@dataclass
class ReviewedPart:
    """One part for the template `review/_pieces.html`, which asks for little that is not ready: there are many.

    `changes` are what is different since this person's last decision on it; `moves` the sentences of an order that
    changed. `is_folded`: it looks as it did then. `why_not` says why this person may not approve it.
    """

    review: PieceReview
    name: str
    words: SafeString  # as readers will see them
    verdict_words: str
    number: str = ""
    problems: Sequence[Problem] = ()
    threads: Sequence[threads.Thread] = ()
    changes: Sequence[FieldDifference] = ()
    moves: Sequence[str] = ()
    lock: Lock | None = None
    why_not: str = ""
    claims: str | None = None  # what can be checked of it
    restated: str | None = None  # what still says there what a fact said before
    uses: CardLines | None = None  # one fact in several articles

    @property
    def place(self) -> str:
        return self.review.place

    @property
    def anchor(self) -> str:
        return self.place.replace(":", "-")

    @property
    def state(self) -> str:
        return self.review.verdict or "open"

    @property
    def is_folded(self) -> bool:
        return self.review.mine is not None and not self.review.is_new_to_me

    @property
    def title(self) -> str:
        return self.name if ":" in self.place else capfirst(self.name)

    @property
    def emoji(self) -> str:
        return getattr(self.review.piece, "emoji", "")

    @property
    def note(self) -> str:
        return self.review.latest.note if self.review.latest else ""

    @property
    def approvals(self) -> list[str]:
        """Who has approved it, and whose approval is wanted beside these."""
        said = [
            _("Approved by %(name)s, %(when)s") % {"name": row.by_name, "when": _when(row.at)}
            for row in self.review.approvals
        ]
        if said and self.review.missing:
            said.append(_("Still wanted: %(names)s") % {"names": ", ".join(self.review.missing)})
        return said


def _when(at: dt.datetime) -> str:
    return formats.date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")


@dataclass(frozen=True)
class ReviewPage:
    """All parts of an article under review, as one person sees them."""

    review: Review
    parts: list[ReviewedPart]
    general: Sequence[threads.Thread] = ()  # on the whole article, or on parts that are gone
    lock: Lock | None = None
    why_not: str = ""  # why this person may approve no part at all
    opinions: Sequence[Opinion] = ()  # what came by review links

    @property
    def approved(self) -> int:
        return len(self.review.approved)

    @property
    def progress(self) -> str:
        counts = {"approved": self.approved, "total": len(self.parts)}
        return _("%(approved)s of %(total)s parts are approved") % counts

    @property
    def new_to_me(self) -> int:
        return sum(not part.is_folded for part in self.parts)

    @property
    def lockable(self) -> list[tuple[str, str]]:
        """The places and names of facts and questions."""
        return [(part.place, f"{part.number} {part.name}".strip()) for part in self.parts if ":" in part.place]

    def part(self, place: str) -> ReviewedPart | None:
        return next((part for part in self.parts if part.place == place), None)


def review_page(article: Article, user: User, facts: ReviewFacts | None = None) -> ReviewPage:
    """A fixed number of queries, however many parts there are; fewer where some `facts` are known."""
    value, html, copies = drafts.document_and_html_of(article)
    cover = f"![](picture:{value.cover})" if value.cover else ""
    html["details"] = markdown.render(cover, image_finder(value.pictures, copies))
    review = workflow.review_of(article, value, user, facts)
    found = readiness.problems(value, article)
    problems = defaultdict(list)
    for problem in found:
        if not problem.mark:  # which stands there with both sentences
            problems[problem.place].append(problem)
    may_have_locks, may_have_yeses = (facts.has_locks, facts.has_yeses) if facts else (True, True)
    locks = {lock.place: lock for lock in drafts.locks_of(article)} if may_have_locks else {}
    opinions = yeses_on(article, value) if may_have_yeses else ()
    remarks = _threads(article, value, user)
    may_not = workflow.why_not_approve_any(review, user)
    numbers = {f"card:{card.public_id}": str(number or "") for number, card in value.numbered_cards()}
    since = _since(review, value, copies)
    claims = claims_by_place(article, value)
    may_check = rights.may(user, workflow.claims.CHECK_CLAIMS, article)
    restated = drawn_by_place(article, value, found, may_settle=may_check)
    ids = [card.public_id for card in value.cards] if facts is None or facts.has_uses else []
    uses = use_lines.of_cards(ids, user) if ids else {}
    verdicts = {verdict: str(words) for verdict, words in VERDICTS.items()}
    parts = [
        ReviewedPart(
            review=piece,
            name=drafts.name_of_piece(piece.piece),
            words=words_of(piece.piece, html.get(place, ""), tuple(drafts.pictures_in(piece.piece, value.pictures))),
            verdict_words=verdicts[piece.verdict],
            number=numbers.get(place, ""),
            problems=problems[place],
            threads=remarks.pop(place, []),
            changes=since[place].changes,
            moves=since[place].moves,
            lock=locks.get(place),
            why_not=may_not or workflow.why_not_approve(piece),
            claims=drawn(place, claims.get(place, ()), may_check=may_check),
            restated=restated.get(place),
            uses=uses.get(place.removeprefix("card:")),
        )
        for place, piece in review.pieces.items()
    ]
    general = [thread for rest in remarks.values() for thread in rest]
    return ReviewPage(review, parts, general, locks.get(""), may_not, opinions)


def _threads(article: Article, value: Document, user: User) -> dict[str, list[threads.Thread]]:
    """The open threads by place; "" for what belongs to no part of now."""
    found: dict[str, list[threads.Thread]] = defaultdict(list)
    for thread in threads.open_threads(article, user, drafts.texts_in(value)):
        found[thread.remark.place if thread.name else ""].append(thread)
    return found


class Since(NamedTuple):
    """What is different in a part since this person's last decision on it, as in ReviewedPart."""

    changes: Sequence[FieldDifference] = ()
    moves: Sequence[str] = ()


def _since(review: Review, value: Document, copies: Mapping[str, Renditions]) -> dict[str, Since]:
    """By place. Two queries at most, where a picture is another one; `copies` are those of the pictures of now."""
    then = {place: workflow.words_of(row.mine) for place, row in review.pieces.items() if row.mine and row.is_new_to_me}
    seen = {place: words for place, words in then.items() if words}
    pictures_then = (picture for _piece, pictures in seen.values() for picture in pictures)
    copies = {**copies, **copies_of(picture for picture in pictures_then if picture.file not in copies)}
    fields = {place: _fields_changed(old, review.pieces[place].piece) for place, (old, _pictures) in seen.items()}
    titles = differences.titles_of(change for changed in fields.values() for change in changed)
    found, together = dict.fromkeys(review.pieces, Since()), matching.together()
    for place, (old, pictures) in seen.items():
        now = review.pieces[place].piece
        changes = differences.of_pictures(pictures, drafts.pictures_in(now, value.pictures), copies, together)
        changes += differences.rows_of(fields[place], titles, together)
        found[place] = Since(changes, list(_moves(old, now, value)))
    return found


def _fields_changed(old: Piece, new: Piece) -> list[FieldChange]:
    """Of what holds the parts together only the details: what an order has become stands in sentences."""
    if isinstance(old, Frame) and isinstance(new, Frame):
        return list(differences.changes(old.details, new.details))
    return list(differences.changes(old, new)) if type(old) is type(new) else []


def _moves(old: Piece, new: Piece, value: Document) -> Iterator[str]:
    """What an order has become since this person's last decision on it."""
    if not (isinstance(old, Frame) and isinstance(new, Frame)):
        return
    for kind, items in (("cards", value.cards), ("faqs", value.faqs)):
        names = {item.public_id: drafts.name_of_piece(item) for item in items}
        yield from _moves_between(getattr(old, kind), getattr(new, kind), names)


def _moves_between(old: Iterable[str], new: Iterable[str], names: Mapping[str, str]) -> Iterator[str]:
    before, after = (Document(cards=tuple(Card(public_id=each) for each in ids)) for ids in (old, new))
    for change in document.compare(before, after).cards:
        words = {"name": names.get(change.public_id, ""), "old": change.old_position, "new": change.new_position}
        match change.kind:
            case Change.MOVED:
                yield _("“%(name)s” moved from place %(old)s to %(new)s.") % words
            case Change.ADDED:
                yield _("“%(name)s” is new, at place %(new)s.") % words
            case Change.REMOVED:
                yield _("What stood at place %(old)s is gone.") % words
