"""Six people who write in three articles, lock parts of them and merge tags; for tests/workflow/test_random_acts.py.

Each act is checked as soon as it is done: against all rows of the database, and against the ledger's locks.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Callable, Mapping
from typing import Any

import time_machine
from django.apps import apps
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from articles import drafts, publishing, rights, workflow
from articles.models import Article, BinnedPart, Comment, FactCard, History, Lock, Tag
from articles.operations import tags
from tests import make
from tests.workflow.ledger import Ledger, Wordings, as_seen, wordings

NOON = dt.datetime(2031, 5, 1, 12, tzinfo=dt.UTC)
CHANGE = "articles.change_article"
REFUSALS = (
    *(PermissionDenied, workflow.WorkflowError, publishing.PublishingError),
    *(drafts.DraftError, drafts.StaleError, tags.TagActError),
)
TAGS = ("Ferries", "Boats", "Lamps")
#: Few, so that they come back; two of them are the same to readers.
TEXTS = ("It has a red lamp.", "It has a green lamp.", "It has a  green\nlamp.", "It has no lamp.")
AROUND = ("title", "tags", "introduction", "conclusion")
#: What readers see. Tags are told apart: merging them shows at once.
PUBLIC = ("Edition", "PublishedFact", "Correction", "EditionAuthor", "EditionTag", "PublishedTag")
WORDS = ("PublishedFact", "Correction", "EditionAuthor")

#: Two writers, two editors, an admin, and one who is not of the staff.
people = st.sampled_from([0, 0, 1, 1, 2, 2, 2, 3, 3, 3, 4, 5])
articles, numbers, texts = st.integers(0, 2), st.integers(0, 9), st.sampled_from(TEXTS)
is_late = st.booleans()

Rows = dict[str, list[tuple[Any, ...]]]


def all_rows() -> Rows:
    """Of every table of ours but the history."""
    models = apps.get_app_config("articles").get_models(include_auto_created=True)
    ours = (model for model in models if model is not History)
    return {model.__name__: list(model._base_manager.order_by("pk").values_list()) for model in ours}


class Writing(RuleBasedStateMachine):
    people: list[User]
    articles: list[Article]

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        cache.clear()
        self.time = time_machine.travel(NOON, tick=False)
        self.clock = self.time.start()
        self.ledger, self.rows = Ledger(), all_rows()
        self.now = self.all_wordings()
        for article in self.articles:
            self.ledger.wrote(self.now[article.pk], article.owner_id)

    def teardown(self) -> None:
        self.time.stop()
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    # --- one act ------------------------------------------------------------------------------------------------------

    def attempt(
        self,
        by: User,
        act: Callable[[], Any],
        *,
        stays: tuple[str, ...] = PUBLIC,
        renamed: Mapping[str, str] | None = None,
        keeps_places: bool = False,
    ) -> Any:
        """Gives what the act does, or None where it is refused; what is refused changes no row.

        `stays` are public tables that stay as they are. With `keeps_places` nobody moves a part that another locked.
        """
        rows, before, places = self.rows, self.now, self.positions()
        self.clock.shift(1)
        try:
            result = act()
        except REFUSALS:
            self.rows = all_rows()
            assert self.rows == rows, "what is refused changes nothing"
            return None
        self.rows = all_rows()
        for name in stays:
            assert self.rows[name] == rows[name], f"editing shows nothing to readers: {name}"
        if renamed:
            self.ledger.merged(renamed)
            before = {
                pk: {key: as_seen(json.loads(text), renamed) for key, text in each.items()}
                for pk, each in before.items()
            }
        after = self.now = self.all_wordings()
        self.check_locks(by, before, after)
        if keeps_places:
            now = self.positions()
            assert not [key for key in self.ledger.locked_by_others(by.pk) if now.get(key) != places.get(key)]
        for each in after.values():
            self.ledger.wrote(each, by.pk)
        return True if result is None else result

    def check_locks(self, by: User, before: dict[int, Wordings], after: dict[int, Wordings]) -> None:
        for locked in self.ledger.locked_by_others(by.pk):
            if isinstance(locked, int):
                assert after[locked] == before[locked], "nobody else changes a locked article"
            else:
                was, now = (
                    [(pk, each[locked]) for pk, each in wordings.items() if locked in each]
                    for wordings in (before, after)
                )
                assert now == was or not was, "nobody else changes, moves or deletes a locked part"

    def all_wordings(self) -> dict[int, Wordings]:
        return {article.pk: self.working(article) for article in self.articles}

    def positions(self) -> dict[int | str, int]:
        rows = FactCard.objects.filter(article__in=self.articles).values_list("public_id", "position")
        return {f"card:{public_id}": position for public_id, position in rows}

    def fresh(self, article: Article) -> Article:
        return Article.objects.get(pk=article.pk)

    def card(self, which: int, number: int) -> FactCard | None:
        rows = list(drafts.whole_cards(self.fresh(self.articles[which]).cards.select_related("article")))
        return rows[number % len(rows)] if rows else None

    def working(self, article: Article) -> Wordings:
        return wordings(article.pk, drafts.document_of(self.fresh(article)))

    def edit(self, person: int, article: Article, act: Callable[[User], Any], **how: Any) -> Any:
        """As the desk does it: whoever may not change the article does not come to the room of drafts."""
        by = self.people[person]

        def allowed() -> Any:
            rights.require(by, CHANGE, self.fresh(article))
            return act(by)

        return self.attempt(by, allowed, **how)

    # --- writing ------------------------------------------------------------------------------------------------------

    @rule(person=people, which=articles, number=numbers, text=texts, tag=st.sampled_from(TAGS), is_late=is_late)
    def write_in_card(self, person: int, which: int, number: int, text: str, tag: str, is_late: bool) -> None:
        if card := self.card(which, number):
            value = drafts.card_value(card)
            new = dataclasses.replace(value, body=text, tags=(tag,) if number % 2 else value.tags)
            token = "late" if is_late and number == 0 else drafts.token(value)
            self.edit(person, card.article, lambda by: drafts.save_card(card, new, token=token, by=by))

    @rule(
        person=people, which=articles, part=st.sampled_from(["title", "tags", "introduction", "conclusion"]), text=texts
    )
    def write_around(self, person: int, which: int, part: str, text: str) -> None:
        article = self.fresh(self.articles[which])
        value: Any = {"introduction": drafts.introduction_of, "conclusion": drafts.conclusion_of}.get(
            part, drafts.details_of
        )(article)
        given = {"title": " ".join(text.split()), "tags": TAGS[: len(text) % 3]}.get(part, text)
        new = dataclasses.replace(value, **{part: given})
        self.edit(person, article, lambda by: drafts.save_part(article, new, token=drafts.token(value), by=by))

    @rule(person=people, which=articles, position=st.integers(1, 4), text=texts, is_card=st.booleans())
    def add(self, person: int, which: int, position: int, text: str, is_card: bool) -> None:
        article = self.fresh(self.articles[which])
        if is_card:
            card = make.card(body=text)
            self.edit(person, article, lambda by: drafts.add_card(article, card, by=by, position=position))
        else:
            faq = make.faq(answer=text)
            self.edit(person, article, lambda by: drafts.add_faq(article, faq, by=by, position=position))

    @rule(person=people, which=articles, number=numbers)
    def delete_card(self, person: int, which: int, number: int) -> None:
        if card := self.card(which, number):
            token = drafts.token(drafts.card_value(card))
            self.edit(person, card.article, lambda by: drafts.delete_card(card, token=token, by=by))

    @rule(person=people, number=numbers)
    def restore_from_bin(self, person: int, number: int) -> None:
        if rows := list(BinnedPart.objects.filter(article__in=self.articles)):
            row = rows[number % len(rows)]
            self.edit(person, row.article, lambda by: drafts.restore_part(row, by=by))

    @rule(person=people, which=articles, by_how_many=st.integers(1, 3))
    def reorder(self, person: int, which: int, by_how_many: int) -> None:
        article = self.fresh(self.articles[which])
        order = drafts.order_of(article, "cards")
        new, token = order[by_how_many:] + order[:by_how_many], drafts.token(order)
        self.edit(
            person,
            article,
            lambda by: drafts.save_order(article, "cards", new, token=token, by=by),
            keeps_places=True,
        )

    @rule(person=people, which=articles, number=numbers, further=st.integers(1, 2))
    def move_card(self, person: int, which: int, number: int, further: int) -> None:
        if card := self.card(which, number):
            target = self.fresh(self.articles[(which + further) % 3])

            def moved(by: User) -> None:
                rights.require(by, CHANGE, target)
                drafts.move_card(card, target, by=by)

            self.edit(person, card.article, moved)

    @rule(person=people, which=articles, number=numbers, is_late=is_late)
    def restore_revision(self, person: int, which: int, number: int, is_late: bool) -> None:
        article = self.fresh(self.articles[which])
        if rows := list(article.revisions.all()):
            row, change = rows[number % len(rows)], article.change - is_late
            self.edit(person, article, lambda by: drafts.restore(article, row, change=change, by=by))

    @rule(person=people, which=articles, number=numbers, text=texts, is_suggestion=st.booleans())
    def remark(self, person: int, which: int, number: int, text: str, is_suggestion: bool) -> None:
        if card := self.card(which, number):
            by, words = self.people[person], {"place": f"card:{card.public_id}", "field": "body"}
            if is_suggestion:
                self.attempt(by, lambda: workflow.suggest(card.article, text, by=by, **words))
            else:
                self.attempt(by, lambda: workflow.comment(card.article, text, by=by, **words))

    @rule(person=people, number=numbers, act=st.sampled_from([workflow.take, workflow.take, workflow.decline]))
    def see_to_suggestion(self, person: int, number: int, act: Callable[..., Any]) -> None:
        if rows := list(Comment.objects.filter(article__in=self.articles, suggested__isnull=False)):
            by, row = self.people[person], rows[number % len(rows)]
            self.attempt(by, lambda: act(row, by=by))

    # --- locks and tags -----------------------------------------------------------------------------------------------

    @rule(person=people, which=articles, number=numbers)
    def lock(self, person: int, which: int, number: int) -> None:
        by, article, card = self.people[person], self.fresh(self.articles[which]), self.card(which, number)
        place = f"card:{card.public_id}" if card and number else ""
        if made := self.attempt(by, lambda: workflow.lock(article, place, "Wait for the lawyer.", by=by)):
            self.ledger.locks[made.pk] = (place or article.pk, by.pk)

    @rule(person=people, number=numbers)
    def unlock(self, person: int, number: int) -> None:
        if keys := sorted(self.ledger.locks):
            by, row = self.people[person], Lock.objects.get(pk=keys[number % len(keys)])
            if self.attempt(by, lambda: workflow.unlock(row, by=by)):
                del self.ledger.locks[row.pk]

    @rule(person=people, number=numbers, further=st.integers(0, 2))
    def merge_tags(self, person: int, number: int, further: int) -> None:
        if rows := list(Tag.objects.order_by("name")):
            by, tag, into = self.people[person], rows[number % len(rows)], rows[(number + further) % len(rows)]
            renamed = {tag.name: into.name}
            self.attempt(by, lambda: tags.merge(tag, into, by=by), stays=WORDS, renamed=renamed)
