"""Facts and questions of an article as their templates show them, out of an edition's parts.

What lies beyond a spoiler point is in the fields of a card alone; all that is shown outside the card's closed part is
made from `public_heading`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.document import SourceKind
from articles.models.parts import CardPart, CorrectionPart, FaqPart, Parts, SourcePart
from articles.reading import rows
from articles.reading.caveats import Caveat
from articles.reading.corrections import Correction, for_card
from articles.reading.outputs import made, path_or_nothing
from articles.reading.pictures import Cover
from articles.reading.rows import SubjectName, Tag
from articles.reading.seen import is_safe, opens_at
from articles.text import markdown


class Source(NamedTuple):
    url: str
    title: SafeString
    publisher: SafeString
    seen_on: rows.Day | None
    kind: str  # one or two words; "" where nobody has said
    excerpt: SafeString  # "" for none
    archived_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """`public_heading` may be shown without opening the card; `spoiler_label` is empty when there is nothing to open.

    `opens_at` is the least answer to `?seen=` that opens it, `is_safe` whether this page's does.
    """

    anchor: str
    url: str
    report_url: str
    number: int | None
    public_heading: str
    spoiler_label: str
    opens_at: int | None
    is_safe: bool
    heading: SafeString
    emoji: str
    picture: Cover | None
    body: SafeString
    tags: Sequence[Tag]
    unlinked_tags: Sequence[Tag]  # used by closed facts alone, so they have no public page
    sources: Sequence[Source]
    caveat: Caveat | None
    sources_checked: rows.Day | None  # the one day on which its sources were seen; of several each says its own
    corrections: Sequence[Correction]
    checked_on: rows.Day | None  # when somebody last found these very words still true
    changed_at: str  # since when its words are these: an ISO instant in UTC; "" before publication
    lang: SafeString  # attributes of what holds its own words, and of what holds `public_heading`
    public_lang: SafeString
    public_id: str
    page_body: SafeString  # the body on pages, where a site marks what is not sourced yet
    claims_checked: int
    claims_checked_on: rows.Day | None
    as_of: rows.Day | None  # what may have changed since holds as of this day, month or year, the oldest if several do
    as_of_latest: rows.Day | None  # the newest, where some of it holds as of another day
    interest: int  # how many readers found it interesting; 0 while they are few

    @property
    def public_heading_html(self) -> SafeString:
        return markdown.inline(self.public_heading)

    @property
    def vote_url(self) -> str:
        return path_or_nothing("vote", self.public_id) if self.public_id else ""

    @property
    def corrected_at(self) -> str:
        """When it was last corrected, as an ISO instant; "" for never."""
        return max((each.day.iso for each in self.corrections if each.is_correction and each.day), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    anchor: str
    public_heading: str
    spoiler_label: str
    opens_at: int | None
    is_safe: bool
    question: SafeString
    answer: SafeString
    lang: SafeString

    @property
    def public_heading_html(self) -> SafeString:
        return markdown.inline(self.public_heading)


def tags_of_open_cards(parts: Parts) -> set[int]:
    return {tag for card in parts["cards"] if card["spoiler_after"] is None for tag in card["tags"]}


def card_of(
    card: CardPart,
    tags: Mapping[int, Tag],
    public_tags: set[int],
    subject: SubjectName | None,
    seen: int | None = None,
    corrections: Sequence[CorrectionPart] = (),
    language: str = "",
    checks: Mapping[str, str] = MappingProxyType({}),
    interest: Mapping[str, int] = MappingProxyType({}),
) -> Card:
    """`corrections` are the entries of all of the edition's parts; `checks` ISO days and `interest` numbers of votes,
    by the public ids of facts.
    """
    spoiler_after, kind = card["spoiler_after"], subject.kind if subject else None
    opens = opens_at(spoiler_after, kind)
    sources = made(partial(_source, card), card["sources"])
    as_of = _as_of(card)
    seen_on = [source.seen_on for source in sources if source.seen_on]
    lang, has_own_heading = rows.lang_of(language), spoiler_after is None or bool(card["safe_heading"])
    own = [(pk in public_tags, tags[pk]) for pk in card["tags"] if pk in tags]
    return Card(
        anchor=card["anchor"],
        url=path_or_nothing("fact", card["id"], card["slug"]) if card["id"] else "",
        report_url=path_or_nothing("fact-report", card["id"]) if card["id"] else "",
        number=card["number"],
        public_heading=rows.public_heading_of(card["heading"], card["safe_heading"], spoiler_after, subject),
        spoiler_label=rows.spoiler_label(spoiler_after, kind),
        opens_at=opens,
        is_safe=is_safe(opens, seen),
        heading=markdown.inline(card["heading"]),
        emoji=card["emoji"],
        picture=Cover.of(card["picture"], f"fact {card['id']}"),
        body=markdown.trusted(card["body"]),
        tags=[tag for is_public, tag in own if is_public],
        unlinked_tags=[tag for is_public, tag in own if not is_public],
        sources=sources,
        caveat=Caveat.in_part(card),
        sources_checked=seen_on[0] if len(set(seen_on)) == 1 else None,
        corrections=for_card(corrections, card),
        checked_on=rows.Day.in_text(checks.get(card["id"]), card) if not card["caveat"] else None,
        changed_at=_changed_at(card),
        lang=lang,
        public_lang=lang if has_own_heading else rows.lang_of(""),
        public_id=card["id"],
        page_body=markdown.trusted((settings.MARK_UNSOURCED and card["marked_body"]) or card["body"]),
        claims_checked=card["claims_checked"],
        claims_checked_on=rows.Day.in_text(card["claims_checked_on"], card),
        as_of=as_of[0] if as_of else None,
        as_of_latest=as_of[-1] if len(as_of) > 1 else None,
        interest=interest.get(card["id"], 0),
    )


def _as_of(card: CardPart) -> list[rows.Day]:
    """The oldest first: of these texts the order of letters is that of days."""
    said = sorted({each["day"] for each in card["as_of"] if each["day"]})
    return [day for text in said if (day := rows.Day.as_far_as_said(text, card))]


def _changed_at(card: CardPart) -> str:
    instant = rows.instant_in(card["changed_at"], card)
    return instant.isoformat(timespec="seconds") if instant else ""


def _source(card: CardPart, source: SourcePart) -> Source:
    return Source(
        url=source["url"],
        title=markdown.inline(source["title"] or source["url"]),
        publisher=markdown.inline(source["publisher"]),
        seen_on=rows.Day.in_text(source["seen_on"], card),
        kind=_kind_of_source(source),
        excerpt=markdown.inline(source["excerpt"]),
        archived_url=source["archived_url"],
    )


def _kind_of_source(source: SourcePart) -> str:
    kinds = {
        SourceKind.PRIMARY: gettext("primary source"),
        SourceKind.INTERVIEW: gettext("interview"),
        SourceKind.NEWS: gettext("news"),
        SourceKind.FAN_SITE: gettext("fan site"),
    }
    return next((words for kind, words in kinds.items() if kind == source["kind"]), "")


def question_of(faq: FaqPart, subject: SubjectName | None, seen: int | None, language: str) -> Question:
    spoiler_after, kind = faq["spoiler_after"], subject.kind if subject else None
    opens = opens_at(spoiler_after, kind)
    return Question(
        anchor=faq["anchor"],
        public_heading=rows.public_question(faq["question"], spoiler_after, subject),
        spoiler_label=rows.spoiler_label(spoiler_after, kind),
        opens_at=opens,
        is_safe=is_safe(opens, seen),
        question=markdown.inline(faq["question"]),
        answer=markdown.trusted(faq["answer"]),
        lang=rows.lang_of(language),
    )
