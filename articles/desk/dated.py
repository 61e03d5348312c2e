"""What is true only for a time (articles.proofs.dated), as the desk lists it, and the form that gives it its days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import proofs
from articles.claims import ClockKind
from articles.desk.fields import day_input
from articles.desk.forms import DeskForm
from articles.desk.planning.plan_words import day_words
from articles.document import Document
from articles.models import Article
from articles.proofs import Dated

#: When the next look is offered.
LOOK_AGAIN_AFTER = dt.timedelta(days=90)
KINDS: Mapping[ClockKind, Any] = {
    ClockKind.NOW: gettext_lazy("now"),
    ClockKind.COMING: gettext_lazy("to come, or not known yet"),
    ClockKind.RANK: gettext_lazy("rank"),
    ClockKind.AGE: gettext_lazy("age"),
    ClockKind.COUNT: gettext_lazy("count that grows"),
}


class DaysForm(DeskForm, forms.Form):
    """Offers today and a look in 90 days."""

    as_of = forms.DateField(required=False, label=gettext_lazy("As of"), widget=day_input())
    again_on = forms.DateField(required=False, label=gettext_lazy("Look again on"), widget=day_input())

    @classmethod
    def offered(cls) -> DaysForm:
        today = timezone.localdate()
        return cls(initial={"as_of": today, "again_on": today + LOOK_AGAIN_AFTER})


@dataclass(frozen=True, slots=True)
class DatedLine:
    """`label` is its kinds, `sentence` what is known of its days ("" for nothing), `act` the id of what can be taken
    back.
    """

    words: str
    identity: str
    label: str
    sentence: str
    act: str
    has_day: bool


def dated_by_place(article: Article, value: Document) -> dict[str, tuple[DatedLine, ...]]:
    """One query."""
    found = proofs.dated_of(value, proofs.acts_on(value, article.pk))
    return {place: tuple(map(line_of, dated)) for place, dated in found.items()}


def line_of(dated: Dated) -> DatedLine:
    return DatedLine(
        words=dated.words,
        identity=dated.identity,
        label=", ".join(str(KINDS[kind]) for kind in dated.kinds),
        sentence=" ".join(_sentences(dated)),
        act=dated.act.public_id if dated.act else "",
        has_day=dated.has_day,
    )


def _sentences(dated: Dated) -> list[str]:
    act, found = dated.act, []
    if act and act.as_of:
        found.append(_("As of %(day)s.") % {"day": day_words(act.as_of)})
    elif dated.said_as_of:
        found.append(_("It says itself as of when: %(day)s.") % {"day": dated.said_as_of})
    if act and act.again_on:
        found.append(_("To be looked at again on %(day)s.") % {"day": day_words(act.again_on)})
    if act:
        name = act.by_name or _("a deleted account")
        day = day_words(timezone.localtime(act.made_at).date())
        found.append(_("Said by %(name)s on %(day)s.") % {"name": name, "day": day})
    return found


def saved_sentence(as_of: dt.date | None, again_on: dt.date | None) -> str:
    if as_of and again_on:
        words = {"as_of": day_words(as_of), "day": day_words(again_on)}
        return _("Saved: as of %(as_of)s, and to be looked at again on %(day)s.") % words
    if as_of:
        return _("Saved: as of %(as_of)s.") % {"as_of": day_words(as_of)}
    return _("Saved: to be looked at again on %(day)s.") % {"day": day_words(again_on) if again_on else ""}
