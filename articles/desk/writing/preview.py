"""The working copy, or a revision, as readers would see it: through the very code and templates of the public pages.

Beside its form a writer sees the same of the words that nobody has saved yet: see `unsaved`.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.http import HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import drafts, images, publishing, workflow
from articles.desk.pages import article_view, refuse, wants_json
from articles.desk.requests import StaffRequest
from articles.desk.review.comparison import revision_at
from articles.desk.writing.outline import steps
from articles.desk.writing.unsaved import UnsavedArticle, UnsavedError, on_screen
from articles.document import Document, excess
from articles.models import Article, PublishedFact
from articles.publishing import Composed, Reader
from articles.reading import feeds, pages, rows, selectors, sharing
from articles.reading.memory import Memory
from articles.reading.seen import seen_episode
from articles.reading.site import Site, site_of
from articles.text import markdown
from articles.translation import translated

#: Stands in an address where there is none yet: a fact that was never saved, a title of which none can be made.
_NO_FACT, _NO_SLUG = "x" * 10, "article"


class PreviewRequest(NamedTuple):
    """A request to preview the unsaved article of `screen`, for a reader who has seen up to episode `seen`.

    `place` is the part that is being written.
    """

    site: Site
    article: Article
    screen: UnsavedArticle
    seen: int | None
    place: str


@article_view("articles.view_article")
def preview(request: StaffRequest, article: Article) -> HttpResponse:
    """The bar offers the moves with the number of the change that is shown here: what is read is what is approved."""
    shown = _("Preview of change %(change)s.") % {"change": article.change}
    state = workflow.public_state(article)
    return _page(request, article, drafts.document_of(article), shown=shown, steps=steps(article, request.user, state))


@article_view("articles.view_article")
def revision(request: StaffRequest, article: Article, number: int) -> HttpResponse:
    row = revision_at(article, number)
    shown = _("Preview of revision %(number)s (change %(change)s).") % {"number": row.number, "change": row.change}
    return _page(request, article, row.document, shown=shown, steps=[])


@require_POST
@article_view("articles.view_article")
def unsaved(request: StaffRequest, article: Article) -> HttpResponse:
    """What readers would see of a screen: POST `as` (page, row, feed, share), and the parts as `on_screen` takes them.

    `seen` is the episode up to which a page's reader has seen, `place` a fact whose share picture is wanted too. JSON
    holds it as `html`. Whoever may see the article may ask; nothing is written, so a new tag is left out.
    """
    shown_as = _SHOWN_AS.get(request.POST.get("as", "page"))
    if shown_as is None:
        return _refused(_("An article is shown as page, row, feed or share."))
    try:
        screen = on_screen(article, request.POST)
    except UnsavedError as error:
        return _refused(str(error))
    asked = PreviewRequest(site_of(request), article, screen, seen_episode(request.POST), request.POST.get("place", ""))
    page = _preview_response(request, *shown_as(asked))
    if not wants_json(request):
        return page
    return JsonResponse({"html": page.rendered_content}, json_dumps_params={"ensure_ascii": False})


def _refused(sentence: str) -> HttpResponse:
    return JsonResponse({"sentence": sentence}, status=400)


def _page(request: StaffRequest, article: Article, document: Document, **bar: object) -> HttpResponse:
    if too_much := excess(document):
        return refuse(request, article, translated(too_much))
    edition = publishing.compose(document).edition
    context = pages.preview_page(site_of(request), edition, seen_episode(request.GET))
    return _preview_response(request, "writing/preview", {**context, "article": article, **bar})


def _preview_response(request: StaffRequest, template: str, context: Mapping[str, Any]) -> TemplateResponse:
    response = TemplateResponse(request, f"desk/{template}.html", dict(context))
    response["X-Robots-Tag"] = "noindex"
    return response


def _as_page(asked: PreviewRequest) -> tuple[str, dict[str, Any]]:
    edition, screen = publishing.compose(asked.screen.document, _reader).edition, asked.screen
    for part, public_id in zip(edition.parts["cards"], screen.cards, strict=True):
        part["anchor"] = f"fact-{public_id}"
    for question, public_id in zip(edition.parts["faqs"], screen.faqs, strict=True):
        question["anchor"] = f"question-{public_id}"
    return "writing/preview_unsaved", pages.preview_page(asked.site, edition, asked.seen)


def _as_rows(asked: PreviewRequest) -> tuple[str, dict[str, Any]]:
    composed = _composed_for_now(asked)
    first = PublishedFact.objects.in_force().filter(edition__article=asked.article)
    seen = dict(first.values_list("public_id", "first_visible_from"))
    for fact in composed.facts:
        fact.first_visible_from = seen.get(fact.public_id, composed.edition.modified_at)
        fact.public_id = fact.public_id or _NO_FACT
    facts = selectors.preview_rows(composed.edition, composed.facts, composed.fact_tags)
    return "writing/preview_row", {"site_name": asked.site.name, "facts": facts, "ids": asked.screen.cards}


def _as_feed_item(asked: PreviewRequest) -> tuple[str, dict[str, Any]]:
    composed = _composed_for_now(asked)
    edition = composed.edition
    authors = tuple((author.pk, rows.Author(author.name, author.slug)) for author in composed.authors)
    names = selectors.NO_NAMES._replace(authors=authors)
    entry = feeds.article_entry(asked.site, edition, names, edition.slug, edition.first_visible_from)
    days = {"published": rows.Day.of(entry.published), "updated": rows.Day.of(entry.updated)}
    html = markdown.trusted(entry.html)
    return "writing/preview_feed", {"site_name": asked.site.name, "entry": entry, "html": html, **days}


def _as_shared(asked: PreviewRequest) -> tuple[str, dict[str, Any]]:
    edition = publishing.compose(asked.screen.document, _reader).edition
    name, ids = asked.site.name, [f"card:{public_id}" for public_id in asked.screen.cards]
    shared = [sharing.of_article(name, edition)]
    if asked.place in ids:
        part = edition.parts["cards"][ids.index(asked.place)]
        part["id"] = part["id"] or _NO_FACT
        shared.append(sharing.of_fact(name, edition, part["id"]))
    pictures = [(_pictures.get(each), each.alt) for each in shared]
    return "writing/preview_share", {"site_name": name, "pictures": pictures, "size": images.SHARE_SIZE}


def _data_url(shared: sharing.ShareImage) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(sharing.draw(shared).data).decode()}"


#: They are drawn for each change of a title, and for nothing else.
_pictures = Memory(_data_url, 3_000_000, len)


def _composed_for_now(asked: PreviewRequest) -> Composed:
    """With the instants that it would have if it were published this moment."""
    composed, now = publishing.compose(asked.screen.document, _reader), timezone.now()
    seen = asked.article.editions.versions().values_list("first_visible_from", flat=True).first()
    composed.edition.first_visible_from, composed.edition.modified_at = seen or now, now
    composed.edition.slug = composed.edition.slug or _NO_SLUG
    return composed


def _render_body(body: str) -> str:
    return markdown.render(body)


def _first_words(key: tuple[str, int]) -> str:
    return markdown.excerpt(*key)


#: Characters of HTML and of first words that each process keeps. A screen is sent each second while somebody types, and
#: all of its bodies but one are those of a second ago.
_html = Memory(_render_body, 3_000_000, len)
_excerpts = Memory(_first_words, 300_000, len)


def _render(body: str, find_image: markdown.ImageFinder) -> str:
    return markdown.render(body, find_image) if markdown.picture_ids(body) else _html.get(body)


def _excerpt(body: str, length: int) -> str:
    return _excerpts.get((body, length))


_reader = Reader(_render, _excerpt)


_SHOWN_AS: Mapping[str, Callable[[PreviewRequest], tuple[str, dict[str, Any]]]] = {
    "page": _as_page,
    "row": _as_rows,
    "feed": _as_feed_item,
    "share": _as_shared,
}
