"""One article by any of its names, and its words as readers see them."""

from __future__ import annotations

from articles.document import Document
from articles.models import Address, Article, Edition, FactCard
from articles.transfer.errors import TransferError


def article_named(name: str) -> Article:
    """The article at an address (now or formerly), of a draft's slug, of a fact's id, or of its own number.

    They are asked in this order, and the first that knows the name decides. Raises TransferError when none does, or
    when several drafts have the slug.
    """
    address = Address.objects.filter(kind=Address.Kind.ARTICLE, slug=name).select_related("article").first()
    if address and address.article:
        return address.article
    drafts = list(Article.objects.filter(slug=name).order_by("pk"))
    if len(drafts) > 1:
        numbers = ", ".join(str(draft.pk) for draft in drafts)
        raise TransferError(f"“{name}” is the address of several drafts: name one of {numbers}.")
    card = FactCard.objects.filter(public_id=name).select_related("article").first()
    by_number = Article.objects.filter(pk=name).first() if name.isascii() and name.isdecimal() else None
    found = drafts[0] if drafts else card.article if card else by_number
    if found is None:
        raise TransferError(f"There is no article “{name}”: give an address, a fact's id or a number.")
    return found


def live_document(article: Article) -> Document:
    """The revision whose words are live now. Raises TransferError when none are."""
    edition = Edition.objects.in_force().versions().filter(article=article).select_related("revision").first()
    if edition is None or edition.revision is None:
        raise TransferError(f"Nothing of “{article}” is live now.")
    document: Document = edition.revision.document
    return document
