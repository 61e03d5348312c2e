"""Sentences of the rooms that do not know Django, in the language of whoever reads them."""

from __future__ import annotations

from django.utils.translation import gettext

from articles.text.messages import TranslatableMessage


def translated(sentence: object) -> str:
    """The translation of what `text.messages._` marked, with what stands in it; anything else as it is."""
    if not isinstance(sentence, TranslatableMessage):
        return str(sentence)
    values = {name: translated(value) for name, value in sentence.values.items()}
    return gettext(sentence.pattern) % values if values else gettext(sentence.pattern)
