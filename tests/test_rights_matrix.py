"""Every kind of visitor × status × method × page or script, at every address of the desk that is about articles.

Whoever has no right to an address is told so (or sent to the log-in) and changes nothing, whatever state the article is
in; whoever has one never meets a fault of the program. One case of each address is tried, always the same; CI tries
every one: `--hypothesis-profile=thorough`.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article
from articles.roles import Role
from articles.states import MOVES, Status
from tests import make
from tests.desk.pages import JSON, client
from tests.sampling import sampled
from tests.test_routes import DOOR, PUBLIC, ROUTES, Row, Site, card, may, of_article, site

__all__ = ["site"]

pytestmark = pytest.mark.django_db

SAMPLE = 1
MOVE = "admin:articles_article_move"
ADDRESSES: dict[str, tuple[str, Row]] = {
    **{name: (name, row) for name, row in ROUTES.items() if name.startswith("admin:articles_article_")},
    **{
        f"{MOVE} {move.name}": (MOVE, of_article(move.permission, name=lambda _site, name=move.name: name))
        for move in MOVES
    },
}
#: All that is no question to the database writes, in whatever words.
READS = re.compile(r"[\s(]*(?:SELECT|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|PRAGMA|SET|EXPLAIN)\b", re.IGNORECASE)
WRITES = re.compile(r"\s*(\w+)\b[^\"]*\"(\w+)\"")
#: Refusals are on record: as lines that are added, never as changed ones.
HISTORY = ("INSERT", "articles_history")
NOT_YOURS = {401, 403, 404, 405}


@dataclass(frozen=True)
class Visitor:
    """Somebody, and whether the article is theirs; `role` None without one: a stranger, a reader, a superuser."""

    name: str
    role: Role | None = None
    is_owner: bool = False
    is_superuser: bool = False

    def may(self, row: Row) -> bool:
        return self.is_superuser or (self.role is not None and may(self.role, row, is_owner=self.is_owner))


VISITORS = (
    Visitor("nobody"),
    Visitor("reader"),
    *(Visitor(role.value, role, is_owner) for role in Role for is_owner in (True, False)),
    Visitor("superuser", is_superuser=True),
)
METHODS, FORMATS = ("get", "post"), ("html", "json")
Case = tuple[Visitor, Status, str, str]
CASES: list[Case] = list(itertools.product(VISITORS, Status, METHODS, FORMATS))


@pytest.fixture(scope="module")
def accounts(module_db) -> dict[str, User | None]:
    found: dict[str, User | None] = {role.value: make.user(role=role) for role in Role}
    found |= {"nobody": None, "reader": make.user(role=None)}
    return found | {"superuser": make.editor(is_superuser=True)}


@pytest.fixture(scope="module")
def browsers(accounts: dict[str, User | None]) -> dict[str, Client]:
    return {name: client(account) for name, account in accounts.items()}


def put(article: Article, status: Status, owner: User | None) -> None:
    """The article in a status, and whose it is, without the way there."""
    fields: dict[str, Any] = {"status": status}
    if owner:
        fields["owner"] = owner
    if status is Status.APPROVED:
        fields |= {"approved_revision": article.revisions.first(), "approved_change": article.change}
    Article.objects.filter(pk=article.pk).update(**fields)


def sent(site: Site) -> dict[str, Any]:
    """What would do something, if it were let: of each form a little."""
    words = {"note": "Why.", "text": "Why.", "name": "Kept", "title": "Other words", "introduction": "Other words."}
    review = {"change": site.article.change, "place": f"card:{card(site)}", "verdict": "sent-back", "reason": "Wait."}
    plans = {"day": "2041-05-01", "planned_for": "2041-05-01", "subject": "Boats", "priority": 1, "post": "yes"}
    cards = {"order": card(site), "act": "delete", "card": card(site), "heading": "Other words", "position": 1}
    return words | review | plans | cards


def is_login(answer: Any) -> bool:
    return answer.status_code == 302 and answer.headers["Location"].startswith("/admin/login/")


def rows_written(asked: CaptureQueriesContext) -> set[tuple[str, str]]:
    """What was done to which table; a statement that cannot be read counts, too."""
    statements = [query["sql"] for query in asked if not READS.match(query["sql"])]
    found = [(WRITES.match(statement), statement) for statement in statements]
    return {(match[1].upper(), match[2]) if match else ("?", statement) for match, statement in found}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_nobody_gets_further_than_their_rights(
    site: Site, accounts: dict[str, User | None], browsers: dict[str, Client], name: str
) -> None:
    route, row = ADDRESSES[name]
    for case in sampled(CASES, SAMPLE, name):
        visitor, status, method, kind = case
        cache.clear()  # of what counts how often somebody asks
        with transaction.atomic():
            put(site.article, status, accounts[visitor.name] if visitor.is_owner else None)
            address = reverse(route, kwargs=row.kwargs(site))
            given = sent(site) if method == "post" else {}
            with CaptureQueriesContext(connection) as asked:
                answer = getattr(browsers[visitor.name], method)(address, given, **JSON if kind == "json" else {})
            written = rows_written(asked)
            transaction.set_rollback(True)
        where = f"{visitor.name}, owner: {visitor.is_owner}, {status}, {method}, {kind}: {answer.status_code}"
        if visitor.may(row):
            assert answer.status_code < 500, where
            assert not is_login(answer), where
        else:
            assert answer.status_code in NOT_YOURS or is_login(answer), where
            assert written <= {HISTORY}, f"{where} wrote {written}"


ELSEWHERE = sorted(set(ROUTES) - {name for name, _row in ADDRESSES.values()})
REFUSED = {
    name: [case for case in itertools.product(VISITORS, METHODS, FORMATS) if not case[0].may(ROUTES[name])]
    for name in ELSEWHERE
    if ROUTES[name].who not in (PUBLIC, DOOR) and name != "admin:logout"
}


@pytest.mark.slow
@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_request_anywhere_else_changes_no_row(site: Site, browsers: dict[str, Client], name: str) -> None:
    """Of the library, tags, subjects, authors, accounts, reports and pages of the site."""
    for visitor, method, kind in sampled(REFUSED[name], SAMPLE, name):
        cache.clear()
        with transaction.atomic():
            address = reverse(name, kwargs=ROUTES[name].kwargs(site))
            given = sent(site) if method == "post" else {}
            with CaptureQueriesContext(connection) as asked:
                answer = getattr(browsers[visitor.name], method)(address, given, **JSON if kind == "json" else {})
            transaction.set_rollback(True)
        where = f"{visitor.name}, {method}, {kind}: {answer.status_code}"
        assert answer.status_code in NOT_YOURS or is_login(answer), where
        assert rows_written(asked) <= {HISTORY}, f"{where} wrote {rows_written(asked)}"
