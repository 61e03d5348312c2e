"""Korean names by their sound: 주지훈, “Ju Ji-hoon” and “Joo Jihun” are one.

People choose how their names are written: consonants stay in their class (g and k; d and t; b and p; j and ch; r and
l), vowels in a wider one (oo, u, eo, eu and o are told apart by nobody). Surnames, of which there are few, stand in a
table with the spellings that people use; a name is known by its surname. `skeleton` is the rest without vowels: for
names that were spelled in a way of their own, of which `distance` finds the nearest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

#: A surname in Hangul, and how it is written in Latin letters; the first is the official way.
_SURNAMES = """
김 gim kim ghim|이 i lee yi rhee ri li rhie|박 bak park pak bark|최 choe choi choy chwe
정 jeong jung chung cheong joung jong|강 gang kang|조 jo cho joe|윤 yun yoon youn yune
장 jang chang|임 im lim yim rim leem|한 han hahn|오 o oh|서 seo suh su sur|신 sin shin shinn
권 gwon kwon kweon|황 hwang whang|안 an ahn|송 song|류 ryu yoo yu ryoo you|유 yu yoo you ryu
홍 hong|전 jeon jun chun jeun chon|고 go ko goh koh|문 mun moon|손 son sohn|양 yang ryang
배 bae pae bai|백 baek paik back baik paek baeg|허 heo hur huh her hu|남 nam nahm|심 sim shim
노 no noh roh ro|하 ha hah|곽 gwak kwak kwag|성 seong sung|차 cha char|주 ju joo chu choo zoo
우 u woo wu|구 gu koo ku goo|민 min|나 na ra nah la|진 jin chin|지 ji chi jee|엄 eom um uhm ohm
채 chae chai|원 won weon|천 cheon chun chon|방 bang pang bahng|공 gong kong|현 hyeon hyun
함 ham hahm|변 byeon byun pyun|염 yeom yum youm|여 yeo yuh yo|추 chu choo|도 do doh|소 so soh
석 seok suk|선 seon sun|설 seol sul|마 ma mah|길 gil kil|위 wi wee|표 pyo|명 myeong myung
기 gi ki kee|반 ban bahn|왕 wang|금 geum keum|옥 ok oak|육 yuk yook|인 in|맹 maeng|제 je|모 mo moh
탁 tak|국 guk kook gook|은 eun un|용 yong|예 ye yeh|경 gyeong kyung|봉 bong|사 sa|부 bu boo|태 tae
빈 bin|라 ra na la|연 yeon youn|남궁 namgung namgoong namkung|황보 hwangbo hwangboh
선우 seonu sunwoo seonwoo|제갈 jegal|독고 dokgo dokko|동방 dongbang|사공 sagong
"""
_OF_HANGUL: dict[str, str] = {}
_OF_LATIN: dict[str, list[str]] = {}
for _row in _SURNAMES.replace("\n", "|").strip("|").split("|"):
    _hangul, _official, *_others = _row.split()
    _OF_HANGUL[_hangul] = _official
    for _spelling in (_official, *_others):
        _OF_LATIN.setdefault(_spelling, []).append(_official)

_INITIALS = ("k", "k", "n", "t", "t", "r", "m", "p", "p", "s", "s", "", "c", "c", "c", "k", "t", "p", "h")
_VOWELS = (
    *("a", "e", "ya", "e", "o", "e", "yo", "e", "o", "wa", "e", "e", "yo", "o", "o", "e", "i", "yo", "o", "i", "i"),
)
_FINALS = (
    *("", "k", "k", "k", "n", "n", "n", "t", "r", "k", "m", "r", "r", "r", "p", "r", "m", "p", "p"),
    *("t", "t", "n", "t", "t", "k", "t", "p", "t"),
)
#: Latin spellings and their classes, the longest first. A vowel of "o" is any of those that people mix up.
_SPELLINGS: tuple[tuple[str, str], ...] = (
    *((each, "yo") for each in ("yeo", "yoo", "you", "yuh", "yu", "yo", "iu")),
    *((each, "e") for each in ("yae", "yeh", "ye", "wae", "weh", "oe", "ae", "ai", "ay", "ea", "ei", "ey", "eh")),
    *((each, "wa") for each in ("wah", "wa", "ua", "oa")),
    *((each, "ya") for each in ("yah", "ya", "ia")),
    *((each, "o") for each in ("weo", "woo", "wou", "wo", "wu", "eou", "eoh", "eo", "euh", "ew")),
    *((each, "i") for each in ("eui", "wee", "wi", "ui", "ee", "ie", "i")),
    *((each, "o") for each in ("eu", "oo", "ou", "oh", "uh", "ow", "o", "u")),
    *((("we", "e"), ("ah", "a"), ("a", "a"), ("e", "e"), ("y", "i"))),
)
_SOUND_OF = dict(_SPELLINGS)
_AFTER_H = r"(?=[aeiouwy])"
#: An h that lengthens a vowel is no sound; one before a vowel is, so "jihoon" is no "jih-oon".
_LATIN = re.compile(
    "|".join(
        [
            *("ch|jj|j|z", "kk|gg|ck|k|g|q|c", "tt|dd|t|d", "pp|bb|p|b|f|v", "sh|ss|s", "rr|ll|lr|rl|r|l", "m", "wh|h"),
            "ng(?![aeiouwy])|n",
            *sorted(
                (
                    f"{each[:-1]}h(?![aeiouwy])" if each.endswith("h") else each
                    for each, _sound in _SPELLINGS
                    if each[0] in "aeiouwy"
                ),
                key=lambda each: -len(each.replace("(?![aeiouwy])", "")),
            ),
        ]
    )
)
_CONSONANTS = {
    **dict.fromkeys(("ch", "jj", "j", "z"), "c"),
    **dict.fromkeys(("kk", "gg", "ck", "k", "g", "q", "c"), "k"),
    **dict.fromkeys(("tt", "dd", "t", "d"), "t"),
    **dict.fromkeys(("pp", "bb", "p", "b", "f", "v"), "p"),
    **dict.fromkeys(("sh", "ss", "s"), "s"),
    **dict.fromkeys(("rr", "ll", "lr", "rl", "r", "l"), "r"),
    **dict.fromkeys(("ng", "n"), "n"),
    "m": "m",
}
_TWICE = re.compile(r"([knptrsmch])\1+")
_HANGUL_WORD = re.compile("[\uac00-\ud7a3]{3,}")
_LATIN_WORD = re.compile(r"[A-Za-z]+(?:[-\u2010\u2011][A-Za-z]+)*")
#: "Yeongu" is yeong-u or yeon-gu.
_PARTED = re.compile("ng(?=[aeiouwy])", re.IGNORECASE)
_NOT_CONSONANT = re.compile("[aeiowyh]")
#: A given name has a syllable or two, seldom three.
_LONGEST_GIVEN = 14


def sound(given: str) -> str:
    """The classes of a given name's sounds; its syllables may be parted by hyphens or spaces."""
    parts = [_hangul_sound(given)] if "\uac00" <= given[:1] <= "\ud7a3" else map(_latin_sound, re.split(r"\W+", given))
    return _TWICE.sub(r"\1", "".join(parts))


@lru_cache(maxsize=20_000)
def _latin_sound(part: str) -> str:
    found = []
    part = part.lower()
    for match in _LATIN.finditer(part):
        spelling = match.group()
        if spelling in ("h", "wh"):
            has_vowel = part[match.end() : match.end() + 1] in tuple("aeiouwy")
            found.append(("hw" if spelling == "wh" and part[match.end()] == "a" else "h") if has_vowel else "")
        else:
            found.append(_CONSONANTS.get(spelling) or _SOUND_OF[spelling])
    return "".join(found)


def _hangul_sound(given: str) -> str:
    found = []
    for sign in given:
        place = ord(sign) - 0xAC00
        if 0 <= place < 11172:
            found += [_INITIALS[place // 588], _VOWELS[place % 588 // 28], _FINALS[place % 28]]
    return "".join(found)


def skeleton(sound_of_given: str) -> str:
    """Its consonants alone, without h; k after n too: "Sang-ah" may be "Sangah"."""
    return _TWICE.sub(r"\1", _NOT_CONSONANT.sub("", sound_of_given).replace("nk", "n"))


def name_sounds(words: Sequence[str]) -> list[str]:
    """What two or three words may sound like as a Korean name, the surname first or last; nothing for other names.

    Each is the surname in its official spelling, a 0, and the sound of the given name.
    """
    found: dict[str, None] = {}
    orders = [(words[0], words[1:])]
    if len(words) > 1:
        orders.append((words[-1], words[:-1]))
    for surname, given in orders:
        for official in _OF_LATIN.get(surname.lower(), ()):
            rest = " ".join(given)
            if 0 < len(rest) <= _LONGEST_GIVEN:
                found |= {f"{official}0{made}": None for made in (sound(rest), sound(_PARTED.sub("ng-", rest))) if made}
    return list(found)


def hangul_sounds(word: str) -> list[str]:
    """As `name_sounds`, of a whole name in Hangul."""
    found = []
    for length in (2, 1):
        official = _OF_HANGUL.get(word[:length])
        if official and length < len(word) <= length + 3:
            found.append(f"{official}0{sound(word[length:])}")
    return found


def sounds_in(text: str) -> Iterator[str]:
    """The Korean names that a text may hold: a surname beside capitalised words, three syllables of Hangul."""
    if not text.isascii():
        for match in _HANGUL_WORD.finditer(text):
            yield from hangul_sounds(match.group()[:3])
    words = list(_LATIN_WORD.finditer(text))
    names = [text[word.start()].isupper() for word in words]
    for at in range(len(words) - 1):
        if not (names[at] and names[at + 1] and _is_beside(text, words[at], words[at + 1])):
            continue
        pair = [words[at][0], words[at + 1][0]]
        if pair[0].lower() in _OF_LATIN or pair[1].lower() in _OF_LATIN:
            yield from name_sounds(pair)
        if at + 2 < len(words) and names[at + 2] and _is_beside(text, words[at + 1], words[at + 2]):
            yield from name_sounds([*pair, words[at + 2][0]])


def _is_beside(text: str, word: re.Match[str], following: re.Match[str]) -> bool:
    return text[word.end() : following.start()] == " "


def distance(one: str, other: str) -> float:
    """How far two sounds are apart: steps of insertion and exchange, of which vowels cost half."""
    costs = [0.0]
    for sign in other:
        costs.append(costs[-1] + _cost(sign))
    for sign in one:
        row = [costs[0] + _cost(sign)]
        for place, against in enumerate(other):
            exchange = costs[place] + (0 if sign == against else max(_cost(sign), _cost(against)))
            row.append(min(exchange, costs[place + 1] + _cost(sign), row[-1] + _cost(against)))
        costs = row
    return costs[-1]


def _cost(sign: str) -> float:
    return 0.5 if sign in "aeiowyh" else 1.0
