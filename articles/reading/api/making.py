"""Rows and editions as the shapes of the API, under the same rules as pages: what is closed there has no words here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from articles.models.editions import Edition
from articles.models.parts import CardPart, FaqPart
from articles.reading import rows
from articles.reading.api import shapes
from articles.reading.caveats import Caveat
from articles.reading.negotiation import markdown_path
from articles.reading.outputs import made, path_or_nothing, writable, writable_or_none
from articles.reading.pictures import Cover
from articles.reading.rows import FactRow, SubjectName
from articles.reading.seen import opens_at
from articles.reading.selectors import FoundFact, Names
from articles.reading.selectors.search import Hit
from articles.reading.selectors.walks import Named
from articles.reading.site import Site
from articles.reading.stored_parts import card_in


def facts(site: Site, found: Sequence[FactRow]) -> tuple[shapes.Fact, ...]:
    return made(partial(fact, site), writable(found))


def fact(site: Site, row: FactRow) -> shapes.Fact:
    return shapes.Fact(
        id=row.public_id,
        url=site.full(row.url),
        api_url=_fact_url(site, row.public_id),
        heading=row.heading,
        emoji=row.emoji,
        excerpt=row.excerpt,
        is_safe=not row.spoiler_label,
        safe_after_episode=row.opens_at,
        language=row.language,
        published_at=instant(row.published_at),
        subject=subject(site, row.subject),
        tags=tags(site, row.tags),
        picture=picture(site, row.picture),
        caveat=_caveat(row.caveat),
        article=article_name(site, row.article_title, row.article_slug),
    )


def whole_fact(site: Site, found: FoundFact, names: Names) -> shapes.WholeFact:
    edition = found.edition.edition
    part = card_in(edition.parts, found.public_id)
    return _whole_facts(site, edition, [part], names, {found.public_id: found.first_visible_from})[0]


def whole_facts(
    site: Site, edition: Edition, names: Names, first_seen: Mapping[str, dt.datetime]
) -> tuple[shapes.WholeFact, ...]:
    """All facts of an edition; `first_seen`: when the public first saw each, by public id."""
    return _whole_facts(site, edition, edition.parts["cards"], names, first_seen)


def _whole_facts(
    site: Site, edition: Edition, cards: Sequence[CardPart], names: Names, first_seen: Mapping[str, dt.datetime]
) -> tuple[shapes.WholeFact, ...]:
    about = writable_or_none(SubjectName.of(edition.subject))
    known, checks = {pk: tag for pk, tag in names.tags if writable_or_none(tag)}, dict(names.checks)

    def whole(card: CardPart) -> shapes.WholeFact:
        after = card["spoiler_after"]
        is_safe = after is None
        has_own_heading = is_safe or card["safe_heading"]
        return shapes.WholeFact(
            id=card["id"],
            url=site.full(reverse("fact", args=[card["id"], card["slug"]])),
            api_url=_fact_url(site, card["id"]),
            heading=rows.public_heading_of(card["heading"], card["safe_heading"], after, about),
            emoji=card["emoji"] if is_safe else "",
            is_safe=is_safe,
            safe_after_episode=opens_at(after, about.kind if about else None),
            language=edition.language if has_own_heading else "",
            published_at=instant(first_seen.get(card["id"])),
            subject=subject(site, about),
            tags=tags(site, [known[pk] for pk in card["tags"] if pk in known] if is_safe else ()),
            picture=picture(site, Cover.of(card["picture"], f"fact {card['id']}")) if is_safe else None,
            caveat=_caveat(Caveat.in_part(card)) if is_safe else None,
            article=article_name(site, edition.title, edition.slug),
            number=card["number"],
            html=card["body"] if is_safe else "",
            sources=tuple(shapes.Source(**source) for source in card["sources"]) if is_safe else (),
            checked_on=checks.get(card["id"]) if is_safe and not card["caveat"] else None,
            changed_at=instant(rows.instant_in(card["changed_at"], card)) if is_safe else None,
            as_of=tuple(sorted({each["day"] for each in card["as_of"] if each["day"]})) if is_safe else (),
        )

    return made(whole, cards)


def _caveat(caveat: Caveat | None) -> shapes.Caveat | None:
    return (
        shapes.Caveat(kind=caveat.kind, since=caveat.since.iso if caveat.since else None, note=caveat.note)
        if caveat
        else None
    )


def article(site: Site, found: Named) -> shapes.Article:
    return shapes.Article(**_article_fields(site, found.row, found.tags, found.authors))


def whole_article(
    site: Site, edition: Edition, names: Names, first_seen: Mapping[str, dt.datetime]
) -> shapes.WholeArticle:
    parts, about = edition.parts, writable_or_none(SubjectName.of(edition.subject))
    known, authors = dict(names.tags), dict(names.authors)
    return shapes.WholeArticle(
        **_article_fields(
            site,
            rows.ArticleRow.of(edition),
            [known[pk] for pk in parts["tags"] if pk in known],
            [authors[pk] for pk in parts["authors"] if pk in authors],
        ),
        introduction_html=parts["introduction"],
        facts=whole_facts(site, edition, names, first_seen),
        conclusion_heading=parts["conclusion_heading"],
        conclusion_html=parts["conclusion"],
        questions=made(partial(_question, about), parts["faqs"]),
    )


def _article_fields(
    site: Site, row: rows.ArticleRow, article_tags: Sequence[rows.Tag], authors: Sequence[rows.Author]
) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "title": row.title,
        "dek": row.dek,
        "url": site.full(row.url),
        "api_url": site.full(reverse("api-article", args=[row.slug])),
        "markdown_url": site.full(markdown_path(row.url)),
        "language": row.language,
        "published_at": instant(row.published_at),
        "updated_at": instant(row.modified_at),
        "fact_count": row.card_count,
        "subject": subject(site, row.subject),
        "authors": tuple(
            shapes.Author(slug=each.slug, name=each.name, url=site.full(each.url)) for each in writable(authors)
        ),
        "tags": tags(site, article_tags),
        "picture": picture(site, row.cover),
    }


def _question(about: SubjectName | None, faq: FaqPart) -> shapes.Question:
    after = faq["spoiler_after"]
    return shapes.Question(
        question=rows.public_question(faq["question"], after, about),
        answer_html=faq["answer"] if after is None else "",
        is_safe=after is None,
        safe_after_episode=opens_at(after, about.kind if about else None),
    )


def hit(site: Site, found: Hit) -> shapes.Hit:
    return shapes.Hit(
        fact=fact(site, found.fact) if found.fact else None, article=article_name(site, found.title, found.slug)
    )


def article_name(site: Site, title: str, slug: str) -> shapes.ArticleName:
    url, api_url = (site.full(reverse(name, args=[slug])) for name in ("article", "api-article"))
    return shapes.ArticleName(slug=slug, title=title, url=url, api_url=api_url)


def subject(site: Site, name: SubjectName | None) -> shapes.Subject | None:
    if name is None:
        return None
    return shapes.Subject(
        slug=name.slug,
        name=name.name,
        kind=name.kind,
        year=name.year,
        original_name=name.original_name,
        original_language=name.original_language,
        url=site.full(name.url),
        facts_url=_facts_url(site, "subject", name.slug),
    )


def tags(site: Site, found: Sequence[rows.Tag]) -> tuple[shapes.Tag, ...]:
    return tuple(
        shapes.Tag(slug=tag.slug, name=tag.name, url=site.full(tag.url), facts_url=_facts_url(site, "tag", tag.slug))
        for tag in writable(found)
    )


def picture(site: Site, cover: Cover | None) -> shapes.Picture | None:
    if cover is None:
        return None
    plain = {name: getattr(cover, name) for name in ("width", "height", "alt", "credit", "licence")}
    return shapes.Picture(url=site.full(cover.url), **plain)


def instant(when: dt.datetime | None) -> str | None:
    """In UTC, to the second."""
    return when.astimezone(dt.UTC).isoformat(timespec="seconds") if when else None


def _fact_url(site: Site, public_id: str) -> str:
    return site.full(path_or_nothing("api-fact", public_id))


def _facts_url(site: Site, parameter: str, slug: str) -> str:
    return f"{site.full(reverse('api-facts'))}?{urlencode({parameter: slug})}"
