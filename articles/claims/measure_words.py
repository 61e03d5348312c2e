"""Words by which two statements are known to measure the same: what happened, what was done, what it is about."""

from __future__ import annotations

import re
from collections.abc import Mapping

from articles.claims.vocabulary import words_in


def _by_word(table: Mapping[str, str]) -> Mapping[str, str]:
    """What each word or pair of words means; words stand between commas."""
    return {word: name for name, words in table.items() for word in words.split(", ")}


#: What happened on a day. Of a film the premiere and the release are two days, so they are two events here. Words of
#: English, Spanish and German; pairs of words too.
EVENTS = _by_word({
    "premiere": "premiere, premieres, premiered, première, debuted, aired, broadcast, estrenó, estreno, ausgestrahlt",
    "release": "release, released, releases, launched, launches, came out, erschien, veröffentlicht",
    "birth": "born, nació, nacida, nacido, geboren",
    "death": "died, murió, gestorben, starb",
    "publication": "published, publicado, publicada, publicó",
    "filming": "filmed, filming, shooting, gedreht, rodó, rodaje",
    "end": "ended, finale, concluded, wrapped, endete, terminó",
    "founding": "founded, established, gegründet, fundado, fundada",
    "wedding": "married, wed, heiratete",
    "announcement": "announced, angekündigt, anunció",
})  # fmt: skip
#: The same in Korean, Japanese and Chinese, as parts of words.
EASTERN_EVENTS = _by_word({
    "premiere": "첫 방송, 첫방송, 첫 방영, 방영, 초연, 放送, 首播",
    "release": "공개, 개봉, 公開, 配信, 上映",
    "birth": "태어, 출생, 生まれ, 出生",
    "death": "사망, 별세, 亡くな, 去世",
    "publication": "출간, 연재를 시작, 연재 시작, 出版, 刊行",
    "filming": "촬영, 撮影",
    "end": "종영, 종방, 最終回",
    "founding": "설립, 창단, 設立",
    "wedding": "결혼, 結婚",
    "announcement": "발표, 発表",
})  # fmt: skip

#: What was done so many times, by so many, for so long; and what measures a thing.
DEEDS = _by_word({
    "chart": "top, chart, charts, charted, charting, rank, ranks, ranked, ranking, number one",
    "sale": "sold, sale, sales, copies",
    "watch": "watched, watching, views, viewed, viewers, viewership, seen, streamed, streams",
    "rating": "rating, ratings, rated",
    "filming": "filmed, filming, shot, shoot, shooting, gedreht",
    "income": "earned, earning, earnings, gross, grossed, grossing, box office",
    "cost": "cost, costs, budget, spent, kostete",
    "length": "runs, lasts, lasted, long, length, running time",
    "award": "won, wins, award, awards, awarded, prize, prizes, nominated, nominations",
    "release": "released, available, aired, shown, launched",
    "training": "trained, training, rehearsed, rehearsals, rehearsing, practised, practiced",
    "writing": "wrote, written, writing",
    "height": "tall, height",
    "depth": "deep, depth",
    "weight": "weighs, weighed, weight",
    "age": "aged, age",
    "members": "members",
})  # fmt: skip
EASTERN_DEEDS = _by_word({
    "chart": "톱 , 톱10, 순위, 차트, 랭킹, 위에 올",
    "sale": "판매, 팔렸, 팔린",
    "watch": "시청자, 시청 시간, 조회",
    "rating": "시청률, 평점",
    "filming": "촬영, 撮影",
    "income": "흥행, 매출, 수익",
    "cost": "제작비, 들였",
    "length": "분량, 러닝타임",
    "award": "수상, 후보",
    "release": "공개, 방영, 방송",
    "training": "훈련, 연습",
    "writing": "집필",
})  # fmt: skip

#: Things beside the work itself that have days and numbers of their own.
THINGS = frozenset(words_in("""
    trailer teaser poster soundtrack album single song ost novel book comic webtoon manga manhwa game film movie anime
    sequel prequel spin-off spinoff special remake dvd edition pilot finale version concert tour musical play exhibition
    documentary cafe museum set script
    예고편 포스터 앨범 소설 웹소설 웹툰 만화 게임 영화 속편 후속작 리메이크 콘서트 뮤지컬 연극 대본 세트
    予告 小説 漫画 映画 舞台
"""))  # fmt: skip
#: What a subject of a kind is called itself: no other thing then.
OWN_THINGS: Mapping[str, frozenset[str]] = {
    "film": frozenset({"film", "movie", "영화", "映画"}),
    "webtoon": frozenset({"webtoon", "comic", "manhwa", "웹툰", "만화"}),
    "game": frozenset({"game", "게임"}),
    "book": frozenset({"novel", "book", "소설", "小説"}),
}
#: Kinds of subjects that “he” and “she” can be.
PEOPLE = frozenset({"person", "band"})

#: A number behind these is a bound, a share, or one of several: nothing that another number contradicts.
VAGUE_BEFORE = re.compile(
    r"(?:(?<!\w)(?:over|than|under|almost|nearly|about|around|some|least|most|up\sto|roughly|approximately|many\sas|every|another"
    r"|other|further|first|last|next|final|remaining|past|previous|per|each|of\sthe|than\sthe|between|and|or|to|plus|extra"
    r"|more|only|circa|ca\.|fast|rund|etwa|über|mehr\sals|casi|unos|unas|más\sde)|약|거의|최소|최대|매|첫|마지막|최근|지난|다른|또|約|"
    r"およそ|[-–—~〜≈>≥<≤])\s*$",
    re.IGNORECASE,
)
VAGUE_AFTER = re.compile(
    r"\s?(?:이상|이하|여\s|가까이|넘|정도|안팎|미만|마다|씩|더|以上|以下|ほど|あまり|(?:or|and)\smore|more(?!\w)|each(?!\w)|plus|\+|[-–—~〜]\s?\d|later|earlier|ago|into"
    r"|after|before(?!\w))",
    re.IGNORECASE,
)
#: A day behind these is a bound.
BOUND_BEFORE = re.compile(
    r"(?:(?<!\w)(?:by|since|until|till|after|before|from|between|and|to|through|during|seit|bis|ab|desde|hasta)|[-–—~〜])\s*$",
    re.IGNORECASE,
)
BOUND_AFTER = re.compile(r"\s?(?:부터|까지|이후|이전|전까지|から|まで|以降|[-–—~〜]\s?\d|(?:to|through|until)\s)")
#: Time within which something was counted: the first week is not the second.
SPANS = re.compile(
    r"(?<!\w)(?P<which>first|second|third|fourth|opening|premiere|final|last|same|this|that)\s"
    r"(?P<span>day|days|week|weeks|weekend|month|months|year|season|half|episode|episodes)(?!\w)"
    r"|(?P<korean>첫\s?주|둘째\s?주|첫날|첫\s?달|\d주\s?차)",
    re.IGNORECASE,
)
#: Whose number it is is not said in the sentence.
SOMEBODY = re.compile(
    r"(?<!\w)(?:he|she|his|her|hers|him|they|their|them|we|our|us|i|my|you|your|who|whose|another|others?)(?!\w)|그는|그녀|그가|그의|彼|그들",
    re.IGNORECASE,
)
#: What says the opposite, a question, a wish: no statement of a value.
NO_STATEMENT = re.compile(
    r"(?<!\w)(?:not|n[’']t|never|no\slonger|without|instead\sof|rather\sthan|if|whether|would|could|might|may(?=\s[a-z])"
    r"|initially|planned|nicht|kein\w*|wäre|rumou?r\w*)(?!\w)|n[’']t(?!\w)|아니|않|없",
    re.IGNORECASE,
)
#: Names of those that show works: who showed it makes no other measure.
PLATFORMS = frozenset(words_in("""
    Netflix Disney HBO Max Hulu Amazon Prime Apple TV Viki Wavve Tving Crunchyroll YouTube tvN JTBC SBS KBS MBC OCN ENA
    BBC NHK Naver Kakao WEBTOON Korean Korea K-drama K-pop The A An
"""))  # fmt: skip
#: Words before a noun that make no other thing of it.
EMPTY = frozenset(words_in("whole full entire total different separate individual single long"))
