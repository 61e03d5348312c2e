"""What is wrong with this site, each with its remedy. Looking changes nothing."""

from __future__ import annotations

from articles.operations.doctor import content, database, machine, outbox, people
from articles.operations.doctor.findings import Check, Finding, Findings, Level

__all__ = ["Finding", "Findings", "Level", "examine", "exit_status"]

#: What needs no database.
_MACHINE: tuple[Check, ...] = (
    *(machine.system_checks, machine.debug, machine.addresses, machine.mail, machine.log_in_provider),
    *(machine.cache_answers, machine.store, machine.disk, machine.static_files, machine.drivers),
    *(machine.backups, machine.killed_maintenance),
)
_QUICK: tuple[Check, ...] = (
    *(database.journal, database.clock, database.search_index),
    *(people.somebody_in_charge, people.second_factors, people.roles, people.old_sessions),
    *(content.old_renderer, content.unused_tags, content.dead_redirects),
    content.dead_sources,
    *(outbox.late, outbox.given_up),
)
#: What looks through everything: seconds for a thousand articles.
_DEEP: tuple[Check, ...] = (
    *(database.whole, database.references, content.counts, content.search, content.working_copies),
    *(content.statements, content.picture_uses, content.pictures, content.orphans, content.articles),
)


def examine(*, deep: bool = True) -> Findings:
    """Every finding, as soon as it is found. A database that does not answer, or has other tables than this program,
    is told and asked nothing more.
    """
    for check in _MACHINE:
        yield from check()
    troubles = list(database.answers())
    yield from troubles
    if not troubles:
        for check in (*_QUICK, *(_DEEP if deep else ())):
            yield from check()


def exit_status(findings: list[Finding]) -> int:
    """For monitors: 0 nothing, 1 warnings, 2 an error."""
    if any(finding.level is Level.ERROR for finding in findings):
        return 2
    return 1 if findings else 0
