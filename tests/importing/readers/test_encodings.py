"""Files in the encodings that writers' programs left behind are read right, or refused by name; nothing is guessed
in silence."""

from __future__ import annotations

import pytest

from articles.importing import ImportRefused, read

KOREAN = "등대지기를 좋아하는 세 가지 이유\n\n1. 등대는 진짜다\n배를 타고 갔다.\n\n2. 비가 왔다\n하루 종일 왔다.\n\n3. 노래\n끝."
JAPANESE = "灯台守の話\n\n1. 灯台は本物だ\n船で行った。\n\n2. 雨が降った\n一日じゅう。\n\n3. 歌\nおわり。"
CHINESE = "守塔人的故事\n\n1. 灯塔是真的\n我们坐船去的。\n\n2. 下雨了\n下了一整天。\n\n3. 歌\n完。"
TRADITIONAL = "守塔人的故事\n\n1. 燈塔是真的\n我們坐船去的。\n\n2. 下雨了\n下了一整天。\n\n3. 歌\n完。"
RUSSIAN = "Смотритель маяка\n\n1. Маяк настоящий\nПлыли на лодке.\n\n2. Шёл дождь\nЦелый день.\n\n3. Песня\nКонец."
GREEK = "Ο φαροφύλακας\n\n1. Ο φάρος είναι αληθινός\nΠήγαμε με βάρκα.\n\n2. Έβρεχε\nΌλη μέρα.\n\n3. Το τραγούδι\nΤέλος."


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        (KOREAN, "cp949", "Korean"),
        (JAPANESE, "shift_jis", "Shift_JIS"),
        (JAPANESE, "euc_jp", "EUC-JP"),
        (JAPANESE, "iso2022_jp", "ISO-2022-JP"),
        (CHINESE, "gb18030", "GB18030"),
        (TRADITIONAL, "big5", "Big5"),
        (RUSSIAN, "koi8-r", "KOI8"),
        (RUSSIAN, "cp1251", "Windows-1251"),
        (GREEK, "cp1253", "Windows-1253"),
    ],
)
def test_a_text_in_an_old_encoding_is_read_and_the_guess_is_told(text: str, encoding: str, shown: str) -> None:
    result = read(text.encode(encoding), "keeper.txt")
    assert result.document.title == text.splitlines()[0]
    assert [card.heading for card in result.document.cards] == [
        line[3:] for line in text.splitlines() if line[1:3] == ". "
    ]
    assert any(shown in note for note in result.account.notes)


@pytest.mark.parametrize("name", ["euc-kr", "ks_c_5601-1987", "EUC-KR"])
def test_a_page_is_read_in_the_encoding_that_it_declares(name: str) -> None:
    lines = "".join(f"<h2>{line}</h2><p>끝.</p>" for line in KOREAN.splitlines() if line[1:3] == ". ")
    page = f'<html><head><meta charset="{name}"></head><body>{lines}</body></html>'
    result = read(page.encode("cp949"), "keeper.html")
    assert result.document.cards[0].heading == "등대는 진짜다"
    assert result.account.notes == ()


@pytest.mark.parametrize(
    "line",
    ["It’s a “real” lamp", "Café Noël is naïve", "Zoë – 20°C", "A lamp for £5 • and €6…", "Señor, ¿qué? Über déjà vu"],
)
def test_a_few_western_letters_are_western(line: str) -> None:
    data = f"1. One\n{line}\n\n2. Two\nb\n\n3. Three\nc".encode("cp1252")
    result = read(data, "keeper.txt")
    assert result.document.cards[0].body == line
    assert result.account.notes == ()


def test_what_is_in_no_known_encoding_is_refused_by_name() -> None:
    data = bytes(range(0x80, 0x100)) * 4
    with pytest.raises(ImportRefused, match=r"^odd\.txt .*encoding.*UTF-8"):
        read(b"1. One\n" + data, "odd.txt")


TEXT = "It’s a “real” lamp – truly… Café 🔥"


@pytest.mark.parametrize(
    "misread",
    [
        TEXT.encode().decode("latin-1"),
        "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in TEXT.encode()),
    ],
    ids=["latin-1", "windows-1252"],
)
def test_letters_that_were_encoded_twice_are_mended_and_told(misread: str) -> None:
    result = read(f"1. One\n{misread}\n\n2. Two\nb\n\n3. Three\nc".encode(), "keeper.txt")
    assert result.document.cards[0].body == TEXT
    assert any("encoded twice" in entry.why for entry in result.account.repaired)


@pytest.mark.parametrize(
    "line", ["Ô là là, «Où» À É", "Ångström & Ðorđe", "São Paulo é à beira", "한국어 “말”", "naïve café"]
)
def test_letters_that_only_look_so_stay(line: str) -> None:
    result = read(f"1. One\n{line}\n\n2. Two\nb\n\n3. Three\nc".encode(), "keeper.txt")
    assert result.document.cards[0].body == line


def test_quotes_of_windows_between_control_signs_are_quotes() -> None:
    data = "1. One\nIt\x92s \x93real\x94\x85\n\n2. Two\nb\n\n3. Three\nc".encode()
    result = read(data, "keeper.txt")
    assert result.document.cards[0].body == "It’s “real”…"


@pytest.mark.parametrize("sign", ["&#11;", "&#8;", "&#1;", "&#x7f;", "&#xFFFF;", "\x0b", "\x01"])
def test_no_control_sign_comes_through_an_entity(sign: str) -> None:
    page = f"<h1>Three{sign}lamps</h1>" + "".join(f"<h2>{n}. La{sign}mp</h2><p>Oi{sign}l</p>" for n in (1, 2, 3))
    result = read(page.encode(), "keeper.html")
    document = result.document
    words = [document.title, *(card.heading + card.body for card in document.cards)]
    assert all(char.isprintable() or char == "\n" for text in words for char in text)
    assert result.account.is_complete
