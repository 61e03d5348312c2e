"""Merging tags: every place, every address, and back again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from articles import drafts, operations, publishing, states, workflow
from articles.models import Address, Edition, EditionTag, PublishedTag, Tag, TagAlias, TaggedCard, TagOperation
from articles.operations import tags
from articles.operations.tags import TagActError, plans
from articles.publishing.relabelling import Scope
from tests import make

pytestmark = pytest.mark.django_db


def tag(name: str) -> Tag:
    return Tag.objects.get(name=name)


def live_with(*names: str, own: tuple[str, ...] = (), **fields: object) -> Edition:
    """An edition in force whose article has `own`, and one fact for each of the other names."""
    cards = tuple(make.card(tags=(name,)) for name in names)
    return make.edition(cards=cards, tags=own, **fields)


def public_tags(edition: Edition) -> tuple[list[str], list[list[str]]]:
    """What an edition's parts say: the names of the article's tags, and of each fact's."""
    edition.refresh_from_db()
    names = dict(Tag.objects.values_list("pk", "name"))
    return [names[pk] for pk in edition.parts["tags"]], [
        [names[pk] for pk in card["tags"]] for card in edition.parts["cards"]
    ]


def fact_rows(edition: Edition) -> set[tuple[str, str, bool]]:
    rows = PublishedTag.objects.filter(fact__edition=edition)
    return set(rows.values_list("fact__public_id", "tag__name", "is_own"))


def test_every_place_shows_the_tag_that_stays():
    edition = live_with("K-Drama", "Kdramas", own=("K-Drama", "Ferries"))
    tags.merge(tag("Kdramas"), tag("K-Drama"), by=make.editor())
    assert public_tags(edition) == (["K-Drama", "Ferries"], [["K-Drama"], ["K-Drama"]])
    assert {name for _fact, name, _own in fact_rows(edition)} == {"K-Drama", "Ferries"}
    assert [list(card.tags) for card in drafts.document_of(edition.article).cards] == [["K-Drama"], ["K-Drama"]]
    assert not Tag.objects.filter(name="Kdramas").exists()


def test_what_had_both_has_one_and_undoing_gives_both_back_in_their_order():
    card = make.card(tags=("Old", "Other", "New"))
    edition = make.edition(cards=(card,), tags=("New", "Old"))
    before, rows = public_tags(edition), fact_rows(edition)
    act = tags.merge(tag("Old"), tag("New"), by=make.editor())
    assert public_tags(edition) == (["New"], [["Other", "New"]])
    assert fact_rows(edition) == {(card.public_id, "New", True), (card.public_id, "Other", True)}
    tags.undo(act, by=make.editor())
    assert public_tags(edition) == before
    assert fact_rows(edition) == rows
    assert list(edition.tag_rows.values_list("tag__name", flat=True)) == ["New", "Old"]
    document = drafts.document_of(edition.article)
    assert (document.tags, document.cards[0].tags) == (("New", "Old"), ("Old", "Other", "New"))


@pytest.mark.slow
def test_a_closed_fact_and_an_edition_that_is_over_are_found_without_rows():
    article = make.live(cards=(make.card(tags=("Old",), spoiler_after=3, safe_heading="A turn"),), tags=())
    over = article.editions.get()
    editor = make.editor()
    new = drafts.Introduction(introduction="New words.")
    drafts.save_introduction(article, new, token=_token(article), by=article.owner)
    article.refresh_from_db()
    article = workflow.make(states.SUBMIT, article, by=article.owner)
    article = workflow.make(states.APPROVE, article, by=editor, change=article.change)
    workflow.make(states.PUBLISH, article, by=editor, change=article.change, kind="clarification")
    Tag.objects.create(name="New")
    tags.merge(tag("Old"), tag("New"), by=editor)
    assert [public_tags(edition)[1] for edition in (over, article.editions.latest("visible_from"))] == [[["New"]]] * 2
    assert not PublishedTag.objects.exists()


def _token(article):
    return drafts.token(drafts.introduction_of(article))


@pytest.mark.slow
def test_the_old_address_leads_on_in_one_hop_and_comes_back():
    live_with("Old", "New")
    chain = live_with("Oldest").article
    tags.merge(tag("Oldest"), tag("Old"), by=make.editor())
    act = tags.merge(tag("Old"), tag("New"), by=make.editor())
    for slug in ("oldest", "old"):
        response = Client().get(f"/tags/{slug}/")
        assert (response.status_code, response.headers["Location"]) == (301, "/tags/new/")
    assert Client().get("/tags/new/").status_code == 200
    assert chain.cards.get().tags.get().name == "New"
    tags.undo(act, by=make.editor())
    assert Client().get("/tags/old/").status_code == 200
    assert Client().get("/tags/oldest/").headers["Location"] == "/tags/old/"


def test_old_names_mean_the_tag_that_stays():
    live_with("Old", "New")
    TagAlias.objects.create(tag=tag("Old"), name="Ancient")
    act = tags.merge(tag("Old"), tag("New"), by=make.editor())
    assert {name: found.name for name, found in Tag.objects.by_names(["old", "ANCIENT", "new"]).items()} == {
        "old": "New",
        "ANCIENT": "New",
        "new": "New",
    }
    tags.undo(act, by=make.editor())
    assert [Tag.objects.by_names([name])[name].name for name in ("Old", "Ancient")] == ["Old", "Old"]
    assert tag("New").aliases.count() == 0


def test_a_merge_into_itself_or_of_what_is_merged_already_is_refused_with_a_sentence():
    live_with("Old", "New")
    old, new, editor = tag("Old"), tag("New"), make.editor()
    with pytest.raises(TagActError, match="into itself"):
        tags.merge(old, old, by=editor)
    tags.merge(old, new, by=editor)
    for one, two in ((old, new), (new, old)):
        with pytest.raises(TagActError, match="no more"):
            tags.merge(one, two, by=editor)
    assert TagOperation.objects.count() == 1


def test_only_those_who_may_change_tags_merge_them():
    live_with("Old", "New")
    with pytest.raises(PermissionDenied):
        tags.merge(tag("Old"), tag("New"), by=make.writer())
    assert Tag.objects.count() == 2


def test_the_counts_beforehand_are_those_of_the_act():
    live_with("Old", "Old", "New", own=("Old",))
    make.article(cards=(make.card(tags=("Old",)),), tags=())
    plan = tags.plan_merge(tag("Old"), tag("New"))
    assert (plan.counts.articles, plan.counts.facts, plan.counts.live, plan.counts.live_facts) == (1, 3, 1, 2)
    act = tags.merge(tag("Old"), tag("New"), by=make.editor())
    assert act.counts["facts"] == 3
    assert act.counts["addresses"] == len(plan.addresses) == 1


@pytest.mark.slow
def test_undoing_leaves_what_was_tagged_otherwise_since_and_counts_it():
    edition = live_with("Old", "Old", "New")
    first, second, _third = edition.article.cards.all()
    act = tags.merge(tag("Old"), tag("New"), by=make.editor())
    drafts.tag_cards(edition.article, [first.public_id], add=["Mine"], remove=["New"], by=make.editor())
    undone = tags.undo(act, by=make.editor())
    assert undone.counts["stayed"] == 1
    assert [first.tags.get().name, second.tags.get().name] == ["Mine", "Old"]


def test_an_edition_made_since_the_merge_gets_its_old_tag_back_too():
    article = make.approved(cards=(make.card(tags=("Old",)), make.card(tags=("New",))), tags=("Old",))
    act = tags.merge(tag("Old"), tag("New"), by=make.editor())
    workflow.make(states.PUBLISH, article, by=make.editor(), change=article.change)
    edition = article.editions.get()
    assert public_tags(edition) == (["New"], [["New"], ["New"]])
    tags.undo(act, by=make.editor())
    assert public_tags(edition) == (["Old"], [["Old"], ["New"]])


def test_an_edition_made_while_undoing_waits_for_its_locks_gets_its_old_tag_back_too(monkeypatch):
    article = make.approved(cards=(make.card(tags=("Old",)), make.card(tags=("New",))), tags=())
    act, lock = tags.merge(tag("Old"), tag("New"), by=make.editor()), plans.lock

    def publish_and_lock(*args: object) -> object:
        workflow.make(states.PUBLISH, article, by=make.editor(), change=article.change)
        return lock(*args)

    monkeypatch.setattr(plans, "lock", publish_and_lock)
    tags.undo(act, by=make.editor())
    assert public_tags(article.editions.get()) == ([], [["Old"], ["New"]])


@pytest.mark.parametrize("name", ["Old", "OLD"])
def test_undoing_is_refused_while_the_name_means_another_tag(name):
    live_with("Old", "New")
    act = tags.merge(tag("Old"), tag("New"), by=make.editor())
    TagAlias.objects.filter(key="old").delete()
    Tag.objects.create(name=name)
    with pytest.raises(TagActError, match=f"“Old” is the tag “{name}” by now"):
        tags.undo(act, by=make.editor())
    assert TaggedCard.objects.filter(tag__name="New").count() == 2


@pytest.mark.slow
def test_later_acts_upon_the_same_tags_are_undone_first():
    live_with("Old", "New", "Newest")
    first = tags.merge(tag("Old"), tag("New"), by=make.editor())
    second = tags.merge(tag("New"), tag("Newest"), by=make.editor())
    with pytest.raises(TagActError, match="“New” → “Newest”"):
        tags.undo(first, by=make.editor())
    tags.undo(second, by=make.editor())
    tags.undo(first, by=make.editor())
    assert sorted(Tag.objects.values_list("name", flat=True)) == ["New", "Newest", "Old"]
    with pytest.raises(TagActError, match="undone already"):
        tags.undo(first, by=make.editor())


def test_the_record_never_changes():
    live_with("Old", "New")
    act = tags.merge(tag("Old"), tag("New"), by=make.editor())
    with pytest.raises(TypeError):
        act.save()


def test_counts_that_readers_see_are_right_at_once():
    live_with("Old", "New")
    assert "2 facts" not in Client().get("/tags/new/").content.decode()
    tags.merge(tag("Old"), tag("New"), by=make.editor())
    assert "2 facts" in Client().get("/tags/new/").content.decode()


@pytest.mark.slow
def test_no_statement_grows_with_the_facts(django_assert_max_num_queries):
    live_with(*["Old"] * 60, own=("New",))
    with django_assert_max_num_queries(75):
        tags.merge(tag("Old"), tag("New"), by=make.editor())
    assert Address.objects.filter(kind="tag").values("tag").distinct().count() == 1
    assert EditionTag.objects.count() == 1


def split_first(edition: Edition) -> TagOperation:
    return tags.split(tag("Sea"), "Deep sea", Scope(set(), {edition.parts["cards"][0]["id"]}), by=make.editor())


@pytest.mark.slow
def test_a_split_outlives_rendering_again_and_another_time():
    live = live_with("Sea", "Sea")
    split_first(live)
    operations.rebuild_editions(everything=True)
    assert public_tags(live) == ([], [["Deep sea"], ["Sea"]])
    assert sorted(name for _fact, name, _own in fact_rows(live)) == ["Deep sea", "Sea"]
    article = make.approved(cards=(make.card(tags=("Shore",)),), tags=("Shore",))
    soon, later = (timezone.now() + dt.timedelta(days=days) for days in (1, 2))
    workflow.make(states.SCHEDULE, article, by=make.editor(), change=article.change, at=soon)
    waiting = article.editions.get()
    scope = Scope({article.pk}, {waiting.parts["cards"][0]["id"]})
    tags.split(tag("Shore"), "Beach", scope, by=make.editor())
    moved = publishing.reschedule(waiting, later)
    assert public_tags(moved) == (["Beach"], [["Beach"]])
    assert {name for _fact, name, _own in fact_rows(moved)} == {"Beach"}
    assert moved.tag_rows.get().tag.name == "Beach"


@pytest.mark.slow
def test_what_was_approved_or_handed_in_before_a_split_is_read_again():
    approved = make.approved(cards=(make.card(tags=("Sea",)),), tags=())
    handed_in = make.handed_in(cards=(make.card(tags=("Sea",)),), tags=())
    live = make.live(cards=(make.card(tags=("Sea",)),), tags=())
    facts = {article.cards.get().public_id for article in (approved, handed_in, live)}
    tags.split(tag("Sea"), "Deep sea", Scope(set(), facts), by=make.editor())
    for article, status in ((approved, "draft"), (handed_in, "in-review"), (live, "approved")):
        was = article.change
        article.refresh_from_db()
        assert (article.effective_status.value, article.change != was) == (status, article != live)
    workflow.make(states.APPROVE, handed_in, by=make.editor(), change=handed_in.change)
    handed_in.refresh_from_db()
    assert handed_in.approved_revision.document.cards[0].tags == ("Deep sea",)


@pytest.mark.parametrize("is_approved_since", [True, False])
def test_what_was_approved_under_a_merged_tag_is_read_again_when_that_is_undone(is_approved_since):
    article = make.approved(cards=(make.card(tags=("Old",)), make.card(tags=("New",))), tags=())
    act = tags.merge(tag("Old"), tag("New"), by=make.editor())
    if is_approved_since:
        new = drafts.Introduction(introduction="New words.")
        drafts.save_introduction(article, new, token=_token(article), by=article.owner)
        article = workflow.make(states.SUBMIT, article, by=article.owner)
        workflow.make(states.APPROVE, article, by=make.editor(), change=article.change)
    tags.undo(act, by=make.editor())
    article.refresh_from_db()
    assert article.effective_status.value == ("draft" if is_approved_since else "approved")


def test_undoing_a_publication_keeps_a_split():
    article = make.live(cards=(make.card(tags=("Sea",)),), tags=())
    split_first(article.editions.get())
    workflow.make(states.TAKE_DOWN, article, by=make.editor(), note="Wrong.")
    workflow.make(states.UNDO_PUBLICATION, article, by=make.editor(), note="Right.")
    assert public_tags(article.editions.latest("visible_from"))[1] == [["Deep sea"]]
