"""What people call the fields of a Document, for comparisons and for what the gate says."""

from __future__ import annotations

from collections.abc import Mapping

from articles.text.messages import TranslatableMessage, _

FIELD_LABELS: Mapping[str, TranslatableMessage] = {
    "title": _("title"),
    "slug": _("address"),
    "dek": _("dek"),
    "language": _("language"),
    "introduction": _("introduction"),
    "conclusion_heading": _("heading of the conclusion"),
    "conclusion": _("conclusion"),
    "numbering": _("numbering"),
    "tags": _("tags"),
    "subject": _("subject"),
    "authors": _("authors"),
    "cover": _("cover"),
    "pictures": _("pictures"),
    "heading": _("heading"),
    "emoji": _("emoji"),
    "picture": _("picture"),
    "body": _("text"),
    "sources": _("sources"),
    "spoiler_after": _("safe after episode"),
    "safe_heading": _("spoiler-safe heading"),
    "check_on": _("check again on"),
    "caveat": _("still true?"),
    "caveat_since": _("disputed or no longer true since"),
    "caveat_note": _("what readers are told about it"),
    "question": _("question"),
    "answer": _("answer"),
    # of a source
    "url": _("web address"),
    "publisher": _("publisher"),
    "seen_on": _("checked on"),
    "kind": _("kind of source"),
    "excerpt": _("excerpt"),
    "archived_url": _("archived copy"),
}
