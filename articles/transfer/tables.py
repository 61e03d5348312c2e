"""Which plain fields of each table an export carries. Keys, references and what follows from others are not here."""

PERSON = ("first_name", "last_name", "is_staff", "is_active")
PICTURE = (
    *("public_id", "title", "file", "width", "height", "alt", "decorative", "credit", "licence"),
    *("focal_x", "focal_y", "colour", "uploaded_at"),
)
SUBJECT = (
    *("name", "slug", "original_name", "original_language", "other_names", "kind", "year", "episodes", "palette"),
)
AUTHOR = ("name", "slug", "bio")
TAG = ("name", "slug", "key", "description")
ALIAS = ("name", "key")
SITE_PAGE = ("slug", "title", "body", "changed_at")  # its HTML is made from the text again

ARTICLE = ("status", "change", "created_at", "changed_at", "unplaced_text")
REVISION = ("number", "change", "reason", "made_at", "content")
COMMENT = ("about", "quoted", "text", "written_at", "resolved_at")
IMPORT = ("source", "digest", "change", "outcome", "imported_at")
HISTORY = ("title", "actor_name", "act", "note", "details", "at", "until", "times")

EDITION = (
    *("kind", "visible_from", "first_visible_from", "modified_at", "made_at", "slug", "title", "dek", "numbering"),
    *("card_count", "word_count", "cover", "renderer", "change_kind", "change_note"),
)
CORRECTION = ("position", "kind", "public_id", "place", "heading", "spoiler_after", "old", "new", "note", "at")
FACT = (
    *("public_id", "slug", "number", "heading", "emoji", "safe_heading", "excerpt", "spoiler_after"),
    *("first_visible_from", "heading_key", "body_key"),
)
