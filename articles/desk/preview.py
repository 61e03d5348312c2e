"""The working copy, or a revision, as readers would see it: through the very code and template of the public page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles import drafts, publishing, workflow
from articles.desk.comparing import revision_at
from articles.desk.outline import steps
from articles.desk.pages import of_article
from articles.document import Document
from articles.models import Article
from articles.reading import pages, selectors
from articles.reading.site import site_of


@of_article("articles.view_article")
def preview(request: HttpRequest, article: Article) -> HttpResponse:
    """The bar offers the moves with the number of the change that is shown here: what is read is what is approved."""
    shown = _("Preview of change %(change)s.") % {"change": article.change}
    state = workflow.public_state(article)
    return _page(request, article, drafts.document_of(article), shown=shown, steps=steps(article, request.user, state))


@of_article("articles.view_article")
def revision(request: HttpRequest, article: Article, number: int) -> HttpResponse:
    row = revision_at(article, number)
    shown = _("Preview of revision %(number)s (change %(change)s).") % {"number": row.number, "change": row.change}
    return _page(request, article, row.document, shown=shown, steps=[])


def _page(request: HttpRequest, article: Article, document: Document, **bar: object) -> HttpResponse:
    edition, site = publishing.compose(document).edition, site_of(request)
    ids = pages.Ids.of(edition.parts)
    names = selectors.names_of(ids.tags, ids.authors)
    context = pages.article_page(site, edition, names.tags, names.authors, is_preview=True)
    response = TemplateResponse(
        request,
        "admin/articles/article/preview.html",
        {"site": site, "site_name": site.name, **context, "article": article, **bar},
    )
    response["X-Robots-Tag"] = "noindex"
    return response
