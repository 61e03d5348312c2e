"""How much of a table is tried: all of it with `--hypothesis-profile=thorough`, a part of it by default.

The part is always the same, so that no run fails for another reason than a change of the program.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

from hypothesis import settings

T = TypeVar("T")


def is_thorough() -> bool:
    return settings.default.max_examples >= settings.get_profile("thorough").max_examples


def sampled(rows: Sequence[T], most: int, seed: str = "") -> list[T]:
    """All rows, or by default so many of them in their order; `seed` makes other parts of equal tables."""
    if is_thorough() or most >= len(rows):
        return list(rows)
    chosen = sorted(random.Random(seed).sample(range(len(rows)), most))
    return [rows[place] for place in chosen]
