"""Words that say little of what a sentence states: small words of the languages, and what many lists of facts have."""

from __future__ import annotations

import re

from articles.claims.vocabulary import words_in

#: Of no weight.
IDLE = words_in("""
a about above after again against all almost also although always am among an and another any anybody anyone anything
are around as at away back be because become became been before behind being below between both but by came can cannot
come comes could did do does doing done down during each either else enough ever every everybody everyone everything
far few for from further gave get gets give given go goes going gone got had has have having he her here hers him his
how however i if in indeed instead into is it its itself just keep kept know known last later least less let lets like
likely little look made make makes making many may maybe me mean means meant might more most much must my neither
never next no nobody none nor not nothing now of off often old on once one only onto or other others our out over own
part perhaps put quite rather really right said same say says see seen seem seems she should since so some somebody
someone something soon still such take taken takes than that the their them themselves then there these they thing
things think this those though through thus to together too took toward towards under until up upon us used very was
way we well went were what when where whether which while who whole whom whose why will with within without won would
yes yet you your yours according actually begin began expect exactly find found first happen happened long new need
needs nowadays official officially read reader short sure tell tells told try want wants work works worked beyond
detail details even moment moments truly lead leads leading led real miss missed course start starts started stop
stops stopped grow grown name names named small big large great good best better home ways help turn turned turns
bring brought half two three four five six seven eight nine ten eleven twelve thirteen fifteen sixteen twenty thirty
forty fifty hundred thousand million billion january february march april june july august september october november
december der die das den dem des ein eine einen einem einer und oder aber nicht ist sind war waren wird werden hat
haben mit von zu auf für im aus bei nach über unter auch noch nur schon sich sie er es wir ihr man wie wer wo wann el
la los las un una unos unas y o pero son fue fueron ser ha han con de del al en por para sobre también ya más se su
sus que qué quién cómo cuándo dónde lo le
""")

#: Of half a weight: there are few lists of the kind without them.
GENERIC = words_in("""
actor actress album artist audience author award band book cast character concert crew day director drama episode ever
fact fan film game hour idea kind life list man men minute month movie music night novel number people person picture
play player point prize production real role scene screen season series show singer song sort star story studio time
tour true version viewer watch webtoon woman women word world writer year
""")

#: What stands at the end of a Korean word and belongs to the grammar; the longest first.
PARTICLES = re.compile(
    r"(?<=[가-힣])(?:으로부터|에서부터|이라면|입니다|이었다|였습니다|에서는|에서도|에게서|까지도|처럼|에서|에게|으로|까지|부터|보다|만큼"
    r"|이다|이나|이며|라면|라고|께서|한테|은|는|이|가|을|를|의|에|로|와|과|도|만|나)$"
)
#: Korean words of no weight, as they begin.
ENDINGS = words_in("""
그리 그러 하지 그래 그것 이것 저것 우리 있습 없습 있다 없다 있나 있었 되었 합니 했다 했습 됩니
된다 때문 정도 아니 아직 모두 누구 무엇 어디 언제 얼마 어떻 그는 그녀 정말 아주 매우 가장 다시
함께 많은 많다 많습 따르 대한 위해 이런 그런 오늘 말했 한다 이야 이번 동안 만에 무척 지금 나오
드라 영화 게임 작품 배우 감독 작가 시즌 장면 노래 팬들 시청
""")
