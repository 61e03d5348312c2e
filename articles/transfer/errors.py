"""Why nothing can be carried out or in."""


class TransferError(Exception):
    """The message is a sentence with the file or name that it is about; nothing was changed in the database."""
