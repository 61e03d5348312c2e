"""Share pictures: readable on any cover, in any of our scripts, for any length of heading, at the first request."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from articles import images
from articles.demo import covers
from articles.images import lettering
from articles.images.lettering import drawable, fitted
from tests import strategies
from tests.images.makers import decoded, encoded, halves, picture
from tests.images.test_palette import contrast

KOREAN = "주지훈은 실제 외상외과 전문의를 만나 수술 장면을 배웠다"
ENDLESS = "A heading that goes on because nobody told the writer to stop " * 30


def share(**changes: object) -> bytes:
    given = {"number": "7", "heading": "A fact", "palette": "teal", "cover": None, "site_name": "Fanguide"}
    return images.share_picture(**{**given, **changes})


def ink(one: bytes, other: bytes) -> tuple[int, int, int, int] | None:
    """The box in which two share pictures differ by more than compression."""
    difference = ImageChops.difference(decoded(one), decoded(other)).convert("L")
    return difference.point([0] * 60 + [255] * 196).getbbox()


@pytest.mark.parametrize("palette", images.PALETTE)
def test_it_has_the_size_that_was_promised_whatever_the_subjects_colour(palette: str) -> None:
    out = decoded(share(palette=palette))
    assert (out.format, out.size) == ("JPEG", images.SHARE_SIZE)


@pytest.mark.slow
def test_number_heading_and_site_each_leave_their_mark_in_their_own_place() -> None:
    nothing: dict[str, object] = {"number": "", "heading": "", "site_name": "", "cover": encoded(picture(1200, 675))}
    bare = share(**nothing)
    for changes in ({"heading": "A fact"}, {"heading": KOREAN}, {"number": "12"}, {"site_name": "팬가이드"}):
        box = ink(
            bare,
            share(**{"number": "", "heading": "", "site_name": "", "cover": encoded(picture(1200, 675)), **changes}),
        )
        assert box is not None, changes
        assert box[0] >= 40
        assert box[2] <= 1160
        assert box[1] >= 60
        assert box[3] <= 640


@pytest.mark.slow
@pytest.mark.parametrize(
    "heading", ["Ja.", KOREAN, KOREAN * 20, ENDLESS, "W" * 500, "한" * 500, "葬送のフリーレン" * 60]
)
@pytest.mark.parametrize("kicker", ["", "Night Ferry", "나룻배", "W" * 300])
def test_a_heading_of_any_length_stays_between_the_number_and_the_site(heading: str, kicker: str) -> None:
    """With the kicker above it."""
    without, with_heading = share(heading=""), share(heading=heading, kicker=kicker)
    box = ink(without, with_heading)
    assert box is not None
    left, top, right, foot = box
    assert left >= 60
    assert right <= 1140
    assert top >= 244 + 20, "the heading runs into the number"
    assert foot <= 570, "the heading runs into the site's name"


@pytest.mark.slow
def test_a_short_heading_is_large_and_a_long_one_ends_in_an_ellipsis() -> None:
    def set_in(text: str) -> tuple[int, tuple[str, ...]]:
        setting = fitted(text, width=1000, height=320, sizes=(100, 80, 60, 40), most_lines=4)
        return setting.size, setting.lines

    assert set_in("Ja.") == (100, ("Ja.",))
    size, lines = set_in(ENDLESS)
    assert (size, len(lines)) == (40, 4)
    assert lines[3].endswith("…")
    assert set_in("")[1] == ()


def test_lines_break_between_words_and_none_is_left_lonely() -> None:
    lines = fitted(
        "The doctor who made the helicopter land on the roof", width=700, height=400, sizes=(60,), most_lines=4
    ).lines
    assert " ".join(lines) == "The doctor who made the helicopter land on the roof"
    assert min(map(len, lines)) * 2 > max(map(len, lines))
    korean = fitted(KOREAN, width=700, height=400, sizes=(60,), most_lines=4).lines
    assert " ".join(korean) == KOREAN


def test_a_word_longer_than_a_line_is_set_smaller_before_it_is_broken() -> None:
    word = "Rindfleischetikettierungsüberwachungsaufgabe"
    assert fitted(word, width=1056, height=900, sizes=(100, 40), most_lines=4).lines == (word,)
    broken = fitted(word, width=500, height=300, sizes=(100, 40), most_lines=4).lines
    assert "".join(line.removesuffix("-") for line in broken) == word
    assert all(line.endswith("-") for line in broken[:-1])
    assert "".join(fitted("한" * 40, width=500, height=300, sizes=(40,), most_lines=4).lines) == "한" * 40


@pytest.mark.slow
def test_japanese_breaks_anywhere_but_before_a_closing_mark() -> None:
    text = "映画「パラサイト」、そしてドラマ。" * 2
    for width in range(200, 700, 20):
        lines = fitted(text, width=width, height=2000, sizes=(40,), most_lines=30).lines
        assert "".join(lines) == text
        assert not [line for line in lines if line[0] in "」、。ー"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Heroes 🚑 on ❤️ call 👩‍⚕️!", "Heroes on call !"),
        ("🇰🇷🔥", ""),
        ("Łódź, Đà Nẵng, İstanbul, Привет, Ωμέγα", "Łódź, Đà Nẵng, İstanbul, Привет, Ωμέγα"),
        (unicodedata.normalize("NFD", "한글 é"), "한글 é"),  # as macOS stores it, in loose letters
        ("뷁 쀍 힣 ㅋㅋ, カタカナ 葬送 李秉憲", "뷁 쀍 힣 ㅋㅋ, カタカナ 葬送 李秉憲"),
        ("a\u200bb\x00c  d\n e", "abc d e"),
        ("नमस्ते", ""),
    ],
)
def test_emoji_are_left_out_and_no_empty_box_is_ever_drawn(text: str, kept: str) -> None:
    assert drawable(text) == kept


@pytest.mark.slow
def test_every_hangul_syllable_can_be_drawn() -> None:
    syllables = "".join(map(chr, range(0xAC00, 0xD7A4)))
    assert "".join(drawable(syllables[start : start + 500]) for start in range(0, len(syllables), 500)) == syllables


@pytest.mark.slow
def test_white_words_can_be_read_over_the_brightest_cover() -> None:
    white = encoded(picture(1200, 675, (255, 255, 255)))
    for palette in images.PALETTE:
        out = decoded(share(palette=palette, cover=white, number="", heading="", site_name=""))
        for x in (80, 600, 1120):
            ground = out.crop((x - 8, 300, x + 8, 316)).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
            assert contrast(ground, (255, 255, 255)) >= 4.5, (palette, x)


def test_the_cover_is_seen_and_cut_around_its_focal_point() -> None:
    cover = encoded(halves((250, 240, 40), (10, 10, 60), width=3000, height=600))
    left, right = (decoded(share(cover=cover, focal=(x, 50))).getpixel((1150, 30)) for x in (0, 100))
    assert sum(left) > sum(right) + 60


@pytest.mark.parametrize("cover", [b"", b"no picture", encoded(picture(1200, 675))[:400]])
def test_a_broken_cover_counts_as_none(cover: bytes) -> None:
    assert share(cover=cover) == share(cover=None)


@pytest.mark.slow
def test_equal_words_give_equal_bytes() -> None:
    cover = covers.draw_cover(palette="teal", motif="pulse", seed="x")
    first = share(cover=cover, heading=KOREAN)
    for heading in (KOREAN, ENDLESS):
        again = share(cover=cover, heading=heading)
        assert len(again) < 300_000
        assert (again == first) is (heading == KOREAN)


SCRIPTS = [
    "夜港灯塔是真的吗",
    "حقائق عن الميناء",
    "می‌خواهم Night Ferry",
    "ข้อเท็จจริงท่าเรือ",
    "臺灣電視劇",
    "The lamp of 真的吗",
]


@pytest.mark.parametrize("heading", SCRIPTS)
def test_a_heading_in_another_script_is_drawn_whole(heading: str) -> None:
    assert drawable(heading) == heading
    assert share(heading=heading) != share(heading="")


@pytest.mark.parametrize("heading", ["समुद्र के तथ्य", "የባሕር እውነታ", "The lamp of समुद्र", "ملاك समुद्र", "ملاك 나룻배", "龘"])
def test_a_heading_with_a_letter_that_no_font_has_is_not_drawn_at_all(heading: str) -> None:
    assert drawable(heading) == ""
    assert share(heading=heading) == share(heading="")


@given(st.lists(st.one_of(strategies.hostile(longest=60), st.sampled_from(SCRIPTS)), max_size=4).map(" ".join))
@example("\u3164")
def test_whatever_the_heading_no_empty_box_is_drawn(heading: str) -> None:
    kept = drawable(heading)
    for line in fitted(kept, width=700, height=400, sizes=(60, 40), most_lines=4).lines:
        for face, run in lettering._runs(line):
            font = lettering._plain_font(face)
            box = bytes(font.getmask("\U0010ffff"))
            for sign in run:
                drawn = bytes(font.getmask(sign))  # empty for a filler of Hangul, where a face has no box at all
                assert sign in " \u200c" or not drawn or drawn != box, (heading, sign)


@pytest.mark.parametrize("heading", ["حقائق", "ข้อเท็จจริง"])
def test_letters_that_shape_each_other_are_not_drawn_where_nothing_shapes_them(
    heading: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lettering, "_can_shape", lambda: False)
    assert drawable(heading) == ""
    assert drawable("Café 한글") == "Café 한글"


@pytest.mark.slow
def test_arabic_stands_at_the_right_and_a_name_in_arabic_turns_no_line_around() -> None:
    arabic, mixed = (ink(share(heading=""), share(heading=each)) for each in ("ملاك", "It means “ملاك”"))
    assert arabic is not None
    assert arabic[0] > 600
    assert mixed is not None
    assert mixed[0] < 100


def test_no_mark_is_parted_from_its_letter() -> None:
    text = "ที่นี่มีน้ำที่รู้ว่าผู้ที่" * 6
    for width in range(150, 500, 25):
        lines = fitted(text, width=width, height=3000, sizes=(40,), most_lines=60).lines
        assert "".join(lines) == text
        cut = fitted(text, width=width, height=40, sizes=(40,), most_lines=1).lines[0].removesuffix("…")
        for line in (*lines, text[len(cut) :]):
            assert unicodedata.category(line[0]) != "Mn"


@pytest.mark.parametrize("heading", ["Café 1️⃣ ❤️", "Ju Ji-hoon ♪ sings", "\u0301é", "Q: “Who?” — 3 × 4"])
def test_an_emoji_or_a_sign_that_is_no_letter_costs_no_heading(heading: str) -> None:
    assert drawable(heading)
