"""The plan of a move in words: a sentence for each effect, with what it is about below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import operations, workflow
from articles.desk.requests import StaffRequest
from articles.desk.review import public_state
from articles.models import Article, Edition
from articles.publishing import CorrectionState, FactState
from articles.states import Move
from articles.workflow import PublishPlan


@dataclass(frozen=True)
class Effect:
    sentence: str
    lines: Sequence[str] = ()
    is_warning: bool = False


@dataclass(frozen=True)
class Stage:
    """What is different from an instant on."""

    lead: str
    effects: Sequence[Effect]


@dataclass(frozen=True)
class ShownPlan:
    """`refused`: the sentence with which the move would be refused. `hint`: what is open yet."""

    refused: str = ""
    hint: str = ""
    stages: Sequence[Stage] = ()


def plan_for_page(
    request: StaffRequest,
    move: Move,
    article: Article,
    how: Mapping[str, Any],
    remarks: workflow.OpenRemarks | None,
) -> ShownPlan | None:
    """What the move would do with what the form says, if the open remarks were ticked; None for a move that nobody
    outside notices.
    """
    if move not in workflow.PLANNED_MOVES:
        return None
    if move.takes_event and not how.get("event"):
        return ShownPlan(hint=_("Choose what is meant, and look at what will happen then."))
    if move.takes_time and not how.get("at"):
        return ShownPlan(hint=_("Choose a time, and look at what will happen then."))
    given = {name: value for name, value in how.items() if value} | {"despite": remarks.key if remarks else ""}
    plan = workflow.plan_of(move, article, request.user, **given)
    if plan.refused:
        return ShownPlan(refused=plan.refused)
    hint = _("As for a clarification: a typo tells no feed and no correction.") if plan.is_kind_open else ""
    first = [*_reserved_addresses(move, plan), *_effects(plan)]
    if plan.later is None:
        return ShownPlan("", hint, [_stage(plan, [*first, _mail(article, request)])])
    return ShownPlan(
        "", hint, [_stage(plan, first), _stage(plan.later, [*_effects(plan.later), _mail(article, request)])]
    )


def _stage(plan: PublishPlan, effects: Sequence[Effect]) -> Stage:
    lead = _("What is different in public on %(at)s, with it and without it:")
    return Stage(lead % {"at": public_state.moment(plan.at)}, effects)


def _reserved_addresses(move: Move, plan: PublishPlan) -> Iterator[Effect]:
    """Those of a time that lies ahead are kept from now on, and are free again when it is cancelled unseen."""
    if plan.reserved and move.takes_time:
        sentence = _("Kept for this article from now on, though nobody sees it before:")
        yield Effect(sentence, _readable(plan.reserved))
    if plan.released:
        yield Effect(_("Free for other articles again, for nobody has seen it:"), _readable(plan.released))


def _effects(plan: PublishPlan) -> Iterator[Effect]:
    if plan.opened:
        sentence = ngettext(
            "%(count)s fact was closed behind a spoiler point, and more readers see it now:",
            "%(count)s facts were closed behind a spoiler point, and more readers see them now:",
            len(plan.opened),
        )
        yield Effect(sentence % {"count": len(plan.opened)}, _headings(plan.opened), is_warning=True)
    yield from _addresses(plan)
    yield from _facts(plan)
    if plan.tags:
        rows = [f"{tag.name}: {tag.was} → {tag.now}" for tag in plan.tags]
        yield Effect(_("Facts under the tags:"), rows)
    if sentence := _feed(plan):
        yield Effect(sentence)
    yield from _corrections(plan)


def _addresses(plan: PublishPlan) -> Iterator[Effect]:
    def counted(count: int) -> dict[str, int]:
        return {"count": count}

    total = len(plan.made)
    if total:
        sentence = ngettext("%(count)s address is there then:", "%(count)s addresses are there then:", total)
        yield Effect(sentence % counted(total), _readable(plan.made))
    if total := len(plan.changed):
        sentence = ngettext("%(count)s page has other words:", "%(count)s pages have other words:", total)
        yield Effect(sentence % counted(total), _readable(plan.changed))
    if total := len(plan.redirected):
        sentence = ngettext("%(count)s address leads to another:", "%(count)s addresses lead to another:", total)
        yield Effect(sentence % counted(total), [f"{unquote(path)} → {unquote(to)}" for path, to in plan.redirected])
    if total := len(plan.gone):
        sentence = ngettext("%(count)s address is gone (410):", "%(count)s addresses are gone (410):", total)
        yield Effect(sentence % counted(total), _readable(plan.gone), is_warning=True)
    if total := len(plan.unmade):
        sentence = ngettext("%(count)s address is not there then:", "%(count)s addresses are not there then:", total)
        yield Effect(sentence % counted(total), _readable(plan.unmade))
    if plan.is_nothing:
        yield Effect(_("Readers notice nothing of it."))


def _facts(plan: PublishPlan) -> Iterator[Effect]:
    for facts, sentence in (
        (plan.facts_added, ngettext("%(count)s fact is new:", "%(count)s facts are new:", len(plan.facts_added))),
        (plan.facts_changed, ngettext("%(count)s fact changes:", "%(count)s facts change:", len(plan.facts_changed))),
        (plan.facts_removed, ngettext("%(count)s fact leaves:", "%(count)s facts leave:", len(plan.facts_removed))),
    ):
        if facts:
            yield Effect(sentence % {"count": len(facts)}, _headings(facts))
    if plan.renumbered:
        sentence = ngettext(
            "%(count)s fact has another number.", "%(count)s facts have another number.", plan.renumbered
        )
        yield Effect(sentence % {"count": plan.renumbered})
    if plan.index_was != plan.index_now:
        yield Effect(_("Facts in the index: %(was)s → %(now)s.") % {"was": plan.index_was, "now": plan.index_now})


def _feed(plan: PublishPlan) -> str:
    return {
        "new": _("The feed gets an entry."),
        "updated": _("The entry in the feed is updated."),
        "gone": _("The entry in the feed is gone."),
    }.get(plan.feed, "")


def _corrections(plan: PublishPlan) -> Iterator[Effect]:
    if total := len(plan.corrections):
        sentence = ngettext(
            "%(count)s entry appears on the page of corrections:",
            "%(count)s entries appear on the page of corrections:",
            total,
        )
        yield Effect(sentence % {"count": total}, [_correction(each) for each in plan.corrections])
    if total := len(plan.corrections_hidden):
        sentence = ngettext(
            "%(count)s entry is not on the page of corrections any more.",
            "%(count)s entries are not on the page of corrections any more.",
            total,
        )
        yield Effect(sentence % {"count": total})


def _correction(entry: CorrectionState) -> str:
    places = {
        "details": _("title, order and details"),
        "introduction": _("introduction"),
        "conclusion": _("conclusion"),
    }
    what = entry.heading or places.get(entry.place) or _("without a heading")
    kind = _("correction") if entry.kind == Edition.ChangeKind.CORRECTION else _("clarification")
    return f"{what} ({kind})"


def _mail(article: Article, request: StaffRequest) -> Effect:
    names = operations.publication_recipients(article, by=request.user)
    if not names:
        return Effect(_("Nobody gets mail of it."))
    return Effect(_("The next digest tells %(names)s.") % {"names": ", ".join(names)})


def _readable(paths: Iterable[str]) -> list[str]:
    return [unquote(path) for path in paths]


def _headings(facts: Iterable[FactState]) -> list[str]:
    return [fact.heading for fact in facts]
