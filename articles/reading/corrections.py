"""What was corrected, as pages show it: at the card, at the end of the article, and on the page of all corrections.

All of it is made from the entries in the parts of the edition in force (see publishing.corrections): they know what
lies behind a spoiler point by now, which the words of an older correction may have come to do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.models.editions import Edition
from articles.models.parts import CardPart, CorrectionPart
from articles.reading import rows
from articles.reading.outputs import made
from articles.reading.rows import Day, SubjectName
from articles.text import markdown, marked_html, passages
from articles.text.word_runs import Run


class Correction(NamedTuple):
    """`heading` is public; `url` leads to the place, and is empty where there is none any more.

    `old` and `new` are empty where they may not be shown, or are shown elsewhere on the page. They are compared when
    they are shown: an edition keeps the words alone, which are few (see text.passages).
    """

    is_correction: bool  # something was wrong; otherwise it is found more clearly
    day: Day | None
    heading: str
    url: str
    note: str
    old: str
    new: str
    spoiler_label: str

    @property
    def heading_html(self) -> SafeString:
        return markdown.inline(self.heading)

    @property
    def note_html(self) -> SafeString:
        return markdown.inline(self.note)

    @property
    def old_html(self) -> SafeString:
        return markdown.inline(self.old)

    @property
    def new_html(self) -> SafeString:
        return markdown.inline(self.new)

    @property
    def is_marked(self) -> bool:
        """Whether single words are: else the texts differ as a whole."""
        return bool(_compared(self.old, self.new)[0])

    @property
    def old_marked(self) -> SafeString:
        """The words before with `<del>` around those that changed; around all where they have little in common."""
        return _marked(self.old, _compared(self.old, self.new)[0], "del", gettext("[removed: %(words)s]"))

    @property
    def new_marked(self) -> SafeString:
        return _marked(self.new, _compared(self.old, self.new)[1], "ins", gettext("[added: %(words)s]"))


def for_card(entries: Sequence[CorrectionPart], card: CardPart) -> list[Correction]:
    """For the card's own part: whoever opened it may read what was safe after the same episode."""
    own = [entry for entry in entries if entry["id"] and entry["id"] == card["id"]]
    return list(made(lambda entry: _correction(entry, has_words=_is_within(entry, card["spoiler_after"])), own))


def for_article(entries: Sequence[CorrectionPart], subject: SubjectName | None) -> list[Correction]:
    """For the list at the article's end, without the words that are shown at a card above."""

    def on_page(entry: CorrectionPart) -> Correction:
        url = f"#{entry['anchor']}" if entry["anchor"] else ""
        return _public(entry, subject, url=url, has_words=not _has_card(entry))

    return list(made(on_page, entries))


def for_feed(entries: Sequence[CorrectionPart], subject: SubjectName | None) -> list[Correction]:
    """For the list at the article's end in a feed, where no words stand at the cards."""
    return list(made(lambda entry: _public(entry, subject, url="", has_words=True), entries))


def for_corrections_page(entry: CorrectionPart, subject: SubjectName | None, article_url: str) -> Correction:
    """For a page of its own."""
    anchor = f"#{entry['anchor']}" if entry["anchor"] else ""
    return _public(entry, subject, url=f"{article_url}{anchor}", has_words=True)


@lru_cache(maxsize=500)
def _compared(old: str, new: str) -> tuple[Sequence[Run], Sequence[Run]]:
    """Nothing on either side where the texts differ as a whole, or one of them is empty."""
    left, right = passages.runs(old, new)
    return (left, right) if any(run.is_different for run in (*left, *right)) else ((), ())


def _marked(text: str, runs: Sequence[Run], tag: str, named: str) -> SafeString:
    """A text that differs as a whole needs no name for its mark: the label above says what it is."""
    return marked_html.of_runs(runs, tag, named) if runs else marked_html.of_runs([Run(text, True)], tag, "")


def _public(entry: CorrectionPart, subject: SubjectName | None, *, url: str, has_words: bool) -> Correction:
    spoiler_after = entry["spoiler_after"]
    found = _correction(entry, has_words=has_words and spoiler_after is None)
    return found._replace(
        heading=_heading(entry, subject),
        url=url,
        note=found.note if spoiler_after is None else "",
        spoiler_label=rows.spoiler_label(spoiler_after, subject.kind if subject else None),
    )


def _correction(entry: CorrectionPart, *, has_words: bool) -> Correction:
    return Correction(
        is_correction=entry["kind"] == Edition.ChangeKind.CORRECTION,
        day=Day.of(dt.datetime.fromisoformat(entry["at"])),
        heading=entry["heading"],
        url="",
        note=entry["note"],
        old=entry["old"] if has_words else "",
        new=entry["new"] if has_words else "",
        spoiler_label="",
    )


def _has_card(entry: CorrectionPart) -> bool:
    return bool(entry["id"] and entry["anchor"])


def _is_within(entry: CorrectionPart, spoiler_after: int | None) -> bool:
    needed = entry["spoiler_after"]
    return needed is None or (spoiler_after is not None and needed <= spoiler_after)


def _heading(entry: CorrectionPart, subject: SubjectName | None) -> str:
    kind = entry["place"].partition(":")[0]
    if kind == "card":
        is_closed = entry["spoiler_after"] is not None
        safe = entry["heading"] if is_closed else ""
        return rows.public_heading_of(entry["heading"], safe, entry["spoiler_after"], subject)
    if kind == "faq":
        return rows.public_question(entry["heading"], entry["spoiler_after"], subject)
    if kind == "introduction":
        return gettext("The introduction")
    if kind == "conclusion":
        return gettext("The conclusion")
    return gettext("Title and summary") if entry["old"] or entry["new"] else gettext("The whole article")
