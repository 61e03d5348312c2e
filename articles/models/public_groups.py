"""Which cache groups an act upon published facts and articles concerns, read from their rows as they are now."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models import outbox
from articles.models.cache_groups import ARTICLES, FACTS, Group, GroupKind
from articles.models.editions import Edition, EditionAuthor, EditionTag, PublishedFact, PublishedTag
from articles.models.fact_checks import FactCheck
from articles.models.reference import Author, Subject, Tag
from articles.models.search import SearchName


def purge_facts(facts: Collection[str]) -> None:
    """After facts (public ids) changed in place: their votes, or a look that found them still true."""
    if facts:
        rows = PublishedFact.objects.filter(public_id__in=facts).order_by()
        outbox.purge(lambda: groups_of(rows.values_list("edition__article", flat=True), facts))


def groups_of(articles: Iterable[int], facts: Collection[str]) -> set[Group]:
    """Everything that may show these facts (public ids), or the editions of these articles that are not over.

    Of facts that several articles show, the groups of all of these: which one stands for the fact may change. Of facts
    that are told in several articles, as facts of their own, those of the articles: the page of each leads to the rest.
    """
    now = timezone.now()
    rows = PublishedFact.objects.filter(public_id__in=facts).order_by()
    articles = {*articles, *rows.values_list("edition__article", flat=True)}
    editions = Edition.objects.filter(article__in=articles).order_by()
    current = editions.filter(visible_until__gt=now)
    subjects = {*current.values_list("subject", flat=True), *rows.values_list("subject", flat=True)} - {None}
    tags = {
        *EditionTag.objects.filter(edition__in=current).values_list("tag", flat=True),
        *PublishedTag.objects.filter(fact__in=rows).values_list("tag", flat=True),
    }
    found = {ARTICLES, FACTS}
    found |= _slugs(GroupKind.ARTICLE, editions.exclude(slug="").values_list("slug", flat=True).distinct())
    found |= _also_in(rows)
    found |= _authors(current, facts)
    found |= _named_alike(tags, subjects)
    found |= _slugs(GroupKind.TAG, Tag.objects.filter(pk__in=tags).values_list("slug", flat=True))
    found |= _slugs(GroupKind.SUBJECT, Subject.objects.filter(pk__in=subjects).values_list("slug", flat=True))
    return found


def _also_in(rows: QuerySet[PublishedFact]) -> set[Group]:
    """The articles that tell the same facts as these rows."""
    origins = {*rows.exclude(origin="").values_list("origin", flat=True)}
    if not origins:
        return set()
    found = PublishedFact.objects.filter(origin__in=origins).order_by()
    return _slugs(GroupKind.ARTICLE, found.values_list("edition__slug", flat=True).distinct())


def _slugs(kind: GroupKind, slugs: Iterable[str]) -> set[Group]:
    return {Group(kind, slug) for slug in slugs}


def in_force(articles: Iterable[int]) -> set[int]:
    """Those of these articles that readers see now."""
    found = Edition.objects.in_force().versions().filter(article__in=articles).order_by()
    return {*found.values_list("article", flat=True)}


def neighbours_of(articles: Iterable[int]) -> set[Group]:
    """What will lead to these articles as the one before or after, where readers did not see them yet. Who leads to an
    article already carries its group.
    """
    now, found = timezone.now(), set()
    coming = Edition.objects.versions().filter(article__in=articles, visible_until__gt=now).order_by()
    for article, first in coming.values_list("article", "first_visible_from").distinct():
        others = Edition.objects.in_force(at=now).versions().exclude(article=article)
        older = others.filter(first_visible_from__lte=first).order_by("-first_visible_from", "pk")
        newer = others.filter(first_visible_from__gte=first).order_by("first_visible_from", "-pk")
        for each in (older, newer):
            found |= _slugs(GroupKind.ARTICLE, each.values_list("slug", flat=True)[:1])
    return found


def _authors(current: Iterable[Edition], facts: Collection[str]) -> set[Group]:
    """Who wrote them, and whose pages may say that they have checked one of the facts."""
    by = EditionAuthor.objects.filter(edition__in=current).values("author")
    checked_by = FactCheck.objects.filter(public_id__in=facts, checked_by__isnull=False).values("checked_by")
    authors = Author.objects.filter(Q(pk__in=by) | Q(user__in=checked_by)).order_by()
    return _slugs(GroupKind.AUTHOR, authors.values_list("slug", flat=True))


def _named_alike(tags: Collection[int], subjects: Collection[int]) -> set[Group]:
    """Subjects that are called as one of the tags, and tags that are called as one of the subjects: a subject's page
    names the other one as connected with it (reading.selectors.beside).
    """
    names = SearchName.objects.filter(key__startswith="j").annotate(of_tag=Coalesce("tag", F("alias__tag")))
    of_tags = names.filter(of_tag__in=tags).values("key")
    of_subjects = names.filter(subject__in=subjects).values("key")
    alike_subjects = names.filter(key__in=of_tags, subject__isnull=False).values("subject")
    alike_tags = names.filter(key__in=of_subjects, of_tag__isnull=False).values("of_tag")
    return _slugs(
        GroupKind.SUBJECT, Subject.objects.filter(pk__in=alike_subjects).values_list("slug", flat=True)
    ) | _slugs(GroupKind.TAG, Tag.objects.filter(pk__in=alike_tags).values_list("slug", flat=True))
