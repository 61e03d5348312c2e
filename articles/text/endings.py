"""Words that tell how a story ends, so that such a fact can be asked for its spoiler point. A modest list."""

from __future__ import annotations

import re

_DIES = r"(?:dies|died|is\skilled|is\smurdered|kills|marr(?:y|ies)|survives?|wakes\sup|confess(?:es)?)"
_WHO = r"(?:killer|murderer|culprit|traitor|father|mother|brother|sister|son|daughter|twin|villain|mastermind)"
_TELLING = re.compile(
    "|".join(
        (
            # "The finale drew 20 percent" and "after the finale" tell nothing; "in the finale" does.
            r"\bin\sthe\s(?:(?:series|season|show)\s)?finale\b",
            r"\bthe\s(?:series\s|season\s)?finale\s(?:reveals|shows|ends|sees|kills|leaves)\b",
            r"\bin\sthe\s(?:very\s)?(?:last|final)\s(?:episode|scene|minutes|chapter)\b",
            r"\bthe\sending\s(?:reveals|shows|sees|leaves)\b",
            r"\bthe\s(?:plot\s)?twist\sis\b",
            rf"\b(?:in|at)\sthe\s(?:very\s)?end(?:\sof\sthe\s(?:series|season|show|film|movie|story))?,?\s(?:[^\W\d]+\s){{1,4}}{_DIES}\b",
            rf"\b{_DIES}\s(?:in|at)\sthe\s(?:very\s)?end\b",
            r"\bthe\s(?:real\s|true\s)?(?:killer|murderer|culprit|traitor)\s(?:is|was)\s"
            r"(?!(?:played|based|inspired|named|never|still|not|voiced|modell?ed|a|an|in|at|on)\b)",
            rf"\bturn(?:s|ed)\sout\sto\sbe\s(?:(?:the|his|her|their)\s(?:[^\W\d]+\s)?{_WHO}\b|alive\b|dead\b)",
            r"\bim\sserienfinale\b|\bin\sder\s(?:letzten|finalen)\s(?:folge|szene)\b|\bam\sende\sstirbt\b",
            r"\ben\sel\súltimo\s(?:episodio|capítulo)\b|\bal\sfinal\s(?:muere|se\scasan)\b|\bno\súltimo\sepisódio\b",
            r"\bdans\sle\sdernier\sépisode\b|\bà\sla\sfin,?\s(?:[^\W\d]+\s){1,3}meurt\b|\bnell[’']ultimo\sepisodio\b",
            r"\bв\s(?:последней\sсерии|финале\s(?:сериала|сезона|фильма))\b",
            r"결말|마지막\s?회|최종회|범인은|범인이\s|반전은",
            r"最終回|最终回|大结局|大結局|結末|犯人は|凶手是|最后一集|最後一集",
        )
    ),
    re.IGNORECASE,
)
# A last episode is also something that is broadcast and watched: its audience gives nothing away.
_AUDIENCE = re.compile(
    r"%|\b(?:percent|per\scent|viewers?|ratings?|rated|watched|aired|airs|broadcast|million|streamed|episodes?\slong)\b"
    r"|시청률|방송|방영|종영|視聴率|放送|收视|播出",
    re.IGNORECASE,
)
# None of the ways to tell does without one of these: most texts have none, and the ways are many.
_MARKS = (
    "finale", "the last ", "the final ", "very last ", "very final ", "the ending ", "twist is ", "the end",
    "very end", "killer", "murderer", "culprit", "traitor", " out to be ", "letzten", "finalen", "ende stirbt",
    "el último", "al final ", "no último", "le dernier", "la fin", "ultimo", "последней", "финале", "결말",
    "마지막", "최종회", "범인", "반전", "最終回", "最终回", "大结局", "大結局", "結末", "犯人", "凶手", "最后",
    "最後",
)  # fmt: skip
_SENTENCE_END = re.compile(r"(?<=[.!?])\s|(?<=[。？！])|\n\s*\n")


def ending_named(text: str) -> str:
    """The words with which `text` tells how a story ends, as they stand there; "" when it does not seem to."""
    folded = " ".join(text.lower().split())
    if not any(mark in folded for mark in _MARKS):
        return ""
    for sentence in _SENTENCE_END.split(text):
        found = _TELLING.search(sentence)
        if found and not _AUDIENCE.search(sentence):
            return " ".join(found.group().split())
    return ""
