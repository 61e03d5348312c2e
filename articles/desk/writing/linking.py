"""What a link in a text may lead to: our own articles and facts, found by words of their titles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.http import JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import rights
from articles.desk import word_search
from articles.desk.pages import VIEW
from articles.desk.requests import StaffRequest
from articles.models import Article, Edition, FactCard, PublishedFact
from articles.models.editions import public_heading
from articles.models.search import working
from articles.models.search.engine import Expression
from articles.models.search.working import WorkingIndex
from articles.text import finding, tokens

MOST_ARTICLES, MOST_FACTS = 6, 12
LONGEST_SEARCH = 200
#: Cards that may be public already, which is looked up.
_MOST_LOOKED_AT = 500
#: Of so many articles headings are looked at themselves, where the index finds the others.
_RECENT_FACTS = 100
#: So many that were made last are taken from the index, of which a few are offered.
_MOST_INDEXED = 200


@dataclass(frozen=True)
class Target:
    """`title` is what the writer looks for, `words` what may stand in a text: they differ where the title spoils."""

    url: str
    title: str
    words: str
    note: str


@require_safe
def links(request: StaffRequest) -> JsonResponse:
    """`q` is what is typed: all of its words have to be in the title, in any case.

    Found are articles and facts that readers see, and those of the account's own that they do not see yet. Which there
    are the index of working copies tells, with the articles changed last looked at (see desk.word_search); what is said
    of them stands in the words that readers see.
    """
    rights.require(request.user, VIEW)
    words = word_search.words_of(request.GET.get("q", "")[:LONGEST_SEARCH])
    found: list[Target] = []
    if words:
        recent = word_search.recent_articles()
        found = [*_articles(request.user, words, recent), *_facts(request.user, words, recent)]
    return JsonResponse({"found": [asdict(target) for target in found]})


def _articles(user: User, words: Sequence[str], recent: list[int]) -> Iterator[Target]:
    wanted = _indexed(working.expression(words), recent)
    keys = [*recent, *_newest(working.TITLES, wanted)]
    live = Edition.objects.in_force().versions()
    # Sorted here: asked for versions in order, SQLite walks those of all articles.
    columns = ("slug", "title", "article_id", "kind", "first_visible_from", "pk")
    events = Edition.objects.in_force().filter(article__in=keys).order_by().values_list(*columns)
    versions = sorted((row for row in events if row[3] == Edition.Kind.VERSION and row[4]), key=lambda row: row[5])
    versions.sort(key=lambda row: row[4], reverse=True)
    rows = [row[:3] for row in versions]
    for slug, title, _article in islice((row for row in rows if _has(words, wanted, row[1])), MOST_ARTICLES):
        yield Target(reverse("article", args=[slug]), title, title, _("Article"))
    own = rights.visible_articles(user, Article.objects.exclude(slug="").order_by("-pk"))
    if word_search.sees_all(user):
        own = own.filter(pk__in=set(keys) - {article for _slug, _title, article in rows})
    else:
        own = own.filter(~Exists(live.filter(article=OuterRef("pk"))))
    own_rows = own.values_list("slug", "title")
    for slug, title in islice((row for row in own_rows if _has(words, wanted, row[1])), MOST_ARTICLES):
        yield Target(reverse("article", args=[slug]), title, title, _("Article, not published yet"))


def _facts(user: User, words: Sequence[str], recent: list[int]) -> Iterator[Target]:
    wanted = _indexed(working.expression(words), recent)
    keys = _newest(working.CARDS, _indexed(working.expression(words, of_headings=True), recent))
    if wanted:
        recent = recent[:_RECENT_FACTS]
    live = PublishedFact.objects.in_force().newest_first()
    found = _headed(live.filter(edition__article__in=recent), words)
    if keys:
        ids = list(FactCard.objects.filter(pk__in=keys).values_list("public_id", flat=True))
        found += _headed(live.filter(public_id__in=ids), words, wanted)
    facts = live.filter(pk__in=found).select_related("subject", "edition").defer("edition__parts")
    for fact in facts[:MOST_FACTS]:
        heading = fact.public_heading
        url = reverse("fact", args=[fact.public_id, fact.slug])
        yield Target(url, heading, heading, _("Fact in “%(article)s”") % {"article": fact.edition.title})
    for card in _own_cards(user, words, recent, keys):
        outside = public_heading(card.heading, card.safe_heading, card.spoiler_after, card.article.subject)
        note = _("Fact in “%(article)s”, not published yet") % {"article": card.article}
        yield Target(reverse("fact-by-id", args=[card.public_id]), card.heading, outside, note)


def _own_cards(user: User, words: Sequence[str], recent: list[int], keys: list[int]) -> QuerySet[FactCard]:
    """Those that this person may see and readers do not, the last made first."""
    rows = FactCard.objects.order_by("-pk")
    if word_search.sees_all(user):
        own, looked_at = rows.filter(article__binned_at=None), rows.filter(article__in=recent)
    else:
        own = looked_at = rows.filter(
            article__in=rights.visible_articles(user, Article.objects.order_by()).values("pk")
        )
    found = _headed(looked_at, words, most=_MOST_LOOKED_AT)
    if keys:
        found += _headed(own.filter(pk__in=keys), words, working.expression(words), most=_MOST_LOOKED_AT)
    ids = dict(FactCard.objects.filter(pk__in=found).order_by().values_list("public_id", "pk"))
    live = PublishedFact.objects.in_force().filter(public_id__in=list(ids)).order_by()
    waiting = ids.keys() - set(live.values_list("public_id", flat=True))
    cards = rows.filter(pk__in=[ids[public_id] for public_id in waiting])
    return cards.select_related("article__subject")[:MOST_FACTS]


def _indexed(wanted: Expression | None, recent: list[int]) -> Expression | None:
    """None where all articles are looked at anyway: then the index is not asked."""
    return wanted if len(recent) >= word_search.RECENT else None


def _newest(index: WorkingIndex, wanted: Expression | None) -> list[int]:
    return working.newest(index, wanted, _MOST_INDEXED) if wanted else []


def _headed(
    rows: QuerySet[Any], words: Sequence[str], wanted: Expression | None = None, most: int = MOST_FACTS
) -> list[int]:
    """The keys of the first with all of the words in the heading, or in the one for readers who are not that far."""
    columns = rows.values_list("pk", "heading", "safe_heading")
    found = (pk for pk, *headings in columns if any(_has(words, wanted, heading) for heading in headings if heading))
    return list(islice(found, most))


def _has(words: Sequence[str], wanted: Expression | None, title: str) -> bool:
    """Whether a title has all of the words, as any part of it or, with `wanted`, as the index finds them."""
    folded = finding.folded(title)
    if all(word in folded for word in words):
        return True
    return wanted is not None and working.holds(wanted, tokens.text_of(tokens.of_text(title)))
