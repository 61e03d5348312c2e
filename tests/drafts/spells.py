"""What has to be kept of one person's saves within one spell, told by another way than that of articles.drafts."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from typing import Any

from django.utils import timezone


def words_in(*stored: Any) -> set[str]:
    return set(re.findall(r"w\d+w", json.dumps(stored, default=str)))


def length(value: Any) -> int:
    """Characters of all texts of a part without white space; its id is no text."""
    if isinstance(value, dict):
        return sum(length(each) for name, each in value.items() if name != "public_id")
    if isinstance(value, list | tuple):
        return sum(map(length, value))
    return len("".join(value.split())) if isinstance(value, str) else 0


@dataclasses.dataclass
class Spell:
    by: int
    until: dt.datetime
    longest: dict[str, Any] = dataclasses.field(default_factory=dict)


class Spells:
    """What the saves of one part owe: `owed` words have to be kept, those that `may_go` and are not owed need not."""

    def __init__(self) -> None:
        self.of_part: dict[str, Spell] = {}
        self.owed: set[str] = set()
        self.may_go: set[str] = set()

    def saved(self, part: str, was: dict[str, Any], now: dict[str, Any], by: int, *, goes_on: bool) -> None:
        at, spell = timezone.now(), self.of_part.get(part)
        if not goes_on or spell is None or spell.by != by or at - spell.until >= dt.timedelta(minutes=10):
            self.owed |= words_in(was)
            self.of_part[part] = Spell(by, at)
            return
        spell.until = at
        if 3 * length(now) < 2 * length(was):
            self.owed |= words_in(was, spell.longest)
            spell.longest = {}
            return
        given_up, spell.longest = sorted([spell.longest, was], key=length)  # of two as long as each other the first
        if length(given_up) == length(spell.longest):
            given_up, spell.longest = spell.longest, given_up
        self.may_go |= words_in(given_up) - words_in(spell.longest)
        if 3 * length(now) < 2 * length(spell.longest):
            self.owed |= words_in(spell.longest)
            spell.longest = {}
