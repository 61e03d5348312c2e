"""Form fields that the desk's forms share: bodies, tags, headings with emoji, days."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from articles.document.rules import MOST_TAGS, TAG_LENGTH, URL_LENGTH
from articles.text import emoji, keys, signs


class TagsField(forms.CharField):
    """Names of tags with commas between them; a name that holds a comma stands in quotation marks. Gives a tuple."""

    def __init__(self, **kwargs: Any) -> None:
        usual: dict[str, Any] = {"label": _("tags"), "required": False, "max_length": 2 * TAG_LENGTH * MOST_TAGS}
        super().__init__(**usual | kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """For static/desk/fields/tags.js, which suggests names; a browser's own suggestions would cover them."""
        return {**super().widget_attrs(widget), "data-tags": True, "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return join_names(value) if isinstance(value, (list, tuple)) else value

    def clean(self, value: Any) -> Any:
        names = split_names(super().clean(value))
        if len(names) > MOST_TAGS:
            raise ValidationError(
                _("That is %(count)s tags: keep the best %(most)s.") % {"count": len(names), "most": MOST_TAGS}
            )
        for name in names:
            if max(len(name), len(keys.key(name))) > TAG_LENGTH:
                sentence = _("“%(tag)s …” is too long for a tag: use at most %(most)s characters.")
                raise ValidationError(sentence % {"tag": name[:40], "most": TAG_LENGTH})
        return names


def split_names(text: str) -> tuple[str, ...]:
    """The names in a row with commas; those in which there is nothing to see are left out."""
    row = next(csv.reader([" ".join(text.split()).replace("，", ",")], skipinitialspace=True), [])
    return tuple(dict.fromkeys(name.strip() for name in row if keys.key(name)))


def join_names(names: Sequence[str]) -> str:
    """The row that `split_names` takes apart again."""
    return ", ".join(f'"{name}"' if "," in name else name for name in names)


class WordsField(forms.CharField):
    """A text that is mended, as the gate does it, before the form asks whether anything was written."""

    def to_python(self, value: Any) -> str:
        return super().to_python(signs.body(str(value)) if value else value) or ""


class BodyField(WordsField):
    """Markdown. Its ends are stripped once it is mended, so that saving it unchanged is no change."""

    widget = forms.Textarea
    is_markdown = True

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """For static/desk/fields/markdown.js."""
        more = {"data-markdown": True, "data-links": reverse_lazy("admin:articles_article_links")}
        return {**super().widget_attrs(widget), **more}


class WebAddressField(forms.URLField):
    """An address that a reader may be sent to."""

    default_error_messages: ClassVar = {"invalid": _("Write a whole web address, such as https://example.org/page.")}

    def __init__(self, **kwargs: Any) -> None:
        usual: dict[str, Any] = {"required": False, "max_length": URL_LENGTH, "assume_scheme": "https"}
        super().__init__(**usual | kwargs)
        sentence = self.error_messages["invalid"]
        self.validators = [
            *(check for check in self.validators if not isinstance(check, URLValidator)),
            URLValidator(schemes=["http", "https"], message=sentence),
        ]


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def clean_emoji(text: str) -> str:
    """The emoji field, mended; raises ValidationError for anything else than emoji."""
    words, found = emoji.split(emoji.repair(text)[0])
    if words:
        raise ValidationError(_("Only emoji belong here; words go into the heading."))
    return found


def take_emoji(heading: str, given: str) -> tuple[str, str]:
    """The heading without the emoji around it, and the emoji field with them. Those that it holds already stay one."""
    words, found = emoji.split(emoji.repair(heading)[0])
    return words, given if found in given else f"{given}{found}"
