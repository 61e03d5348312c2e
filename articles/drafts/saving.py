"""Saving the parts that an article has once: its details, introduction and conclusion."""

from __future__ import annotations

import dataclasses

from django.contrib.auth.models import User

from articles.document.rules import SLUG_LENGTH
from articles.drafts import derived, reading, versions
from articles.drafts.changing import Unchanged, changing, check_token, checked
from articles.drafts.items import write_fields
from articles.drafts.reading import Conclusion, Details, Introduction
from articles.models import Address, Article, Byline, History, Picture, Tag, TaggedArticle
from articles.models.addressed import subjects_and_authors
from articles.models.queries import held_until_the_end
from articles.text import slugs


def save_details(article: Article, new: Details, *, token: str, by: User, is_return: bool = False) -> Details:
    """Saves all that stands at the head of the form, and gives it as it stands then.

    An empty address is made from the title, and one that is taken gets a number; what means nothing here is left out.
    """
    new = checked(dataclasses.replace(new, slug=free_slug(article, slugs.slug(new.slug or new.title, SLUG_LENGTH))))
    with changing(article, History.Part.DETAILS, by, places=["details"]) as locked:
        new = dataclasses.replace(new, tags=tuple(tag.name for tag in Tag.objects.for_names(new.tags)))
        current = reading.details_of(locked)
        check_token(current, new, token)
        versions.record(locked, current, new, by=by, is_return=is_return)
        new = write_details(locked, new)
        derived.replace_details(locked, current, new)
    return new


def free_slug(article: Article, wish: str) -> str:
    """The wish, with a number where another article has that address or ever had it, before readers or soon."""
    slug, number = wish, 2
    taken = Address.objects.filter(kind=Address.Kind.ARTICLE).exclude(article=article.pk)
    while slug and taken.filter(slug=slug).exists():
        ending = f"-{number}"
        slug, number = f"{slugs.slug(wish, SLUG_LENGTH - len(ending))}{ending}", number + 1
    return slug


def write_details(article: Article, new: Details) -> Details:
    """Writes the details of a locked or new article; gives them as they stand then: slugs and ids that mean nothing are
    left out, names are those of here.
    """
    for name in ("title", "slug", "dek", "language", "numbering"):
        setattr(article, name, getattr(new, name))
    subjects, found = subjects_and_authors([new.subject], new.authors, held=True)
    article.subject = subjects.get(new.subject)
    covers = held_until_the_end(Picture.objects.filter(public_id=new.cover)) if new.cover else ()
    article.cover = next(iter(covers), None)
    is_new = article.pk is None
    article.save()
    if not is_new:
        Byline.objects.filter(article=article).delete()
        TaggedArticle.objects.filter(content_object=article).delete()
    authors = list(dict.fromkeys(found[slug] for slug in new.authors if slug in found))
    Byline.objects.bulk_create(
        Byline(article=article, author=author, position=position) for position, author in enumerate(authors, 1)
    )
    tags = Tag.objects.for_names(new.tags)
    TaggedArticle.objects.bulk_create(TaggedArticle(content_object=article, tag=tag) for tag in tags)
    names = tuple(tag.name for tag in tags)
    return reading.details_with(article, authors=tuple(author.slug for author in authors), tags=names)


def save_introduction(
    article: Article, new: Introduction, *, token: str, by: User, is_return: bool = False
) -> Introduction:
    new = checked(new)
    with changing(article, History.Part.INTRODUCTION, by, places=["introduction"]) as locked:
        current = reading.introduction_of(locked)
        check_token(current, new, token)
        versions.record(locked, current, new, by=by, is_return=is_return)
        write_fields(locked, new, current)
        derived.replace(locked, "introduction", current, new)
    return new


def save_conclusion(article: Article, new: Conclusion, *, token: str, by: User, is_return: bool = False) -> Conclusion:
    new = checked(new)
    with changing(article, History.Part.CONCLUSION, by, places=["conclusion"]) as locked:
        current = reading.conclusion_of(locked)
        check_token(current, new, token)
        versions.record(locked, current, new, by=by, is_return=is_return)
        write_fields(locked, new, current)
        derived.replace(locked, "conclusion", current, new)
    return new


def dismiss_unplaced(article: Article, *, by: User) -> None:
    """Forgets what an import could not place, once a person has dealt with it."""
    with changing(article, History.Part.UNPLACED_TEXT, by, places=[]) as locked:
        if not locked.unplaced_text:
            raise Unchanged
        locked.unplaced_text = ""
        locked.save(update_fields=["unplaced_text"])
