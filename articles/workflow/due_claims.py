"""What is true only for a time and is to be looked at again, because the day has come that somebody named for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from articles import proofs
from articles.drafts import mentions
from articles.drafts.mentions import PartWords
from articles.models import Article, ClaimAct, FactCard, Faq
from articles.states import Status

#: What is due longest comes first. Whoever wants another order (by what is read most, say) puts it here.
ORDER = ("again_on", "pk")
#: So many rows are read at once: of some the words are others by now, and these are passed over.
_AT_ONCE = 100
Kind = ClaimAct.Kind


@dataclass(frozen=True, slots=True)
class DueClaim:
    """`act` is the one that holds, `part` the words of now in which it does."""

    act: ClaimAct
    part: PartWords


def claims_to_check(articles: QuerySet[Article], *, until: dt.date, most: int) -> list[DueClaim]:
    """The first of what is due by that day in these articles. Five queries at most for each hundred that are read."""
    live = articles.order_by().exclude(status=Status.ARCHIVED).filter(is_template=False)
    rows = _latest().filter(again_on__lte=until).filter(_in(live)).order_by(*ORDER)
    return list(islice(_still_said(rows), most))


def _latest() -> QuerySet[ClaimAct]:
    """Days that nobody took back, or said anew since."""
    taken_back = ClaimAct.objects.filter(_same_part(), kind=Kind.TAKE_BACK, undoes=OuterRef("public_id"))
    days = ClaimAct.objects.filter(~Exists(taken_back), kind=Kind.DATE)
    newer = days.filter(_same_part(), identity=OuterRef("identity"), pk__gt=OuterRef("pk"))
    return days.filter(~Exists(newer))


def _same_part() -> Q:
    """A card and a question are known by their place alone: see ClaimAct."""
    return Q(place=OuterRef("place")) & (Q(article=OuterRef("article")) | Q(article=None))


def _in(articles: QuerySet[Article]) -> Q:
    """In a part of these articles, wherever it stands now."""
    cards = FactCard.objects.filter(article__in=articles, public_id=Substr(OuterRef("place"), len("card:") + 1))
    faqs = Faq.objects.filter(article__in=articles, public_id=Substr(OuterRef("place"), len("faq:") + 1))
    is_card, is_faq = (Q(place__startswith=kind) for kind in ("card:", "faq:"))
    return Q(article__in=articles) | (is_card & Q(Exists(cards))) | (is_faq & Q(Exists(faqs)))


def _still_said(rows: QuerySet[ClaimAct]) -> Iterator[DueClaim]:
    start = 0
    while some := list(rows[start : start + _AT_ONCE]):
        words = mentions.words_at((row.article_id or 0, row.place) for row in some)
        for row in some:
            part = words.get(mentions.key_of(row.article_id or 0, row.place))
            if part and _holds(row, part):
                yield DueClaim(row, part)
        start += _AT_ONCE


def _holds(row: ClaimAct, part: PartWords) -> bool:
    texts: Sequence[tuple[str, str]] = [(str(number), text) for number, text in enumerate(part.texts) if text]
    language = part.article.language or settings.LANGUAGE_CODE
    return any(each.act for each in proofs.dated_in(tuple(texts), language, [row]))
