"""Words that tell how a story ends, apart from words about its last broadcast."""

import pytest

from articles.text.endings import ending_named


@pytest.mark.parametrize(
    "text",
    [
        "In the finale the ferry sinks.",
        "The finale reveals who rowed.",
        "In the end the captain dies.",
        "In the last episode he comes back.",
        "The killer is the cook.",
        "She turns out to be his sister.",
        "The cook turned out to be the real killer.",
        "결말에서 배가 가라앉는다.",
        "마지막 회에서 돌아온다",
        "最終回で沈む",
        "En el último capítulo vuelve.",
        "В последней серии он вернулся.",
    ],
)
def test_an_ending_is_named(text: str):
    assert ending_named(text)


@pytest.mark.parametrize(
    "text",
    [
        "A viewer who starts after the finale has most of it ahead.",
        "In the finale, 20 percent of all viewers tuned in.",
        "The finale aired in May.",
        "마지막 회 시청률은 20%였다.",
        "The killer is played by a singer.",
        "The helicopter turned out to be real.",
        "In the end the director agreed.",
        "Friends lend each other a hand.",
        "",
    ],
)
def test_what_gives_nothing_away_is_none(text: str):
    assert ending_named(text) == ""


def test_the_audience_of_one_sentence_does_not_hide_the_next():
    assert ending_named("It drew 20 percent. In the finale\nthe ferry sinks.") == "In the finale"
