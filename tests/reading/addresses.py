"""An example of every public address, made from what one article shows. A new URL pattern without a row here fails.
And what these tests do to what stands there: publish it again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import URLPattern, reverse

from articles import drafts, publishing
from articles.models import Article, Edition, PublishedFact, Revision
from articles.reading import sharing
from articles.reading.urls import urlpatterns

#: Addresses that read nothing of the database.
WITHOUT_DATA = {"robots", "healthz", "readyz", "picture", "reported"}
#: Addresses whose answer no public event changes.
WITHOUT_EVENTS = {"about", "contact", "privacy"}
#: The one address that takes something from a reader, so that no shared cache keeps its answer.
TAKES_WORDS = {"fact-report"}
#: Addresses that hold a digest of what they give.
KEPT_FOR_EVER = {"share-article", "share-fact"}


def examples(edition: Edition) -> dict[str, str]:
    """Name of the URL pattern: an address of it that answers 200."""
    fact = PublishedFact.objects.filter(edition=edition, spoiler_after__isnull=True).first()
    author, tag = edition.authors.get(), edition.tags.first()
    return {
        "home": reverse("home"),
        "articles": reverse("articles"),
        "article": reverse("article", args=[edition.slug]),
        "facts": reverse("facts") + f"?tag={tag.slug}&subject={edition.subject.slug}&spoilers=hide&sort=episode",
        "fact": reverse("fact", args=[fact.public_id, fact.slug]),
        "fact-by-id": reverse("fact-by-id", args=[fact.public_id]),
        "tags": reverse("tags"),
        "tag": reverse("tag", args=[tag.slug]),
        "subjects": reverse("subjects"),
        "subject": reverse("subject", args=[edition.subject.slug]),
        "author": reverse("author", args=[author.slug]),
        "fact-report": reverse("fact-report", args=[fact.public_id]),
        "reported": reverse("reported") + f"?fact={fact.public_id}",
        "about": reverse("about"),
        "contact": reverse("contact"),
        "privacy": reverse("privacy"),
        "corrections": reverse("corrections"),
        "share-article": sharing.article_path(sharing.of_article("Fanguide", edition), edition.slug),
        "share-fact": sharing.fact_path(sharing.of_fact("Fanguide", edition, fact.public_id), fact.public_id),
        "embed": reverse("embed", args=[fact.public_id]),
        "oembed": reverse("oembed") + f"?url=http://testserver/facts/{fact.public_id}/",
        "articles-atom": reverse("articles-atom"),
        "sitemap": reverse("sitemap"),
        "sitemap-part": reverse("sitemap-part", args=["facts", 1]),
        "robots": reverse("robots"),
        "healthz": reverse("healthz"),
        "readyz": reverse("readyz"),
        "picture": reverse("picture", args=["pictures/none.jpg"]),
    }


def publish_again(article: Article, at: dt.datetime | None = None, **changes: str) -> None:
    """Another version of an article, now or at an instant ahead, with these fields changed."""
    Article.objects.filter(pk=article.pk).update(**changes)
    article.refresh_from_db()
    publishing.publish(drafts.keep_revision(article, Revision.Reason.IMPORTED, by=article.owner), at=at)


def names() -> Iterator[str]:
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        assert pattern.name, f"{pattern}: a public address has a name."
        yield pattern.name
