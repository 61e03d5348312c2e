"""Superlatives, “first” and “only”: what one other example proves wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from articles.claims.quoted import same_words
from articles.claims.reading import Text
from articles.claims.shapes import Found

_NTH = r"(?:second|third|fourth|fifth|\d{1,3}(?:st|nd|rd|th))"
_OWN = r"(?:the|its|his|her|their|our|my|your|whose|this|that|one\sof\s\w+|[’']s|s[’'])"
_NOT_MOST = r"(?:of|people|fans|viewers|likely|recent|recently|anyone|everyone|important\sly|notably|probably)"
# Words that end in -est and compare nothing.
_NO_SUPERLATIVE = (
    "rest test west guest quest forest honest interest request protest contest harvest modest earnest chest nest vest"
    " priest conquest arrest invest zest pest jest crest fest inquest bequest manifest tempest behest midwest northwest"
    " southwest everest budapest latest unrest"
)
#: Each with a word without which it finds nothing; “est” stands for all words that end so.
_PATTERNS = (
    # the most physically exhausting, her most-watched, second most watched
    (
        "most",
        re.compile(
            rf"(?<!\w){_OWN}\s(?P<words>(?:{_NTH}[\s-])?most(?:[\s-](?:\w+ly)(?=[\s-]))?[\s-](?!{_NOT_MOST}(?!\w))[a-z]+(?:-[a-z]+)*)",
            re.IGNORECASE,
        ),
    ),
    # Korea’s and a list of most watched films: without an article only with a participle or a hyphen
    ("most", re.compile(r"(?<![\w-])(?P<words>most(?:-[a-z]+|\s[a-z]+ed)(?:-[a-z]+)*)(?!\w)", re.IGNORECASE)),
    # the longest, their best-known, the second largest; not “at their best”
    (
        "est",
        re.compile(
            rf"(?<!\w)(?!(?<=at\s)(?:its|their|his|her|my|your)\s(?:best|worst)(?!\w)){_OWN}\s(?:(?:very|single|all-time)\s)?(?P<words>(?:{_NTH}[\s-])?"
            rf"(?!(?:{'|'.join(_NO_SUPERLATIVE.split())})(?!\w))(?:[a-z]+est|worst|least)(?:-[a-z]+)*)(?!\w)",
            re.IGNORECASE,
        ),
    ),
    ("est", re.compile(rf"(?<![\w-])(?P<words>{_NTH}[\s-][a-z]+est(?:-[a-z]+)*)(?!\w)", re.IGNORECASE)),
    # the first animal; not the first two weeks, the first half, first place
    (
        "first",
        re.compile(
            rf"(?<!\w){_OWN}\s(?:very\s)?(?P<words>first(?:-ever)?)(?!\w|-\w"
            r"|\s(?:\d|\ufffc|two|three|four|five|six|seven|eight|nine|ten|few|half|couple|place|and\b))",
            re.IGNORECASE,
        ),
    ),
    ("only", re.compile(rf"(?<!\w)(?!th(?:is|at)\s){_OWN}\s(?P<words>only|sole)(?!\w|-)", re.IGNORECASE)),
)
_KOREAN = (
    re.compile(r"(?<![가-힣])(?P<words>(?:가장|제일)\s[가-힣]{2,8})"),
    re.compile(
        r"(?<![가-힣])(?P<words>(?:(?:역대|사상|세계|국내|한국|아시아)\s)?(?:최고|최초|최다|최대|최장|최단|최연소|최연장|최소|최저|최악))(?![가-힣]{3})"
    ),
    re.compile(r"(?<![가-힣])(?P<words>유일한|유일하게|유일)"),
    # 첫 주, 첫 번째; not 첫눈
    re.compile(r"(?<![가-힣])(?P<words>첫)(?=\s[가-힣])"),
    # for the first time; not 처음에는 (at first), 처음부터 (from the beginning)
    re.compile(r"(?<![가-힣])(?P<words>처음)(?=으로|\s|이다|이었)"),
)


def superlatives(text: Text) -> Iterator[Found]:
    patterns: Iterable[re.Pattern[str]] = _KOREAN if text.language == "ko" else ()
    if text.language == "en":
        seen = _seen(text.seen.vocabulary)
        patterns = [pattern for needed, pattern in _PATTERNS if needed in seen]
    for pattern in patterns:
        for found in pattern.finditer(text.words):
            yield Found(*found.span("words"), same_words(found["words"]))


def _seen(vocabulary: frozenset[str]) -> frozenset[str]:
    """Which of the words that _PATTERNS needs the text has."""
    found = vocabulary & {"most", "first", "only"}
    if "sole" in vocabulary:
        found |= {"only"}
    words = " ".join((*vocabulary, ""))
    if "est " in words or "worst " in words or "least " in words:
        found |= {"est"}
    return found
