"""What an export or import reports when it is done."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class TransferSummary:
    """How much was carried, what a person should look at, and what was left out."""

    articles: int = 0
    editions: int = 0
    pictures: int = 0
    warnings: list[str] = field(default_factory=list)
    #: What an export has not got of the site, each with its number and reason.
    left_behind: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        articles, editions = _count(self.articles, "article"), _count(self.editions, "edition")
        return f"{articles}, {editions} and {_count(self.pictures, 'picture')}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
