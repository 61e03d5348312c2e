"""What stands beside a tag or a subject on its page: the tags, subjects, articles and questions that go with it.

Ids and numbers are counted once for each state of the timeline; their names are looked up each time.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet
from django.db.models import Value as Literal
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from articles.models.editions import Edition, EditionTag, PublishedFact, PublishedTag
from articles.models.reference import Subject, Tag
from articles.models.search import SearchName
from articles.reading import rows
from articles.reading.outputs import BROKEN, log_left_out
from articles.reading.rows import FactRow, SubjectName
from articles.reading.selectors.clock import PublicClock
from articles.reading.selectors.lists import articles_in_force
from articles.reading.selectors.prepared import filled, placeholder_values, placeholders, prepared

NARROWER_TAGS, NARROWER_SUBJECTS, RELATED_TAGS = 18, 8, 12
TAG_ARTICLES = 4
SUBJECT_TAGS, SUBJECT_QUESTIONS, CONNECTED = 24, 12, 12
#: What goes with a tag or a subject without being on the same fact is looked for among so many of the newest.
NEWEST = 60
NO_POINT = -1
_TAG_NAME, _SUBJECT_NAME = "name of a tag", "name of a subject"


class BesideTag(NamedTuple):
    """`tags` and `subjects` narrow the tag's facts: with the number of facts that have both, the most first.
    `related` tags go with the tag, but narrow nothing. `articles` are the newest editions with the tag.
    """

    facts: int
    tags: dict[int, int]
    subjects: dict[int, int]
    related: tuple[int, ...]
    articles: tuple[int, ...]


class FoundQuestion(NamedTuple):
    """A question of an article in force, in its own words."""

    anchor: str
    question: str
    spoiler_after: int | None
    slug: str  # of its article
    language: str


class BesideSubject(NamedTuple):
    """`points`: episodes, or NO_POINT for what spoils nothing, with the number of facts that are safe then.
    `tags`: ids with the number of the subject's facts under each.
    """

    articles: int
    points: tuple[tuple[int, int], ...]
    tags: tuple[tuple[int, int], ...]
    connected: tuple[int, ...]
    questions: tuple[FoundQuestion, ...]

    @property
    def facts(self) -> int:
        return sum(count for _point, count in self.points)


class BesideNames(NamedTuple):
    """Reference rows under their current names; `facts` are the rows with their own tags."""

    facts: tuple[FactRow, ...]
    tags: dict[int, rows.Tag]
    subjects: dict[int, SubjectName]

    def tags_of(self, counts: Mapping[int, int]) -> tuple[rows.Tag, ...]:
        """With their numbers: the most first, equal ones from A to Z."""
        found = (self.tags[pk]._replace(facts=count) for pk, count in counts.items() if pk in self.tags)
        return tuple(sorted(found, key=lambda tag: (-(tag.facts or 0), tag.name)))

    def related(self, tags: Iterable[int]) -> tuple[rows.Tag, ...]:
        return tuple(self.tags[pk] for pk in tags if pk in self.tags)

    def subjects_of(self, subjects: Iterable[int]) -> tuple[SubjectName, ...]:
        return tuple(self.subjects[pk] for pk in subjects if pk in self.subjects)


# --- a tag ------------------------------------------------------------------------------------------------------------


def beside_tag(tag: int, clock: PublicClock) -> BesideTag:
    """One query when the state is new, else none."""

    def count() -> tuple[Any, ...]:
        found = list(_beside_tag(tag, clock.now))
        names = _names(found)
        together = _counts(found, names, "tag")
        total = together.pop(tag, 0)
        narrower = {pk: n for pk, n in together.items() if n < total}
        related = [pk for pk in (*together, *_counts(found, names, "related")) if pk not in narrower and pk != tag]
        subjects = _first(_counts(found, names, "subject"), NARROWER_SUBJECTS)
        return (
            *(total, _first(narrower, NARROWER_TAGS)),
            subjects if len(subjects) > 1 else {},
            tuple(dict.fromkeys(related))[:RELATED_TAGS],
            tuple(pk for kind, pk, *_rest in found if kind == "article"),
        )

    return BesideTag._make(clock.cached(f"beside-tag/{tag}", count))


def _beside_tag(tag: int, now: Any) -> QuerySet[Any]:
    under = PublishedTag.objects.in_force(at=now).filter(tag=tag).order_by()
    each_once = under.once(at=now)
    together = each_once.values_list(Literal("tag"), "fact__tag_rows__tag_id").annotate(n=Count("*"))
    about = each_once.filter(fact__subject__isnull=False)
    subjects = about.values_list(Literal("subject"), "fact__subject_id").annotate(n=Count("*"))
    newest = under.newest_first().values("fact__edition_id")[:NEWEST]
    related = PublishedTag.objects.in_force(at=now).filter(fact__edition_id__in=newest).order_by()
    near = related.values_list(Literal("related"), "tag_id").annotate(n=Count("*"))
    tagged = EditionTag.objects.filter(tag=tag).values("edition")
    articles = articles_in_force(now).filter(pk__in=tagged).values("pk")[:TAG_ARTICLES]
    shown = Edition.objects.filter(pk__in=articles).order_by().values_list(Literal("article"), "pk", Literal(0))
    parts = [each.annotate(text=Literal("")) for each in (together, subjects, near, shown)]
    found: QuerySet[Any] = parts[0].union(*parts[1:], *_all_names(), all=True).order_by()
    return found


def _all_names() -> list[QuerySet[Any]]:
    """Rows of what is named, an id, 0 and a name. Databases would sort names in different ways."""
    tags, subjects = Tag.objects.order_by(), Subject.objects.order_by()
    found: list[QuerySet[Any]] = [
        tags.values_list(Literal(_TAG_NAME), "pk", Literal(0), "name"),
        subjects.values_list(Literal(_SUBJECT_NAME), "pk", Literal(0), "name"),
    ]
    return found


# --- a subject --------------------------------------------------------------------------------------------------------


def beside_subject(subject: int, clock: PublicClock) -> BesideSubject:
    """One query when the state is new, else none."""

    def count() -> tuple[Any, ...]:
        found = list(_beside_subject(subject, clock.now))
        names = _names(found)
        connected = [*_counts(found, names, "named"), *_counts(found, names, "tagged"), *_counts(found, names, "near")]
        return (
            sum(_counts(found, names, "articles").values()),
            tuple(sorted(_counts(found, names, "point").items())),
            tuple(_first(_counts(found, names, "tag"), SUBJECT_TAGS).items()),
            tuple(dict.fromkeys(pk for pk in connected if pk != subject))[:CONNECTED],
            [tuple(each) for each in _questions(row[1:] for row in found if row[0] == "questions")],
        )

    *plain, questions = clock.cached(f"beside-subject/{subject}", count)
    return BesideSubject._make([*plain, tuple(FoundQuestion._make(each) for each in questions)])


def _beside_subject(subject: int, now: Any) -> QuerySet[Any]:
    """Rows of a kind, an id, a number, and for questions their JSON with the article's slug and language."""
    editions = articles_in_force(now).filter(subject=subject)
    facts = PublishedFact.objects.in_force(at=now).filter(subject=subject).once(at=now).order_by()
    points = facts.annotate(point=Coalesce("spoiler_after", Literal(NO_POINT), output_field=IntegerField()))
    under = PublishedTag.objects.in_force(at=now).filter(fact__in=facts.values("pk")).order_by()
    newest = Edition.objects.filter(pk__in=editions.values("pk")[:SUBJECT_QUESTIONS]).order_by()
    no_texts = (Literal(""), Literal(""))
    return (
        _part("articles", editions.order_by().values("subject_id").annotate(n=Count("*")), "subject_id")
        .union(
            _part("point", points.values("point").annotate(n=Count("*")), "point"),
            _part("tag", under.values("tag_id").annotate(n=Count("*")), "tag_id"),
            _part("named", _named_in(under, subject, now).annotate(n=Literal(1)), "pk"),
            _part("tagged", _tagged_with(subject, now), "fact__subject_id"),
            _part("near", _near(editions, subject, now), "edition__subject_id"),
            _part("questions", newest.annotate(n=Literal(0)), "pk", KT("parts__faqs"), F("slug"), F("language")),
            _part(_TAG_NAME, Tag.objects.order_by().annotate(n=Literal(0)), "pk", F("name"), *no_texts),
            _part(_SUBJECT_NAME, Subject.objects.order_by().annotate(n=Literal(0)), "pk", F("name"), *no_texts),
            all=True,
        )
        .order_by()
    )


def _part(kind: str, found: QuerySet[Any], key: str, *texts: Any) -> QuerySet[Any]:
    """One part of the union: a kind, an id, a number `n` and three texts."""
    one, two, three = texts or [Literal("")] * 3
    named = found.annotate(part=Literal(kind), text1=one, text2=two, text3=three)
    part: QuerySet[Any] = named.values_list("part", key, "n", "text1", "text2", "text3")
    return part


def _named_in(under: QuerySet[PublishedTag], subject: int, now: Any) -> QuerySet[Subject]:
    """The subjects that are called as a tag of these rows: the people in a drama have tags of their names."""
    tags = under.values("tag_id")
    of_tags = SearchName.objects.filter(Q(tag__in=tags) | Q(alias__tag__in=tags), key__startswith="j").values("key")
    called = SearchName.objects.filter(key__in=of_tags, subject__isnull=False).values("subject")
    public = Exists(Edition.objects.in_force(at=now).versions().filter(subject=OuterRef("pk")))
    return Subject.objects.filter(public, pk__in=called).exclude(pk=subject).order_by()


def _tagged_with(subject: int, now: Any) -> QuerySet[Any]:
    """The other way round: the subjects whose facts have a tag that is called as this subject."""
    own = SearchName.objects.filter(subject=subject, key__startswith="j").values("key")
    called = SearchName.objects.filter(key__in=own).annotate(of=Coalesce("tag_id", F("alias__tag_id")))
    facts = PublishedTag.objects.in_force(at=now).filter(tag__in=called.filter(of__isnull=False).values("of"))
    others = facts.filter(fact__subject__isnull=False).exclude(fact__subject=subject).order_by()
    found: QuerySet[Any] = others.values("fact__subject_id").annotate(n=Count("*"))
    return found


def _near(editions: QuerySet[Edition], subject: int, now: Any) -> QuerySet[Any]:
    """The subjects of the newest articles that share tags with these."""
    own = EditionTag.objects.filter(edition__in=editions.order_by().values("pk")).values("tag")
    public = {"edition__visible_from__lte": now, "edition__visible_until__gt": now, "edition__subject__isnull": False}
    shared = EditionTag.objects.filter(tag__in=own, **public).exclude(edition__subject=subject)
    newest = shared.order_by("-edition_id").values("pk")[:NEWEST]
    found = EditionTag.objects.filter(pk__in=newest).order_by()
    return found.values("edition__subject_id").annotate(n=Count("*"))


def _questions(found: Iterable[Sequence[Any]]) -> list[FoundQuestion]:
    """Of the newest articles, in the order of their spoiler points."""
    questions = []
    for pk, _n, text, slug, language in sorted(found, key=lambda row: -row[0]):
        try:
            faqs = json.loads(text or "[]")
            questions += [
                FoundQuestion(faq["anchor"], faq["question"], faq["spoiler_after"], slug, language) for faq in faqs
            ]
        except BROKEN as error:
            log_left_out(f"the questions of edition pk {pk}", error)
    return sorted(questions, key=lambda each: each.spoiler_after or NO_POINT)


# --- names ------------------------------------------------------------------------------------------------------------


def names_beside(
    facts: Sequence[FactRow] = (), tags: Collection[int] = (), subjects: Collection[int] = ()
) -> BesideNames:
    """The facts' own tags, and these tags and subjects by name. One query, none when nothing is asked."""
    asked = {"fact": filled(fact.pk for fact in facts), "tag": filled(tags), "subject": filled(subjects)}
    values = {name: key for kind, keys in asked.items() for name, key in placeholder_values(kind, keys).items()}
    found = _names_beside(*map(len, asked.values())).rows(**values) if values else ()
    own: dict[int, list[rows.Tag]] = {}
    for kind, pk, name, slug, *_rest in sorted(found, key=lambda row: row[2]):
        if kind == "own":
            own.setdefault(pk, []).append(rows.Tag(name, slug))
    return BesideNames(
        tuple(fact._replace(tags=tuple(own.get(fact.pk, ()))) for fact in facts),
        {pk: rows.Tag(name, slug) for kind, pk, name, slug, *_rest in found if kind == "tag"},
        {
            pk: SubjectName(name, slug, sort, palette, year or None, *original)
            for kind, pk, name, slug, sort, palette, year, *original in found
            if kind == "subject"
        },
    )


@prepared
def _names_beside(facts: int, tags: int, subjects: int) -> Any:
    nothing = (Literal(""), Literal(""), Literal(0), Literal(""), Literal(""))
    own = PublishedTag.objects.filter(fact__pk__in=placeholders("fact", facts), is_own=True).order_by()
    of_tags = Tag.objects.filter(pk__in=placeholders("tag", tags)).order_by()
    of_subjects = Subject.objects.filter(pk__in=placeholders("subject", subjects)).order_by()
    year = Coalesce("year", Literal(0))
    rest = ("kind", "palette", year, "original_name", "original_language")
    return (
        of_subjects.values_list(Literal("subject"), "pk", "name", "slug", *rest)
        .union(
            of_tags.values_list(Literal("tag"), "pk", "name", "slug", *nothing),
            own.values_list(Literal("own"), "fact_id", "tag__name", "tag__slug", *nothing),
            all=True,
        )
        .order_by()
    )


def _counts(found: Iterable[Sequence[Any]], names: Mapping[tuple[str, int], str], kind: str) -> dict[int, int]:
    """Of one kind, the most first, equal ones from A to Z."""
    named = _TAG_NAME if kind in ("tag", "related") else _SUBJECT_NAME
    counted = sorted((-row[2], names.get((named, row[1]), ""), row[1]) for row in found if row[0] == kind)
    return {pk: -n for n, _name, pk in counted}


def _names(found: Iterable[Sequence[Any]]) -> dict[tuple[str, int], str]:
    return {(row[0], row[1]): row[3] for row in found if row[0] in (_TAG_NAME, _SUBJECT_NAME)}


def _first(counts: Mapping[int, int], most: int) -> dict[int, int]:
    return dict(list(counts.items())[:most])
