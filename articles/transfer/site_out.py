"""A whole site into a folder."""

from __future__ import annotations

from pathlib import Path

from articles.transfer import articles_out, reference_out
from articles.transfer.folder import Target
from articles.transfer.snapshot import snapshot
from articles.transfer.summary import TransferSummary


def export_site(folder: Path) -> TransferSummary:
    """Writes the site as it is at this moment. Raises TransferError for a folder that holds anything but an export."""
    target, told = Target(folder), TransferSummary()
    target.begin()
    with snapshot():
        reference_out.write(target, told)
        articles_out.write(target, told)
    target.finish()
    return told
