"""Numbers written as words, and the nouns that only count ("Fact 3"), in the languages of fan sites.

They decide nothing alone: a line is one of a series only when the lines around it go on counting.
"""

from __future__ import annotations

# One word (or two ways to say it) for each number from 1 on.
_CARDINALS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty",
    "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
    "achtzehn neunzehn zwanzig",
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf vingt",
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
    "dieciocho diecinueve veinte",
    "uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici "
    "diciassette diciotto diciannove venti",
    "um dois três quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete "
    "dezoito dezenove vinte",
    "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать "
    "пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать",
    "하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열 열하나 열둘 열셋 열넷 열다섯 열여섯 열일곱 열여덟 열아홉 스물",
    "واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة",
)
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth",
    "firstly secondly thirdly fourthly fifthly",
    "erstens zweitens drittens viertens fünftens sechstens siebtens achtens neuntens zehntens",
    "primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo",
    "primera segunda tercera cuarta quinta sexta séptima octava novena décima",
    "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième",
    "primo secondo terzo quarto quinto sesto settimo ottavo nono decimo",
    "первый второй третий четвёртый пятый шестой седьмой восьмой девятый десятый",
    "첫번째 두번째 세번째 네번째 다섯번째 여섯번째 일곱번째 여덟번째 아홉번째 열번째",
    "첫째 둘째 셋째 넷째 다섯째 여섯째 일곱째 여덟째 아홉째 열째",
    "أولا ثانيا ثالثا رابعا خامسا سادسا سابعا ثامنا تاسعا عاشرا",
    "أولاً ثانياً ثالثاً رابعاً خامساً سادساً سابعاً ثامناً تاسعاً عاشراً",
    "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر",
    "الأولى الثانية الثالثة الرابعة الخامسة السادسة السابعة الثامنة التاسعة العاشرة",
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_MORE = {
    "두": 2, "세": 3, "네": 4, "fünfundzwanzig": 25, "dreißig": 30, "fünfzig": 50, "hundert": 100, "trente": 30,
    "treinta": 30, "trenta": 30, "trinta": 30, "тридцать": 30, "cinquante": 50, "cincuenta": 50,
    "cinquanta": 50, "hundred": 100, "cent": 100, "cien": 100, "cento": 100, "сто": 100, "مئة": 100,
    "二つ": 2, "三つ": 3,
}  # fmt: skip


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _numbered(*rows: str) -> dict[str, int]:
    return {word: value for row in rows for value, word in enumerate(row.split(), 1)}


def _english_compounds() -> dict[str, int]:
    ones = _CARDINALS[0].split()[:9]
    return {
        f"{ten}{tail}": at * 10 + value
        for at, ten in enumerate(_TENS.split(), 2)
        for value, tail in enumerate(("", *(f"-{one}" for one in ones)))
    }


CARDINALS = _numbered(*_CARDINALS) | _english_compounds() | _MORE
WORDS = _numbered(*_ORDINALS) | CARDINALS
#: "once" counts in Spanish only, "sei" and "due" are no numbers elsewhere: a title that has them promises nothing.
_AMBIGUOUS = _words("once sei due um un cent sept nove sex")
PROMISING = {word: value for word, value in CARDINALS.items() if word not in _AMBIGUOUS}

# Nouns that only count. Any other noun counts too when the whole series has it (`chains`), but may stand alone.
COUNTERS = _words(
    "fact reason number no nr item tip thing rank place point sign way lesson theory secret entry spot clue step "
    "fakt grund platz nummer tipp geheimnis raison fait numéro num razón motivo dato curiosidad puesto número "
    "secreto fato curiosità numero факт причина место номер 사실 이유 번호 비밀 理由 秘密 その حقيقة سبب سر رقم"
)
# Nouns that name a part of a work: "Season 2" is what the card is about, not its number.
DIVISIONS = _words(
    "season seasons episode episodes ep part chapter volume vol book film movie phase act day week month year "
    "level game series generation era arc disc version photo picture image figure fig bild foto abbildung imagen "
    "figura 사진 그림 写真 图 图片 صورة staffel folge teil kapitel band buch tag woche jahr saison épisode partie "
    "chapitre tome temporada episodio episódio parte capítulo capitolo stagione libro сезон серия часть глава "
    "эпизод том 시즌 에피소드 회 부 편 シーズン エピソード 話 シリーズ الموسم الحلقة الجزء"
)
