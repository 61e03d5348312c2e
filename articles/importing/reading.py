"""What every reader gives: the run of blocks, and the visible text to hold the account against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.importing.blocks import Block
from articles.importing.errors import ImportRefused
from articles.text.messages import _

MOST_BLOCKS = 10_000


def refuse_length(count: int, name: str) -> None:
    """No article has so many paragraphs; a reader asks before it makes them."""
    if count > MOST_BLOCKS:
        raise ImportRefused(
            _(
                "%(name)s has more than %(most)s paragraphs: import it in smaller pieces.",
                name=name,
                most=f"{MOST_BLOCKS:,}",
            )
        )


@dataclass(frozen=True, slots=True)
class Embedded:
    """A picture out of the file. The Markdown of the bodies names it as `picture:NAME`."""

    name: str
    data: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Reading:
    """`visible` is the visible text of the source, found without regard to the blocks."""

    blocks: Sequence[Block]
    visible: str
    title: str = ""
    dek: str = ""
    pictures: tuple[Embedded, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = ""
    notes: tuple[str, ...] = ()
