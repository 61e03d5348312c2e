"""Between Documents and the working copy: reading it as values, saving its parts against version tokens.

A version token is a digest of the values that somebody was shown. A save names the token of what it replaces; when the
part is different by now, nothing is written and StaleError carries both texts. Every save that changes something
raises the article's change number, and nothing else has to remember what that makes lapse.
"""

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
from articles.drafts.saving import (
    DraftError,
    StaleError,
    add_card,
    add_faq,
    delete_card,
    delete_faq,
    dismiss_unplaced,
    move_card,
    save_card,
    save_conclusion,
    save_details,
    save_faq,
    save_introduction,
    save_order,
)
from articles.drafts.whole import create, delete, keep_revision, replace, restore

__all__ = [
    "Conclusion",
    "Details",
    "DraftError",
    "Introduction",
    "StaleError",
    "add_card",
    "add_faq",
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
    "replace",
    "restore",
    "save_card",
    "save_conclusion",
    "save_details",
    "save_faq",
    "save_introduction",
    "save_order",
    "token",
]
