"""Which language a text of some length is written in: by its script, and in Latin script by the small words it has.

Sure or silent: a wrong tag makes a screen reader read nonsense, and no tag means the language of the site.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

#: So many signs of a text are looked at.
_LOOKED_AT = 20_000
#: Figures and Latin names stand between the words of any script, and Han between kana and Hangul.
_SHARE_OF_A_SCRIPT = 0.2
_LEAST_LETTERS = 20
#: The small words of a language are a third of what is written in it.
_LEAST_SMALL_WORDS = 12
_SHARE_OF_SMALL_WORDS = 0.15
#: So many times as many as of the next language: Spanish and Portuguese, Danish and Norwegian share half of theirs.
_AHEAD = 1.3

_WORD = re.compile(r"[^\W\d_]+")
_HANGUL = re.compile(r"[가-힣]")
_KANA = re.compile(r"[\u3041-\u30ff]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_THAI = re.compile(r"[\u0e00-\u0e7f]")
_DEVANAGARI = re.compile(r"[\u0900-\u097f]")
#: Signs of one way of writing Chinese alone, out of the commonest five hundred.
_SIMPLIFIED = frozenset("这们国个为说时会来对过还没学样开关问见长东车电话让从应实现发无与业员")
_TRADITIONAL = frozenset("這們國個為說時會來對過還沒學樣開關問見長東車電話讓從應實現發無與業員") - _SIMPLIFIED
_RUSSIAN_ALONE, _NOT_RUSSIAN = frozenset("ыэъ"), frozenset("іїєґўјљњћђђџѓќѕ")
_NOT_ARABIC = frozenset("پچژگکیےٹڈڑں")

_SMALL_WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        language: frozenset(words.split())
        for language, words in (
            ("en", "the and of to is was that with for this are it his her from have not in a by on as you they who"),
            ("de", "der die das und ist nicht mit auf für ein eine den von im auch sich wird dem zu als sie er es in"),
            ("es", "el la los las de que y en por con para una es su del se como más un lo al no pero fue"),
            ("fr", "le la les des et est dans pour une que qui sur avec pas du au ce il de un en par plus elle"),
            ("it", "il la di che e è per una con non del della sono nel si gli anche un le i in ha come più"),
            ("pt", "o a de que e em para uma não com os do da no na é por mais se um as dos foi ao"),
            ("nl", "de het een en van is niet met dat op voor zijn te er aan ook als in die hij ze maar door"),
            ("pl", "i w na z się nie że jest do to jak po od przez który oraz jego dla są co ale tym"),
            ("sv", "och att det som en är på för med av inte till ett den har han hon om var från i"),
            ("da", "og at det som en er på for med af ikke til et den har han hun om var fra i de"),
            ("no", "og å det som en er på for med av ikke til et den har han hun om var fra i de"),
            ("tr", "ve bir bu için ile da de olarak çok daha gibi olan en ne kadar sonra o ama her"),
            ("vi", "và của là có không được cho một trong với những các người này đã như khi ra để"),
            ("id", "yang dan di ini itu dengan untuk tidak dari dalam pada adalah akan juga ke oleh sebagai mereka"),
            ("tl", "ang ng sa na mga ay at ito siya hindi para ni kay niya pa lang kung isang"),
        )
    }
)


def guess(texts: Iterable[str]) -> str:
    """The BCP 47 tag of the language in which most of these texts are written; "" where that is not sure."""
    text = "\n".join(texts)[:_LOOKED_AT]
    letters = sum(map(str.isalpha, text))
    if letters < _LEAST_LETTERS:
        return ""
    return _by_script(text, letters) or _by_small_words(text)


def _by_script(text: str, letters: int) -> str:
    def has(script: re.Pattern[str]) -> bool:
        return len(script.findall(text)) > letters * _SHARE_OF_A_SCRIPT

    if text.isascii():
        return ""
    signs = frozenset(text)
    if has(_HANGUL):
        return "ko"
    if has(_KANA):
        return "ja"
    if has(_HAN):
        return _way_of_chinese(signs)
    if has(_CYRILLIC):
        return "ru" if signs & _RUSSIAN_ALONE and not signs & _NOT_RUSSIAN else ""
    if has(_ARABIC):
        return "" if signs & _NOT_ARABIC else "ar"
    return "th" if has(_THAI) else "hi" if has(_DEVANAGARI) else ""


def _way_of_chinese(signs: frozenset[str]) -> str:
    simplified, traditional = len(signs & _SIMPLIFIED), len(signs & _TRADITIONAL)
    if simplified == traditional:
        return "zh"
    return "zh-Hans" if simplified > traditional else "zh-Hant"


def _by_small_words(text: str) -> str:
    words = Counter(_WORD.findall(text.casefold()))
    found = {language: sum(words[word] for word in small) for language, small in _SMALL_WORDS.items()}
    (language, most), (_next, second) = sorted(found.items(), key=lambda pair: -pair[1])[:2]
    is_enough = most >= max(_LEAST_SMALL_WORDS, words.total() * _SHARE_OF_SMALL_WORDS)
    return language if is_enough and most >= second * _AHEAD else ""
