"""The number of facts that a title, dek or introduction announces, and the many numbers that announce nothing."""

import pytest

from articles.text.counts import announced


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10 facts about The Trauma Code", 10),
        ("Ten Things You Didn’t Know", 10),
        ("Top 10 facts of 2024", 10),
        ("BTS in 8 facts", 8),
        ("7 reasons to watch it", 7),
        ("The 12 little-known behind-the-scenes facts", 12),
        ("Signal: 6 surprising secrets", 6),
        ("중증외상센터에 대한 10가지 사실", 10),
        ("우리가 몰랐던 열 가지", 10),
        ("映画の30の驚愕事実", 30),
        ("关于 Linus 的 20 件趣事", 20),
        ("10 Fakten über Kingdom", 10),
        ("10 curiosidades de la serie", 10),
        ("Форсаж: 10 удивительных фактов", 10),
    ],
)
def test_a_number_of_facts_is_read(text: str, number: int):
    assert announced(text) == {number}


@pytest.mark.parametrize(
    "text",
    [
        "2024 facts",
        "16 episodes",
        "5-10 facts",
        "More than 10 facts",
        "10+ facts",
        "Season 2 facts",
        "Toy Story 3 facts",
        "One fact changes everything",
        "16 episodes of facts",
        "1,000 things",
        "100% facts",
        "After 3 years, things changed",
        "The facts",
        "",
    ],
)
def test_other_numbers_announce_nothing(text: str):
    assert announced(text) == frozenset()


@pytest.mark.parametrize(
    "text", ["There are six reasons for that.", "Two facts below stay shut.", "3가지 이유", "10가지 맛"]
)
def test_running_text_counts_many_things(text: str):
    assert announced(text, in_passing=True) == (frozenset())


def test_running_text_may_announce_the_list():
    assert announced("Two of the ten facts below tell of what happens.", in_passing=True) == {10}
