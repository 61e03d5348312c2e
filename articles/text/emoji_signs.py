"""Which signs are emoji, and which of them Unicode joins into one: tables for `emoji`.

The terms and sequences are those of Unicode Technical Standard 51 (Unicode Emoji), version 15.1.
"""

from __future__ import annotations

ZWJ = "\u200d"
VS15 = "\ufe0e"  # asks for a sign's black and white form
VS16 = "\ufe0f"  # asks for its emoji form

# Emoji by themselves: default emoji presentation, and everything pictographic beyond the first 65,536 signs, which no
# text uses as a plain sign. The heart is a plain sign by the standard and by nobody's intention.
ALONE = (
    r"\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab\u26bd"
    r"\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e"
    r"\u2753-\u2755\u2757\u2764\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55"
    r"\U0001f004\U0001f0cf\U0001f170-\U0001f171\U0001f17e\U0001f17f\U0001f18e\U0001f191-\U0001f19a\U0001f201\U0001f202"
    r"\U0001f21a\U0001f22f\U0001f232-\U0001f23a\U0001f250\U0001f251\U0001f300-\U0001f53d"
    r"\U0001f549-\U0001f64f\U0001f680-\U0001f6ff\U0001f7e0-\U0001f7eb\U0001f7f0\U0001f90c-\U0001f93a"
    r"\U0001f93c-\U0001f945\U0001f947-\U0001f9ff\U0001fa70-\U0001faff"
)
# Plain signs that VS16, or an emoji next to them, makes emoji: ✍ ✈ ♀ ⚕ ☠ … (©, ® and ™ need VS16).
PLAIN = (
    r"\u203c\u2049\u2139\u2194-\u2199\u21a9\u21aa\u2328\u23cf\u23ed-\u23ef\u23f1\u23f2\u23f8-\u23fa\u24c2\u25aa\u25ab"
    r"\u25b6\u25c0\u25fb\u25fc\u2600-\u2604\u260e\u2611\u2618\u261d\u2620\u2622\u2623\u2626\u262a\u262e\u262f"
    r"\u2638-\u263a\u2640\u2642\u265f\u2660\u2663\u2665\u2666\u2668\u267b\u267e\u2692\u2694-\u2697\u2699\u269b\u269c"
    r"\u26a0\u26a7\u26b0\u26b1\u26c8\u26cf\u26d1\u26d3\u26e9\u26f0\u26f1\u26f4\u26f7-\u26f9\u2702\u2708\u2709"
    r"\u270c\u270d\u270f\u2712\u2714\u2716\u271d\u2721\u2733\u2734\u2744\u2747\u2763\u27a1\u2934\u2935\u2b05-\u2b07"
    r"\u3030\u303d\u3297\u3299"
)
TONE = r"[\U0001f3fb-\U0001f3ff]"
_FLAG_LETTER = r"[\U0001f1e6-\U0001f1ff]"
_TAG = r"[\U000e0020-\U000e007f]"

ONE = (
    rf"(?:{_FLAG_LETTER}{{1,2}}|[0-9#*]{VS16}?\u20e3|[{PLAIN}\u00a9\u00ae\u2122]{VS16}+{TONE}?"
    rf"|[{PLAIN}]{TONE}|[{ALONE}](?!{VS15}){TONE}?{VS16}*{_TAG}*)"
)

# A part of a row of emoji. Only a row with a ONE in it is a row of emoji; without, it is plain signs.
PART = rf"(?:{ONE}|[{PLAIN}](?!{VS15})|[{ZWJ}{VS16}])"

# --- what joins with what ---------------------------------------------------------------------------------------------

PEOPLE = "\U0001f468\U0001f469\U0001f9d1"  # man, woman, person
PROFESSIONS = "\u2695\u2696\u2708"  # health worker, judge, pilot
GENDERS = "\u2640\u2642"
#: Everybody whom a gender sign may follow: police officer, superhero, runner …
GENDERED = (
    "\u26f9\U0001f3c3\U0001f3c4\U0001f3ca-\U0001f3cc\U0001f46e-\U0001f471\U0001f473\U0001f477\U0001f481\U0001f482"
    "\U0001f486\U0001f487\U0001f575\U0001f645-\U0001f647\U0001f64b\U0001f64d\U0001f64e\U0001f6a3\U0001f6b4-\U0001f6b6"
    "\U0001f926\U0001f935\U0001f937-\U0001f939\U0001f93c-\U0001f93e\U0001f9b8\U0001f9b9\U0001f9cd-\U0001f9cf"
    "\U0001f9d4\U0001f9d6-\U0001f9df"
)
#: Pairs of things: transgender flag, pirate flag, polar bear, face in clouds, eye in speech bubble.
THINGS = (
    ("\U0001f3f3", "\u26a7"),
    ("\U0001f3f4", "\u2620"),
    ("\U0001f43b", "\u2744"),
    ("\U0001f636", "\U0001f32b"),
    ("\U0001f441", "\U0001f5e8"),
)
#: Couples that Unicode knows, by their first and second person.
COUPLES = ("\U0001f469\U0001f468", "\U0001f468\U0001f468", "\U0001f469\U0001f469", "\U0001f9d1\U0001f9d1")
#: First parts that need VS16 themselves, unless they have a skin tone.
PLAIN_FIRST = "\u26f9\U0001f3cb\U0001f3cc\U0001f575\U0001f3f3\U0001f441"
#: Signs that VS16 makes an emoji within a row of emoji: pictures, but neither arrows nor what a sequence is made with.
PICTURES = (
    "\u2600-\u2604\u260e\u2611\u2618\u261d\u2620\u2622\u2623\u2626\u262a\u262e\u262f\u2638-\u263a\u265f\u2660\u2663"
    "\u2665\u2666\u2668\u267b\u267e\u2692\u2694\u2697\u2699\u269b\u269c\u26a0\u26b0\u26b1\u26c8\u26cf\u26d1\u26d3\u26e9"
    "\u26f0\u26f1\u26f4\u26f7-\u26f9\u2702\u2708\u2709\u270c\u270d\u270f\u2712\u2714\u2716\u271d\u2721\u2733\u2734\u2744"
    "\u2747\u2763\u2764"
)
