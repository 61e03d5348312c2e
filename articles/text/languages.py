"""The languages that articles are written in, as BCP 47 tags; how HTML says which one it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from django.utils.html import format_html
from django.utils.safestring import SafeString

#: What a form offers, each by its own name. Any other tag may come with an import.
NAMES: Mapping[str, str] = MappingProxyType(
    {
        "en": "English",
        "ko": "한국어",
        "ja": "日本語",
        "zh-Hans": "简体中文",
        "zh-Hant": "繁體中文",
        "ar": "العربية",
        "de": "Deutsch",
        "es": "Español",
        "fr": "Français",
        "hi": "हिन्दी",
        "id": "Bahasa Indonesia",
        "it": "Italiano",
        "pl": "Polski",
        "pt": "Português",
        "ru": "Русский",
        "th": "ไทย",
        "tl": "Tagalog",
        "tr": "Türkçe",
        "vi": "Tiếng Việt",
    }
)
LONGEST = 35  # RFC 5646, section 4.4.1: the longest that anybody has to take

_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
_FROM_THE_RIGHT = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}
_SCRIPTS_FROM_THE_RIGHT = {"arab", "hebr", "thaa", "syrc", "nkoo"}


def is_tag(text: str) -> bool:
    """Whether a text has the form of a tag: whether there is such a language is not asked."""
    return len(text) <= LONGEST and _TAG.fullmatch(text) is not None


def direction(tag: str) -> str:
    """The value of `dir`: "rtl" or "ltr"."""
    language, *others = tag.lower().split("-")
    scripts = {other for other in others if len(other) == 4 and other.isalpha()}
    is_from_right = scripts <= _SCRIPTS_FROM_THE_RIGHT if scripts else language in _FROM_THE_RIGHT
    return "rtl" if is_from_right else "ltr"


def attributes(tag: str, around: str) -> SafeString:
    """The attributes of an element in this language, with a space before them, within a page in the other one.

    Empty where the element needs none: without a tag, and in the language of the page.
    """
    if not is_tag(tag) or tag.lower() == around.lower():
        return SafeString("")
    if direction(tag) == direction(around):
        return format_html(' lang="{}"', tag)
    return format_html(' lang="{}" dir="{}"', tag, direction(tag))
