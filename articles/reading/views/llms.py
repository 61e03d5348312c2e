"""/llms.txt (llmstxt.org): what this site is and where it can be read without its pages, for language models."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.reading import groups
from articles.reading.api import openapi
from articles.reading.api.endpoints import DESCRIPTION, FACTS, FACTS_AS_LINES, FACTS_AS_TABLE, SEARCH
from articles.reading.negotiation import markdown_path
from articles.reading.site import Site, site_of
from articles.text import markdown
from articles.text.html_to_markdown import heading, inline_to_markdown


@require_safe
def llms(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(text(site_of(request)), content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    groups.name_in(response, groups.of_page(()))
    return response


def text(site: Site) -> str:
    pages = {
        "home": _("What is new"),
        "articles": _("Every list of facts, newest first."),
        "facts": _("Every fact of every list, newest first."),
        "subjects": _("The dramas, films, bands and people that the lists are about."),
        "tags": _("What the facts are about, from A to Z."),
        "authors": _("Who wrote the lists of facts."),
        "corrections": _("Corrections"),
        "about": _("About"),
    }
    programs = [(openapi.path_of(each), str(each.about)) for each in (FACTS, SEARCH, FACTS_AS_LINES, FACTS_AS_TABLE)]
    programs += [(openapi.path_of(DESCRIPTION), str(DESCRIPTION.about)), (reverse("api"), _("For programs"))]
    contents = {"articles": _("New lists of facts"), "facts": _("New facts, one at a time")}
    feeds = [(reverse("feed", args=[content, "atom"]), words) for content, words in contents.items()]
    feeds += [(reverse("follow"), _("Follow")), (reverse("sitemap"), _("Sitemap"))]
    blocks = [
        heading(1, markdown.inline(site.name)),
        f"> {inline_to_markdown(markdown.inline(site.description))}",
        _("Each page has a form in Markdown: its address with “.md” at its end instead of the last slash.")
        + " "
        + _(
            "A fact that gives something away has only a heading that does not, and says after which episode it opens."
        ),
        f"## {_('Pages')}",
        _links(site, [(markdown_path(reverse(name)), words) for name, words in pages.items()]),
        f"## {_('For programs')}",
        _links(site, programs),
        f"## {_('Feeds')}",
        _links(site, feeds),
    ]
    return "\n\n".join(blocks) + "\n"


def _links(site: Site, links: list[tuple[str, str]]) -> str:
    return "\n".join(f"- [{words}]({site.full(path)})" for path, words in links)
