"""An example of every public address, made from what one article shows. A new URL pattern without a row here fails.
And what these tests do to what stands there: publish it again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import URLPattern, reverse

from articles import drafts, publishing
from articles.models import Article, Edition, PublishedFact, Revision
from articles.reading import sharing
from articles.reading.negotiation import markdown_path
from articles.reading.rows import SubjectName
from articles.reading.site import Site
from articles.reading.urls import urlpatterns

#: Addresses that read nothing of the database.
WITHOUT_DATA = {
    *(
        "opensearch",
        "llms",
        "robots",
        "security-txt",
        "favicon",
        "healthz",
        "readyz",
        "picture",
        "reported",
        "saved",
        "share-site",
        "article-read",
    ),
    *("api", "api-openapi"),
}
#: Addresses whose answer no public event changes.
WITHOUT_EVENTS = {name for page in ("about", "contact", "privacy") for name in (page, f"{page}-markdown")}
#: The addresses that take something from a reader, so that no shared cache keeps their answers; and one that leads by
#: chance.
TAKES_WORDS = {"fact-report", "vote", "random-fact", "article-read"}
#: Addresses that hold a digest of what they give.
KEPT_FOR_EVER = {"share-article", "share-fact", "share-subject", "share-tag", "share-author", "share-site"}
#: What the examples answer that do not answer 200: what is missing on a site of the tests, and what leads elsewhere.
OTHER_STATUS = {"fact-by-id": 301, "fact-by-id-markdown": 301, "picture": 404, "security-txt": 404, "favicon": 302}
OTHER_STATUS |= {"random-fact": 302, "article-read": 405}


def examples(edition: Edition) -> dict[str, str]:
    """Name of the URL pattern: an address of it that answers 200, or as OTHER_STATUS says."""
    site = Site("Fanguide", "http://testserver")
    fact = PublishedFact.objects.filter(edition=edition, spoiler_after__isnull=True).first()
    author, tag = edition.authors.get(), edition.tags.first()
    pages = {
        "home": reverse("home"),
        "articles": reverse("articles"),
        "article": reverse("article", args=[edition.slug]),
        "article-read": reverse("article-read", args=[edition.slug]),
        "facts": reverse("facts") + f"?tag={tag.slug}&subject={edition.subject.slug}&spoilers=hide&sort=episode",
        "fact": reverse("fact", args=[fact.public_id, fact.slug]),
        "fact-by-id": reverse("fact-by-id", args=[fact.public_id]),
        "search": reverse("search") + "?q=lamps",
        "search-suggest": reverse("search-suggest") + "?q=lam",
        "opensearch": reverse("opensearch"),
        "tags": reverse("tags"),
        "tag": reverse("tag", args=[tag.slug]),
        "subjects": reverse("subjects"),
        "subject": reverse("subject", args=[edition.subject.slug]),
        "opened": reverse("opened") + f"?subject={edition.subject.slug}&seen=3&fact={fact.public_id}",
        "authors": reverse("authors"),
        "author": reverse("author", args=[author.slug]),
        "fact-report": reverse("fact-report", args=[fact.public_id]),
        "reported": reverse("reported") + f"?fact={fact.public_id}",
        "random-fact": reverse("random-fact"),
        "saved": reverse("saved"),
        "saved-facts": reverse("saved-facts") + f"?fact={fact.public_id}",
        "vote": reverse("vote", args=[fact.public_id]),
        "about": reverse("about"),
        "contact": reverse("contact"),
        "privacy": reverse("privacy"),
        "corrections": reverse("corrections"),
        "share-article": sharing.article_path(sharing.of_article("Fanguide", edition), edition.slug),
        "share-fact": sharing.fact_path(sharing.of_fact("Fanguide", edition, fact.public_id), fact.public_id),
        "share-subject": path_in(sharing.subject_image(site, SubjectName.of(edition.subject))),
        "share-tag": path_in(sharing.tag_image(site, tag.name, tag.slug)),
        "share-author": path_in(sharing.author_image(site, author.name, author.slug)),
        "share-site": path_in(sharing.site_image(site)),
        "embed": reverse("embed", args=[fact.public_id]),
        "embed-article": reverse("embed-article", args=[edition.slug]),
        "oembed": reverse("oembed") + f"?url=http://testserver/facts/{fact.public_id}/",
        "feed": reverse("feed", args=["articles", "atom"]),
        "feed-of": reverse("feed-of", args=["tags", tag.slug, "facts", "json"]),
        "follow": reverse("follow") + f"?tag={tag.slug}",
        "api": reverse("api"),
        "api-facts": reverse("api-facts") + f"?tag={tag.slug}&subject={edition.subject.slug}",
        "api-fact": reverse("api-fact", args=[fact.public_id]),
        "api-articles": reverse("api-articles") + f"?tag={tag.slug}&subject={edition.subject.slug}",
        "api-article": reverse("api-article", args=[edition.slug]),
        "api-tags": reverse("api-tags"),
        "api-subjects": reverse("api-subjects"),
        "api-search": reverse("api-search") + "?q=lamps",
        "api-facts-jsonl": reverse("api-facts-jsonl"),
        "api-facts-csv": reverse("api-facts-csv"),
        "api-openapi": reverse("api-openapi"),
        "sitemap": reverse("sitemap"),
        "sitemap-part": reverse("sitemap-part", args=["facts", 1]),
        "llms": reverse("llms"),
        "robots": reverse("robots"),
        "security-txt": reverse("security-txt"),
        "favicon": reverse("favicon"),
        "healthz": reverse("healthz"),
        "readyz": reverse("readyz"),
        "picture": reverse("picture", args=["pictures/none.jpg"]),
    }
    twins = [name.removesuffix("-markdown") for name in names() if name.endswith("-markdown")]
    return pages | {f"{name}-markdown": markdown_path(pages[name]) for name in twins}


def path_in(image: sharing.Image) -> str:
    return image.url.removeprefix("http://testserver")


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
