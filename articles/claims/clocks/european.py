"""By which words a Spanish or German sentence says that it is true for a time: the core of them."""

from __future__ import annotations

import re

from articles.claims.clocks.tables import NEVER, ClockKind, LanguageTable, marker

NOW, COMING, RANK, AGE, COUNT = ClockKind
_B = r"(?<![\w’'-])"
_E = r"(?![\w’'-])"
_DIGITS = r"(?<![\w.,])(?!(?:19|20)\d\d(?!\d|[.,]\d))\d[\d.,]*"
SPANISH = LanguageTable(
    markers=(
        marker(
            NOW,
            "actualmente hoy ahora fecha momento recientes reciente",
            rf"{_B}(?:actualmente|hoy\sen\sdía|hasta\s(?:ahora|la\sfecha|hoy)|por\sahora|de\smomento|por\sel\smomento|más\srecientes?){_E}",
            is_always=True,
        ),
        marker(NOW, "ahora todavía aún sigue siguen", rf"{_B}(?:ahora|todavía|aún|siguen?){_E}(?!\s(?:no|más)\b)"),
        marker(NOW, "último última últimos últimas", rf"{_B}sus?\súltim[oa]s?{_E}", is_always=True),
        marker(
            COMING,
            "no",
            rf"{_B}(?:aún|todavía)\sno{_E}|{_B}no\s(?:se\s)?(?:ha|han)\s(?:sido\s)?(?:anunciad|confirmad|revelad|publicad|estrenad)",
        ),
        marker(
            COMING, "hay", rf"{_B}no\shay\s(?:ninguna?\s)?(?:fecha|noticias|confirmación|anuncio|planes|nada\soficial)"
        ),
        marker(COMING, "próximo próxima próximos próximas", rf"{_B}próxim[oa]s?{_E}"),
        marker(
            COMING,
            "confirmar previsto prevista estrenará llegará saldrá",
            rf"{_B}(?:por\sconfirmar|está\sprevist[oa]|se\sestrenará|llegará|saldrá){_E}",
        ),
        marker(AGE, "tiene años", rf"{_B}tiene\s\d{{1,3}}\saños{_E}"),
        marker(
            COUNT,
            "suscriptores seguidores reproducciones visualizaciones copias descargas oyentes",
            rf"{_DIGITS}(?:\s(?:mil|millones))?\s(?:de\s)?(?:suscriptores|seguidores|reproducciones|visualizaciones|copias|descargas|oyentes){_E}",
        ),
        marker(COUNT, "ha han", rf"{_B}(?:ha|han)\s\w+(?:ado|ido|to|cho){_E}[^.;,]{{0,50}}?\s{_DIGITS}"),
    ),
    past=re.compile(
        rf"{_B}(?:fue|fueron|era|eran|estaba|estaban|tenía|tenían|alcanzó|llegó|debutó|ocupó|vendió|ganó|sumó|logró|hubo|había|se\s\w+[óo]){_E}",
        re.IGNORECASE,
    ),
    present=re.compile(
        rf"{_B}(?:es|son|está|están|tiene|tienen|ha|han|ocupa|ocupan|sigue|siguen|suma|acumula|cuenta|hay|puede|pueden|queda|quedan|\w+(?:ará|erá|irá|arán|erán|irán)){_E}",
        re.IGNORECASE,
    ),
    then=re.compile(rf"{_B}(?:entonces|en\saquel){_E}", re.IGNORECASE),
    as_of_seen=frozenset({"fecha", "a"}),
    as_of_before=re.compile(
        rf"{_B}(?:a\sfecha\sde|en\sfecha\sde|a)\s(?:fecha\sde\s|principios\sde\s|finales\sde\s)?\Z", re.IGNORECASE
    ),
    as_of_after=NEVER,
)

GERMAN = LanguageTable(
    markers=(
        marker(
            NOW,
            "derzeit zurzeit momentan aktuell gegenwärtig bisher bislang heute moment",
            rf"{_B}(?:derzeit|zurzeit|momentan|aktuell\w*|gegenwärtig|bisher|bislang|bis\sheute|heute|im\smoment){_E}(?!\s(?:nacht|morgen|abend)\b)",
        ),
        marker(NOW, "noch immer inzwischen jetzt", rf"{_B}(?:noch\simmer|immer\snoch|inzwischen|jetzt){_E}"),
        marker(NOW, "neueste neuestes neuester neuesten neuestem", rf"{_B}neueste[nrsm]?{_E}", is_always=True),
        marker(COMING, "noch", rf"{_B}noch\s(?:nicht|kein\w*){_E}"),
        marker(
            COMING,
            "nicht kein keine keinen nichts niemand",
            rf"{_B}(?:nicht|kein\w*|nichts|niemand){_E}[^.;]{{0,50}}?(?:angekündigt|bestätigt|bekannt){_E}(?!\sgegeben\shatte)",
        ),
        marker(
            COMING,
            "offiziellen offizieller offizielle offizielles",
            rf"{_B}offiziell\w*{_E}[^.;]{{0,40}}?(?:gibt\ses\s(?:noch\s)?nicht|fehlt){_E}",
        ),
        marker(
            COMING,
            "kommende kommenden kommender kommendes geplant angekündigt",
            rf"{_B}(?:kommende[nrsm]?|(?:ist|sind)\s[^.;]{{0,40}}?geplant){_E}",
        ),
        marker(
            COMING,
            "soll sollen",
            rf"{_B}soll(?:en)?{_E}[^.;]{{0,60}}?(?:erscheinen|starten|kommen|beginnen|folgen){_E}",
        ),
        marker(AGE, "alt jährige jähriger", rf"{_B}\d{{1,3}}\sjahre\salt{_E}|{_B}\d{{2}}-jährige[rn]?{_E}"),
        marker(
            COUNT,
            "abonnenten follower aufrufe streams downloads hörer exemplare mal",
            rf"{_DIGITS}(?:\s(?:tausend|millionen|milliarden))?\s(?:abonnenten|follower|aufrufe|streams|downloads|hörer|exemplare|mal){_E}",
        ),
        marker(
            COUNT,
            "hat haben",
            rf"{_B}(?:hat|haben){_E}[^.;,]{{0,50}}?\s{_DIGITS}[^.;,]{{0,40}}?(?:gewonnen|verkauft|erhalten|veröffentlicht){_E}",
        ),
    ),
    past=re.compile(
        rf"{_B}(?:war|waren|stand|standen|hatte|hatten|lag|lagen|kam|kamen|erreichte|erreichten|wurde|wurden|startete|belegte|verkaufte){_E}",
        re.IGNORECASE,
    ),
    present=re.compile(
        rf"{_B}(?:ist|sind|hat|haben|liegt|liegen|steht|stehen|belegt|hält|gibt|kann|können|soll|sollen|zählt){_E}",
        re.IGNORECASE,
    ),
    then=re.compile(rf"{_B}damals{_E}", re.IGNORECASE),
    as_of_seen=frozenset({"stand"}),
    as_of_before=re.compile(rf"{_B}stand:?\s(?:ende\s|anfang\s|mitte\s)?\Z", re.IGNORECASE),
    as_of_after=NEVER,
)
