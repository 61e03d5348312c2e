"""Threads of comments as the desk shows them: what each is about, where its words stand now, what can be done with it.

One template draws them (`_thread.html`) for the plain page and for static/desk/comments, which puts each beside its
part. A fixed number of queries, however many there are.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F, Prefetch, Q, QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from articles import drafts, rights, workflow
from articles.desk.pages import CHANGE, article_url
from articles.desk.review.comment_forms import COMMENT_LENGTH, ReplyForm
from articles.models import Article, Comment
from articles.text import matching, word_runs
from articles.text.anchors import Span
from articles.text.matching import Allowance

Texts = Mapping[str, Mapping[str, str]]

#: A script gets so many, the open ones first; the page has all of them.
MOST_FOR_SCRIPTS = 500


@dataclass(frozen=True)
class Thread:
    """`found` is where its words stand in `field` of its part; None where they are gone, or it is about no words."""

    remark: Comment
    name: str  # of its part; "" where the part is gone
    url: str
    found: Span | None
    is_gone: bool
    fits: bool  # a suggestion whose words stand there exactly
    may_take: bool
    answers: Sequence[Comment] = ()
    #: One that was refused: drawing a form for each thread takes longer than all the rest.
    reply: ReplyForm | None = None
    #: Of all the suggestions that are shown with this one.
    together: Allowance = field(default_factory=matching.together)

    @property
    def longest(self) -> int:
        return COMMENT_LENGTH

    @cached_property
    def difference(self) -> list[tuple[str, str]]:
        """Of a suggestion: runs of words with "-" for what goes, "+" for what comes, "" for what stays. Else empty."""
        if self.remark.suggested is None:
            return []
        return list(_runs(*word_runs.of_texts(self.remark.quoted, self.remark.suggested, self.together)))


def _runs(old: Sequence[word_runs.Run], new: Sequence[word_runs.Run]) -> Iterator[tuple[str, str]]:
    """Both texts as one."""
    left, right = list(old), list(new)
    while left or right:
        if left and right and not left[0].is_different and left[0] == right[0]:
            yield "", left.pop(0).text
            right.pop(0)
        elif left and (left[0].is_different or not right or not right[0].is_different):
            yield "-", left.pop(0).text
        else:
            yield "+", right.pop(0).text


def rows_of(article: Article) -> QuerySet[Comment]:
    """The remarks that threads begin with, open ones first, with all that a thread shows."""
    answers = Prefetch("replies", Comment.objects.select_related("author"))
    threads = article.comments.filter(parent=None).select_related("author", "resolved_by").prefetch_related(answers)
    return threads.order_by(F("resolved_at").asc(nulls_first=True), "written_at", "pk")


def threads_of(
    article: Article, rows: Iterable[Comment], user: User, texts: Texts | None = None, reply: ReplyForm | None = None
) -> list[Thread]:
    """Of `rows_of`. `reply` is a form that was refused: it stands in its thread again."""
    return _threads(article, [(row, row.replies.all()) for row in rows], user, texts, reply)


def open_threads(article: Article, user: User, texts: Texts) -> list[Thread]:
    """All that are open, with their answers; one query."""
    is_open = Q(parent=None, resolved_at=None) | Q(parent__isnull=False, parent__resolved_at=None)
    rows = article.comments.filter(is_open).select_related("author").order_by("written_at", "pk")
    answers: dict[int | None, list[Comment]] = defaultdict(list)
    for row in rows:
        answers[row.parent_id].append(row)
    return _threads(article, [(row, answers[row.pk]) for row in answers.pop(None, [])], user, texts)


def _threads(
    article: Article,
    rows: Iterable[tuple[Comment, Iterable[Comment]]],
    user: User,
    texts: Texts | None,
    reply: ReplyForm | None = None,
) -> list[Thread]:
    texts = drafts.texts_of(article) if texts is None else texts
    names, may_take, together = names_of(texts), rights.may(user, CHANGE, article), matching.together()
    threads = [
        _thread(article, row, list(answers), texts, names.get(row.place, ""), may_take, together)
        for row, answers in rows
    ]
    if reply:
        return [dataclasses.replace(each, reply=reply) if each.remark == reply.thread else each for each in threads]
    return threads


def _thread(
    article: Article,
    row: Comment,
    answers: Sequence[Comment],
    texts: Texts,
    name: str,
    may_take: bool,
    together: Allowance,
) -> Thread:
    text = texts.get(row.place, {}).get(row.field, "")
    found = workflow.place_in(text, row)
    return Thread(
        remark=row,
        name=name,
        url=f"{article_url('change', article)}#{row.place.replace(':', '-')}" if row.place else "",
        found=found,
        is_gone=bool(row.quoted and not found),
        fits=bool(found and text[slice(*found)] == row.quoted),
        may_take=may_take,
        answers=answers,
        together=together,
    )


def names_of(texts: Texts) -> dict[str, str]:
    """What people call each place, in reading order; "" is the whole article."""
    names = {"": _("the whole article")}
    fixed = {"details": _("details"), "introduction": _("introduction"), "conclusion": _("conclusion")}
    cards = faqs = 0
    for place, fields in texts.items():
        if place.startswith("card:"):
            cards += 1
            names[place] = _("Fact %(number)s: %(heading)s") % {"number": cards, "heading": fields["heading"]}
        elif place.startswith("faq:"):
            faqs += 1
            names[place] = _("Question %(number)s: %(heading)s") % {"number": faqs, "heading": fields["question"]}
        else:
            names[place] = fixed[place]
    return names


def as_values(threads: Iterable[Thread], article: Article) -> list[dict[str, Any]]:
    """For scripts: what they have to know of a thread, and its HTML.

    The HTML stays the same as long as nothing changes, so it has no CSRF token: scripts send that as a header.
    """
    return [
        {
            "id": thread.remark.pk,
            "place": thread.remark.place if thread.name else "",
            "field": thread.remark.field,
            "start": thread.found[0] if thread.found else None,
            "stop": thread.found[1] if thread.found else None,
            "quoted": thread.remark.quoted,
            "open": thread.remark.resolved_at is None,
            "suggests": thread.remark.suggested is not None,
            "answers": len(thread.answers),
            "last_by": [thread.remark, *thread.answers][-1].by_name,
            "html": render_to_string(
                "desk/review/_thread.html",
                {"thread": thread, "article": article, "csrf_token": "", "is_beside": bool(thread.name)},
            ),
        }
        for thread in threads
    ]
