"""The timeline: at most one at an instant, each in force until the next, exact without any worker."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import drafts, publishing
from articles.document import Source
from articles.models import Address, Article, Edition, PublishedFact, PublishedTag, Revision
from articles.models.editions import FOR_EVER
from tests import make

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


def revision_of(article: Article, **changes: str) -> Revision:
    if changes:
        Article.objects.filter(pk=article.pk).update(**changes)
        article.refresh_from_db()
    return drafts.keep_revision(article, Revision.Reason.IMPORTED, by=article.owner)


def title_at(article: Article, instant: dt.datetime) -> str | None:
    """What a reader sees at an instant: a title, None for nothing yet, "410" for taken down."""
    found = Edition.objects.in_force(at=instant).filter(article=article)
    assert len(found) <= 1
    return ("410" if found[0].is_removal else found[0].title) if found else None


def test_a_version_is_in_force_from_the_instant_of_its_publication():
    article = make.article(title="One")
    edition = publishing.publish(revision_of(article))
    assert title_at(article, edition.visible_from - dt.timedelta(microseconds=1)) is None
    assert title_at(article, edition.visible_from) == "One"
    assert edition.visible_until == FOR_EVER


def test_an_update_at_a_time_replaces_the_live_version_exactly_then():
    article, at = make.article(title="One"), timezone.now() + HOUR
    publishing.publish(revision_of(article))
    publishing.publish(revision_of(article, title="Two"), at=at)
    assert title_at(article, at - dt.timedelta(microseconds=1)) == "One"
    assert title_at(article, at) == "Two"


def test_several_events_may_wait_and_publishing_now_leaves_them_alone():
    article, now = make.article(title="One"), timezone.now()
    publishing.publish(revision_of(article))
    publishing.publish(revision_of(article, title="Two"), at=now + 2 * HOUR)
    publishing.take_down(article, at=now + 3 * HOUR)
    publishing.publish(revision_of(article, title="Now"))
    seen = [title_at(article, now + hours * HOUR) for hours in (1, 2, 3)]
    assert seen == ["Now", "Two", "410"]


@pytest.mark.slow
def test_cancelling_a_waiting_version_lets_its_predecessor_run_on():
    article, now = make.article(title="One"), timezone.now()
    publishing.publish(revision_of(article))
    two = publishing.publish(revision_of(article, title="Two"), at=now + HOUR)
    publishing.publish(revision_of(article, title="Three"), at=now + 2 * HOUR)
    publishing.cancel(two)
    assert [title_at(article, now + hours * HOUR) for hours in (1, 2)] == ["One", "Three"]
    assert Address.objects.filter(article=article).count() == 1


def test_what_has_happened_cannot_be_cancelled():
    edition = make.edition()
    with pytest.raises(publishing.PublishingError, match="already happened"):
        publishing.cancel(edition)
    assert Edition.objects.in_force().get() == edition


def test_an_instant_in_the_past_and_an_instant_that_is_taken_are_refused():
    article, at = make.article(), timezone.now() + HOUR
    revision = revision_of(article)
    publishing.publish(revision, at=at)
    with pytest.raises(publishing.PublishingError, match="that very moment"):
        publishing.publish(revision, at=at)
    with pytest.raises(publishing.PublishingError, match="has passed"):
        publishing.publish(revision, at=timezone.now() - HOUR)
    assert article.editions.count() == 1


def test_rescheduling_keeps_the_words_that_were_approved():
    article, now = make.article(title="One"), timezone.now()
    edition = publishing.publish(revision_of(article), at=now + HOUR)
    revision_of(article, title="Newer words")
    publishing.reschedule(edition, now + 5 * HOUR)
    assert [title_at(article, now + hours * HOUR) for hours in (1, 5)] == [None, "One"]


def test_a_taking_down_needs_something_to_take_down():
    article, now = make.article(), timezone.now()
    with pytest.raises(publishing.PublishingError, match="nothing to take down"):
        publishing.take_down(article)
    version = publishing.publish(revision_of(article), at=now + HOUR)
    publishing.take_down(article, at=now + 2 * HOUR)
    with pytest.raises(publishing.PublishingError, match="cancel it first"):
        publishing.cancel(version)
    assert article.editions.count() == 2


def test_the_first_publication_is_the_sort_key_of_every_later_version():
    article, now = make.article(), timezone.now()
    waiting = publishing.publish(revision_of(article, title="Later"), at=now + HOUR)
    assert waiting.facts.first().first_visible_from == now + HOUR
    first = publishing.publish(revision_of(article, title="Sooner"))
    waiting.refresh_from_db()
    assert waiting.first_visible_from == first.visible_from
    assert {fact.first_visible_from for fact in waiting.facts.all()} == {first.visible_from}


def test_publishing_the_same_words_again_does_not_move_the_date_of_change():
    article = make.article()
    first = publishing.publish(revision_of(article))
    publishing.publish(revision_of(article))
    changed = publishing.publish(revision_of(article, title="Other words"))
    newest = Edition.objects.filter(article=article).order_by("visible_from")
    assert [edition.modified_at for edition in newest] == [first.visible_from, first.visible_from, changed.visible_from]


def test_a_slug_belongs_to_its_article_for_ever():
    first = make.edition(slug="the-ferry")
    publishing.publish(revision_of(first.article, slug="renamed-ferry"))
    other = make.article(slug="the-ferry")
    with pytest.raises(publishing.PublishingError, match="belongs to another article"):
        publishing.publish(revision_of(other))


def test_an_address_that_nobody_has_seen_is_released_by_cancelling():
    article = make.article(slug="the-ferry")
    waiting = publishing.publish(revision_of(article), at=timezone.now() + HOUR)
    reserved = Address.objects.get(kind="article", slug="the-ferry")
    assert reserved.visible_from == waiting.visible_from
    publishing.cancel(waiting)
    assert not Address.objects.filter(kind__in=["article", "fact"]).exists()


def test_rows_of_an_ended_edition_go_and_the_edition_stays():
    first = make.edition()
    publishing.publish(revision_of(first.article))
    assert first.facts.count() == 0
    assert PublishedFact.objects.in_force().count() == 3
    assert PublishedTag.objects.in_force().count() == 3
    assert Edition.objects.filter(pk=first.pk).exists()


def test_facts_and_tag_rows_end_when_their_edition_does():
    first = make.edition()
    at = timezone.now() + HOUR
    publishing.take_down(first.article, at=at)
    assert set(first.facts.values_list("visible_until", flat=True)) == {at}
    assert set(PublishedTag.objects.values_list("visible_until", flat=True)) == {at}


def test_the_own_tags_and_words_of_a_spoiler_are_in_no_row_outside():
    secret = make.card(heading="The captain is dead", body="Since the start.", tags=("Ghost",), spoiler_after=7)
    edition = make.edition(cards=(secret,), tags=("Ferries",))
    fact = edition.facts.get()
    assert (fact.heading, fact.excerpt, fact.emoji) == ("", "", "")
    assert fact.slug == "after-episode-7"
    assert fact.public_heading == "A fact about Night Ferry, after episode 7"
    assert [row.tag.name for row in fact.tag_rows.all()] == ["Ferries"]


def test_a_source_becomes_a_link_only_on_the_web():
    trick = Source(url="javascript:alert(1)", title="Trust me")
    cards = (make.card(sources=(trick, Source(url="https://example.org/a"))),)
    edition = publishing.compose(make.document(cards=cards)).edition  # a draft would not take it
    assert [source["url"] for source in edition.parts["cards"][0]["sources"]] == ["", "https://example.org/a"]


def test_the_database_refuses_two_last_events_and_an_event_that_ends_before_it_begins():
    edition = make.edition()
    later = edition.visible_from + HOUR
    row = {"article": edition.article, "kind": "removal", "first_visible_from": later, "modified_at": later}
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(visible_from=later, **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(visible_from=later, visible_until=later, **row)


def test_a_rebuild_renders_again_and_moves_no_instant():
    edition = make.edition()
    before = (edition.visible_from, edition.visible_until, edition.parts)
    Edition.objects.update(parts={**edition.parts, "introduction": "<b>As an older renderer made it</b>"}, renderer=0)
    publishing.rebuild(edition)
    edition.refresh_from_db()
    assert (edition.visible_from, edition.visible_until, edition.parts) == before
    assert edition.facts.count() == 3
