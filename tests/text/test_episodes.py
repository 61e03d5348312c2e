"""Which episode a text names: the question behind a missing spoiler point."""

import pytest

from articles.text.episodes import last_episode_named


@pytest.mark.parametrize(
    ("text", "episode"),
    [
        ("In Episode 7 he comes back.", 7),
        ("Episodes 3 and 4", 4),
        ("episodes 3, 4, and 6", 6),
        ("episodes 14–16", 16),
        ("Ep. 12", 12),
        ("EP.07", 7),
        ("ep12", 12),
        ("Season 2, episode 5", 5),
        ("S1E07", 7),
        ("s02 e03", 3),
        ("the seventh episode", 7),
        ("the 11th episode", 11),
        ("episode seven", 7),
        ("Episode １２", 12),
        ("Episode 12 recalls episode 3", 12),
        ("Folge 7", 7),
        ("in der 7. Folge", 7),
        ("Folgen 3 und 4", 4),
        ("episodio 7", 7),
        ("el 7º episodio", 7),
        ("capítulos 3 y 4", 4),
        ("épisode 7", 7),
        ("le 7e épisode", 7),
        ("épisodes 3 et 4", 4),
        ("серия 7", 7),
        ("7 серия", 7),
        ("в 7 серии", 7),
        ("7-я серия", 7),
        ("7화에서", 7),
        ("제7화", 7),
        ("3~4회", 4),
        ("16화 중 3화", 3),
        ("에피소드 7", 7),
        ("第7話", 7),
        ("7話で", 7),
        ("第七集", 7),
        ("第十二話", 12),
        ("第二十集", 20),
        ("第百二十三集", 123),
    ],
)
def test_an_episode_is_found_by_its_name(text: str, episode: int) -> None:
    assert last_episode_named(text) == episode


@pytest.mark.parametrize(
    "text",
    [
        "",
        "26 episodes",
        "an 8-episode series",
        "the finale",
        "the last episode",
        "Step 7",
        "Epic 7",
        "Chapter 3",
        "episodes 70 minutes long",
        "episode 1.5 million",
        "26 серий",
        "총 16회",
        "16부작",
        "7회 연속 수상",
        "제7회 서울드라마어워즈",
        "全12話",
        "共16集",
        "S7 phone",
    ],
)
def test_a_count_or_another_number_is_no_episode(text: str) -> None:
    assert last_episode_named(text) is None


@pytest.mark.parametrize(("text", "episode"), [("In Episode 4, 300 extras ran.", 4), ("Episode 5 and 26 more", 5)])
def test_a_number_after_the_episode_is_not_taken_along(text: str, episode: int) -> None:
    assert last_episode_named(text) == episode
