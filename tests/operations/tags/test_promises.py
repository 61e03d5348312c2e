"""Random acts upon tags, against a model kept beside: no fact loses a tag, no address dies, nothing stands twice."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import drafts
from articles.models import Address, Edition, PublishedTag, Tag, TaggedCard, TagOperation
from articles.operations import tags
from articles.operations.tags import TagActError
from articles.publishing.relabelling import Scope
from tests import make

pytestmark = pytest.mark.django_db

NAMES = ("Ferry", "Night", "Crew", "Harbour")

Tags = dict[str, set[int]]  # of each fact


@dataclass
class Model:
    """What each fact is tagged with, in its working copy and before readers, as sets of keys."""

    working: Tags
    public: Tags
    acts: dict[int, tuple[int, int, list[dict[str, bool]]]] = field(default_factory=dict)

    def exchange(self, act: TagOperation, facts: set[str]) -> None:
        """The old tag becomes the new one; remembered is which fact had both."""
        old, new = act.source, act.target
        changed = []
        for layer in (self.working, self.public):
            had = {fact: new in layer[fact] for fact in layer if fact in facts and old in layer[fact]}
            for fact in had:
                layer[fact] = (layer[fact] - {old}) | {new}
            changed.append(had)
        self.acts[act.pk] = (old, new, changed)

    def undo(self, pk: int) -> None:
        if pk not in self.acts:
            return
        old, new, changed = self.acts.pop(pk)
        for layer, had in zip((self.working, self.public), changed, strict=True):
            for fact, had_both in had.items():
                if new in layer[fact]:
                    layer[fact] = layer[fact] | {old} if had_both else (layer[fact] - {new}) | {old}


NUMBER = st.integers(min_value=0, max_value=50)
ACT = st.one_of(
    st.tuples(st.just("merge"), NUMBER, NUMBER),
    st.tuples(
        st.just("split"), NUMBER, st.sets(NUMBER, min_size=1, max_size=3), st.sampled_from([*NAMES, "Ship", "Sea"])
    ),
    st.tuples(st.just("rename"), NUMBER, st.sampled_from([*NAMES, "Boat", "Deck"])),
    st.tuples(st.just("undo"), NUMBER),
    st.tuples(st.just("retag"), NUMBER, st.sampled_from(NAMES), st.sampled_from(NAMES)),
)


@pytest.mark.slow
@settings(
    max_examples=settings.default.max_examples // 4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(start=st.lists(st.sets(st.sampled_from(NAMES)), min_size=3, max_size=6), acts=st.lists(ACT, max_size=12))
def test_every_fact_keeps_its_tags_and_every_address_leads_on(db, start, acts):
    _empty()
    editor = make.editor()
    cards = tuple(make.card(tags=tuple(sorted(names))) for names in start)
    edition = make.edition(cards=cards, tags=(), authors=(), subject="")
    keys = dict(Tag.objects.values_list("name", "pk"))
    model = Model(*({card.public_id: {keys[name] for name in card.tags} for card in cards} for _layer in range(2)))
    seen: set[str] = set(Tag.objects.values_list("slug", flat=True))
    for act in acts:
        _do(act, model, edition, editor)
        seen |= set(Tag.objects.values_list("slug", flat=True))
        _check(model, edition, seen)


def _empty() -> None:
    PublishedTag.objects.all().delete()
    TagOperation.objects.filter(kind="undo").delete()
    TagOperation.objects.all().delete()
    for edition in Edition.objects.all():
        edition.facts.all().delete()
        edition.tag_rows.all().delete()
    Edition.objects.all().delete()
    TaggedCard.objects.all().delete()
    Tag.objects.all().delete()


def _do(act, model: Model, edition: Edition, editor) -> None:
    rows = list(Tag.objects.order_by("pk"))
    facts = sorted(model.working)
    try:
        match act:
            case ("merge", one, two) if rows:
                tag, into = rows[one % len(rows)], rows[two % len(rows)]
                model.exchange(tags.merge(tag, into, by=editor), set(facts))
            case ("split", one, chosen, name) if rows:
                ids = {facts[at % len(facts)] for at in chosen}
                model.exchange(tags.split(rows[one % len(rows)], name, Scope(set(), ids), by=editor), ids)
            case ("rename", one, name) if rows and name not in Tag.objects.by_names([name]):
                tag = rows[one % len(rows)]
                before = tags.state_of(tag)
                tag.name, tag.slug = name, ""
                tag.save()
                tags.record_rename(tag, before, by=editor)
            case ("undo", one) if done := list(TagOperation.objects.exclude(kind="undo").order_by("pk")):
                model_act = done[one % len(done)]
                tags.undo(model_act, by=editor)
                model.undo(model_act.pk)
            case ("retag", one, add, remove) if rows:
                fact = facts[one % len(facts)]
                gone = {tag.pk for tag in Tag.objects.by_names([remove]).values()}
                drafts.tag_cards(edition.article, [fact], add=[add], remove=[remove], by=editor)
                model.working[fact] = (model.working[fact] - gone) | {Tag.objects.by_names([add])[add].pk}
    except TagActError:
        pass


def _check(model: Model, edition: Edition, seen: set[str]) -> None:
    for fact, wanted in model.working.items():
        rows = TaggedCard.objects.filter(content_object__public_id=fact).values_list("tag", flat=True)
        assert sorted(rows) == sorted(wanted)
    edition.refresh_from_db()
    for card in edition.parts["cards"]:
        wanted = model.public[card["id"]]
        assert sorted(card["tags"]) == sorted(wanted)
        rows = PublishedTag.objects.filter(fact__edition=edition, fact__public_id=card["id"])
        assert sorted(rows.values_list("tag", flat=True)) == sorted(wanted)
    owners = dict(Address.objects.filter(kind="tag").values_list("slug", "tag"))
    shown = {tag for wanted in model.public.values() for tag in wanted}
    for slug in seen:
        assert slug in owners, "an address leads nowhere"
        if owners[slug] in shown:
            response = Client().get(f"/tags/{slug}/", follow=True)
            assert response.status_code == 200
            assert len(response.redirect_chain) <= 1


def test_an_undone_merge_leaves_editions_alone_that_never_had_the_tag():
    editor = make.editor()
    cards = (make.card(tags=("Ferry",)), make.card(tags=()))
    edition = make.edition(cards=cards, tags=(), authors=(), subject="")
    ferry = Tag.objects.get(name="Ferry")
    drafts.tag_cards(edition.article, [cards[0].public_id], add=["Night"], remove=["Ferry"], by=editor)
    night = Tag.objects.get(name="Night")
    act = tags.merge(night, ferry, by=editor)
    tags.undo(act, by=editor)
    edition.refresh_from_db()
    assert edition.parts["cards"][0]["tags"] == [ferry.pk], "readers never saw the other tag here"
    assert list(TaggedCard.objects.values_list("tag__name", flat=True)) == ["Night"]
