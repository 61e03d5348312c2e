"""What a finding is."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from dataclasses import dataclass


class Level(enum.StrEnum):
    """A warning: something to put right in the next days. An error: readers or writers suffer from it, or soon will."""

    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Finding:
    """`code` is stable, for monitors. `remedy` names the command to run, or the setting to change."""

    code: str
    level: Level
    sentence: str
    remedy: str


Findings = Iterator[Finding]
Check = Callable[[], Findings]


def warning(code: str, sentence: str, remedy: str) -> Finding:
    return Finding(code, Level.WARNING, sentence, remedy)


def error(code: str, sentence: str, remedy: str) -> Finding:
    return Finding(code, Level.ERROR, sentence, remedy)
