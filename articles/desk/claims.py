"""The claims of each part of an article and how far they are proved (articles.proofs), as the desk lists them.

Computed when a page asks, with one query for what people have done; what was computed of a part is remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from articles import proofs
from articles.claims import Kind, Proves
from articles.document import Document
from articles.models import Article, ClaimAct
from articles.proofs import ClaimState, State

KINDS: Mapping[Kind, Any] = {
    Kind.NUMBER: gettext_lazy("number"),
    Kind.AMOUNT: gettext_lazy("amount"),
    Kind.DATE: gettext_lazy("date"),
    Kind.NAME: gettext_lazy("name"),
    Kind.TITLE: gettext_lazy("title"),
    Kind.QUOTATION: gettext_lazy("quotation"),
    Kind.PLACE: gettext_lazy("episode, season or chapter"),
    Kind.RANK: gettext_lazy("rank"),
    Kind.SUPERLATIVE: gettext_lazy("superlative"),
    Kind.OTHER: gettext_lazy("marked by a person"),
}
#: What a tick says: what it proves, and no more.
SAYS: Mapping[str, Any] = {
    Proves.FIGURE: gettext_lazy("The figure stands in the source."),
    Proves.DATE: gettext_lazy("The date stands in the source."),
    Proves.NAME: gettext_lazy("The name stands in the source."),
    Proves.WORDS: gettext_lazy("The words stand in the source."),
    Proves.QUOTATION: gettext_lazy("The quotation stands in the source word for word."),
    Proves.PLACE: gettext_lazy("The place in the story stands in the source."),
    Proves.RANK: gettext_lazy("The rank stands in the source."),
}
STATES: Mapping[State, Any] = {
    State.OPEN: gettext_lazy("open"),
    State.PROPOSED: gettext_lazy("stands in a source"),
    State.BOUND: gettext_lazy("proved"),
    State.TICKED: gettext_lazy("checked"),
    State.SET_ASIDE: gettext_lazy("set aside"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A claim at its first place in a part: text[start:stop] of the field as it is stored, in code points.

    `act` and `mark` are the ids of what can be taken back, `quoted` the words of a source.
    """

    kind: Kind
    words: str
    field: str
    start: int
    stop: int
    identity: str
    state: State
    act: str = ""
    mark: str = ""
    quoted: str = ""
    source: str = ""
    sentence: str = ""

    @property
    def label(self) -> str:
        return str(KINDS[self.kind])

    @property
    def state_label(self) -> str:
        return str(STATES[self.state])

    @property
    def is_settled(self) -> bool:
        return self.state.is_settled


def states_by_place(article: Article, value: Document, *, propose: bool = True) -> Mapping[str, tuple[ClaimState, ...]]:
    """Of each part that has texts, by its place as in a Problem. One query."""
    return proofs.states_of(value, proofs.acts_on(value, article.pk), article.subject, propose=propose)


def claims_by_place(article: Article, value: Document) -> dict[str, tuple[Line, ...]]:
    return {place: tuple(map(line_of, states)) for place, states in states_by_place(article, value).items()}


def counts_by_place(article: Article, value: Document) -> dict[str, tuple[int, int]]:
    """How many claims each part has, and how many of them are proved, checked or set aside."""
    found = states_by_place(article, value, propose=False)
    return {place: (len(states), sum(each.state.is_settled for each in states)) for place, states in found.items()}


def line_of(each: ClaimState) -> Line:
    claim, act, proposal = each.claim, each.act, each.proposal
    quoted = source = sentence = ""
    if act:
        quoted, sentence = act.excerpt, sentence_of(act)
    elif proposal:
        quoted, source = proposal.proof.words, proposal.excerpt.source.title or proposal.excerpt.source.url
        sentence = str(SAYS[proposal.proof.proves])
    return Line(
        kind=claim.kind,
        words=claim.words,
        field=claim.field,
        start=claim.start,
        stop=claim.stop,
        identity=claim.identity,
        state=each.state,
        act=act.public_id if act else "",
        mark=each.mark.public_id if each.mark else "",
        quoted=quoted,
        source=source,
        sentence=sentence,
    )


def sentence_of(act: ClaimAct) -> str:
    """What an act proves and no more: by whom, on which day, with the remark."""
    words = {
        "name": act.by_name or _("a deleted account"),
        "day": formats.date_format(timezone.localtime(act.made_at), "SHORT_DATE_FORMAT"),
        "remark": act.remark,
    }
    if act.kind == ClaimAct.Kind.SET_ASIDE:
        return _("Set aside by %(name)s on %(day)s: %(remark)s") % words
    if act.proves in SAYS:
        return f"{SAYS[act.proves]} " + _("Bound by %(name)s on %(day)s.") % words
    return _("Checked by %(name)s on %(day)s: %(remark)s") % words


def count_words(count: int, done: int) -> str:
    """“12 things to check, 4 done”; "" for none."""
    if not count:
        return ""
    words = ngettext("%(count)s thing to check", "%(count)s things to check", count) % {"count": count}
    return _("%(things)s, %(done)s done") % {"things": words, "done": done} if done else words


def words_of_lines(lines: Iterable[Line]) -> str:
    found = tuple(lines)
    return count_words(len(found), sum(line.is_settled for line in found))


def drawn(place: str, lines: tuple[Line, ...], *, may_check: bool = False) -> str:
    """The list behind its count as HTML, for the review page, which shows many; empty for no claims."""
    return _drawn(place, lines, may_check, get_language()) if lines else ""


@lru_cache(maxsize=1000)
def _drawn(place: str, lines: tuple[Line, ...], may_check: bool, _language: str | None) -> str:
    context = {"summary": words_of_lines(lines), "lines": lines, "place": place, "may_check": may_check}
    return render_to_string("desk/_claims.html", context)
