"""The words before and after: whole when short, else what changed with a little around it."""

from articles.text import passages

LONG = "The crew of the ferry counts its lamps every night before it leaves the harbour. " * 12


def test_short_texts_stand_whole():
    assert passages.changed("It has 8 lamps.", "It has 9 lamps.") == ("It has 8 lamps.", "It has 9 lamps.")


def test_equal_texts_say_nothing():
    assert passages.changed(LONG, f"{LONG}\n") == ("", "")


def test_a_long_line_is_cut_to_what_changed_in_whole_words():
    old, new = passages.changed(f"{LONG}It has 8 lamps. {LONG}", f"{LONG}It has 9 lamps. {LONG}")
    assert "It has 8 lamps." in old
    assert "It has 9 lamps." in new
    assert max(len(old), len(new)) < passages.WHOLE
    for text in (old, new):
        assert text[0] == text[-1] == passages.CUT
        assert {*text[1:-1].replace("8", "9").split()} <= {*LONG.split(), "It", "has", "9", "lamps."}


def test_lines_that_stayed_are_left_out():
    lines = [f"Line {number}: {'lamp ' * 12}" for number in range(9)]
    changed = [*lines[:2], "Another second line.", *lines[3:8], "Another last line."]
    old, new = passages.changed("\n".join(lines), "\n".join(changed))
    assert new == "Another second line.\nAnother last line."
    assert [line[:7] for line in old.splitlines()] == ["Line 2:", "Line 8:"]


def test_what_is_new_has_nothing_before_it_and_what_is_gone_nothing_after():
    assert passages.changed("", LONG)[0] == ""
    assert passages.changed(LONG, "")[1] == ""


def test_nothing_is_longer_than_the_most():
    for old, new in (
        (LONG, LONG[::-1]),
        ("가" * 5000, "나" * 5000),
        ("x" * 700, "x" * 900),
        ("\n".join("abc" * 500), "y"),
    ):
        for text in passages.changed(old, new):
            assert len(text) <= passages.MOST


def differing(old: str, new: str) -> tuple[list[str], list[str]]:
    found = passages.runs(*passages.changed(old, new))
    assert tuple("".join(run.text for run in side) for side in found) == passages.changed(old, new)
    left, right = ([run.text for run in side if run.is_different] for side in found)
    return left, right


def test_only_the_words_that_changed_are_different():
    assert differing("It has 8 lamps.", "It has 9 lamps.") == (["8"], ["9"])
    assert differing(f"{LONG}It has 8 lamps. {LONG}", f"{LONG}It has 9 lamps. {LONG}") == (["8"], ["9"])
    assert differing("船に八つの灯がある。", "船に九つの灯がある。") == (["八"], ["九"])


def test_what_was_cut_off_one_side_alone_is_no_change():
    words = [f"lamp{number}" for number in range(200)]
    old, new = " ".join(["first", *words, "old"]), " ".join(["first", "many", "more", *words, "new"])
    assert all(text.endswith(passages.CUT) for text in passages.changed(old, new))
    assert differing(old, new) == ([], ["many more "])
    assert differing(new, old) == (["many more "], [])


def test_words_without_spaces_are_cut_around_the_change_too():
    old, new = passages.changed("夜" * 500 + "八" + "船" * 500, "夜" * 500 + "九" + "船" * 500)
    assert "八" in old
    assert "九" in new
    assert len(old) < passages.WHOLE
