"""What is listed of a text: judged by articles marked by hand, and rule by rule where mistakes are likely."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.claims import Claim, Day, Kind, Quantity, Rank, StoryPlace, claims_in
from tests.claims import annotated
from tests.steps import calls


def said(source: str, language: str = "en") -> list[tuple[str, str]]:
    return [(claim.kind.value, claim.words) for claim in claims_in(source, language)]


def only(source: str, language: str = "en") -> Claim:
    (claim,) = claims_in(source, language)
    return claim


# --- the articles of tests/data/claims --------------------------------------------------------------------------------


def test_the_rules_find_what_a_person_marked_and_little_else():
    result = annotated.score(annotated.texts())
    assert result.marked.total() > 400
    assert result.recall() >= 0.97, result.details
    assert result.precision() >= 0.93, result.details


@pytest.mark.parametrize("kind", [kind.value for kind in Kind if kind is not Kind.OTHER])
def test_no_kind_is_left_behind(kind: str):
    result = annotated.score(annotated.texts())
    assert result.marked[kind] >= 10
    assert result.recall(kind) >= 0.9
    assert result.precision(kind) >= 0.85


# --- where a claim stands ---------------------------------------------------------------------------------------------


def test_a_claim_stands_in_the_markdown_as_it_is_stored():
    source = "## Seen 🔥 in **26** [countries](https://example.org/27)\n\n- on *Winter Parade 2*, March\u00a08, 2024"
    found = [source[claim.start : claim.stop] for claim in claims_in(source)]
    assert found == ["26** [countries", "Winter Parade 2", "March\u00a08, 2024"]
    assert [claim.words for claim in claims_in(source)] == ["26 countries", "Winter Parade 2", "March 8, 2024"]


def test_addresses_pictures_and_the_numbers_of_a_list_are_no_claims():
    source = (
        "1. See https://example.org/2019/26-countries\n2. ![12 actors](picture:abc23)\n3. [here](https://a.example/7)"
    )
    assert claims_in(source) == ()


def test_a_table_is_read_cell_by_cell():
    assert said("| season | episodes |\n| --- | --- |\n| first | 12 |\n| second | 14 |") == [
        ("number", "12"),
        ("number", "14"),
    ]


def test_a_block_quotation_is_one_claim_without_the_line_that_says_whose_it_is():
    source = "> I did it in 26 days,\n> and 3 nights.\n> — Ju Min-ho"
    quotation, name = claims_in(source)
    assert source[quotation.start : quotation.stop] == "I did it in 26 days,\n> and 3 nights."
    assert (quotation.kind, name.kind, name.words) == (Kind.QUOTATION, Kind.NAME, "Ju Min-ho")


def test_two_dollar_signs_or_stars_that_close_nothing_do_no_harm():
    assert [words for _kind, words in said("2 * 3 * 4 and a_b_c, 5 ** stars")] == ["2", "3", "4", "5"]


# --- two notations of one value ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("26 countries", "26개국"),
        ("26 countries", "26 países"),
        ("26 countries", "52か国の半分、26か国"),
        ("1.2 million viewers", "1,200,000 viewers"),
        ("1.2 million viewers", "1,2 millones de espectadores, 1.2M viewers"),
        ("twelve days", "12 days"),
        ("32 million hours", "3,200만 시간"),
        ("120,000,000 times", "1억 2천만 회"),
        ("70 percent", "70%"),
        ("$15m", "15 million dollars"),
        ("1.8 billion won", "18억 원"),
        ("January 24, 2025", "2025년 1월 24일"),
        ("January 24, 2025", "24 January 2025"),
        ("January 24, 2025", "2025-01-24"),
        ("January 24, 2025", "2025. 1. 24."),
        ("the 1990s", "1990년대"),
        ("Episode 7", "7화"),
        ("Episode 7", "第7話"),
        ("Season 2", "시즌 2"),
        ("second season", "Season 2"),
        ("No. 1", "1위"),
        ("Top 10", "10위 안에"),
        ("“It was 'hard', really.”", "“It  was ‘hard’, really”"),
    ],
)
def test_two_notations_of_one_value_are_equal(one: str, other: str):
    languages = {"países": "es", "millones": "es"}
    language = next((found for word, found in languages.items() if word in other), "en")
    assert claims_in(one)[0].value in {claim.value for claim in claims_in(other, language)}


def test_values_say_what_they_leave_open():
    assert only("in May 2019").value == Day(2019, 5)
    assert only("on May 3").value == Day(None, 5, 3)
    assert only("Episodes 6 and 7").value == StoryPlace((("episode", 6), ("episode", 7)))
    assert only("S2E03").value == StoryPlace((("season", 2), ("episode", 3)))
    assert only("Top Ten").value == Rank(10, is_among=True)
    assert only("12.500 Fotos", "de").value == Quantity(Decimal(12500), "foto")
    assert only("12.500 kg").value == Quantity(Decimal("12.5"), "kilogram")


def test_of_a_day_that_can_be_read_in_two_ways_only_the_same_figures_are_equal():
    assert only("12/07/2014").value != only("07/12/2014").value
    assert only("25/12/2014").value == only("12/25/2014").value == Day(2014, 12, 25)


# --- what is likely to go wrong ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "One of them may march in the second half.",
        "Most fans, at first, only laughed.",
        "In the first place, nobody knew.",
        "It is a “dad” joke, not a ‘real’ one.",
        "A 4K screen, the B2 unit and COVID-19.",
        "They did it for a second, at their best.",
        "The fans' choice wasn't the actors'.",
        "North Korean food",
        "그는 처음에는 한 번도 유명한 배우가 아니었다.",
    ],
)
def test_what_claims_nothing_is_not_listed(words: str):
    assert said(words) == []


def test_a_year_is_a_date_and_a_count_is_not():
    assert said("In 2019 some 2000 people saw it; 1997–2003 was worse.") == [
        ("date", "2019"),
        ("number", "2000 people"),
        ("date", "1997"),
        ("date", "2003"),
    ]


def test_a_number_after_an_episode_is_no_second_episode():
    assert said("In Episode 4, 300 extras ran.") == [("place", "Episode 4"), ("number", "300 extras")]


def test_titles_that_are_not_set_in_italics_are_known_by_their_shape():
    assert said("It beat Squid Crown: The Challenge and Nobody’s Inferno 4 at once.") == [
        ("title", "Squid Crown: The Challenge"),
        ("title", "Nobody’s Inferno 4"),
    ]


def test_a_headline_is_no_row_of_names():
    assert said("The Hidden Meaning Behind the Nickname of Ju Min-ho") == [("name", "Ju Min-ho")]


def test_a_quotation_keeps_the_numbers_and_names_in_it():
    assert said("He said: “Park Min-ji did it in 26 days.”") == [("quotation", "Park Min-ji did it in 26 days.")]


def test_the_signs_of_a_text_tell_its_language():
    assert said("국내 최초로 26개국에서 공개됐다.", "en") == [("superlative", "국내 최초"), ("number", "26개국")]


# --- whatever is written ----------------------------------------------------------------------------------------------

_SIGNS = "0123456789.,:/%$€원만억년월일화회第話年*_`>|-–—“”‘’'\"「」『』()[]!#\\\n\t ~aAeEsS한김Mm"
_ANYTHING = st.text(st.sampled_from(_SIGNS), max_size=80)


@given(_ANYTHING, st.sampled_from(["en", "ko", "ja", "es", "de", "zh", "ru", ""]))
def test_claims_stand_in_order_within_the_text_and_never_overlap(source: str, language: str):
    found = claims_in(source, language)
    places = [place for claim in found for place in (claim.start, claim.stop)]
    assert places == sorted(places)
    assert all(0 <= claim.start < claim.stop <= len(source) and claim.words.strip() for claim in found)
    assert found == claims_in(str(source), language)


@pytest.mark.parametrize(
    "piece",
    [
        "Aa Bb Cc Dd\n",
        "Aa Bb: Cc Dd 2\n",
        "the actor Ann Bee met. ",
        "배우 김한서가 왔다.\n",
        "Episode 2, 3 and 4; top 10. ",
    ],
)
def test_twice_the_text_is_twice_the_work(piece: str):
    once, twice = (calls(lambda size=size: claims_in(piece * size)) for size in (200, 400))
    assert twice < 2.3 * once


def test_a_name_is_found_again_without_its_role_among_very_many():
    people = [f"김{chr(0xAC00 + number)}{chr(0xAC00 + number // 7)}" for number in range(300)]
    found = said("\n".join([*(f"배우 {name}" for name in people), f"그리고 {people[7]}이 왔다."]), "ko")
    assert found[-1] == ("name", people[7])


@pytest.mark.parametrize(
    ("source", "titles"),
    [
        ("*Paper Comets*, *Goblin*, *Good Bye, and Hi.*", ["Paper Comets", "Goblin", "Good Bye, and Hi."]),
        ("In *La casa de las mareas* and *《稻草人》*", ["La casa de las mareas", "稻草人"]),
        ("*What the Ferryman Saw on the Longest Night of All*", ["What the Ferryman Saw on the Longest Night of All"]),
        ("*Image source:* nobody. *Note:* prices may differ.", []),
        ("*Prices can differ from one shop to another. The ones here are in dollars.*", []),
        ("*Have you seen it too?*", []),
        ("*免责声明：这里的一些图片来自别处，我没有它们的版权，也不打算用它们做任何事。*", []),
    ],
)
def test_what_is_emphasised_is_a_title_where_it_reads_as_one(source: str, titles: list[str]):
    assert [words for kind, words in said(source) if kind == "title"] == titles


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Outkick The Harbour She writes there.", "Outkick The Harbour"),
        ("Recently I saw it.", None),
        ("It was seen by Queen Elizabeth I there.", "Queen Elizabeth I"),
    ],
)
def test_a_pronoun_is_no_part_of_a_name(source: str, name: str | None):
    assert [words for kind, words in said(source) if kind == "name"] == ([name] if name else [])
