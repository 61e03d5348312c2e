"""Why nothing can be exported or imported."""

REMEDY = "Put that right by hand, or export the site again."


class TransferError(Exception):
    """The message is a sentence with the file or name that it is about; nothing was changed in the database."""


def damaged(place: str, why: str) -> TransferError:
    """For what stands in a file and cannot be read: `why` is the end of a sentence, without its full stop."""
    return TransferError(f"{place} is damaged: {why}. {REMEDY}")
