"""A site that has one word in every place that no reader may see: for tests that look for it wherever one can."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any
from unittest import mock

from django.apps import apps
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from articles import drafts, publishing, readiness, states, workflow
from articles.document import Source
from articles.models import (
    Article,
    ClaimAct,
    Comment,
    Edition,
    ExternalIdentity,
    FactUse,
    FeaturedFact,
    HouseTerm,
    ImportedDocument,
    Invitation,
    OutboxMessage,
    Picture,
    RestatementAct,
    Ruling,
    SavedView,
    SourceCheck,
    Statement,
    SubjectEvent,
    Tag,
    TagOperation,
    VainSearch,
    Webhook,
)
from articles.models.clock import ClockDecision
from articles.models.notifications import NotificationChoice
from articles.models.votes import Vote
from tests import make
from tests.canary_word import CANARY
from tests.reading.addresses import publish_again
from tests.reading.test_promises import OTHERS

LATER = dt.timedelta(days=30)
#: Columns that are no words: keys, digests, and what points somewhere else.
NO_WORDS = re.compile(r"(?:\w+_)?(?:id|key|digest|place|password|kind|field|status|act|session_data|codename)")
#: Tables of Django and of plugins that no code of ours writes words to.
APPS = {"articles", "auth"}
WITHOUT_ROWS = {"auth_permission", "auth_group"}


def planted_site() -> Edition:
    """The one article that readers may see, among all that they may not."""
    chief = make.editor()
    spoiler = make.card(heading=f"{CANARY} dies", body=f"{CANARY} dies.", tags=(f"{CANARY} end",), spoiler_after=7)
    edition = make.edition(
        title="Facts about lamps",
        cards=(make.card(tags=("Boats",)), spoiler),
        cover=make.picture(title=f"{CANARY} in the library").public_id,
    )
    unpublished_site(chief)
    make_of_live(edition, chief)
    plant()
    cache.clear()
    return edition


def unpublished_site(chief: User | None = None) -> None:
    with mock.patch.object(readiness, "blocking", return_value=[]):  # whatever it says about good writing
        make_unpublished(chief or make.editor())


def hidden_document(name: str) -> dict[str, Any]:
    """The word in every field of an article, with a subject, an author, a tag and a picture that nothing else names."""
    word = f"{CANARY} {name}"
    picture = make.picture(title=word, alt=f"{word} alt", credit=f"{word} credit")
    fact = make.card(
        heading=f"{word} heading",
        body=f"{word} body\n\n![{word}](picture:{picture.public_id})",
        tags=(f"{word} card tag",),
        sources=(
            Source(
                url=f"https://example.org/{CANARY}",
                title=f"{word} source",
                publisher=word,
                excerpt=f"{word} said",
                archived_url=f"https://archive.example/{CANARY}",
            ),
        ),
        picture=picture.public_id,
        caveat_note=word,
    )
    return {
        "title": f"{word} title",
        "dek": f"{word} dek",
        "introduction": f"{word} introduction",
        "cards": (fact, make.card(heading=f"{word} second", spoiler_after=3, safe_heading=f"{word} safe")),
        "faqs": (make.faq(question=f"{word}?", answer=word),),
        "conclusion_heading": word,
        "conclusion": word,
        "tags": (f"{word} tag",),
        "subject": make.subject(name=f"{word} subject", other_names=[f"{word} alias"]).slug,
        "authors": (make.author(name=f"{word} author", bio=word).slug,),
        "cover": picture.public_id,
    }


def make_unpublished(chief: User) -> None:
    """Articles in every state that is not public, and reference rows that nobody names."""
    make.article(**hidden_document("draft"))
    handed = make.handed_in(**hidden_document("handed"))
    sent = make.handed_in(**hidden_document("sent"))
    workflow.make(states.SEND_BACK, sent, by=chief, note=CANARY)
    make.approved(by=chief, **hidden_document("approved"))
    archived = make.article(**hidden_document("archived"))
    Article.objects.filter(pk=archived.pk).update(status=states.Status.ARCHIVED)
    template = make.article(**hidden_document("template"))
    Article.objects.filter(pk=template.pk).update(is_template=True)
    binned = make.article(**hidden_document("binned"))
    drafts.delete(binned, by=binned.owner)
    make.edition(at=timezone.now() + LATER, **hidden_document("scheduled"))
    publishing.take_down(make.edition(**hidden_document("down")).article)
    again = make.edition(**hidden_document("ended") | {"title": "Lamps again", "slug": "lamps-again"})
    value = make.document(title="Lamps again", slug="lamps-again", tags=("Boats",))
    drafts.replace(again.article, value, by=again.article.owner)
    publish_again(Article.objects.get(pk=again.article_id))
    Article.objects.filter(pk=handed.pk).update(planned_for=dt.date(2041, 5, 1))
    make.picture(title=CANARY, alt=CANARY, credit=CANARY, licence=CANARY)
    Tag.objects.create(name=f"{CANARY} unused").aliases.create(name=f"{CANARY} alias", key=f"{CANARY}alias")


def make_of_live(edition: Edition, chief: User) -> None:
    """A row in each table that stands beside an article and is nobody's but the desk's."""
    ClaimAct.objects.create(place="card:none", kind="tick", identity="words:none", words=CANARY, remark=CANARY)
    RestatementAct.objects.create(place="card:none", kind="rests", facts=[{"fact": "none", "words": CANARY}])
    article, fact = edition.article, edition.facts.first()
    assert fact
    card = article.cards.first()
    FactUse.objects.create(public_id=card.public_id, origin="bcdfghjkmn", words={"heading": CANARY})
    remark = workflow.comment(article, CANARY, by=chief)
    Comment.objects.create(article=article, parent=remark, text=CANARY, suggested=CANARY, quoted=CANARY)
    link, _token = workflow.make_link(article, CANARY, by=chief, days=1, change=article.change, may_comment=True)
    link.opinions.create(verdict="yes", name=CANARY, note=CANARY)
    article.part_versions.create(place="introduction", value={"introduction": CANARY})
    article.binned_parts.create(kind="cards", public_id="bcdfghjkmn", position=1, value={"heading": CANARY})
    article.decisions.create(place=f"card:{card.public_id}", verdict="approved", value={}, note=CANARY, by=chief)
    workflow.lock(article, "", CANARY, by=chief)
    article.presences.create(user=chief, place="introduction")
    make.report(fact, words=CANARY, answer=CANARY)
    SavedView.objects.create(owner=chief, name=CANARY, query=f"q={CANARY}")
    HouseTerm.objects.create(right=CANARY, wrong=[f"{CANARY}s"], note=CANARY)
    ImportedDocument.objects.create(source=CANARY, digest="0", article=article, change=1, outcome="new")
    VainSearch.objects.create(words=CANARY, day=timezone.localdate())
    Picture.objects.first().changes.create(values={"alt": CANARY}, was={"alt": CANARY}, by=chief, by_name=CANARY)
    FeaturedFact.objects.create(public_id=fact.public_id, added_by=chief)
    words = {"measure": CANARY, "value": CANARY, "words": CANARY, "sentence": CANARY}
    Statement.objects.create(subject=article.subject, article=article, place="introduction", **words)
    event = SubjectEvent.objects.create(subject=article.subject, sentence=CANARY, key_words=[CANARY])
    event.mentions.create(article=article, place="introduction", sentence=CANARY)
    Ruling.objects.create(subject=article.subject, measure=CANARY, right=CANARY, right_words=CANARY, reason=CANARY)
    gone = f"https://{CANARY}.example/gone"
    SourceCheck.objects.create(url=gone, host=CANARY, said=CANARY, asked_at=timezone.now())
    NotificationChoice.objects.create(user=chief, switched_off=[CANARY])
    ExternalIdentity.objects.create(user=chief, issuer=f"https://{CANARY}.example", subject=CANARY)
    webhook = Webhook.objects.create(name=CANARY, url=f"https://{CANARY}.example/", secret=CANARY)
    OutboxMessage.objects.create(kind="webhook", target=CANARY, webhook=webhook, payload={"event": CANARY})
    now = timezone.now()
    Invitation.objects.create(email=f"{CANARY}@example.org", name=CANARY, role="Writers", digest="0", expires_at=now)
    ClockDecision.objects.create(clock_at=now, newest_made_at=now, last_event=0, note=CANARY)
    Vote.objects.cast(fact.public_id, "192.0.2.7", now)
    TagOperation.objects.create(kind="merge", source=1, source_name=CANARY, target=2, by_name=CANARY)


def plant() -> None:
    """The word into every text column of the tables that no public address reads."""
    for model in private_models():
        for row in model._base_manager.all():
            values = dict(planted(model, row.pk))
            if not values:
                continue
            columns = ", ".join(f'"{name}" = %s' for name in values)
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    table, key = model._meta.db_table, model._meta.pk.column
                    cursor.execute(f'UPDATE "{table}" SET {columns} WHERE "{key}" = %s', [*values.values(), row.pk])
            except DatabaseError:
                assert CANARY in str(list(model._base_manager.values())), f"{model} refuses other words and has none"


def private_models() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        if model._meta.app_label in APPS and model._meta.db_table in OTHERS - WITHOUT_ROWS:
            yield model


def planted(model: type[models.Model], key: object) -> Iterator[tuple[str, str]]:
    for field in model._meta.concrete_fields:
        if field.choices or field.is_relation or NO_WORDS.fullmatch(field.name):
            continue
        word = f"{CANARY}-{key}"
        if isinstance(field, models.JSONField):
            yield field.column, json.dumps({CANARY: word})
        elif isinstance(field, models.CharField | models.TextField):
            yield field.column, word[: field.max_length]


def words_in(model: type[models.Model]) -> bool:
    return not dict(planted(model, 1)) or CANARY in str(list(model._base_manager.values()))
