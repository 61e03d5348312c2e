"""The language of a text is guessed where it is sure, and not at all where it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import languages
from articles.text.language_guess import guess
from tests.strategies import hostile

#: Of our own pen: some facts about a ferry that does not exist.
TEXTS = {
    "en": "The ferry was built for a film that was never made. Nobody on the island knew of it, and the crew "
    "had to bring their own lamps, as there was no light in the harbour at night. It is now the only ship"
    " with a cinema.",
    "de": "Die Fähre wurde für einen Film gebaut, der nie gedreht worden ist. Auf der Insel wusste niemand "
    "davon, und die Mannschaft musste die Lampen selbst mitbringen, weil es im Hafen kein Licht gab. Sie "
    "ist heute das einzige Schiff mit einem Kino an Bord.",
    "es": "El transbordador se construyó para una película que no se rodó nunca. En la isla nadie lo sabía, y "
    "la tripulación tuvo que llevar sus lámparas porque en el puerto no había luz por la noche. Es el "
    "único barco con un cine para los viajeros.",
    "fr": "Le bac a été construit pour un film qui ne fut jamais tourné. Sur l’île, personne ne le savait, et "
    "les marins ont dû apporter des lampes, car il n’y avait pas de lumière dans le port. C’est le seul "
    "navire qui ait une salle de cinéma pour les voyageurs.",
    "it": "Il traghetto è stato costruito per un film che non è mai stato girato. Nell’isola nessuno lo sapeva,"
    " e i marinai hanno portato le lampade con sé, perché nel porto non c’era luce. È la sola nave che ha"
    " anche una sala per il cinema.",
    "pt": "O barco foi feito para um filme que não chegou a ser rodado. Na ilha, ninguém sabia disso, e os "
    "marinheiros trouxeram as suas lâmpadas, porque no porto não havia luz. É o único navio com uma sala "
    "de cinema para os viajantes da noite.",
    "nl": "De veerboot is gebouwd voor een film die er nooit kwam. Op het eiland wist niemand dat, en de "
    "bemanning moest de lampen zelf meenemen omdat er in de haven geen licht was. Het is nu het enige "
    "schip met een bioscoop aan boord en dat weet niet iedereen.",
    "tr": "Bu gemi, hiç çekilmemiş bir film için yapıldı. Adada bunu bilen yoktu ve limanda ışık olmadığı için "
    "lambaları da kendileri getirdi. Gemi bir sinema salonu olan ilk gemi olarak anılır ve çok gezgin "
    "için bu bir sürpriz gibi gelir. Ama ne kadar iyi bir fikir olduğu sonra anlaşıldı ve daha da "
    "sevildi.",
    "ko": "이 여객선은 끝내 찍지 못한 영화를 위해 만들어졌다. 섬에서는 아무도 그 사실을 몰랐다.",
    "ja": "この船は、ついに撮られなかった映画のために造られた。島ではだれもそれを知らなかった。",
    "zh-Hans": "这艘渡轮是为一部没有拍成的电影造的。岛上的人们都不知道这个故事，直到后来。",
    "zh-Hant": "這艘渡輪是為一部沒有拍成的電影造的。島上的人們都不知道這個故事，直到後來。",
    "ru": "Этот паром построили для фильма, который так и не сняли. На острове об этом никто не знал.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_says_what_language_it_is_in(language: str):
    assert guess([TEXTS[language]]) == language
    assert guess(TEXTS[language].split(". ")) == language
    assert guess([TEXTS[language] + " *Night Ferry: Lanterns on Call* 1998, 2004"]) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1998, 2004 (12)",
        "Night Ferry",
        "Die Hard · La La Land · El Camino · Les Misérables",
        TEXTS["en"][:60] + TEXTS["de"][:60] + TEXTS["es"][:60],
        "Цей пором збудували для фільму, якого так і не зняли. На острові про це ніхто не знав.",  # Ukrainian
        "این کشتی برای فیلمی ساخته شد که هرگز ساخته نشد و هیچ‌کس در جزیره آن را نمی‌دانست.",  # Persian
    ],
)
def test_what_is_not_sure_is_not_guessed(text: str):
    assert guess([text]) == ""


@given(st.lists(hostile(), max_size=3))
def test_any_text_gets_a_tag_or_none(texts: list[str]):
    found = guess(texts)
    assert found == "" or languages.is_tag(found)
