"""By which words an English sentence says that it is true for a time.

What is said of now or of what is to come is one of the “words to watch” of Wikipedia’s manual of style (“relative time
references”); ranks, ages and growing counts are kept with an as-of date there, too (“as of”).
"""

from __future__ import annotations

import re

from articles.claims.clocks.tables import NEVER, ClockKind, LanguageTable, marker

NOW, COMING, RANK, AGE, COUNT = ClockKind
_B = r"(?<![\w’'-])"
_E = r"(?![\w’'-])"
# Not a year, nor the number of an episode.
NUMBER = (
    r"(?<![\w.,])[$€£]?(?<!season\s)(?<!episode\s)(?<!part\s)(?!(?:19|20)\d\d(?!\d|[.,]\d))"
    r"(?:\d[\d.,]*|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|a hundred|one)(?!\w))"
    r"(?:[\s-](?:hundred|thousand|million|billion|millones|mil|millionen|milliarden|mio\.))?\+?"
)
_NOT_SAID = (
    "(?:announced|confirmed|revealed|said|disclosed|explained|decided|released|shown|published|named|denied|commented"
    "|renewed|cancelled|canceled|settled|answered|solved|made public|signed|translated)"
)
_GROWING = (
    "(?:views|subscribers|followers|streams|plays|downloads|likes|listeners|readers|users|players|fans|copies|reviews"
    "|ratings)"
)

ENGLISH = LanguageTable(
    markers=(
        marker(
            NOW,
            "currently presently nowadays present this these writing today",
            rf"{_B}(?:currently|presently|nowadays|at\spresent(?!\w)|to\sthis\sday|these\sdays|today(?![’'])"
            rf"|as\sof\s(?:now|today|this\swriting)|at\sthe\stime\sof\swriting"
            rf"|this\s(?:year|month|week|spring|summer|autumn|fall|winter)){_E}",
            is_always=True,
        ),
        marker(
            NOW,
            "far date now moment",
            rf"{_B}(?:so\sfar(?!\s(?:away|from|as|apart|off|out|behind|ahead|north|south|east|west|in|that)\b)"
            rf"|(?<!want\s)(?<!wanted\s)(?<!wants\s)(?<!allowed\s)to\sdate"
            rf"(?!\s(?:a|an|the|her|him|them|each|one|another|some|any|my|his|somebody|someone|anyone)\b)"
            rf"|(?:un)?til\snow|up\sto\snow|right\snow"
            rf"|at\sthe\smoment(?!\s(?:when|that|of|in|she|he|they|it|the|where)\b)){_E}",
            is_always=True,
        ),
        marker(
            NOW,
            "now",
            rf"{_B}(?<!by\s)(?<!just\s)(?<!from\s)(?<!until\s)(?<!till\s)(?<!right\s)now{_E}"
            rf"(?!\s(?:and\s(?:then|again)|that)\b)(?!,?\s\w+ed\b)",
        ),
        marker(
            NOW,
            "still",
            rf"{_B}(?<!stand\s)(?<!stood\s)(?<!stands\s)(?<!sit\s)(?<!sits\s)(?<!sat\s)(?<!hold\s)(?<!keep\s)(?<!kept\s)"
            rf"(?<!lie\s)(?<!lay\s)(?<!lies\s)(?<!very\s)(?<!a\s)still{_E}(?!,)(?!\s(?:life|lifes|photo|photos|image|images|water|from)\b)",
        ),
        marker(
            NOW,
            "remains remain",
            rf"{_B}(?<!the\s)(?<!his\s)(?<!her\s)(?<!its\s)(?<!their\s)(?<!human\s)(?<!mortal\s)remains?{_E}(?!\s(?:of|were|lie)\b)",
        ),
        marker(
            NOW,
            "latest newest recent current",
            rf"{_B}(?:the|its|his|her|their|our|\w+[’']s|\w+s[’'])\s(?:latest|newest|most\srecent|current){_E}(?!\sof\b)\s\w",
            is_always=True,
        ),
        marker(
            NOW,
            "production development works talks preparation way underway ongoing hiatus tour construction discussion"
            " being working",
            rf"{_B}(?:is|are|remains?)\s(?:now\s|still\s|already\s|currently\s)?"
            rf"(?:in\s(?:pre-|post-)?(?:production|development|the\sworks|talks|preparation)|under\s?way|ongoing|on\shiatus|on\stour"
            rf"|under\s(?:construction|discussion)|being\s\w+|working\son){_E}",
        ),
        marker(
            COMING,
            "upcoming forthcoming unannounced unconfirmed tba tbd",
            rf"{_B}(?:upcoming|forthcoming|unannounced|unconfirmed|tba|tbd){_E}",
        ),
        marker(
            COMING,
            "yet",
            rf"{_B}(?:(?:has|have|is|are|does|do|will|can)(?:n[’']t|\snot)?(?:\s\w+){{0,2}}?\s(?:not\s|no\s)?yet"
            rf"|(?:has|have|is|are)\syet\sto|not\syet){_E}",
        ),
        marker(
            COMING,
            "has have hasn haven",
            rf"{_B}(?:has|have)(?:\snot|n[’']t|\snever|\sneither)\s(?:yet\s|been\s|ever\s|officially\s|publicly\s)*{_NOT_SAID}{_E}",
        ),
        marker(
            COMING,
            "nobody no none nothing",
            rf"{_B}(?:nobody|no\sone|none|nothing|no\s\w+)\s(?:[^.;:!?]{{0,60}}?\s)?(?:has|have)\s(?:been\s|yet\s|ever\s|officially\s)*"
            rf"(?:{_NOT_SAID}|come){_E}",
        ),
        marker(
            COMING,
            "no",
            rf"{_B}(?:(?:there\s(?:is|are)|has|have)\s(?:still\s|as\syet\s|currently\s|so\sfar\s)?no\s(?:official\s|firm\s|further\s)?"
            rf"(?:release|premiere|date|word|news|plans?|announcements?|confirmation|statement|title|trailer|sequel|explanation|answer)"
            rf"|no\sofficial\s(?:release|premiere|date|word|news|plans?|announcements?|confirmation|statement|title|trailer|explanation)){_E}",
        ),
        marker(
            COMING,
            "unknown unclear undecided uncertain known clear certain decided announced confirmed decided seen",
            rf"{_B}(?:(?:is|are|remains?)\s(?:still\s|as\syet\s|yet\s)?(?:unknown|unclear|undecided|uncertain|not\s(?:yet\s)?(?:known|clear|certain|decided))"
            rf"|(?:is|are|remains?)\s(?:still\s|yet\s)?to\sbe\s(?:announced|confirmed|decided|seen|named|revealed)){_E}",
        ),
        marker(
            COMING,
            "set scheduled slated planned due expected",
            rf"{_B}(?:is|are)\s(?:also\s|now\s|currently\s|still\s)?(?:set\sto|(?:scheduled|slated|planned|due|expected)\s(?:to|for|in|out|on)){_E}",
        ),
        marker(
            COMING,
            "will",
            rf"{_B}will\s(?:also\s|not\s|soon\s)?(?:premiere|air|return|debut|arrive|stream|be\s(?:released|shown|published|filmed)"
            rf"|(?:begin|start)\s(?:filming|shooting|airing|streaming)){_E}",
        ),
        marker(
            COMING,
            "next",
            rf"{_B}(?<!the\s)next\s(?:year|month|week|spring|summer|autumn|fall|winter){_E}",
        ),
        marker(RANK, "ranks", rf"{_B}ranks\samong\sthe{_E}"),
        marker(RANK, "top", rf"{_B}holds\s(?:on\sto\s)?the\stop\s(?:spot|place|position){_E}"),
        marker(
            RANK,
            "ranks sits",
            rf"{_B}(?:ranks|sits)\s(?:at\s|in\s)?(?:the\s)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{{1,3}}(?:st|nd|rd|th)){_E}",
        ),
        marker(
            AGE,
            "old aged turns",
            rf"{_B}(?!(?:1[2-9]\d|[2-9]\d\d|\d{{4}}))(?:\d{{1,3}}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|\w+teen|ten|eleven|twelve)"
            rf"(?:\syears?\sold|-years?-old){_E}|{_B}(?:aged|turns)\s\d{{1,2}}{_E}",
        ),
        # An apposition: “the singer, 41, …”; “Now 63, she …”
        marker(AGE, "", r",(?<=[^\W\d_],)\s[1-9]\d,(?!\d)"),
        marker(AGE, "now", rf"{_B}now\s[1-9]\d,(?!\d)"),
        marker(
            COUNT, " ".join(_GROWING.strip("(?:)").split("|")), rf"{NUMBER}\s(?:(?!in\b)[\w-]+\s){{0,2}}?{_GROWING}{_E}"
        ),
        marker(
            COUNT,
            "viewed streamed downloaded played watched shared liked followed visited",
            rf"{_B}(?:viewed|streamed|downloaded|played|watched|shared|liked|followed|visited)\s(?:\w+\s){{0,3}}?{NUMBER}",
        ),
        marker(COUNT, "follow subscribe watch", rf"{NUMBER}\speople\s(?:now\s)?(?:follow|subscribe|watch){_E}"),
        marker(
            COUNT,
            "score rating average",
            rf"{_B}(?:score|rating|average)\s(?:of|is|stands\sat)\s(?:\w+\s){{0,2}}?{NUMBER}",
        ),
        marker(
            COUNT,
            "countries territories regions languages markets",
            rf"{_B}(?:available|streams|streaming|airs|sold|shown|seen|licensed)\s(?:\w+\s){{0,2}}?in\s(?:\w+\s){{0,2}}?{NUMBER}\s"
            rf"(?:countries|territories|regions|languages|markets){_E}",
        ),
        marker(
            COUNT,
            "has have ve",
            rf"{_B}(?:has|have|(?<=\w)[’']ve)\s(?:since\s|already\s|now\s|also\s|been\s|so\sfar\s|to\sdate\s)*"
            rf"(?:\w+ed|won|sold|seen|made|given|sung|written|read|shot|drawn|taken|spent|grown){_E}[^.;,!?]{{0,50}}?\s{NUMBER}"
            rf"(?!\s?(?:years?|months?|weeks?|days?|hours?)\b)",
        ),
    ),
    past=re.compile(
        rf"{_B}(?:was|were|wasn[’']t|weren[’']t|had|hadn[’']t|did|didn[’']t|could|came|went|became|stood|took|made|reached|debuted|peaked|hit(?=\s(?:the|no|number|\d|#))"
        r"|sold|ranked|drew|topped|entered|climbed|placed|finished|landed|charted|opened|earned|grossed|won|got|began|lost|rose"
        rf"|fell|broke|sat|held|stayed|remained|passed|attracted|recorded|premiered|aired|read|wrote|played|thought|said|knew){_E}",
        re.IGNORECASE,
    ),
    present=re.compile(
        rf"{_B}(?:is|are|isn[’']t|aren[’']t|has|have|hasn[’']t|haven[’']t|does|do|can|cannot|will|ranks?|sits?|stands?|holds?|stays?|remains?"
        rf"|runs?|counts?|boasts?|tops|belongs?|keeps?|leads?|lives?|works?|knows|means?|(?:it|he|she|that|there|who)[’']s|they[’']re){_E}",
        re.IGNORECASE,
    ),
    then=re.compile(rf"{_B}(?:at\s(?:the|that)\stime(?!\sof\swriting)|back\sthen|in\sthose\sdays){_E}", re.IGNORECASE),
    as_of_seen=frozenset({"as"}),
    as_of_before=re.compile(rf"{_B}as\s(?:of|at)\s(?:early\s|late\s|mid-?\s?)?\Z", re.IGNORECASE),
    as_of_after=NEVER,
)
