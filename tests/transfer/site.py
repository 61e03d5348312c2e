"""A site with something of everything, what its public addresses answer, and an empty database after it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import time_machine
from django.apps import apps
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from articles import drafts, proofs, publishing, states, workflow
from articles.document import Card, Caveat, Faq, Numbering, Source, SourceKind
from articles.models import (
    Address,
    Article,
    BinnedPart,
    ClockDecision,
    Comment,
    CountChange,
    CountTotal,
    Edition,
    EventMention,
    ExternalIdentity,
    FactUse,
    History,
    HouseTerm,
    ImportedDocument,
    Invitation,
    Lock,
    NotificationChoice,
    OldPath,
    OutboxMessage,
    PictureChange,
    PictureUse,
    Presence,
    ProofRequirement,
    PublishedFact,
    ReadCount,
    ReviewLink,
    ReviewOpinion,
    Ruling,
    SavedView,
    SearchName,
    SearchRow,
    SearchWord,
    SearchWordKey,
    SitePage,
    SourceCheck,
    StampPart,
    Statement,
    Subject,
    SubjectEvent,
    Tag,
    TagAlias,
    TagOperation,
    VainSearch,
    Vote,
    VoteDay,
    Webhook,
)
from articles.models.fact_uses import Mode
from articles.operations import featuring
from articles.roles import Role
from tests import make

BEGAN = dt.datetime(2030, 1, 1, 9, tzinfo=dt.UTC)
NOW = BEGAN + dt.timedelta(days=60)
LATER = BEGAN + dt.timedelta(days=90)  # when everything that waits has happened

#: Of a fact: what readers are told when not everybody believes it.
DOUBT = {"caveat": Caveat.DISPUTED, "caveat_since": dt.date(2029, 3, 4), "caveat_note": "The mate counts eight."}


def day(number: float) -> dt.datetime:
    return BEGAN + dt.timedelta(days=number)


class Building:
    """Builds the site act by act, each on a day of its own."""

    def __init__(self) -> None:
        with time_machine.travel(day(0), tick=False):
            self.mina = make.writer(name="mina", first_name="미나", last_name="Park")
            self.edda = make.editor(name="edda")
            make.user(name="gone", role=Role.EDITOR)
            make.user(name="shut-out", role=Role.WRITER, is_active=False)
            self.reference()
            self.pictures()
        for number, act in enumerate(self.acts(), 1):
            with time_machine.travel(day(number), tick=False):
                act()

    def reference(self) -> None:
        make.subject(name="야간 연락선", kind="drama", episodes=16, other_names=["Night Ferry", "夜行船"], year=2024)
        film = make.subject(name="Harbour", kind="film", palette="teal")
        film.slug = "the-harbour"
        film.save()
        for name in ("Zebra", "K-Drama", "Ferries", "주지훈"):
            Tag.objects.create(name=name, description=f"About {name}")
        HouseTerm.objects.create(right="Ju Ji-hoon", wrong=["Joo Ji-hoon"], match_case=False, note="As he writes it.")
        TagAlias.objects.create(tag=Tag.objects.get(name="주지훈"), name="Ju Ji-hoon")

    def pictures(self) -> None:
        self.cover = make.picture(title="Cover", credit="Harbour office", licence="CC BY 4.0", uploaded_by=self.edda)
        self.inside = make.picture(title="Inside", alt="The engine room", focal_x=10)
        self.inside.take(make.image_bytes(colour="green"), "engine.jpg")
        self.inside.save()
        face = make.picture(title="Mina", decorative=True, alt="")
        make.author(name="Mina Park", bio="Writes at night.", picture=face, user=self.mina)
        make.author(name="Old Sailor")

    def acts(self) -> Iterable[Any]:
        yield from (self.drafts, self.review, self.live, self.moved_slug, self.taken_down, self.same_instant)
        yield from (self.corrected, self.waiting, self.rebuilt, self.fact_moved, self.renamed, self.odd_ends)
        yield from (self.proved, self.also_in)

    def article(self, title: str, **fields: Any) -> Article:
        defaults: dict[str, Any] = {
            "owner": self.mina,
            "authors": ("mina-park", "old-sailor"),
            "cover": self.cover.public_id,
        }
        return make.article(title=title, **defaults | {"subject": "야간-연락선"} | fields)

    def published(self, title: str, at: dt.datetime | None = None, **fields: Any) -> Article:
        article = self.approved(self.article(title, **fields))
        move = states.SCHEDULE if at else states.PUBLISH
        return workflow.make(move, article, by=self.edda, change=article.change, at=at)

    def approved(self, article: Article) -> Article:
        article = workflow.make(states.SUBMIT, article, by=self.mina, note="Have a look.")
        return workflow.make(states.APPROVE, article, by=self.edda, change=article.change)

    def change(self, article: Article, **fields: Any) -> Article:
        old = drafts.details_of(article)
        drafts.save_details(article, dataclasses.replace(old, **fields), token=drafts.token(old), by=self.mina)
        return Article.objects.get(pk=article.pk)

    # --- the acts -----------------------------------------------------------------------------------------------------

    def drafts(self) -> None:
        empty = Card(heading="", body="## Looks like a mark\n\n+++\n", tags=("새 태그",), check_on=dt.date(2030, 5, 1))
        self.article("Twice the same", cards=(empty,), faqs=(), tags=(), authors=(), subject="", cover="")
        twin = self.article("Twice the same", numbering=Numbering.NONE)
        Article.objects.filter(pk=twin.pk).update(unplaced_text="Left over.")

    def review(self) -> None:
        article = workflow.make(states.SUBMIT, self.article("In review"), by=self.mina)
        workflow.take_review(article, by=self.edda)
        workflow.plan(article, by=self.edda, due_on=day(9).date(), priority=1, planned_for=day(10).date())
        card = article.cards.get(position=2)
        place = f"card:{card.public_id}"
        first = workflow.comment(article, f"Says who, @{self.mina}?", by=self.edda, place=place, quoted="ferry")
        workflow.suggest(article, "", by=self.edda, place="conclusion", field="conclusion", quoted=" in the morning")
        workflow.comment(article, "The captain.", by=self.mina, parent=first)
        workflow.comment(article, "Fine otherwise.", by=self.edda)
        workflow.resolve(first, by=self.edda)
        better = workflow.suggest(article, "At last.", by=self.edda, place="conclusion", field="conclusion")
        workflow.take(better, by=self.mina)
        drafts.delete_card(card, token=drafts.token(drafts.card_value(card)), by=self.mina)
        back = workflow.make(states.SUBMIT, self.article("Sent back"), by=self.mina)
        workflow.make(states.SEND_BACK, back, by=self.edda, note="More sources.")
        self.approved(self.article("Approved and not published"))

    def live(self) -> None:
        beside = self.inside.public_id
        picture = f"Look:\n\n![](picture:{self.inside.public_id})\n\n> Ahoy.\n>\n> — The captain"
        cards = (
            make.card(body=picture, tags=("Ju Ji-hoon", "Zebra"), emoji="🚢", picture=beside),
            make.card(
                heading="She dies",
                safe_heading="What happens to her",
                spoiler_after=16,
                tags=("Ferries",),
                picture=self.cover.public_id,
            ),
            make.card(
                heading="He dies",
                spoiler_after=3,
                sources=(Source(title="A book", seen_on=dt.date(2029, 1, 2)),),
                **DOUBT,
            ),
        )
        faqs = (Faq(question="Who?", answer="**Nobody.**", spoiler_after=4), make.faq())
        self.lamp = self.published(
            "3 facts about 야간 연락선", cards=cards, faqs=faqs, tags=("K-Drama", "Zebra"), language="ko"
        )
        card = self.lamp.cards.get(position=1)
        words = PublishedFact.objects.get(public_id=card.public_id).words
        workflow.check_fact(card, by=self.edda, words=words, again_on=day(300).date())
        featuring.feature(card.public_id, by=self.edda)
        ruled = {"right": "webtoon", "right_words": "웹툰", "reason": "작가가 말했다.", "digests": ["0" * 32, "1" * 32]}
        about, by = self.lamp.subject, self.edda
        Ruling.objects.create(subject=about, measure="origin", verdict="one-right", ruled_by=by, **ruled)
        self.inside.take(make.image_bytes(colour="red"), "new.jpg")  # what is live goes on showing the old file
        self.inside.save()

    def proved(self) -> None:
        source = Source(title="The log", kind=SourceKind.INTERVIEW, excerpt="Seen in 26 countries.\nNobody slept.")
        card = make.card(heading="Seen", body="In 26 countries, from 2024, the longest. It is #1.", sources=(source,))
        article = self.article("Proved", cards=(card,), introduction="It has 3 lamps.")
        place = f"card:{drafts.document_of(article).cards[0].public_id}"

        def identity(at: str, number: int) -> str:
            return proofs.claims_of(drafts.document_of(article), article.subject)[at][number].identity

        workflow.claims.bind_all(article, by=self.mina)
        ticked = workflow.claims.tick(article, place, identity(place, 1), remark="In 2024.", by=self.edda)
        workflow.claims.take_back(article, ticked.public_id, by=self.mina)
        workflow.claims.set_aside(article, "introduction", identity("introduction", 0), reason="Why?", by=self.mina)
        workflow.claims.join(article, place, [identity(place, 1), identity(place, 2)], by=self.mina)
        (now,) = (each for each in proofs.dated_of(drafts.document_of(article), proofs.Acts())[place] if each.kinds)
        days = {"as_of": day(2).date(), "again_on": day(90).date()}
        workflow.claims.date(article, place, now.identity, **days, by=self.mina)
        ProofRequirement.objects.create(kind="band", level="figures")
        workflow.restatements.rest_on(article, "introduction", [place.partition(":")[2]], by=self.mina)
        workflow.restatements.rest_on(article, "conclusion", [], by=self.edda)

    def also_in(self) -> None:
        """One fact of what is live, followed by an article that is live and adapted by a draft."""
        fact = self.twins[2].cards.all()[0].public_id
        article = self.article("Told again", cards=1)
        workflow.fact_uses.use_fact(article, fact, Mode.FOLLOW, by=self.mina)
        live = self.approved(Article.objects.get(pk=article.pk))
        workflow.make(states.PUBLISH, live, by=self.edda, change=live.change)
        draft = workflow.fact_uses.use_fact(self.article("Told otherwise"), fact, Mode.ADAPT, by=self.mina)
        FactUse.objects.filter(public_id=draft.public_id).update(declined="0" * 32)

    def moved_slug(self) -> None:
        article = self.published("Old address", slug="old-address", numbering=Numbering.COUNTDOWN, subject="harbour")
        article = self.approved(self.change(article, slug="new-address"))
        with time_machine.travel(day(4.5), tick=False):
            workflow.make(states.PUBLISH, article, by=self.edda, change=article.change, kind="typo")

    def taken_down(self) -> None:
        article = self.published("Gone for good")
        with time_machine.travel(day(5.5), tick=False):
            article = workflow.make(states.TAKE_DOWN, article, by=self.edda, note="Wrong.")
            workflow.make(states.ARCHIVE, article, by=self.edda)

    def same_instant(self) -> None:
        """Told apart by the order in which they were made, in which the second is no longer the older one."""
        self.twins = [self.published(f"At the same time {number}", at=day(7), tags=("Zebra",)) for number in (1, 2, 3)]
        event = Edition.objects.get(article=self.twins[0])
        workflow.make(states.RESCHEDULE, self.twins[0], by=self.edda, event=event, at=day(7.5))
        event = Edition.objects.get(article=self.twins[0])
        workflow.make(states.RESCHEDULE, self.twins[0], by=self.edda, event=event, at=day(7))

    def corrected(self) -> None:
        article = self.change(self.lamp, dek="Now with a dek.")
        card = article.cards.first()
        assert card is not None
        old = drafts.card_value(card)
        drafts.save_card(card, dataclasses.replace(old, body="Mended.", **DOUBT), token=drafts.token(old), by=self.mina)
        self.lamp = self.approved(Article.objects.get(pk=article.pk))
        told = {"kind": "correction", "note": "The engine room was another."}
        workflow.make(states.PUBLISH, self.lamp, by=self.edda, change=self.lamp.change, **told)
        self.lamp = self.change(Article.objects.get(pk=self.lamp.pk), dek="And changed since.")

    def waiting(self) -> None:
        self.published("Not yet seen", at=day(70), slug="not-yet")
        article = self.published("Will be taken down")
        workflow.make(states.TAKE_DOWN_AT, article, by=self.edda, at=day(80), note="The licence ends.")
        cancelled = self.published("Cancelled", at=day(75), slug="cancelled")
        workflow.make(states.CANCEL, cancelled, by=self.edda, event=Edition.objects.get(article=cancelled))

    def rebuilt(self) -> None:
        """Its facts are younger than those of later editions now."""
        publishing.rebuild(Edition.objects.in_force().get(article=self.twins[1]))

    def fact_moved(self) -> None:
        card = self.twins[2].cards.first()
        assert card is not None
        drafts.move_card(card, self.lamp, by=self.mina)
        self.lamp = self.approved(Article.objects.get(pk=self.lamp.pk))
        told = {"kind": "clarification"}
        workflow.make(states.PUBLISH, self.lamp, by=self.edda, change=self.lamp.change, **told)

    def renamed(self) -> None:
        tag = Tag.objects.get(name="K-Drama")
        tag.name, tag.slug = "Korean drama", "korean-drama"
        tag.save()
        ferry = Subject.objects.get(slug="야간-연락선")
        ferry.slug = "night-ferry"
        ferry.save()

    def odd_ends(self) -> None:
        drafts.delete(self.article("Never seen"), by=self.mina)
        value = {"heading": "A lamp too many"}
        BinnedPart.objects.create(article=self.lamp, kind="cards", public_id="bcdfghjkmn", position=1, value=value)
        Presence.objects.create(article=self.lamp, user=self.mina)
        fact = PublishedFact.objects.latest("pk")
        closed = {"closed_at": day(13), "closed_by": self.edda, "answer": "Mended.", "made_at": day(12.5)}
        make.report(fact, source="https://harbour.example/", email="a.reader@example.org", **closed)
        VainSearch.objects.count_one("lighthouse", LATER.date())
        for number in range(6):
            fact = PublishedFact.objects.in_force().get(number=1, edition__article=self.lamp)
            Vote.objects.cast(fact.public_id, f"10.{number}.0.1", LATER)
        about = f"We are **two**.\n\n![](picture:{self.inside.public_id})"
        SitePage.objects.create(slug="about", title="About the ferry", body=about)
        workflow.comment(self.lamp, "I leave.", by=User.objects.get(username="gone"))
        User.objects.get(username="gone").delete()
        words = {"by": self.edda, "days": 3, "change": self.lamp.change, "may_comment": True, "may_agree": True}
        link, _token = workflow.make_link(self.lamp, "Han Seo-yeon, lawyer", **words)
        workflow.comment_by_link(link, "", "Not in my court.")
        workflow.agree(link, "The rest is lawful.")
        OldPath.objects.create(path="2019/05/lamps", article=self.lamp)
        for number, article in enumerate([self.lamp, None]):
            source = {"source": f"old-site.xml#{number}", "digest": "0" * 64, "change": 1, "outcome": "published"}
            ImportedDocument.objects.create(article=article, **source)
        History.objects.create(title="", actor=None, actor_name="operator", act="import", details={"at": "x"})


class Small(Building):
    """An article in review and one that waits."""

    def acts(self) -> Iterable[Any]:
        yield from (self.one_in_review, self.one_waiting, self.renamed)

    def one_in_review(self) -> None:
        workflow.make(states.SUBMIT, self.article("In review", cards=2), by=self.mina)

    def one_waiting(self) -> None:
        self.published("Not yet seen", at=day(70), slug="not-yet", tags=("Zebra",))


#: What an export leaves behind: what lies in a bin, who has an article open, what readers did not find, who voted
#: today. What the search finds by is made again (test_there_and_back asks it).
STAYS = (
    *(BinnedPart, ClockDecision, Lock, NotificationChoice, PictureChange, Presence, ReviewLink, ReviewOpinion),
    *(
        CountChange,
        CountTotal,
        EventMention,
        PictureUse,
        ReadCount,
        SavedView,
        SourceCheck,
        StampPart,
        Statement,
        SubjectEvent,
    ),
    *(TagOperation,),
    *(SearchName, SearchRow, SearchWord, SearchWordKey, VainSearch, Vote, VoteDay),
    *(ExternalIdentity, Invitation, OutboxMessage, Webhook),
)


def tables() -> list[type[Any]]:
    return [model for model in all_tables() if model not in STAYS]


def all_tables() -> list[type[Any]]:
    return [*apps.get_app_config("articles").get_models(), User]


def empty_database() -> None:
    """Primary keys go on counting, so what comes next has other ones."""
    for between in (User.groups.through, Comment.mentioned.through):
        between.objects.all().delete()
    for model in all_tables():
        model._base_manager.all()._raw_delete("default")
    cache.clear()


# --- what the public sees ---------------------------------------------------------------------------------------------

_LINK = re.compile(r"""(?:href|src)="([^"]+)"|content="((?:/|http)[^"]+)"|<loc>([^<]+)</loc>|href='([^']+)'""")
_PLAIN = ("home", "about", "articles", "facts", "tags", "subjects", "corrections", "follow", "sitemap", "robots")


def answers(at: dt.datetime) -> dict[str, tuple[int, str, bytes]]:
    """What every public address answers at that moment: all that the tables know, and all that these lead to."""
    cache.clear()
    client = Client()
    found: dict[str, tuple[int, str, bytes]] = {}
    waiting = [*map(reverse, _PLAIN), *_addresses(), *_questions()]
    asked = {*waiting}
    with time_machine.travel(at, tick=False):
        while waiting:
            path = waiting.pop()
            if path in found or not path.startswith("/") or path.startswith(("/static/", "/admin/")):
                continue
            if found and _NARROWED.search(path) and path not in asked:
                continue
            response = client.get(path)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            found[path] = (response.status_code, response.headers.get("Location", ""), body)
            waiting += _links(path, found[path], response.headers.get("Content-Type", ""))
    return found


#: What the index offers beyond one choice: there is no end to it, and one choice tells the same. Any fact is by chance.
_NARROWED = re.compile(r"^/facts(\.md)?/?\?.*(&|show=random)|^/facts/random/")


def _addresses() -> Iterable[str]:
    for address in Address.objects.all():
        yield reverse("fact-by-id" if address.kind == Address.Kind.FACT else address.kind, args=[address.slug])
    for old in OldPath.objects.all():
        yield f"/{old.path}/"
    for fact in PublishedFact.objects.all():
        yield reverse("fact", args=[fact.public_id, fact.slug])


def _questions() -> Iterable[str]:
    for tag in Tag.objects.all():
        for more in ("", "&sort=oldest", "&sort=episode", "&spoilers=hide", "&tag=zebra"):
            yield f"{reverse('facts')}?tag={tag.slug}{more}"
    for words in ("lamp", "lapms", "the"):
        for page in ("search", "search-suggest"):
            yield f"{reverse(page)}?{urlencode({'q': words})}"


def _links(path: str, answer: tuple[int, str, bytes], kind: str) -> list[str]:
    _status, location, body = answer
    if not kind.startswith(("text/", "application/xml", "application/atom+xml", "application/rss+xml")):
        return []
    links = [next(filter(None, groups)) for groups in _LINK.findall(body.decode())]
    links = [urljoin(path, link.replace("&amp;", "&").replace("http://testserver", "")) for link in [*links, location]]
    return [link.partition("#")[0] for link in links if not urlsplit(link).netloc]
