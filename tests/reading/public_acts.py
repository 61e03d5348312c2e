"""Everything by which readers come to see something else, as acts upon a small site: a new kind of public act without a
row here is an act of which no cache is told.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from articles import drafts, operations, proofs, publishing, workflow
from articles.document import Card, Document
from articles.models import Article, Author, Edition, PublishedFact, Revision, SitePage, Subject, Tag, Vote
from articles.models.fact_uses import Mode
from articles.models.votes import FEWEST_SHOWN
from articles.operations import accounts, featuring, picture_changes, tags
from articles.publishing import UpdateNotice
from articles.publishing.relabelling import Scope
from tests import make
from tests.reading.addresses import publish_again

#: A few of everything. Each world has its own subject, tags and author, so that most pages have nothing to do with most
#: acts; two articles of each world.
WORLDS = {"Night Ferry": ("Ferries", "Crew"), "Lantern Isle": ("Lanterns", "Ghosts"), "Opera Bus": ("Opera", "Buses")}


@dataclasses.dataclass
class PublicSite:
    editor: User
    editions: dict[str, list[Edition]]
    waiting: Edition

    def article(self, world: str, number: int = 0) -> Article:
        return Article.objects.get(pk=self.editions[world][number].article_id)

    def fact(self, world: str, number: int = 0) -> PublishedFact:
        edition = Edition.objects.in_force().get(article=self.editions[world][number].article_id)
        return PublishedFact.objects.filter(edition=edition, spoiler_after__isnull=True).order_by("pk")[0]


def make_site() -> PublicSite:
    editor, editions = make.editor(), {}
    for place, (world, names) in enumerate(WORLDS.items()):
        subject, author = make.subject(name=world), make.author(name=f"Author of {world}")
        editions[world] = [
            make.edition(
                at=timezone.now() - dt.timedelta(days=30 - 10 * number - place),
                title=f"{world}, part {number + 1}",
                subject=subject.slug,
                authors=(author.slug,),
                tags=(names[0],),
                cards=_cards(world, names[1]),
            )
            for number in range(2)
        ]
    editions["Lantern Isle"][1] = _tell(editions["Lantern Isle"][1].article, editions["Opera Bus"][0])
    people = make.author(name="Keeper", user=editor, picture=make.picture())
    make.edition(at=timezone.now() - dt.timedelta(days=31), title="By the keeper", authors=(people.slug,), subject="")
    site = PublicSite(editor, editions, editions["Night Ferry"][0])
    site.waiting = _publish(site.article("Opera Bus"), at=_ahead(days=3), title="Opera Bus, later")
    featuring.feature(site.fact("Opera Bus").public_id, by=editor)
    featuring.feature(site.fact("Lantern Isle").public_id, by=editor)
    _check(site, "Opera Bus", 1)
    tags.merge(_tag("Ghosts", of="Spooks"), _tag("Ghosts"), by=editor)
    return site


def _tell(article: Article, origin: Edition) -> Edition:
    """The article tells the first fact of another one again, from now on."""
    fact = origin.facts.order_by("pk")[0]
    workflow.fact_uses.use_fact(article, fact.public_id, Mode.FOLLOW, by=article.owner)
    article.refresh_from_db()
    return publishing.publish(drafts.keep_revision(article, Revision.Reason.IMPORTED, by=article.owner))


def _cards(world: str, tag: str) -> tuple[Card, ...]:
    return (
        make.card(
            heading=f"What {world} begins with", tags=(tag,), body="Seven lamps in the harbour. It is still open."
        ),
        make.card(heading=f"How {world} sounds", body="Two oars in the water."),
        make.card(heading=f"Who leaves {world}", tags=("Ending",), spoiler_after=3, body="The captain does."),
    )


def _ahead(**how_far: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(**how_far)


def _tag(name: str, of: str = "") -> Tag:
    return Tag.objects.for_names([of or name])[0]


def _publish(article: Article, *, at: dt.datetime | None = None, notice: UpdateNotice | None = None, **changes: Any):
    """Another version with these parts of the Document."""
    value: Document = dataclasses.replace(drafts.document_of(article), **changes)
    drafts.replace(article, value, by=article.owner)
    revision = article.revisions.order_by("-pk")[0]
    return publishing.publish(revision, at=at, notice=notice)


def _reworded(site: PublicSite, world: str, **changes: Any) -> tuple[Card, ...]:
    first, *others = drafts.document_of(site.article(world)).cards
    return (dataclasses.replace(first, **changes), *others)


def _new(**fields: Any) -> None:
    make.edition(**{"cards": (make.card(heading="A new fact", tags=("Crew",)),), "title": "A new one"} | fields)


def _show_elsewhere(site: PublicSite) -> None:
    """Another article shows the same fact from now on."""
    shared = drafts.document_of(site.article("Night Ferry")).cards[0]
    article = site.article("Opera Bus", 1)
    cards = (*drafts.document_of(article).cards, dataclasses.replace(shared, heading="Told otherwise"))
    content = dataclasses.replace(drafts.document_of(article), cards=cards)
    revision = drafts.keep_revision(article, Revision.Reason.IMPORTED, by=article.owner, value=content)
    publishing.publish(revision)


def _tell_again(site: PublicSite) -> None:
    """Another article tells the same fact, as a fact of its own."""
    _tell(site.article("Opera Bus", 1), site.editions["Night Ferry"][0])


def _check(site: PublicSite, world: str, number: int = 0) -> None:
    fact = site.fact(world, number)
    card = site.article(world, number).cards.get(public_id=fact.public_id)
    workflow.check_fact(card, by=site.editor, words=fact.words, again_on=_ahead(days=99).date())


def _date(site: PublicSite, world: str) -> None:
    article, place = site.article(world), f"card:{site.fact(world).public_id}"
    (said,) = proofs.dated_of(drafts.document_of(article), proofs.Acts())[place]
    workflow.claims.date(article, place, said.identity, as_of=timezone.localdate(), again_on=None, by=site.editor)


def _change(row: Any, **fields: Any) -> None:
    row = type(row).objects.get(pk=row.pk)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


def _rename(tag: Tag, name: str, by: User) -> None:
    """As the form of a tag does."""
    before = tags.state_of(tag)
    _change(tag, name=name, slug="")
    tags.record_rename(Tag.objects.get(pk=tag.pk), before, by=by)


def _change_picture(site: PublicSite) -> None:
    picture = Author.objects.get(name="Keeper").picture
    assert picture is not None
    picture.alt = "A keeper with a lamp"
    picture_changes.save_picture(picture, by=make.admin())


def _vote(site: PublicSite) -> None:
    for network in range(FEWEST_SHOWN):
        Vote.objects.cast(site.fact("Night Ferry").public_id, f"10.{network}.0.1", timezone.now())


def _subject(world: str) -> Subject:
    return Subject.objects.get(name=world)


#: By name: what is done, by nothing but the doors that the desk, the commands and readers use.
ACTS: Mapping[str, Callable[[PublicSite], object]] = {
    "publishes an article": lambda site: _new(tags=("Ferries",), subject=_subject("Night Ferry").slug),
    "publishes about a new subject, under a new tag": lambda site: _new(
        subject=make.subject(name="Crew").slug, tags=("Brand new",), authors=(make.author(name="New author").slug,)
    ),
    "publishes about nothing": lambda site: _new(subject="", tags=(), cards=(make.card(tags=()),)),
    "publishes under a tag called as a subject": lambda site: _new(subject="", tags=("Opera Bus",)),
    "gives an article another title": lambda site: publish_again(site.article("Night Ferry"), title="Renamed"),
    "gives an article another address": lambda site: publish_again(site.article("Night Ferry"), slug="elsewhere"),
    "gives an article another subject": lambda site: _publish(
        site.article("Night Ferry"), subject=_subject("Lantern Isle").slug
    ),
    "gives an article another author": lambda site: _publish(
        site.article("Night Ferry"), authors=(Author.objects.get(name="Keeper").slug,)
    ),
    "gives a fact other tags": lambda site: _publish(
        site.article("Night Ferry"), cards=_reworded(site, "Night Ferry", tags=("Lanterns", "Quite new"))
    ),
    "corrects a fact": lambda site: _publish(
        site.article("Night Ferry"),
        cards=_reworded(site, "Night Ferry", body="Eight lamps in the harbour."),
        notice=UpdateNotice(Edition.ChangeKind.CORRECTION, "There are eight."),
    ),
    "hides a fact behind a spoiler point": lambda site: _publish(
        site.article("Night Ferry"), cards=_reworded(site, "Night Ferry", spoiler_after=2)
    ),
    "shows a fact in another article": _show_elsewhere,
    "tells a fact again in another article": _tell_again,
    "takes down what tells a fact again": lambda site: publishing.take_down(site.article("Lantern Isle", 1)),
    "takes an article down": lambda site: publishing.take_down(site.article("Night Ferry")),
    "takes the newest article down": lambda site: publishing.take_down(site.article("Night Ferry", 1)),
    "takes down what has a checked and a featured fact": lambda site: publishing.take_down(
        site.article("Lantern Isle")
    ),
    "renders an edition again": lambda site: publishing.rebuild(site.editions["Night Ferry"][0]),
    "cancels what waits": lambda site: publishing.cancel(site.waiting),
    "moves what waits": lambda site: publishing.reschedule(site.waiting, _ahead(days=4)),
    "merges tags": lambda site: tags.merge(_tag("Crew"), _tag("Lanterns"), by=site.editor),
    "undoes a merge": lambda site: tags.undo(
        tags.merge(_tag("Crew"), _tag("Lanterns"), by=site.editor), by=site.editor
    ),
    "splits a tag": lambda site: tags.split(
        _tag("Ferries"), "Ferries of old", Scope(articles={site.article("Night Ferry").pk}), by=site.editor
    ),
    "renames a tag": lambda site: _rename(_tag("Ferries"), "Ships", site.editor),
    "renames a tag as a subject is called": lambda site: _rename(_tag("Ferries"), "Opera Bus", site.editor),
    "describes a tag": lambda site: _change(_tag("Ferries"), description="What sails."),
    "renames a subject": lambda site: _change(_subject("Night Ferry"), name="Late Ferry"),
    "moves a subject to another address": lambda site: _change(_subject("Night Ferry"), slug="late-ferry"),
    "gives a subject another kind": lambda site: _change(_subject("Night Ferry"), kind=Subject.Kind.FILM),
    "describes a subject": lambda site: _change(_subject("Night Ferry"), description="A ferry at night."),
    "renames an author": lambda site: _change(Author.objects.get(name="Author of Night Ferry"), name="Zoe"),
    "describes an author": lambda site: _change(Author.objects.get(name="Author of Night Ferry"), bio="Sails."),
    "gives an author another account": lambda site: _change(Author.objects.get(name="Keeper"), user=None),
    "takes a person out of their account": lambda site: accounts.anonymise(User.objects.get(pk=site.editor.pk)),
    "changes the picture of an author": _change_picture,
    "features a fact": lambda site: featuring.feature(site.fact("Night Ferry").public_id, by=site.editor),
    "features a fact no more": lambda site: featuring.remove(site.fact("Opera Bus").public_id, by=site.editor),
    "moves a featured fact": lambda site: featuring.move(site.fact("Opera Bus").public_id, 1, by=site.editor),
    "writes a page of the site": lambda site: SitePage(slug="about", title="Who we are", body="Two people.").save(),
    "finds a fact still true": lambda site: _check(site, "Night Ferry"),
    "says as of when a fact holds": lambda site: _date(site, "Night Ferry"),
    "votes for a fact until it shows": _vote,
    "counts anew": lambda site: operations.rebuild_counts(),
    "searches anew": lambda site: operations.rebuild_search(),
}
#: What will happen, with the instant at which it shows: answers that were kept before must not outlive it.
PLANS: Mapping[str, Callable[[PublicSite, dt.datetime], object]] = {
    "publishes at a time": lambda site, at: _new(tags=("Ferries",), subject=_subject("Night Ferry").slug, at=at),
    "updates at a time": lambda site, at: _publish(site.article("Night Ferry"), at=at, tags=("Quite new",)),
    "takes down at a time": lambda site, at: publishing.take_down(site.article("Night Ferry"), at=at),
    "moves up what waits": lambda site, at: publishing.reschedule(site.waiting, at),
}
