"""The database: whether it answers, has this program's tables, and is whole; and the clock that it is asked by."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from articles.models import schema
from articles.operations.doctor.findings import Findings, error, warning
from articles.operations.search_index import search_index_problem, search_index_remedy
from articles.publishing.clock import ClockError
from articles.publishing.clock import now as publishing_now


def answers() -> Findings:
    try:
        done = schema.applied()
    except DatabaseError as trouble:
        sentence = _("The database does not answer (%(error)s).") % {"error": str(trouble).strip()}
        yield error("database", sentence, _("Start it, or look at FANGUIDE_DATABASE_URL."))
        return
    if newer := schema.unknown(done):
        sentence = _("The database is newer than this program: it has %(name)s.") % {"name": ".".join(newer[0])}
        yield error("newer", sentence, _("Start the newer program, or go back to an older backup: manage.py restore."))
    elif waiting := schema.pending(done):
        sentence = _("Migrations that have not run: %(count)s, the first is %(name)s.")
        sentence %= {"count": len(waiting), "name": ".".join(waiting[0])}
        yield error("migrations", sentence, _("Run manage.py backup, then manage.py migrate."))


def journal() -> Findings:
    if connection.vendor == "sqlite" and (mode := _asked("PRAGMA journal_mode")[0][0]) != "wal":
        sentence = _("SQLite writes in the mode “%(mode)s”: readers and writers wait for each other.") % {"mode": mode}
        yield warning("journal", sentence, _("Put FANGUIDE_DATA on a disk of this machine, not of the network."))


def whole() -> Findings:
    if connection.vendor == "sqlite" and (found := _asked("PRAGMA quick_check(1)")[0][0]) != "ok":
        sentence = _("The database file is damaged (%(error)s).") % {"error": found}
        yield error("damaged", sentence, _("End the site and restore the newest backup: manage.py restore."))


def references() -> Findings:
    """PostgreSQL never lets a row go that another names."""
    if connection.vendor == "sqlite" and (found := _asked("PRAGMA foreign_key_check")):
        sentence = _("Rows that name what is not there: %(count)s, the first in %(table)s.")
        sentence %= {"count": len(found), "table": found[0][0]}
        yield error("references", sentence, _("End the site and restore the newest backup: manage.py restore."))


def search_index() -> Findings:
    if problem := search_index_problem():
        yield warning("search-index", problem, search_index_remedy())


def clock() -> Findings:
    try:
        publishing_now()
    except ClockError as trouble:
        yield error("clock", str(trouble), _("Look at the clock; where it is right, run manage.py accept_clock."))


def _asked(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())
