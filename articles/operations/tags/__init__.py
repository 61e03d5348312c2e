"""Keeping the tags in order: merging, splitting, renaming, all on record and undone again; and tagging in bulk.

Tags are reference data, so merging and splitting show at once wherever a tag stands: in working copies, in editions
of any time, in what lists facts for readers. Tagging in bulk changes drafts, which go through review.
"""

from articles.operations.tags.acts import PERMISSION, TagActError, acts_upon
from articles.operations.tags.bulk import MOST_CHOSEN, Chosen, Retagged, retag
from articles.operations.tags.merging import MergePlan, merge
from articles.operations.tags.merging import plan as plan_merge
from articles.operations.tags.near import Pair, keep_apart, pairs, unused
from articles.operations.tags.renaming import record as record_rename
from articles.operations.tags.renaming import state_of
from articles.operations.tags.splitting import SplitPlan, split
from articles.operations.tags.splitting import plan as plan_split
from articles.operations.tags.undoing import obstacle, undo

__all__ = [
    "MOST_CHOSEN",
    "PERMISSION",
    "Chosen",
    "MergePlan",
    "Pair",
    "Retagged",
    "SplitPlan",
    "TagActError",
    "acts_upon",
    "keep_apart",
    "merge",
    "obstacle",
    "pairs",
    "plan_merge",
    "plan_split",
    "record_rename",
    "retag",
    "split",
    "state_of",
    "undo",
    "unused",
]
