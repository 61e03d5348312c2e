"""Which names are near enough to be one tag."""

from __future__ import annotations

import pytest

from articles.operations.tags.near import near_keys
from articles.text import keys


def near(*names: str) -> bool:
    return bool(list(near_keys({keys.key(name): number for number, name in enumerate(names)})))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Comedy", "Comedies"),
        ("Box", "Boxes"),
        ("Actor", "Actors"),
        ("Édith", "Edith"),
        ("Soundtrack", "Soundtrak"),
        ("Soundtrack", "Soudntrack"),
        ("Behind the scenes", "Behind the scens"),
        ("비하인드스토리", "비하인드스토"),
    ],
)
def test_a_letter_an_accent_or_a_plural_apart(one: str, other: str):
    assert near(one, other)
    assert near(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cat", "Car"),
        ("Season 1", "Season 2"),
        ("Games", "Names"),
        ("Class", "Classic"),
        ("🔥", "🚢"),
        ("드라마", "드라이"),
    ],
)
def test_names_of_two_things_are_not(one: str, other: str):
    assert not near(one, other)
