"""Whether a document was imported before: by its bytes, else by its title."""

from __future__ import annotations

from articles.models import Article, ImportedDocument

#: Documents that came in by the desk have no path; each is known by its own bytes.
_DESK = "desk"


def remember(article: Article, digest: str) -> None:
    """Keeps which draft a document became. `digest` is that of its bytes; the latest draft of the same bytes counts."""
    ImportedDocument.objects.update_or_create(
        source=f"{_DESK} {digest}",
        defaults={
            "digest": digest,
            "article": article,
            "change": article.change,
            "outcome": ImportedDocument.Outcome.NEW,
        },
    )


def article_of(digest: str) -> Article | None:
    """The article that a document with these bytes became, whoever imported it; not one in the bin."""
    return Article.objects.filter(imports__digest=digest).order_by("-pk").first()


def article_titled(title: str) -> Article | None:
    """An article that has this title already."""
    return Article.objects.filter(title__iexact=title).order_by("-pk").first() if title else None
