"""The addresses of the public site."""

from django.urls import path, register_converter

from articles.models.site_pages import SitePage
from articles.reading import converters
from articles.reading.views import (
    articles,
    corrections,
    embed,
    facts,
    feeds,
    reference,
    reports,
    service,
    share,
    site_pages,
    sitemaps,
)

register_converter(converters.SlugConverter, "name")
register_converter(converters.FactConverter, "fact")
register_converter(converters.PictureConverter, "picture")
register_converter(converters.DigestConverter, "digest")

urlpatterns = [
    path("", articles.home, name="home"),
    path("articles/", articles.article_list, name="articles"),
    path("articles/<name:slug>/", articles.article, name="article"),
    path("facts/", facts.fact_index, name="facts"),
    path("facts/<fact:public_id>/", facts.fact, name="fact-by-id"),
    path("facts/<fact:public_id>/<name:slug>/", facts.fact, name="fact"),
    path("tags/", reference.tag_list, name="tags"),
    path("tags/<name:slug>/", reference.tag, name="tag"),
    path("subjects/", reference.subject_list, name="subjects"),
    path("subjects/<name:slug>/", reference.subject, name="subject"),
    path("authors/<name:slug>/", reference.author, name="author"),
    # Not below the fact: every word there may be a fact's slug.
    path("report/<fact:public_id>/", reports.report, name="fact-report"),
    path("reported/", reports.reported, name="reported"),
    *(path(f"{slug}/", site_pages.page, {"slug": slug}, name=slug) for slug in SitePage.Slug.values),
    path("corrections/", corrections.correction_list, name="corrections"),
    path("share/articles/<name:slug>-<digest:digest>.jpg", share.article, name="share-article"),
    path("share/facts/<fact:public_id>-<digest:digest>.jpg", share.fact, name="share-fact"),
    path("embed/<fact:public_id>/", embed.embed, name="embed"),  # not below the fact: "embed" may be its slug
    path("oembed", embed.oembed, name="oembed"),
    path("feeds/articles.atom", feeds.articles_atom, name="articles-atom"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<slug:section>-<int:number>.xml", sitemaps.sitemap_part, name="sitemap-part"),
    path("robots.txt", service.robots, name="robots"),
    path("healthz", service.healthz, name="healthz"),
    path("readyz", service.readyz, name="readyz"),
    path("media/<picture:name>", service.picture, name="picture"),
]
