"""What an editor rules where sentences about one subject contradict each other."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles import rights
from articles.models import History, Ruling, Subject
from articles.readiness.contradictions import Contradiction, contradiction_of
from articles.roles import ANY_ARTICLE

PERMISSION = "articles.review_article"
LONGEST_REASON = Ruling._meta.get_field("reason").max_length or 0
Verdict = Ruling.Verdict


class RulingError(Exception):
    """Not possible now; its text is a sentence for the editor."""


@transaction.atomic
def rule(
    subject: Subject, measure: str, *, verdict: str, right: str, reason: str, digests: Collection[str], by: User
) -> Ruling:
    """Keeps a ruling on the sentences with these digests, which are all that contradict each other now.

    `right` is the value that is right, of “one of them is right” alone. It changes no word of any article: where
    something is to be corrected, the checklists say so. Raises PermissionDenied and RulingError.
    """
    rights.require(by, PERMISSION)
    rights.require(by, ANY_ARTICLE)
    Subject.objects.select_for_update().get(pk=subject.pk)  # two editors rule one after the other
    found = contradiction_of(subject, measure)
    if found is None or set(digests) != set(found.digests):
        raise RulingError(_("The sentences are others by now: read them again before you decide."))
    side = next((side for side in found.sides if side.value == right), None)
    if verdict not in Verdict.values:
        raise RulingError(_("Say what you have decided."))
    if verdict == Verdict.ONE_RIGHT and side is None:
        raise RulingError(_("Choose the one that is right."))
    if verdict == Verdict.BOTH_TRUE and not reason.strip():
        raise RulingError(_("Say why all of them are true: whoever asks next will read it."))
    if len(reason) > LONGEST_REASON:
        raise RulingError(_("A reason has at most %(most)s characters.") % {"most": LONGEST_REASON})
    is_one = verdict == Verdict.ONE_RIGHT and side is not None
    ruling = Ruling.objects.create(
        subject=subject,
        measure=measure,
        verdict=verdict,
        right=side.value if is_one and side else "",
        right_words=side.words if is_one and side else "",
        reason=reason.strip(),
        digests=found.digests,
        ruled_by=by,
    )
    _write_history(found, ruling, by)
    return ruling


def _write_history(found: Contradiction, ruling: Ruling, by: User) -> None:
    """A line for each article that has one of the sentences."""
    articles = {row.article_id: row.article for side in found.sides for row in side.statements}
    details = {"about": found.words, "verdict": ruling.verdict, "right": ruling.right_words}
    for article in articles.values():
        History.write(article, History.Act.RULE_CONTRADICTION, by=by, note=ruling.reason, **details)
