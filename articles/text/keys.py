"""The normalised key of a name: two spellings with the same key are the same tag."""

from __future__ import annotations

import unicodedata

# Punctuation that tells names apart (C#, R&B, 100%); all other punctuation is spelling.
_TELLING = frozenset("#&%@")
_MARKS_OF_TRADE = str.maketrans("", "", "™®©℠")  # NFKC would turn ™ into the letters tm
_VARIATION_SELECTORS = frozenset("\ufe0e\ufe0f")


def key(name: str) -> str:
    """`name` without case, width, spaces, hyphens and punctuation: "K-Drama", "k drama", "Ｋ－Ｄｒａｍａ" are "kdrama".

    Symbols stay, so C, C++ and C# differ and emoji are names; a leading # (a hashtag) goes. Accents stay. A name that
    is nothing but punctuation is its own key. Empty only for a name in which there is nothing to see.
    """
    folded = _fold(name.translate(_MARKS_OF_TRADE)) or _fold(name)
    return unicodedata.normalize("NFC", "".join(filter(_tells, folded)).lstrip("#")) or folded


def _fold(name: str) -> str:
    """Caseless and compatible (Unicode's NFKC_Casefold, chapter 3.13), without spaces and invisible signs."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return unicodedata.normalize("NFC", "".join(filter(_is_visible, folded)))


def _is_visible(sign: str) -> bool:
    return unicodedata.category(sign)[0] not in "ZC" and sign not in _VARIATION_SELECTORS


def _tells(sign: str) -> bool:
    return sign in _TELLING or not unicodedata.category(sign).startswith("P")
