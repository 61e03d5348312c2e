"""All models. Where a model lives says who may use it: the public site may not import writing or review."""

from articles.models.addresses import Address, OldPath
from articles.models.editions import Correction, Edition, EditionAuthor, EditionTag, PublishedFact, PublishedTag
from articles.models.imports import ImportedDocument
from articles.models.pictures import Picture
from articles.models.reference import Author, Subject, Tag, TagAlias
from articles.models.reports import Report
from articles.models.review import Comment, History, Revision
from articles.models.site_pages import SitePage
from articles.models.versions import BinnedPart, PartVersion
from articles.models.writing import (
    Article,
    Byline,
    FactCard,
    Faq,
    Presence,
    Source,
    TaggedArticle,
    TaggedCard,
)

__all__ = [
    "Address",
    "Article",
    "Author",
    "BinnedPart",
    "Byline",
    "Comment",
    "Correction",
    "Edition",
    "EditionAuthor",
    "EditionTag",
    "FactCard",
    "Faq",
    "History",
    "ImportedDocument",
    "OldPath",
    "PartVersion",
    "Picture",
    "Presence",
    "PublishedFact",
    "PublishedTag",
    "Report",
    "Revision",
    "SitePage",
    "Source",
    "Subject",
    "Tag",
    "TagAlias",
    "TaggedArticle",
    "TaggedCard",
]
