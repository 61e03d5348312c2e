"""The table of rules, which the desk shows as “What is checked”, and the Problem that says where one is not kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _

#: Three lines of about 27 columns, which is what the heading of a card has on a phone 360 pixels wide. Half-width
#: columns: Hangul, Kana and Han take two.
WIDEST_HEADING = 80
#: What search engines show of a description before they cut it, in the same columns.
WIDEST_DEK = 160


@dataclass(frozen=True, slots=True)
class Rule:
    """`sentence` says what is checked, in translated words. A blocking rule keeps an article from being handed in."""

    code: str
    sentence: Any  # a lazy translation
    is_blocking: bool = False


@dataclass(frozen=True, slots=True)
class PlaceElsewhere:
    """A published fact. `words` name it for a link; it has its own page, at its id and slug, once it `is_live`."""

    words: str
    public_id: str
    slug: str
    article_id: int
    is_live: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that is not kept at a place.

    `place` is "details", "introduction", "conclusion", "card:<public id>" or "faq:<public id>"; `field` is the name of
    the form field there that puts it right ("sources" is the formset), "" for none. `links` lead to other facts.
    """

    code: str
    place: str
    sentence: str
    field: str = ""
    links: tuple[PlaceElsewhere, ...] = ()

    @property
    def is_blocking(self) -> bool:
        return RULES[self.code].is_blocking


def _must(code: str, sentence: Any) -> Rule:
    return Rule(code, sentence, is_blocking=True)


_ALL = (
    # What would embarrass in public, or could not be published at all.
    _must("no-title", _("The article has a title.")),
    _must("no-address", _("The article has a web address.")),
    _must("address-taken", _("No other article has this address or ever had it.")),
    _must("no-subject", _("The article says what it is about.")),
    _must("no-author", _("Somebody signs it.")),
    _must("no-cards", _("It has at least one fact.")),
    _must("no-heading", _("Each fact has a heading.")),
    _must("no-body", _("Each fact has a text.")),
    _must("empty-source", _("Each source has an address or a title.")),
    _must("source-address", _("The address of a source begins with https:// or http://.")),
    _must("picture-missing", _("Each picture in a text is in the library.")),
    _must("picture-without-alt", _("Each picture says what it shows, or is marked as decorative.")),
    _must("no-question", _("Each question is written.")),
    _must("no-answer", _("Each question has an answer.")),
    # Advice.
    Rule("no-dek", _("A dek says in one line what the list is; search results show it.")),
    Rule("long-dek", _("The dek is short enough for a search result: about 160 letters, or 80 in Hangul.")),
    Rule("no-introduction", _("The list has an introduction.")),
    Rule("no-cover", _("The article has a cover picture.")),
    Rule("other-count", _("A number of facts in title, dek or introduction is the number of cards.")),
    Rule("no-source", _("Each fact names a source.")),
    Rule("long-heading", _("A heading takes three lines on a phone at most: about 80 letters, or 40 in Hangul.")),
    Rule("quote-without-name", _("Each quotation says whose words it holds.")),
    Rule("empty-link", _("The words of a link say where it leads; “here” or a bare address does not.")),
    Rule("placeholder", _("No TK, TODO, XXX, ??? or [source?] is left.")),
    Rule("broken-emoji", _("No emoji is broken.")),
    Rule("no-spoiler-point", _("What names an episode or tells an ending says after which episode it spoils nothing.")),
    Rule("early-spoiler-point", _("The spoiler point does not come before an episode that the words name.")),
    Rule("no-safe-heading", _("A fact that spoils something has a heading that may stand outside the article.")),
    Rule("telling-heading", _("The heading for outside the article names no episode and tells no ending.")),
    Rule("no-question-mark", _("Each question ends as one.")),
    Rule("same-question", _("No question is asked twice.")),
    Rule("same-fact", _("No fact stands in the list twice.")),
    Rule("published-elsewhere", _("No fact is published already in the same words, in another article or card.")),
)

#: By its code, in the order in which the desk shows them: what blocks, then advice.
RULES: Mapping[str, Rule] = MappingProxyType({rule.code: rule for rule in _ALL})
