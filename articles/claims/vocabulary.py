"""Words by which the rules know names, roles, counters: each table says what it is for."""

from __future__ import annotations


def words_in(table: str) -> tuple[str, ...]:
    return tuple(table.split())


#: Professions and parts that stand before a name, in English (the “occupation” labels of schema.org, and of
#: Wikidata’s properties of films and music: director P57, screenwriter P58, cast member P161, composer P86,
#: performer P175).
ROLES = words_in("""
    actor actress director filmmaker producer writer screenwriter scriptwriter author novelist cartoonist
    illustrator composer songwriter singer rapper drummer guitarist bassist pianist violinist musician
    frontman frontwoman vocalist dancer choreographer cinematographer editor designer animator artist
    programmer developer showrunner creator host presenter comedian journalist critic agent manager founder
    co-founder chairman president boss leader coach captain model idol star co-star man lady lead narrator
    stuntman stuntwoman historian scientist surgeon detective inspector professor doctor teacher photographer
    engineer chef king queen prince princess
""")

#: What stands before such a word: “lead actor”, “sound artist”.
MODIFIERS = words_in("""
    lead leading head sound production costume art voice executive creative general music game film stunt
    assistant chief film-maker series visual casting Korean American British Japanese French German Spanish
""")

#: Words that begin sentences and are no part of a name there.
BEGINNINGS = frozenset(
    words_in("""
    A An The This That These Those It Its He His She Her They Their We Our You Your I My In On At By For From
    With Within Without Of To As And But Or Nor So Yet If When While Where Why How What Who Which Whose Is
    Are Was Were Be Do Does Did Has Have Had Can Could Will Would Should May Might Must Not No Yes After
    Before Since Until During Between Among Although Though Because Despite Unlike Like Even Only Just Also
    Still Then Now Here There Today Later Soon Once One Two Three Four Five Six Seven Eight Nine Ten Some
    Many Most Much Both Each Every All Any Another Other Others First Second Third Last Next Finally
    Interestingly Perhaps Maybe Instead However Meanwhile Fans Viewers Known Famous Based Inspired Originally
    Beyond Behind Around About Over Under Through Throughout Up Out Off Back Before Let Read See Watch
    Director’s Nobody Everybody Everyone Did Former Fellow Young Old New Its
""")
)

#: Peoples, languages, days: two of them make no name (“North Korean”).
NO_NAME = frozenset(
    words_in("""
    North South East West Northern Southern Eastern Western Korean American British Japanese Chinese French
    German Spanish Italian English Irish Scottish Welsh Russian European Asian African Indian Mexican
    Canadian Australian Arabic Latin Monday Tuesday Wednesday Thursday Friday Saturday Sunday January
    February March April May June July August September October November December Christmas Easter I I’m I’ve
    I’d I’ll OK TV DVD VR AI CEO PD FAQ FAQs
""")
)

#: Words at which the run of a number and its noun ends: they are no noun and stand before none. English,
#: Spanish, German.
NO_NOUN = frozenset(
    words_in("""
    a an the and or but nor of in on at to for by with from into onto over under up out off than that this
    these those who whom whose which what when where while as if is are was were be been has have had do does
    did its his her their our my your it he she they we you i not no so too then later ago more less most
    least before after about only just even also again still ever never always sometimes perhaps across among
    between without within during since until because yes thus plus us has says said makes made takes took
    gets goes comes lies stays y o de del la el los las en que con por para a su sus es son más menos se al
    un una others und oder in im mit von der die das den dem auf an aus bei zu lang hoch ist sind war
""")
)

#: Korean counters; longer ones before those that they begin with.
KOREAN_COUNTERS = words_in("""
    가구 개국 개월 개년 관왕 인조 인분 인치 시간 주년 주일 회차 번째 부작 마리 미터 킬로미터 센티미터
    킬로그램 킬로 가지 군데 차례 페이지 멤버 작품 나라 도시 국어 퍼센트 송이 그루 단어 문장 세대 세기 사람
    계단 명 인 분 초 년 달 주 일 화 편 곡 장 권 번 층 통 배 도 톤 살 세 곳 뷰 점 석 건 쪽 표 자 대 벌 채 평
    호 차 막 팀 종 줄 잔 병 칸 단 판 매 개 회 부
""")

#: Korean professions that stand beside a name.
KOREAN_ROLES = words_in("""
    감독 배우 작가 가수 각본가 제작자 프로듀서 연출가 작곡가 작사가 안무가 래퍼 보컬 모델 성우 대표 회장 사장
    교수 박사 원장 의사 기자 평론가 만화가 소설가 화가 사진가 디자이너 개발자 조련사 아나운서 개그맨 코미디언
    PD 피디 선수 코치 리더 의원 장관 대통령 형사 검사 변호사
""")

#: Three syllables that begin like a family name and are none.
NO_KOREAN_NAME = frozenset(
    words_in("""
    주인공 조연급 신인급 전문가 원작자 한국인 외국인 미국인 이탈리아 주연급 시나리 여배우 남배우 유명한
    이번에 전세계 연극계 영화계 방송사 제작사 소속사 기획사 남자들 여자들
""")
)
