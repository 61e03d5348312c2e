"""Why there can be no demo."""


class DemoError(Exception):
    """The demo cannot be set up or served; the message is a sentence with the remedy."""
