"""The report of an import on the terminal: its progress, each document, and the totals."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from articles import importing
from articles.operations.imports import describe
from articles.operations.many import Outcome, Report

_EVERY = 10


class Tally:
    """What became of all of them."""

    def __init__(self) -> None:
        self._counts: Counter[Outcome] = Counter()
        self.refusals: list[str] = []

    def counted(self, reports: Iterable[Report], terminal: Any) -> Iterator[Report]:
        """The same reports. Their number stands in one line of a terminal meanwhile; a file or a pipe gets nothing."""
        is_watched = terminal.isatty()
        for count, report in enumerate(reports, 1):
            self._counts[report.outcome] += 1
            if report.outcome is Outcome.REFUSED:
                self.refusals.append(report.sentence)
            if is_watched and count % _EVERY == 0:
                terminal.write(f"\r{count} documents …\r", ending="")
                terminal.flush()
            yield report

    def table(self) -> str:
        width = max(len(outcome) for outcome in Outcome)
        return "\n".join(f"{outcome:<{width}}  {self._counts[outcome]:>7}" for outcome in Outcome)


def as_json(report: Report) -> str:
    """The neutral shape in one line; "" for what was not read."""
    return json.dumps(importing.neutral(report.imported), ensure_ascii=False) if report.imported else ""


def as_text(report: Report) -> str:
    """Some lines; "" for a refusal, as those stand together at the end."""
    return "" if report.outcome is Outcome.REFUSED else "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    if report.imported and report.outcome is not Outcome.KEPT:
        yield from describe(report.imported)
    else:
        yield f"{report.name}: {report.outcome}"
    if report.sentence:
        yield f"  {report.sentence}"
    if report.article:
        yield f"Draft {report.article.pk}, “{report.article}”, belongs to {report.article.owner}."
