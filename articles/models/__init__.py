"""All models. Where a model lives says who may use it: the public site may not import writing or review."""

from articles.models.addresses import Address, OldPath
from articles.models.clock import ClockDecision
from articles.models.corrections import Correction
from articles.models.counts import CountChange, CountKind, CountTotal
from articles.models.decisions import Decision, Lock
from articles.models.editions import Edition, EditionAuthor, EditionTag, PublishedFact, PublishedTag
from articles.models.fact_checks import FactCheck
from articles.models.fact_uses import FactUse
from articles.models.featured import FeaturedFact
from articles.models.house_terms import HouseTerm
from articles.models.identities import ExternalIdentity
from articles.models.imports import ImportedDocument
from articles.models.invitations import Invitation
from articles.models.notifications import NotificationChoice
from articles.models.outbox import OutboxMessage, Webhook
from articles.models.picture_changes import PictureChange
from articles.models.picture_uses import PictureUse
from articles.models.pictures import Picture
from articles.models.presence import Presence
from articles.models.proofs import ClaimAct, ProofRequirement
from articles.models.public_state import StampPart
from articles.models.read_counts import ReadCount
from articles.models.reference import Author, Subject, Tag, TagAlias
from articles.models.reports import Report
from articles.models.restatements import RestatementAct
from articles.models.review import Comment, History, Revision
from articles.models.review_links import ReviewLink, ReviewOpinion
from articles.models.saved_views import SavedView
from articles.models.search import SearchName, SearchRow, SearchWord, SearchWordKey, VainSearch
from articles.models.site_pages import SitePage
from articles.models.source_checks import SourceCheck
from articles.models.sources import Source
from articles.models.statements import Ruling, Statement
from articles.models.subject_events import EventMention, SubjectEvent
from articles.models.tag_operations import TagOperation
from articles.models.versions import BinnedPart, PartVersion
from articles.models.votes import Vote, VoteCount, VoteDay
from articles.models.writing import (
    Article,
    Byline,
    FactCard,
    Faq,
    TaggedArticle,
    TaggedCard,
)

__all__ = [
    "Address",
    "Article",
    "Author",
    "BinnedPart",
    "Byline",
    "ClaimAct",
    "ClockDecision",
    "Comment",
    "Correction",
    "CountChange",
    "CountKind",
    "CountTotal",
    "Decision",
    "Edition",
    "EditionAuthor",
    "EditionTag",
    "EventMention",
    "ExternalIdentity",
    "FactCard",
    "FactCheck",
    "FactUse",
    "Faq",
    "FeaturedFact",
    "History",
    "HouseTerm",
    "ImportedDocument",
    "Invitation",
    "Lock",
    "NotificationChoice",
    "OldPath",
    "OutboxMessage",
    "PartVersion",
    "Picture",
    "PictureChange",
    "PictureUse",
    "Presence",
    "ProofRequirement",
    "PublishedFact",
    "PublishedTag",
    "ReadCount",
    "Report",
    "RestatementAct",
    "ReviewLink",
    "ReviewOpinion",
    "Revision",
    "Ruling",
    "SavedView",
    "SearchName",
    "SearchRow",
    "SearchWord",
    "SearchWordKey",
    "SitePage",
    "Source",
    "SourceCheck",
    "StampPart",
    "Statement",
    "Subject",
    "SubjectEvent",
    "Tag",
    "TagAlias",
    "TagOperation",
    "TaggedArticle",
    "TaggedCard",
    "VainSearch",
    "Vote",
    "VoteCount",
    "VoteDay",
    "Webhook",
]
