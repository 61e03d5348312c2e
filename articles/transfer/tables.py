"""What an export carries of each table, said once for both ways. What stays behind stands here too, with its reason."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model

from articles import document, models
from articles.document import Numbering
from articles.images import PALETTE
from articles.transfer import parts
from articles.transfer.fields import Column, Field, Inside, Kind, Reference, Shaped, Table, columns
from articles.transfer.parts import PartsShape
from articles.transfer.proofs import CLAIM_ACT, PROOF_REQUIREMENT
from articles.transfer.restatements import RESTATEMENT_ACT
from articles.transfer.shapes import Choice, DocumentJson, Json, Text, Texts
from articles.transfer.uses import FACT_USE

_FOLDER, _ORDER, _MARKDOWN = "the folder that it stands in", "its place in the list", "article.md"


def _in_markdown(model: type[Model], kind: type[Any]) -> Mapping[str, str]:
    """The columns that are fields of a Document or a part of it: `exporting` writes and reads these."""
    names = {column.name for column in model._meta.concrete_fields}
    return {field.name: _MARKDOWN for field in dataclasses.fields(kind) if field.name in names}


# --- what many articles share -----------------------------------------------------------------------------------------

_NAME = Shaped("name", Text(may_be_empty=False))
_SLUG = Shaped("slug", Text("part of an address", may_be_empty=False))

PERSON = Table(
    User,
    (Column("username", "name"), *columns("first_name", "last_name", "is_staff", "is_active"), Inside("roles")),
    elsewhere={"groups": "the roles"},
    left_behind={
        "password": "an export can be read by many: an admin gives a new one",
        "email": "as the password",
        "last_login": "it is true of this site only",
        "date_joined": "the account is made on the new site",
        "is_superuser": "no file may make an account that may do everything",
        "user_permissions": "rights come by roles",
    },
)
PICTURE = Table(
    models.Picture,
    (
        Shaped("public_id", Text("public id", may_be_empty=False)),
        Column("title"),
        Shaped("file", Text("name of a picture file", may_be_empty=False)),
        *(Shaped("width", parts.PIXELS), Shaped("height", parts.PIXELS)),
        *columns("alt", "decorative", "credit", "licence", "focal_x", "focal_y"),
        Shaped("colour", Choice(["", *PALETTE])),
        Column("uploaded_at"),
        Reference("uploaded_by", Kind.PERSON),
    ),
    elsewhere={"copies": "the files, of which smaller copies are made again"},
)
SUBJECT = Table(
    models.Subject,
    (
        _NAME,
        _SLUG,
        *columns("original_name", "original_language"),
        Shaped("other_names", Texts()),
        *columns("kind", "year", "episodes", "description", "palette", "is_confirmed"),
        Reference("proposed_by", Kind.PERSON),
        Inside("former_slugs"),
    ),
    left_behind={"changed_at": "by it this site's memory of pages is told that kinds may be others"},
)
AUTHOR = Table(
    models.Author,
    (
        *(_NAME, _SLUG, Column("bio"), Inside("former_slugs")),
        *(Reference("picture", Kind.PICTURE), Reference("user", Kind.PERSON, "person")),
    ),
)
TAG = Table(
    models.Tag,
    (_NAME, _SLUG, *columns("key", "description"), Inside("former_slugs"), Inside("aliases")),
)
ALIAS = Table(models.TagAlias, columns("name", "key"), elsewhere={"tag": "the tag that it stands in"})
_BY_FILE = dict.fromkeys(("kind", "article", "subject", "tag", "author"), "the file that it stands in")
#: Of articles, and the former ones of subjects, authors and tags.
ADDRESS = Table(models.Address, (_SLUG, Column("visible_from")), elsewhere=_BY_FILE)
FACT_ADDRESS = Table(
    models.Address, (Shaped("slug", Text("public id", may_be_empty=False)), Column("visible_from")), elsewhere=_BY_FILE
)
HOUSE_TERM = Table(
    models.HouseTerm,
    (Column("right"), Shaped("wrong", Texts()), *columns("whole_words", "match_case", "note")),
)
SITE_PAGE = Table(models.SitePage, columns("slug", "title", "body", "changed_at"), elsewhere={"html": "the body"})

# --- an article -------------------------------------------------------------------------------------------------------

ARTICLE = Table(
    models.Article,
    (
        *columns("status", "change", "approved_change", "created_at", "changed_at", "is_template", "unplaced_text"),
        *(Reference(name, Kind.PERSON) for name in ("owner", "changed_by", "reviewer")),
        *columns("due_on", "priority", "planned_for"),
        *(Inside("approved_revision"), Inside("addresses"), Inside("old_paths")),
        *(Inside("revisions"), Inside("wordings"), Inside("decisions")),
        *(Inside("cards"), Inside("questions"), Inside("digest")),
    ),
    elsewhere={
        **_in_markdown(models.Article, document.Document),
        "approved_revision": "its number, once the revisions are there",
    },
    left_behind={
        **dict.fromkeys(("binned_at", "binned_by"), "what lies in the bin is not carried"),
        "title_tokens": "made from the title",
        "writers": "it names primary keys; whoever changed the article last stands for all of its parts",
    },
)
OLD_PATH = Table(models.OldPath, columns("path"), elsewhere={"article": _FOLDER})
BYLINE = Table(models.Byline, elsewhere={"article": _FOLDER, "author": _MARKDOWN, "position": _ORDER})
TAGGED_ARTICLE = Table(models.TaggedArticle, elsewhere={"content_object": _FOLDER, "tag": _MARKDOWN})
_MADE_AGAIN = dict.fromkeys(("html", "html_key"), "it is made of the words again")
CARD = Table(
    models.FactCard,
    elsewhere={"article": _FOLDER, "position": _ORDER, **_in_markdown(models.FactCard, document.Card)},
    left_behind={**_MADE_AGAIN, **dict.fromkeys(("folded", "tokens"), "made from heading and text")},
)
SOURCE = Table(
    models.Source, elsewhere={"card": _MARKDOWN, "position": _ORDER, **_in_markdown(models.Source, document.Source)}
)
TAGGED_CARD = Table(models.TaggedCard, elsewhere={"content_object": _MARKDOWN, "tag": _MARKDOWN})
FAQ = Table(
    models.Faq,
    elsewhere={"article": _FOLDER, "position": _ORDER, **_in_markdown(models.Faq, document.Faq)},
    left_behind=_MADE_AGAIN,
)

# --- its review -------------------------------------------------------------------------------------------------------

REVISION = Table(
    models.Revision,
    (
        *columns("number", "change", "reason", "name", "made_at"),
        Shaped("content", DocumentJson()),
        *(Reference("made_by", Kind.PERSON), Reference("changed_by", Kind.PERSON)),
    ),
    elsewhere={"article": _FOLDER},
)
WORDING = Table(
    models.PartVersion,
    (
        Column("place"),
        Shaped("value", Json()),
        *columns("written_at", "replaced_at", "spell_until"),
        Shaped("longest", Json()),
        Column("longest_length"),
        *(Reference("written_by", Kind.PERSON), Reference("replaced_by", Kind.PERSON)),
    ),
    elsewhere={"article": _FOLDER},
)
DECISION = Table(
    models.Decision,
    (
        *columns("place", "verdict"),
        Shaped("value", Json()),
        *columns("note", "by_name", "at"),
        Reference("by", Kind.PERSON),
    ),
    elsewhere={"article": _FOLDER},
)
COMMENT = Table(
    models.Comment,
    (
        Inside("number"),
        *columns("place", "about", "field", "quoted", "before", "after", "start", "text", "suggested", "outcome"),
        *columns("guest_name", "written_at", "resolved_at"),
        *(Reference("author", Kind.PERSON), Reference("resolved_by", Kind.PERSON)),
        *(Reference("parent", Kind.COMMENT, "answers"), Inside("mentions")),
    ),
    elsewhere={"article": _FOLDER, "mentioned": "the mentions"},
)
HISTORY = Table(
    models.History,
    (
        *columns("title", "actor_name", "act", "note"),
        Inside("details"),
        *columns("at", "until", "times"),
        Reference("actor", Kind.PERSON),
    ),
    elsewhere={"article": _FOLDER, "details": "the details, in which comments and editions are named"},
)
IMPORT = Table(
    models.ImportedDocument,
    (
        *columns("source", "digest", "change", "outcome", "imported_at"),
        Reference("article", Kind.ARTICLE, may_stay_behind=True),
    ),
)
REPORT = Table(
    models.Report,
    (
        Shaped("public_id", Text("public id", may_be_empty=False)),
        *columns("heading", "words", "source", "is_held", "made_at", "closed_at", "answer"),
        *(Reference("closed_by", Kind.PERSON), Reference("article", Kind.ARTICLE)),
    ),
    left_behind={
        "email": "a reader gave it to the editors of this site alone",
        "sender": "a digest to count by for a day",
        "network": "a digest to count by for a day",
    },
)

# --- its editions -----------------------------------------------------------------------------------------------------

EDITION = Table(
    models.Edition,
    (
        *columns("kind", "visible_from", "first_visible_from", "modified_at", "made_at"),
        Shaped("slug", Text("part of an address", default="")),
        *columns("title", "dek", "language"),
        Shaped("numbering", Choice(list(Numbering))),
        *columns("card_count", "word_count"),
        Shaped("cover", parts.COVER),
        *columns("renderer", "change_kind", "change_note"),
        *(Reference("revision", Kind.REVISION), Reference("subject", Kind.SUBJECT)),
        *(Inside("authors"), Inside("tags"), Shaped("parts", PartsShape())),
        *(Inside("facts"), Inside("corrections")),
    ),
    elsewhere={"article": _FOLDER, "visible_until": "the name of the next edition's file"},
)
EDITION_AUTHOR = Table(
    models.EditionAuthor,
    (Reference("author", Kind.AUTHOR),),
    elsewhere={"edition": "the file that it stands in", "position": _ORDER},
)
EDITION_TAG = Table(
    models.EditionTag,
    (Reference("tag", Kind.TAG),),
    elsewhere={"edition": "the file that it stands in", "position": _ORDER},
)
CORRECTION = Table(
    models.Correction,
    (
        *columns("position", "kind"),
        Shaped("public_id", Text("public id", default="")),
        *columns("place", "heading", "spoiler_after", "old", "new", "note", "at"),
    ),
    elsewhere={"edition": "the file that it stands in"},
)
_FACT_ID = Shaped("public_id", Text("public id", may_be_empty=False))
FACT = Table(
    models.PublishedFact,
    (
        *(_FACT_ID, _SLUG),
        *columns("number", "heading", "title_key", "emoji", "safe_heading", "excerpt", "spoiler_after"),
        *columns("caveat_since", "caveat_note"),
        Shaped("picture", parts.COVER),
        Shaped("caveat", parts.CAVEAT),
        *columns("first_visible_from", "heading_key", "body_key", "words", "is_sourced", "has_picture", "checked_on"),
        *(Column("interest"), Shaped("origin", Text("public id", default=""))),
        Reference("subject", Kind.SUBJECT),
        *(Inside("own_tags"), Inside("inherited_tags")),
    ),
    elsewhere=dict.fromkeys(("edition", "visible_from", "visible_until", "is_shared"), "editions that it stands in"),
)
FACT_CHECK = Table(
    models.FactCheck,
    (_FACT_ID, *columns("words", "checked_on", "again_on", "answers"), Reference("checked_by", Kind.PERSON)),
)
_ADDED: tuple[Field, ...] = (*columns("position", "added_at"), Reference("added_by", Kind.PERSON))
FEATURED_FACT = Table(models.FeaturedFact, (_FACT_ID, *_ADDED))
RULING = Table(
    models.Ruling,
    (
        Reference("subject", Kind.SUBJECT),
        *columns("measure", "verdict", "right", "right_words", "reason", "ruled_at"),
        Shaped("digests", Texts()),
        Reference("ruled_by", Kind.PERSON),
    ),
)
VOTE_COUNT = Table(models.VoteCount, (_FACT_ID, *columns("votes", "settled")))
FACT_TAG = Table(
    models.PublishedTag,
    (Reference("tag", Kind.TAG),),
    elsewhere={
        "is_own": "the list that it stands in",
        **dict.fromkeys(("fact", "visible_from", "visible_until", "first_visible_from"), "the fact that it stands in"),
    },
)

TABLES = (
    *(PERSON, PICTURE, SUBJECT, AUTHOR, TAG, ALIAS, ADDRESS, FACT_ADDRESS, SITE_PAGE, HOUSE_TERM, PROOF_REQUIREMENT),
    *(ARTICLE, OLD_PATH, BYLINE, TAGGED_ARTICLE, CARD, SOURCE, TAGGED_CARD, FAQ),
    *(REVISION, WORDING, DECISION, COMMENT, HISTORY, IMPORT, REPORT, CLAIM_ACT, RESTATEMENT_ACT, FACT_USE),
    *(EDITION, EDITION_AUTHOR, EDITION_TAG, CORRECTION, FACT, FACT_CHECK, FEATURED_FACT, RULING, VOTE_COUNT, FACT_TAG),
)
