"""By which words a Korean sentence says that it is true for a time; of Japanese and Chinese the core of them."""

from __future__ import annotations

import re

from articles.claims.clocks.tables import NEVER, ClockKind, LanguageTable, marker
from articles.claims.numerals import NATIVE_KOREAN

NOW, COMING, RANK, AGE, COUNT = ClockKind
_TENS = "열|스물|스무|서른|마흔|쉰|예순|일흔|여든|아흔"
_NATIVE_AGES = rf"(?:{_TENS})?(?:{'|'.join(sorted(NATIVE_KOREAN, key=len, reverse=True))})?"
_NUMBER = r"\d[\d.,]*\s?[만억천백万億亿千百]*"
#: Syllables with ㅆ below, by which Korean verbs are of the past; not 있, and not 겠.
_PAST_SYLLABLES = "".join(
    sign
    for sign in map(chr, range(ord("가"), ord("힣") + 1))
    if (ord(sign) - ord("가")) % 28 == 20 and sign not in "있겠"
)
_TOLD = "(?:발표|공개|확정|결정|확인|공지|언급|해명|발매|개봉|방영|출시|번역|출간|정해|알려|밝혀|밝히|공식화|보도|설명)"

KOREAN = LanguageTable(
    markers=(
        marker(
            NOW,
            "현재 지금까지 오늘날 요즘 올해 이번 최신 최근작 아직도",
            r"현재(?![와과형진]|에서|적)|지금까지|오늘날|요즘|올해|이번\s(?:달|주|해)|최신(?:작|곡|\s|$)|최근작|아직도",
            is_always=True,
        ),
        marker(NOW, "지금 여전히", r"지금(?:도|은|\s)|여전히"),
        marker(
            NOW,
            "중",
            r"(?:제작|촬영|방영|상영|연재|진행|방송|개발|준비|공연|전시|휴재|서비스|집필|논의)\s?중(?=이다|입니다|인\s|이며|이고|[.\s]*$|에\s?있)",
        ),
        marker(
            COMING,
            "미정 공개 미공개 미발표 미확정",
            r"미정|공개\s전(?=이다|입니다|이며)|미공개(?!\s?(?:사진|영상|컷))|미발표|미확정",
            is_always=True,
        ),
        marker(
            COMING,
            "않 못",
            rf"{_TOLD}(?:되|된|하|한|지|진)?\s?(?:지|적이|바가)?\s?(?:는\s|도\s|은\s)?(?:않|못)(?:[았했](?:다|으며|고|습|지만)|고\s있)",
            is_always=True,
        ),
        marker(
            COMING,
            "없",
            r"(?:(?:밝혀진|알려진|발표된|확인된|공개된)\s?(?:바|것|내용|정보)|(?:공식\s?)?(?:입장|발표|소식|계획|언급|답변))(?:은|는|이|가|도)?"
            r"\s?(?:아직\s)?없(?:다|습|으며|고|는\s상태)",
            is_always=True,
        ),
        marker(COMING, "예정", r"예정(?=이다|이며|이고|입니다|인\s|[.\s]*$|돼\s?있|되어\s?있)"),
        marker(COMING, "내년 다음", r"내년|다음\s(?:달|주|해)(?=에|\s|부터)"),
        marker(
            AGE,
            "세 살",
            rf"(?<![\d.,가-힣])(?:만\s?)?(?:\d{{1,2}}|1[01]\d|{_NATIVE_AGES})(?<=[\d가-힣])\s?(?:세|살)"
            r"(?![가-힣]*(?:기|계|상|트|대))"
            r"(?!\s?(?:이상|이하|미만|관람|때|에\s|의\s나이|이던|부터|까지|무렵|시절|연하|연상|차이))",
        ),
        marker(
            COUNT,
            "조회수 조회 구독자 팔로워 판매량 누적 재생 다운로드 평점 회원 스트리밍 좋아요 청취자",
            rf"(?:조회\s?수|구독자|팔로워|판매량|누적\s?관객|누적\s?[가-힣]+|재생\s?(?:수|횟수)|다운로드|평점|회원\s?수?|스트리밍|좋아요|청취자)[^.;]{{0,25}}?{_NUMBER}",
        ),
        marker(COUNT, "개국에서", rf"{_NUMBER}\s?개국에서\s(?:[가-힣]+\s)?(?:서비스|방영|스트리밍|시청|판매|볼\s수)"),
        # Korean has no perfect: “다운로드되었다” holds until now unless a span or a day says otherwise.
        marker(
            COUNT,
            "다운로드 재생 조회 팔렸",
            rf"(?<!만에\s)(?<!동안\s){_NUMBER}\s?(?:번|회|차례|장|부|권)[^.;]{{0,12}}?(?:다운로드|재생|조회|스트리밍)(?:되었|됐)다",
            is_always=True,
        ),
        marker(COUNT, "지금까지", rf"지금까지\s[^.;]{{0,30}}?{_NUMBER}\s?(?:개|편|번|회|장|명|권|곡)", is_always=True),
    ),
    past=re.compile(
        rf"[{_PAST_SYLLABLES}](?:다(?!면)|습니다|고|으며|지만|던|는데|으나|어요|죠|으니|기|음|을)|였(?:다|던)|(?:때|당시)(?:\s|는|의|$)"
    ),
    present=re.compile(
        r"(?:있|없)(?:다|습니다|는|으며|고|지만|어요)|이다|입니다|(?:한|된|든|난|는)다(?![가-힣])|[점위세살회명장]다|중이다|인\s|(?:이)?며|로,|이르는"
    ),
    as_of_before=NEVER,
    then=re.compile(r"당시|그때|그\s?시절"),
    as_of_seen=frozenset({"기준", "현재", "시점"}),
    as_of_after=re.compile(r"\s?(?:기준|현재|시점)"),
    is_spaced=False,
)

JAPANESE = LanguageTable(
    markers=(
        marker(
            NOW,
            "現在 これまで 最新 いまだ 今なお",
            r"現在(?!進行|地|の)|これまで(?:に|の|で)|最新(?:話|作|曲|号|刊|の)|いまだに?|今なお",
            is_always=True,
        ),
        marker(NOW, "今も 今は 今でも いまも", r"今(?:も|は|でも)|いまも"),
        marker(NOW, "中だ 中で", r"(?:制作|撮影|放送|連載|配信|開発|準備)中(?=だ|です|で、|。|$)"),
        marker(COMING, "まだ", r"まだ[^。]{0,30}?(?:ていない|ていません|でいない)(?!かった)"),
        marker(COMING, "未定 未発表 未公開", r"未定|未発表|未公開(?!シーン)", is_always=True),
        marker(COMING, "予定", r"予定(?=だ|です|で、|。|$)"),
        marker(
            COMING,
            "ていない ていません",
            r"(?:発表|公開|確認|公表|確定)されてい(?:ない|ません)(?!でした)|明らかになっていない|わかっていない",
        ),
        marker(AGE, "歳", r"\d{1,3}\s?歳(?!の(?:とき|時|頃|若さ)|で|当時|以上|以下|未満|頃|に)"),
        marker(
            COUNT,
            "登録者 フォロワー 再生 累計 発行 売上 視聴 評価",
            rf"(?:登録者(?:数)?|フォロワー(?:数)?|再生(?:回数|数)|累計\w{{0,6}}|発行部数|売上|視聴回数|評価)[^。]{{0,15}}?{_NUMBER}",
        ),
    ),
    past=re.compile(
        r"(?:った|した|いた|れた|えた|めた|けた|だった|でした|ました|なった)(?=。|、|$|が|の)|(?:とき|時|当時)(?:、|は|に)"
    ),
    present=re.compile(r"ている|てある|である|だ(?=。|、|$)|です|する(?=。|$)|(?:る|う|く|つ)(?=。|$)"),
    as_of_before=NEVER,
    then=re.compile(r"当時|その頃"),
    as_of_seen=frozenset({"時点", "現在"}),
    as_of_after=re.compile(r"\s?(?:時点|現在|の時点)"),
    is_spaced=False,
)

CHINESE = LanguageTable(
    markers=(
        marker(
            NOW,
            "目前 至今 现在 如今 迄今 最新 仍",
            r"目前|至今|现在|如今|迄今(?:为止)?|最新(?:一[集期]|专辑|作品|[的消])|仍(?:在|然|旧|未)?",
        ),
        marker(NOW, "正在", r"正在(?:拍摄|制作|播出|筹备|连载|上映|热播)"),
        marker(
            COMING,
            "尚未 还没 未定 预计 即将 尚无 待定 计划",
            r"尚未|还没有?(?:公布|宣布|确认|定)|未定|待定|尚无|预计(?:于|将|在)|即将|计划(?:于|在)\d",
            is_always=True,
        ),
        marker(AGE, "岁", r"(?:今年|现年|目前|现在)[^，。]{0,6}?\d{1,3}\s?岁"),
        marker(
            COUNT,
            "订阅 粉丝 播放 点击 销量 评分 下载",
            rf"{_NUMBER}[^，。]{{0,3}}?(?:订阅者|粉丝|次播放|次下载)|(?:播放量|点击量|销量|评分|订阅者|粉丝)[^，。]{{0,6}}?{_NUMBER}",
        ),
    ),
    past=re.compile(r"曾|当时|那时|那年|时，|时(?=\w{1,6}岁)|于.{4,12}(?:首播|上映|播出)|了"),
    present=re.compile(r"目前|现在|如今|仍|有|在|将"),
    as_of_seen=frozenset({"截"}),
    as_of_before=re.compile(r"截[至止]\s?(?:到\s?)?\Z"),
    as_of_after=NEVER,
    then=re.compile(r"当时|那时|那年"),
    is_spaced=False,
)
