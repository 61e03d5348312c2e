"""Makers of objects, with valid defaults: a test names only what it is about."""

from __future__ import annotations

import datetime as dt
import io
import itertools
from typing import Any

from django.contrib.auth.models import Group, User
from PIL import Image

from articles import drafts, publishing, states, workflow
from articles.document import Card, Document, Faq, Numbering, Source
from articles.models import Article, Author, Edition, Picture, PublishedFact, Report, Revision, Subject
from articles.rights import write_groups
from articles.roles import Role
from articles.text.ids import new_public_id

_count = itertools.count(1)


def user(*, role: Role | None = Role.WRITER, name: str = "", **fields: Any) -> User:
    name = name or f"{role.value.lower().rstrip('s') if role else 'nobody'}-{next(_count)}"
    account = User.objects.create_user(name, f"{name}@example.org", is_staff=role is not None, **fields)
    if role:
        account.groups.add(_group(role))
    return account


def _group(role: Role) -> Group:
    """Written after migrating, and again where a test of whole transactions has emptied every table."""
    if found := Group.objects.filter(name=role.value).first():
        return found
    write_groups()
    return Group.objects.get(name=role.value)


def writer(**fields: Any) -> User:
    return user(role=Role.WRITER, **fields)


def editor(**fields: Any) -> User:
    return user(role=Role.EDITOR, **fields)


def admin(**fields: Any) -> User:
    return user(role=Role.ADMIN, **fields)


def subject(*, name: str = "Night Ferry", **fields: Any) -> Subject:
    return Subject.objects.create(name=name, **fields)


def author(*, name: str = "Mina Park", **fields: Any) -> Author:
    return Author.objects.create(name=name, **fields)


def card(**fields: Any) -> Card:
    number = next(_count)
    defaults: dict[str, Any] = {
        "public_id": new_public_id(),
        "heading": f"The ferry has {number} lamps",
        "body": f"Count them in the second scene: there are {number}.",
        "sources": (Source(url="https://example.org/ferry", title="The ferry"),),
    }
    return Card(**defaults | fields)


def faq(**fields: Any) -> Faq:
    defaults: dict[str, Any] = {
        "public_id": new_public_id(),
        "question": f"Who is passenger {next(_count)}?",
        "answer": "Nobody knows.",
    }
    return Faq(**defaults | fields)


def document(*, cards: int | tuple[Card, ...] = 3, faqs: int | tuple[Faq, ...] = 2, **fields: Any) -> Document:
    """A Document that is ready to be handed in; makes its subject and author when none is named."""
    number = next(_count)
    defaults: dict[str, Any] = {
        "title": f"Facts about the ferry {number}",
        "dek": "What the crew never told.",
        "introduction": "It leaves at night.",
        "cards": tuple(card() for _ in range(cards)) if isinstance(cards, int) else cards,
        "conclusion_heading": "Ashore",
        "conclusion": "It arrives in the morning.",
        "faqs": tuple(faq() for _ in range(faqs)) if isinstance(faqs, int) else faqs,
        "numbering": Numbering.UP,
        "tags": ("Ferries",),
    }
    if "subject" not in fields:
        fields["subject"] = (Subject.objects.first() or subject()).slug
    if "authors" not in fields:
        fields["authors"] = ((Author.objects.first() or author()).slug,)
    return Document(**defaults | fields)


def article(*, owner: User | None = None, value: Document | None = None, **fields: Any) -> Article:
    """A draft. Fields of the Document may be named directly."""
    return drafts.create(value or document(**fields), by=owner or writer())


def handed_in(*, owner: User | None = None, **fields: Any) -> Article:
    draft = article(owner=owner, **fields)
    return workflow.make(states.SUBMIT, draft, by=draft.owner)


def approved(*, owner: User | None = None, by: User | None = None, **fields: Any) -> Article:
    waiting = handed_in(owner=owner, **fields)
    return workflow.make(states.APPROVE, waiting, by=by or editor(), change=waiting.change)


def live(*, owner: User | None = None, by: User | None = None, **fields: Any) -> Article:
    by = by or editor()
    ready = approved(owner=owner, by=by, **fields)
    return workflow.make(states.PUBLISH, ready, by=by, change=ready.change)


def edition(*, at: dt.datetime | None = None, owner: User | None = None, **fields: Any) -> Edition:
    """A version in force (or from `at`, in the past or ahead) without the ways of review."""
    draft = article(owner=owner, **fields)
    revision = drafts.keep_revision(draft, Revision.Reason.IMPORTED, by=draft.owner)
    return publishing.publish(revision, at=at, backdated=True)


def image_bytes(
    *, size: tuple[int, int] = (80, 60), colour: str = "teal", kind: str = "JPEG", number: int = 0
) -> bytes:
    """A picture of one colour. `number` is painted into it in squares, so that no two numbers give equal bytes."""
    out = io.BytesIO()
    image = Image.new("RGB", size, colour)
    for square in (place for place in range(24) if number >> place & 1):
        across, down = square % 8 * 8, square // 8 * 8  # a square of JPEG's own
        image.paste("white", (across, down, across + 8, down + 8))
    image.save(out, kind)
    return out.getvalue()


def picture(
    *, title: str = "Ferry", alt: str = "A ferry at night", size: tuple[int, int] = (80, 60), **fields: Any
) -> Picture:
    row = Picture(title=title, alt=alt, **fields)
    row.take(image_bytes(size=size, number=next(_count)), "ferry.jpg")
    row.save()
    return row


def report(fact: PublishedFact, **fields: Any) -> Report:
    """What a reader says is wrong with a fact in force."""
    defaults: dict[str, Any] = {
        "public_id": fact.public_id,
        "article": fact.edition.article,
        "heading": fact.public_heading,
        "words": f"There are {next(_count)} lamps, not as many as you say.",
        "sender": "0" * 32,
    }
    return Report.objects.create(**defaults | fields)
