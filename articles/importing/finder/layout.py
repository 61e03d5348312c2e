"""The layout of an article: its blocks, each with the role that it plays.

A person may give any block another role afterwards and build again: the layout holds all that the builder needs.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from articles.document import Numbering
from articles.importing.blocks import Block


class Role(enum.StrEnum):
    TITLE = "title"
    INTRODUCTION = "introduction"
    CARD = "card"  # its heading: a new card begins
    CARD_TEXT = "card text"
    CONCLUSION_HEADING = "conclusion heading"
    CONCLUSION = "conclusion"
    FAQ_HEADING = "faq heading"
    QUESTION = "question"
    ANSWER = "answer"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class LayoutBlock:
    """A block with its role; `why` is a sentence for a block that was left out."""

    block: Block
    role: Role
    why: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    blocks: tuple[LayoutBlock, ...]
    title: str = ""
    numbering: Numbering = Numbering.UP
    notes: tuple[str, ...] = ()
