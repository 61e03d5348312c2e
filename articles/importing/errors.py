"""Why a document cannot be imported."""

from __future__ import annotations


class ImportRefused(ValueError):  # noqa: N818 - a refusal is an answer, and the name reads as one
    """The message is one sentence that names the file, the place where it is known, and the remedy."""
