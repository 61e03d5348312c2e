"""Emoji leave a heading whole, and broken ones are mended only where there is no doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import emoji

ZWJ, VS16 = "\u200d", "\ufe0f"
HEALTH_WORKER = f"👩{ZWJ}⚕{VS16}"
SUPERHERO = f"🦸{ZWJ}♂{VS16}"


@pytest.mark.parametrize(
    ("heading", "words", "found"),
    [
        ("Inspired by a Doctor 🏥✍️", "Inspired by a Doctor", "🏥✍️"),
        ("🔥 On fire", "On fire", "🔥"),
        ("🔥 On fire 🚒 🧯", "On fire", "🔥🚒🧯"),
        (f"A doctor {HEALTH_WORKER}", "A doctor", HEALTH_WORKER),
        ("Seoul 🇰🇷", "Seoul", "🇰🇷"),
        ("Scotland 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", "Scotland",
         "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"),
        ("First 1️⃣", "First", "1️⃣"),
        ("Thumbs 👍🏽", "Thumbs", "👍🏽"),
        ("Love ❤", "Love", "❤"),
        ("Write ✍🏥", "Write", "✍🏥"),
        ("A 🔥 B", "A 🔥 B", ""),
        ("🔥", "", "🔥"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_emoji_at_the_ends_are_taken_from_the_heading(heading: str, words: str, found: str) -> None:
    assert emoji.split(heading) == (words, found)


@pytest.mark.parametrize(
    "heading", ["Top 10", "#1", "Fanguide©", "Trauma™", "Yes®", "10 * 2 *", "A → B", "★★★", "♀", "한국"]
)
def test_signs_of_plain_text_are_no_emoji(heading: str) -> None:
    assert emoji.split(heading) == (heading, "")
    assert emoji.strip(heading) == heading
    assert not emoji.is_broken(heading)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("So 🔥 good 🔥!", "So good!"),
        ("🔥 hot", "hot"),
        ("hot 🔥🔥", "hot"),
        ("K🔥Drama", "KDrama"),
        ("(🔥 hot)", "(hot)"),
        ("one 🔥\n🔥 two", "one\ntwo"),
        ("no  emoji ", "no  emoji "),
        (f"a {HEALTH_WORKER} b", "a b"),
    ],
)
def test_strip_leaves_no_holes(text: str, expected: str) -> None:
    assert emoji.strip(text) == expected


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("🦸♂️", SUPERHERO),
        ("🦸♂", SUPERHERO),
        (f"🦸{ZWJ}♂", SUPERHERO),
        (f"🦸{ZWJ}{ZWJ}♂{VS16}{VS16}", SUPERHERO),
        ("👩⚕️", HEALTH_WORKER),
        ("👩🏽⚕", f"👩🏽{ZWJ}⚕{VS16}"),
        ("👨✈️", f"👨{ZWJ}✈{VS16}"),
        ("🧑⚖", f"🧑{ZWJ}⚖{VS16}"),
        ("🕵♀", f"🕵{VS16}{ZWJ}♀{VS16}"),
        ("🕵🏻♀", f"🕵🏻{ZWJ}♀{VS16}"),
        ("🏳⚧", f"🏳{VS16}{ZWJ}⚧{VS16}"),
        ("🏴☠️", f"🏴{ZWJ}☠{VS16}"),
        ("🐻❄️", f"🐻{ZWJ}❄{VS16}"),
        ("😶🌫️", f"😶{ZWJ}🌫{VS16}"),
        ("👩❤️👨", f"👩{ZWJ}❤{VS16}{ZWJ}👨"),
        ("👩🏽❤👨🏻", f"👩🏽{ZWJ}❤{VS16}{ZWJ}👨🏻"),
        ("👨❤💋👨", f"👨{ZWJ}❤{VS16}{ZWJ}💋{ZWJ}👨"),
        ("🏥❤", f"🏥❤{VS16}"),
        (f"{ZWJ}🔥{ZWJ}", "🔥"),
        (f"❤{VS16}{VS16}", f"❤{VS16}"),
        (f"Words {VS16}🔥", "Words 🔥"),
    ],
)
def test_what_pasting_broke_is_mended(broken: str, whole: str) -> None:
    assert emoji.is_broken(broken)
    mended, repairs = emoji.repair(broken)
    assert mended == whole
    assert repairs
    assert all(repair.why.endswith(".") for repair in repairs)
    assert emoji.repair(whole) == (whole, ())


def test_a_repair_says_what_it_changed_and_leaves_the_rest() -> None:
    text, repairs = emoji.repair("A doctor 👩⚕️ and a hero 🦸♂️!")
    assert text == f"A doctor {HEALTH_WORKER} and a hero {SUPERHERO}!"
    assert {(repair.before, repair.after) for repair in repairs} == {("👩⚕️", HEALTH_WORKER), ("🦸♂️", SUPERHERO)}


@pytest.mark.parametrize(
    "text",
    ["👩💻", "👨👩👧", "🏳️🌈", "❤️🔥", "👩 ⚕", "👍♂", f"👩{ZWJ}💻", "🙂↔️", "🏃➡️", "♂ ♀ ⚕", "❤",
     f"می{ZWJ}خواهم", f"क्{ZWJ}ष", f"ه{ZWJ}🔥", "©🔥", "1️⃣"],
)  # fmt: skip
def test_what_may_have_been_meant_is_left_alone(text: str) -> None:
    assert emoji.repair(text) == (text, ())


@pytest.mark.parametrize("text", ["\U0001f1f0", "🇰🇷\U0001f1f0", "Lost \ufffd"])
def test_half_a_flag_and_lost_signs_are_broken_beyond_repair(text: str) -> None:
    assert emoji.is_broken(text)
    assert emoji.repair(text) == (text, ())


SIGNS = st.sampled_from([*"👩👨🧑🦸🕵🏳🏴🐻😶🌫👁🗨❤💋🔥♂♀⚕✈☠❄⚧✍©1#a 한⃣", ZWJ, VS16, "\ufe0e", "🏽", "🇰", "\n"])


@given(st.lists(SIGNS, max_size=12).map("".join))
def test_repairing_twice_changes_nothing_more(text: str) -> None:
    mended, _ = emoji.repair(text)
    assert emoji.repair(mended) == (mended, ())


@given(st.lists(SIGNS, max_size=12).map("".join))
def test_splitting_loses_nothing_but_spaces(text: str) -> None:
    text = text.replace("\n", " ")
    words, found = emoji.split(text)
    assert sorted("".join((words + found).split())) == sorted("".join(text.split()))
    assert emoji.split(words) == (words, "")


@given(st.text(alphabet=st.characters(max_codepoint=0x1FFF, exclude_categories=["Cs"])))
def test_plain_text_is_never_changed(text: str) -> None:
    assert emoji.repair(text) == (text, ())
    assert emoji.strip(text) == text
