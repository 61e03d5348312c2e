"""The table of rules, which the desk shows as “What is checked”."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

#: Three lines of about 27 columns, which is what the heading of a card has on a phone 360 pixels wide. Half-width
#: columns: Hangul, Kana and Han take two.
WIDEST_HEADING = 80
#: What search engines show of a description before they cut it, in the same columns.
WIDEST_DEK = 160


@dataclass(frozen=True, slots=True)
class Rule:
    """`sentence` says what is checked, in translated words. A blocking rule keeps an article from being handed in.

    `gathered` says of several places at once, by their `count`, that it is not kept; None where there is one place.
    """

    code: str
    sentence: Any  # a lazy translation
    gathered: Any = None  # a lazy translation with a plural
    is_blocking: bool = False


def _must(code: str, sentence: Any, gathered: Any = None) -> Rule:
    return Rule(code, sentence, gathered, is_blocking=True)


_ALL = (
    # What would embarrass in public, or could not be published at all.
    _must("no-title", _("The article has a title.")),
    _must("no-address", _("The article has a web address.")),
    _must("address-taken", _("No other article has this address or ever had it.")),
    _must("no-subject", _("The article says what it is about.")),
    _must("subject-proposed", _("An editor has confirmed what it is about.")),
    _must("too-large", _("Its texts are not longer than one page can show.")),
    _must(
        "too-many-signs",
        _("No text holds more signs of Markdown than are read; what comes after them would show as it is typed."),
        ngettext_lazy(
            "%(count)s text holds too many signs of Markdown",
            "%(count)s texts hold too many signs of Markdown",
            "count",
        ),
    ),
    _must("is-template", _("It is an article, not a template for articles.")),
    _must("no-author", _("Somebody signs it.")),
    _must("no-cards", _("It has at least one fact.")),
    _must(
        "no-heading",
        _("Each fact has a heading."),
        ngettext_lazy("%(count)s fact has no heading", "%(count)s facts have no heading", "count"),
    ),
    _must(
        "no-body",
        _("Each fact has a text."),
        ngettext_lazy("%(count)s fact has no text", "%(count)s facts have no text", "count"),
    ),
    _must(
        "empty-source",
        _("Each source has an address or a title."),
        ngettext_lazy(
            "%(count)s source has neither address nor title",
            "%(count)s sources have neither address nor title",
            "count",
        ),
    ),
    _must(
        "source-address",
        _("The address of a source begins with https:// or http://."),
        ngettext_lazy(
            "%(count)s source has an address that is none", "%(count)s sources have an address that is none", "count"
        ),
    ),
    _must(
        "picture-missing",
        _("Each picture of a fact or in a text is in the library."),
        ngettext_lazy("%(count)s picture is not in the library", "%(count)s pictures are not in the library", "count"),
    ),
    _must(
        "picture-without-alt",
        _("Each picture says what it shows, or is marked as decorative."),
        ngettext_lazy(
            "%(count)s picture does not say what it shows", "%(count)s pictures do not say what they show", "count"
        ),
    ),
    _must(
        "caveat-incomplete",
        _("A fact that is disputed or no longer true says since when, and in a sentence why."),
        ngettext_lazy(
            "%(count)s fact does not say since when or why it is disputed or no longer true",
            "%(count)s facts do not say since when or why they are disputed or no longer true",
            "count",
        ),
    ),
    _must(
        "open-claim",
        _("What the site wants proved for this kind of subject is proved, checked or set aside."),
        ngettext_lazy("%(count)s part has claims to prove", "%(count)s parts have claims to prove", "count"),
    ),
    _must(
        "no-question",
        _("Each question is written."),
        ngettext_lazy("%(count)s question is not written", "%(count)s questions are not written", "count"),
    ),
    _must(
        "no-answer",
        _("Each question has an answer."),
        ngettext_lazy("%(count)s question has no answer", "%(count)s questions have no answer", "count"),
    ),
    # Advice.
    Rule("no-dek", _("A dek says in one line what the list is; search results show it.")),
    Rule("long-dek", _("The dek is short enough for a search result: about 160 letters, or 80 in Hangul.")),
    Rule("no-introduction", _("The list has an introduction.")),
    Rule("no-cover", _("The article has a cover picture.")),
    Rule(
        "other-count",
        _("A number of facts in title, dek or introduction is the number of facts in the list."),
        ngettext_lazy(
            "%(count)s place names another number of facts", "%(count)s places name another number of facts", "count"
        ),
    ),
    Rule(
        "no-source",
        _("Each fact names a source."),
        ngettext_lazy("%(count)s fact has no source", "%(count)s facts have no source", "count"),
    ),
    Rule(
        "dead-source",
        _("No source is gone from the web without an archived copy beside it, as far as somebody has looked."),
        ngettext_lazy(
            "%(count)s fact has a source that is gone from the web",
            "%(count)s facts have a source that is gone from the web",
            "count",
        ),
    ),
    Rule(
        "long-heading",
        _("A heading takes three lines on a phone at most: about 80 letters, or 40 in Hangul."),
        ngettext_lazy("%(count)s heading is long", "%(count)s headings are long", "count"),
    ),
    Rule(
        "other-length",
        _("Each fact has as many words as the house wants, where it wants a number."),
        ngettext_lazy(
            "%(count)s fact is shorter or longer than wanted",
            "%(count)s facts are shorter or longer than wanted",
            "count",
        ),
    ),
    Rule(
        "quote-without-name",
        _("Each quotation says whose words it holds."),
        ngettext_lazy(
            "%(count)s part has a quotation without a name", "%(count)s parts have quotations without a name", "count"
        ),
    ),
    Rule(
        "empty-link",
        _("The words of a link say where it leads; “here” or a bare address does not."),
        ngettext_lazy(
            "%(count)s part has a link that does not say where it leads",
            "%(count)s parts have links that do not say where they lead",
            "count",
        ),
    ),
    Rule(
        "placeholder",
        _("No TK, TODO, XXX, ??? or [source?] is left."),
        ngettext_lazy("%(count)s part has a placeholder left", "%(count)s parts have placeholders left", "count"),
    ),
    Rule(
        "house-term",
        _("Names and titles are spelt as the house terms say."),
        ngettext_lazy(
            "%(count)s spelling is not that of the house", "%(count)s spellings are not those of the house", "count"
        ),
    ),
    Rule(
        "broken-emoji",
        _("No emoji is broken."),
        ngettext_lazy("%(count)s part has a broken emoji", "%(count)s parts have broken emoji", "count"),
    ),
    Rule(
        "no-spoiler-point",
        _("What names an episode or tells an ending says after which episode it spoils nothing."),
        ngettext_lazy("%(count)s fact may need a spoiler point", "%(count)s facts may need a spoiler point", "count"),
    ),
    Rule(
        "early-spoiler-point",
        _("The spoiler point does not come before an episode that the words name."),
        ngettext_lazy("%(count)s spoiler point may be too early", "%(count)s spoiler points may be too early", "count"),
    ),
    Rule(
        "no-safe-heading",
        _("A fact that spoils something has a heading that may stand outside the article."),
        ngettext_lazy(
            "%(count)s fact has no heading for outside the article",
            "%(count)s facts have no heading for outside the article",
            "count",
        ),
    ),
    Rule(
        "telling-heading",
        _("The heading for outside the article names no episode and tells no ending."),
        ngettext_lazy(
            "%(count)s heading for outside the article tells too much",
            "%(count)s headings for outside the article tell too much",
            "count",
        ),
    ),
    Rule(
        "no-question-mark",
        _("Each question ends as one."),
        ngettext_lazy("%(count)s question does not end as one", "%(count)s questions do not end as one", "count"),
    ),
    Rule(
        "same-question",
        _("No question is asked twice."),
        ngettext_lazy("%(count)s question is asked twice", "%(count)s questions are asked twice", "count"),
    ),
    Rule(
        "same-fact",
        _("No fact stands in the list twice."),
        ngettext_lazy("%(count)s fact stands in the list twice", "%(count)s facts stand in the list twice", "count"),
    ),
    Rule(
        "contradiction",
        _("No sentence contradicts another one about the same subject, in this or another article."),
        ngettext_lazy(
            "%(count)s part contradicts what is said elsewhere",
            "%(count)s parts contradict what is said elsewhere",
            "count",
        ),
    ),
    Rule(
        "said-before",
        _("No other part still says what a fact said before it was changed."),
        ngettext_lazy(
            "%(count)s sentence still says what a fact said before",
            "%(count)s sentences still say what facts said before",
            "count",
        ),
    ),
    Rule(
        "no-day",
        _("What is true only for a time (“currently”, a rank, an age) says as of when, and when to look again."),
        ngettext_lazy(
            "%(count)s part does not say as of when it holds",
            "%(count)s parts do not say as of when they hold",
            "count",
        ),
    ),
    Rule(
        "rests-on-nothing",
        _("Each question repeats a fact of the list, or somebody has said that it needs none."),
        ngettext_lazy("%(count)s question rests on no fact", "%(count)s questions rest on no fact", "count"),
    ),
    Rule(
        "published-elsewhere",
        _("No fact is published already in the same words, in this or another article."),
        ngettext_lazy("%(count)s fact is published elsewhere", "%(count)s facts are published elsewhere", "count"),
    ),
)

#: By its code, in the order in which the desk shows them: what blocks, then advice.
RULES: Mapping[str, Rule] = MappingProxyType({rule.code: rule for rule in _ALL})
