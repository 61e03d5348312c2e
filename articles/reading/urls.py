"""The addresses of the public site."""

from django.urls import path, register_converter

from articles.models.site_pages import SitePage
from articles.reading import converters
from articles.reading.api import urls as api
from articles.reading.negotiation import markdown_path
from articles.reading.snapshots import in_one_snapshot
from articles.reading.views import (
    articles,
    corrections,
    embed,
    fact_index,
    facts,
    feeds,
    follow,
    llms,
    read,
    reference,
    reports,
    saved,
    search,
    service,
    share,
    site_pages,
    sitemaps,
    subjects,
    votes,
)

register_converter(converters.SlugConverter, "name")
register_converter(converters.FactConverter, "fact")
register_converter(converters.PictureConverter, "picture")
register_converter(converters.DigestConverter, "digest")
register_converter(converters.FeedContentConverter, "content")
register_converter(converters.FeedFormatConverter, "format")
register_converter(converters.FeedOwnerConverter, "owner")

urlpatterns = [
    path("", articles.home, name="home"),
    path("articles/", articles.article_list, name="articles"),
    path("articles/<name:slug>/", articles.article, name="article"),
    path("articles/<name:slug>/read", read.read, name="article-read"),
    path("facts/", fact_index.fact_index, name="facts"),
    path("facts/random/", fact_index.random_fact, name="random-fact"),
    path("facts/<fact:public_id>/", facts.fact, name="fact-by-id"),
    path("facts/<fact:public_id>/<name:slug>/", facts.fact, name="fact"),
    path("search/", search.search, name="search"),
    path("search/suggest", search.suggest, name="search-suggest"),
    path("opensearch.xml", search.description, name="opensearch"),
    path("tags/", reference.tag_list, name="tags"),
    path("tags/<name:slug>/", reference.tag, name="tag"),
    path("subjects/", subjects.subject_list, name="subjects"),
    path("subjects/<name:slug>/", subjects.subject, name="subject"),
    path("opened", subjects.opened, name="opened"),
    path("authors/", reference.author_list, name="authors"),
    path("authors/<name:slug>/", reference.author, name="author"),
    # Not below the fact: every word there may be a fact's slug.
    path("report/<fact:public_id>/", reports.report, name="fact-report"),
    path("reported/", reports.reported, name="reported"),
    path("saved/", saved.saved, name="saved"),
    path("saved/facts", saved.saved_facts, name="saved-facts"),
    path("vote/<fact:public_id>/", votes.vote, name="vote"),
    *(path(f"{slug}/", site_pages.page, {"slug": slug}, name=slug) for slug in SitePage.Slug.values),
    path("corrections/", corrections.correction_list, name="corrections"),
    path("share/articles/<name:slug>-<digest:digest>.jpg", share.article, name="share-article"),
    path("share/facts/<fact:public_id>-<digest:digest>.jpg", share.fact, name="share-fact"),
    path("share/subjects/<name:slug>-<digest:digest>.jpg", share.subject, name="share-subject"),
    path("share/tags/<name:slug>-<digest:digest>.jpg", share.tag, name="share-tag"),
    path("share/authors/<name:slug>-<digest:digest>.jpg", share.author, name="share-author"),
    path("share/site-<digest:digest>.jpg", share.site, name="share-site"),
    path("embed/articles/<name:slug>/", embed.article, name="embed-article"),
    path("embed/<fact:public_id>/", embed.fact, name="embed"),  # not below the fact: "embed" may be its slug
    path("oembed", embed.oembed, name="oembed"),
    path("feeds/<content:content>.<format:suffix>", feeds.feed, name="feed"),
    path("feeds/<owner:kind>/<name:slug>/<content:content>.<format:suffix>", feeds.feed_of, name="feed-of"),
    path("follow/", follow.follow, name="follow"),
    *api.patterns(),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<slug:section>-<int:number>.xml", sitemaps.sitemap_part, name="sitemap-part"),
    path("llms.txt", llms.llms, name="llms"),
    path("robots.txt", service.robots, name="robots"),
    path(".well-known/security.txt", service.security_txt, name="security-txt"),
    path("favicon.ico", service.favicon, name="favicon"),
    path("healthz", service.healthz, name="healthz"),
    path("readyz", service.readyz, name="readyz"),
    path("media/<picture:name>", service.picture, name="picture"),
]

#: Pages that exist as Markdown too, at the same path with .md at its end: their views give `cached_page` a writer.
WITH_MARKDOWN = {
    *("home", "articles", "article", "facts", "fact-by-id", "fact", "tags", "tag", "subjects", "subject"),
    *("authors", "author", "corrections", "search", "follow", *SitePage.Slug.values),
}
urlpatterns += [
    path(markdown_path(f"/{each.pattern}")[1:], each.callback, each.default_args, name=f"{each.name}-markdown")
    for each in list(urlpatterns)
    if each.name in WITH_MARKDOWN
]

#: These answer whether or not there is a database, or ask it for one row; and the search takes its own, for it counts.
WITHOUT_SNAPSHOT = {
    *("opensearch", "robots", "security-txt", "favicon", "healthz", "readyz", "picture", "share-site"),
    *("reported", "saved", "api", "api-openapi", "search", "search-markdown"),
}
for each in urlpatterns:
    if each.name not in WITHOUT_SNAPSHOT:
        each.callback = in_one_snapshot(each.callback)
