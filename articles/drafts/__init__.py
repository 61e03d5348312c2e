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
from articles.drafts.changing import DraftError, StaleError, writer_of
from articles.drafts.items import add_card, add_faq, move_card, save_card, save_faq, save_order
from articles.drafts.locks import locks_of
from articles.drafts.locks import sentence_for as lock_sentence
from articles.drafts.locks import sentence_of as words_of_lock
from articles.drafts.merging import merged, merged_lines
from articles.drafts.pictures import (
    ArticleUse,
    PictureLockedError,
    picture_changed,
    picture_uses,
    require_changeable,
)
from articles.drafts.pictures_shown import of_articles as picture_uses_of
from articles.drafts.pictures_shown import rebuild_of_articles as rebuild_picture_uses
from articles.drafts.places import part_at, texts_in, texts_of
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
    whole_cards,
    with_pictures,
)
from articles.drafts.rendering import html_in, html_of, html_of_closed
from articles.drafts.replacing import replace_all
from articles.drafts.replacing import undo as undo_replacement
from articles.drafts.restoring import MISSING, is_elsewhere, part_in, restore_part_of
from articles.drafts.reverting import revert, save_part
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
from articles.drafts.statements import of_document as statements_of
from articles.drafts.statements import rebuild as rebuild_statements
from articles.drafts.uses import (
    CardUses,
    Gone,
    Origin,
    Use,
    UseState,
    group_of,
    origins,
    use_of,
    uses_of,
    with_words,
)
from articles.drafts.uses import set_words as set_use_words
from articles.drafts.uses import with_marks as with_use_marks
from articles.drafts.uses import words_of as words_of_fact
from articles.drafts.versions import ALL_KEPT_FOR, longest_of, place_of, value_of, versions_of
from articles.drafts.visible import (
    Frame,
    Piece,
    TagMeanings,
    looks_like,
    name_of_piece,
    pictures_in,
    pieces_of,
    same_to_readers,
)
from articles.drafts.visible import from_json as piece_from_json
from articles.drafts.visible import to_json as piece_to_json
from articles.drafts.whole import create, keep_named, keep_revision, replace, restore

__all__ = [
    "ALL_KEPT_FOR",
    "KEPT_IN_BIN",
    "MISSING",
    "ArticleUse",
    "CardUses",
    "Conclusion",
    "Details",
    "DraftError",
    "Frame",
    "Gone",
    "Introduction",
    "Origin",
    "PictureLockedError",
    "Piece",
    "StaleError",
    "TagMeanings",
    "Use",
    "UseState",
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
    "group_of",
    "html_in",
    "html_of",
    "html_of_closed",
    "introduction_of",
    "is_elsewhere",
    "keep_named",
    "keep_revision",
    "lock_sentence",
    "locks_of",
    "longest_of",
    "looks_like",
    "mark_template",
    "merged",
    "merged_lines",
    "move_card",
    "move_cards",
    "name_of_piece",
    "order_of",
    "origins",
    "part_at",
    "part_in",
    "parts_in_bin",
    "picture_changed",
    "picture_uses",
    "picture_uses_of",
    "pictures_in",
    "piece_from_json",
    "piece_to_json",
    "pieces_of",
    "place_of",
    "rebuild_picture_uses",
    "rebuild_statements",
    "replace",
    "replace_all",
    "require_changeable",
    "restore",
    "restore_part",
    "restore_part_of",
    "revert",
    "same_to_readers",
    "save_card",
    "save_conclusion",
    "save_details",
    "save_faq",
    "save_introduction",
    "save_order",
    "save_part",
    "set_tags",
    "set_use_words",
    "statements_of",
    "tag_cards",
    "tags_of",
    "take_from_bin",
    "texts_in",
    "texts_of",
    "token",
    "undo_replacement",
    "use_of",
    "uses_of",
    "value_of",
    "versions_of",
    "whole_cards",
    "with_pictures",
    "with_use_marks",
    "with_words",
    "words_of_fact",
    "words_of_lock",
    "writer_of",
]
