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
from articles.drafts.reading import (
    Conclusion,
    Details,
    Introduction,
    card_value,
    conclusion_of,
    details_of,
    document_of,
    faq_value,
    introduction_of,
    order_of,
    token,
)
from articles.drafts.saving import dismiss_unplaced, save_conclusion, save_details, save_introduction
from articles.drafts.whole import create, keep_revision, replace, restore

__all__ = [
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
    "create",
    "delete",
    "delete_card",
    "delete_faq",
    "details_of",
    "dismiss_unplaced",
    "document_of",
    "faq_value",
    "introduction_of",
    "keep_revision",
    "move_card",
    "order_of",
    "parts_in_bin",
    "replace",
    "restore",
    "restore_part",
    "save_card",
    "save_conclusion",
    "save_details",
    "save_faq",
    "save_introduction",
    "save_order",
    "take_from_bin",
    "token",
    "whole_cards",
]
