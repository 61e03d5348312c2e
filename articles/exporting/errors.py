"""What stands between a Document and its text."""

from __future__ import annotations


class ExportError(ValueError):
    """A Document that no text file can hold; the message is a sentence."""


class ReadError(ValueError):
    """A text that is no export, or one that was damaged by hand; the message is a sentence that names the line."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(f"Line {line}: {sentence}")
        self.line = line


def refuse_half_characters(text: str) -> str:
    """The text itself; raises ExportError for a lone surrogate, which no file in UTF-8 can hold."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        around = text[max(0, error.start - 20) : error.start]
        raise ExportError(f"There is half a character after “{around}”: take it out and export again.") from error
    return text
