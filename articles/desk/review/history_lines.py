"""Lines of the history in words, its filters, and its cells in a table that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.desk.fields import day_input
from articles.desk.forms import DeskForm
from articles.desk.planning import plan_words
from articles.desk.review import public_state
from articles.desk.review.times import midnight
from articles.models import Edition, History, Ruling
from articles.models.fact_uses import Mode
from articles.states import MOVES, MOVES_BY_NAME, STATUS_LABELS, Status
from articles.text.tables import cell

Act, Part = History.Act, History.Part

#: So many names stand in the filter of persons; nobody reads a longer list.
MOST_NAMES = 500
#: A table has so many lines at most, the newest.
MOST_LINES = 20_000


@dataclass(frozen=True)
class HistoryEntry:
    """A line of the history as a person reads it."""

    who: str
    did: str
    at: dt.datetime
    until: dt.datetime | None
    note: str
    more: list[str]
    title: str = ""
    url: str = ""  # of the article, where it is still there
    is_refused: bool = False


def line_of(row: History) -> HistoryEntry:
    url = reverse("admin:articles_article_history", args=[row.article_id]) if row.article_id else ""
    is_refused = row.act == Act.REFUSED
    return HistoryEntry(
        row.actor_name, _act(row), row.at, row.until, row.note, list(_more(row)), row.title, url, is_refused
    )


def _act(row: History) -> str:
    if move := MOVES_BY_NAME.get(row.act):
        return _("%(done)s “%(title)s”") % {"done": _(move.done), "title": row.title}
    if row.act == Act.REFUSED:
        return _("was refused: “%(act)s”") % {"act": act_label(str(row.details.get("refused", "")))}
    return str(Act(row.act).label) if row.act in Act.values else row.act


def act_label(name: str) -> str:
    if move := MOVES_BY_NAME.get(name):
        return _(move.label)
    return str(Act(name).label) if name in Act.values else name


def _more(row: History) -> Iterator[str]:
    """What the details say. An import may bring any details: those that mean nothing here are left out."""
    details = row.details
    yield from _statuses(details)
    yield from _parts(row)
    yield from plan_words.of_history(details.get("plan"))
    if isinstance(about := details.get("about"), str) and about:
        yield about
    yield from _mode_of_use(details)
    yield from _ruling(details)
    if isinstance(author := details.get("suggested_by"), str) and author:
        yield _("suggested by %(who)s") % {"who": author}
    if (fix := details.get("fix")) and (into := details.get("into")):
        numbers = {"fix": fix, "into": into}
        yield _("from revision %(fix)s, which was public, into revision %(into)s, which waited") % numbers
    sentences = {
        "was": _("It was scheduled for %(at)s."),
        "undone": _("Undone is what was public since %(at)s."),
        "at": _("From %(at)s."),
    }
    for name, sentence in sentences.items():
        if instant := _instant(details.get(name)):
            yield sentence % {"at": public_state.moment(instant)}
    if details.get("by_link"):
        yield _("by a review link")
    if instant := _instant(details.get("expires_at")):
        yield _("until %(at)s") % {"at": public_state.moment(instant)}
    if number := details.get("revision"):
        yield _("Revision %(number)s") % {"number": number}
    if (kind := details.get("kind")) in Edition.ChangeKind.values:
        yield str(Edition.ChangeKind(kind).label)
    if details.get("own_work"):
        yield _("own work, which this site allows")
    if row.act == Act.REFUSED and row.times > 1:
        yield ngettext("%(count)s time", "%(count)s times", row.times) % {"count": row.times}


def _ruling(details: dict[str, Any]) -> Iterator[str]:
    verdict, right = details.get("verdict"), details.get("right")
    if verdict in Ruling.Verdict.values:
        said = str(Ruling.Verdict(verdict).label)
        yield f"{said}: {right}" if isinstance(right, str) and right else said


def _mode_of_use(details: dict[str, Any]) -> Iterator[str]:
    if (mode := details.get("mode")) in Mode.values:
        yield str(Mode(mode).label)


def _instant(stored: Any) -> dt.datetime | None:
    try:
        return parse_datetime(str(stored or ""))
    except ValueError:  # the form of an instant, and none
        return None


def _statuses(details: dict[str, Any]) -> Iterator[str]:
    was, now = details.get("from"), details.get("to")
    if was in list(Status) and now in list(Status):  # a list, for an import may bring what has no hash
        labels = (_(STATUS_LABELS[Status(was)]), _(STATUS_LABELS[Status(now)]))
        yield _("from “%(was)s” to “%(now)s”") % dict(zip(("was", "now"), labels, strict=True))


def _parts(row: History) -> Iterator[str]:
    """The part that was deleted or brought back, or the parts of all saves that this line tells of."""
    if part := _part(row.details):
        yield part
    saved = row.details.get("parts")
    if isinstance(saved, list) and (parts := list(filter(None, map(_part, saved)))):
        saves = ngettext("%(count)s save", "%(count)s saves", row.times) % {"count": row.times}
        yield f"{', '.join(parts)} ({saves})"


def _part(stored: Any) -> str:
    if not isinstance(stored, dict) or stored.get("part") not in Part.values:
        return ""
    part = str(Part(stored["part"]).label)
    return _("%(part)s %(number)s") % {"part": part, "number": stored["number"]} if "number" in stored else part


# --- filters ----------------------------------------------------------------------------------------------------------


class HistoryFilter(DeskForm, forms.Form):
    """What the history is narrowed by; of one article it is not asked which."""

    who = forms.ChoiceField(required=False, label=gettext_lazy("Person"))
    act = forms.ChoiceField(required=False, label=gettext_lazy("Act"))
    article = forms.CharField(required=False, max_length=200, label=gettext_lazy("Article"))
    since = forms.DateField(required=False, label=gettext_lazy("From"), widget=day_input())
    until = forms.DateField(required=False, label=gettext_lazy("To"), widget=day_input())

    def __init__(self, data: Any, *, lines: QuerySet[History], of_article: bool) -> None:
        super().__init__(data)
        everybody, anything = ("", _("everybody")), ("", _("anything"))
        names = lines.order_by("actor_name").values_list("actor_name", flat=True).distinct()[:MOST_NAMES]
        self.fields["who"].choices = [everybody, *((name, name) for name in names)]  # type: ignore[attr-defined]
        acts = [(move.name, _(move.label)) for move in MOVES] + list(Act.choices)
        self.fields["act"].choices = [anything, *acts]  # type: ignore[attr-defined]
        for name in ("since", "until"):
            self.fields[name].error_messages["invalid"] = _("Write a day, such as 2030-05-01.")
        if of_article:
            del self.fields["article"]

    def narrowed(self, lines: QuerySet[History]) -> QuerySet[History]:
        """What is wrong in the form narrows nothing."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        if given.get("who"):
            lines = lines.filter(actor_name=given["who"])
        if given.get("act"):
            lines = lines.filter(act=given["act"])
        if given.get("article"):
            lines = lines.filter(title__icontains=given["article"])
        if given.get("since") and given["since"] > dt.date.min:  # its midnight is before all time east of UTC
            lines = lines.filter(at__gte=midnight(given["since"]))
        if given.get("until") and given["until"] < dt.date.max:
            lines = lines.filter(at__lt=midnight(given["until"] + dt.timedelta(days=1)))
        return lines

    @property
    def query(self) -> str:
        """The same filters in an address."""
        return urlencode([(name, self.data[name]) for name in self.fields if self.data.get(name)])


# --- a table ----------------------------------------------------------------------------------------------------------


def as_table(lines: QuerySet[History], name: str) -> HttpResponse:
    """A file of comma-separated values in UTF-8 with a mark, as spreadsheets want it: MOST_LINES at most."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow([_("when"), _("until"), _("who"), _("what"), _("article"), _("details"), _("why")])
    for row in lines[:MOST_LINES].iterator(chunk_size=500):
        writer.writerow([cell(value) for value in _cells(row)])
    if lines[MOST_LINES : MOST_LINES + 1].exists():
        writer.writerow([_("There are older lines: narrow the days to get them.")])
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _cells(row: History) -> list[str]:
    line = line_of(row)
    times = [moment.isoformat(timespec="seconds") if moment else "" for moment in (line.at, line.until)]
    return [*times, line.who, line.did, line.title, "; ".join(line.more), line.note]
