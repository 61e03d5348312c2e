"""Why an operation cannot be carried out."""


class OperationError(Exception):
    """Nothing was written; the message is a sentence with the place and the remedy."""
