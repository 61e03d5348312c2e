"""The only code that changes a status or calls publishing.

A move is permission + change + history line in one transaction, with the article's row locked: the second of two
editors is told, not obeyed. "You may not" is PermissionDenied (403); "not now" is WorkflowError (409), and its
message is a sentence for the person who pressed the button.
"""

from articles.workflow import claims, fact_uses, restatements
from articles.workflow.approvers import approver_problems
from articles.workflow.carrying import Carry, CarryChoice, carries
from articles.workflow.comments import QUOTED_LENGTH, comment, resolve
from articles.workflow.decisions import PieceReview, Review, Verdict, review_of, words_of
from articles.workflow.due_claims import DueClaim, claims_to_check
from articles.workflow.errors import ConflictError, NotReadyError, WorkflowError
from articles.workflow.fact_checks import check_fact, facts_to_check, most_read_first
from articles.workflow.fixes import FixedPart
from articles.workflow.imported import publish_imported
from articles.workflow.locks import lock, unlock
from articles.workflow.offering import Carried, Offer, carry_correction, corrected_facts, offers
from articles.workflow.partial import approved_document
from articles.workflow.plan import PLANNED_MOVES, PublishPlan, plan_of
from articles.workflow.planning import plan, release_review, reviewers, take_review
from articles.workflow.possible import asks_change_kind, change_problem, possible_moves, status_problem
from articles.workflow.public_state import PublicFilter, PublicState, in_public_state, public_state, public_states
from articles.workflow.refusals import make, note_refusal, noted
from articles.workflow.remarks import OpenRemarks, asks_of_remarks, open_remarks_of, stamp_of
from articles.workflow.review_facts import ReviewFacts, review_facts_in, with_review_facts
from articles.workflow.review_links import (
    MAKE_LINK,
    MOST_DAYS,
    LinkClosedError,
    agree,
    comment_by_link,
    make_link,
    revoke_link,
)
from articles.workflow.reviewing import decide, why_not_approve, why_not_approve_any
from articles.workflow.subject_events import (
    OpenMention,
    Spoke,
    open_event,
    open_mentions,
    settle_mention,
    speaks_of,
    withdraw_event,
)
from articles.workflow.suggestions import decline, place_in, suggest, take
from articles.workflow.undoing import ComingBack, coming_back

__all__ = [
    "MAKE_LINK",
    "MOST_DAYS",
    "PLANNED_MOVES",
    "QUOTED_LENGTH",
    "Carried",
    "Carry",
    "CarryChoice",
    "ComingBack",
    "ConflictError",
    "DueClaim",
    "FixedPart",
    "LinkClosedError",
    "NotReadyError",
    "Offer",
    "OpenMention",
    "OpenRemarks",
    "PieceReview",
    "PublicFilter",
    "PublicState",
    "PublishPlan",
    "Review",
    "ReviewFacts",
    "Spoke",
    "Verdict",
    "WorkflowError",
    "agree",
    "approved_document",
    "approver_problems",
    "asks_change_kind",
    "asks_of_remarks",
    "carries",
    "carry_correction",
    "change_problem",
    "check_fact",
    "claims",
    "claims_to_check",
    "coming_back",
    "comment",
    "comment_by_link",
    "corrected_facts",
    "decide",
    "decline",
    "fact_uses",
    "facts_to_check",
    "in_public_state",
    "lock",
    "make",
    "make_link",
    "most_read_first",
    "note_refusal",
    "noted",
    "offers",
    "open_event",
    "open_mentions",
    "open_remarks_of",
    "place_in",
    "plan",
    "plan_of",
    "possible_moves",
    "public_state",
    "public_states",
    "publish_imported",
    "release_review",
    "resolve",
    "restatements",
    "review_facts_in",
    "review_of",
    "reviewers",
    "revoke_link",
    "settle_mention",
    "speaks_of",
    "stamp_of",
    "status_problem",
    "suggest",
    "take",
    "take_review",
    "unlock",
    "why_not_approve",
    "why_not_approve_any",
    "with_review_facts",
    "withdraw_event",
    "words_of",
]
