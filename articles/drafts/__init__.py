"""Between Documents and the working copy: reading it as values, saving its parts against version tokens.

A version token is a digest of the values that somebody was shown. A save names the token of what it replaces; when the
part is different by now, nothing is written and StaleError carries both texts. Every save that changes something
raises the article's change number, and nothing else has to remember what that makes lapse. What is deleted waits in a
bin.
"""

from articles.drafts.bin import (
    KEPT_IN_BIN,
    articles_in_bin,
    delete,
    delete_card,
    delete_faq,
    parts_in_bin,
    restore_part,
    take_from_bin,
)
from articles.drafts.changing import DraftError, StaleError
from articles.drafts.items import add_card, add_faq, move_card, save_card, save_faq, save_order, whole_cards
from articles.drafts.merging import merged, merged_lines
from articles.drafts.reading import (
    Conclusion,
    Details,
    Introduction,
    card_value,
    conclusion_of,
    details_of,
    document_and_html_of,
    document_of,
    faq_value,
    introduction_of,
    order_of,
    token,
)
from articles.drafts.rendering import html_of
from articles.drafts.replacing import replace_all
from articles.drafts.replacing import undo as undo_replacement
from articles.drafts.reverting import revert
from articles.drafts.saving import dismiss_unplaced, save_conclusion, save_details, save_introduction
from articles.drafts.several import (
    copy_cards,
    delete_cards,
    duplicate,
    from_template,
    mark_template,
    move_cards,
    set_tags,
    tag_cards,
    tags_of,
)
from articles.drafts.versions import ALL_KEPT_FOR, place_of, value_of, versions_of
from articles.drafts.whole import create, keep_named, keep_revision, replace, restore

__all__ = [
    "ALL_KEPT_FOR",
    "KEPT_IN_BIN",
    "Conclusion",
    "Details",
    "DraftError",
    "Introduction",
    "StaleError",
    "add_card",
    "add_faq",
    "articles_in_bin",
    "card_value",
    "conclusion_of",
    "copy_cards",
    "create",
    "delete",
    "delete_card",
    "delete_cards",
    "delete_faq",
    "details_of",
    "dismiss_unplaced",
    "document_and_html_of",
    "document_of",
    "duplicate",
    "faq_value",
    "from_template",
    "html_of",
    "introduction_of",
    "keep_named",
    "keep_revision",
    "mark_template",
    "merged",
    "merged_lines",
    "move_card",
    "move_cards",
    "order_of",
    "parts_in_bin",
    "place_of",
    "replace",
    "replace_all",
    "restore",
    "restore_part",
    "revert",
    "save_card",
    "save_conclusion",
    "save_details",
    "save_faq",
    "save_introduction",
    "save_order",
    "set_tags",
    "tag_cards",
    "tags_of",
    "take_from_bin",
    "token",
    "undo_replacement",
    "value_of",
    "versions_of",
    "whole_cards",
]
