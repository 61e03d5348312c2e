"""Choosing a picture of the library in a form: for the cover and for the pictures of facts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from articles.models import Picture
from articles.text.ids import PUBLIC_ID_PATTERN

#: How many rows a list of choices shows at most; what lies behind is reached by typing or through the library.
MOST_CHOICES = 300
NO_PICTURE = ("", _("— none —"))
Choices = list[tuple[str, Any]]


def picture_choices(chosen: str) -> Choices:
    """None, the newest pictures of the library, and the one that is chosen already."""
    newest = list(Picture.objects.values_list("public_id", "title")[:MOST_CHOICES])
    if chosen and chosen not in dict(newest):
        newest += Picture.objects.filter(public_id=chosen).values_list("public_id", "title")
    return [NO_PICTURE, *newest]


class PictureField(forms.CharField):
    """The id of a picture, chosen in the library's dialog or, without scripts, from a list.

    One that the library does not have is taken, as in a text: readiness tells of it, and no words are lost over it.
    """

    widget = forms.Select(choices=[NO_PICTURE])

    def __init__(self, **kwargs: Any) -> None:
        check = RegexValidator(rf"^{PUBLIC_ID_PATTERN}\Z", _("Choose a picture of the library."))
        super().__init__(required=False, validators=[check], **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """For static/desk/library/picture-choice.js."""
        return {**super().widget_attrs(widget), "data-picture-choice": True}

    def offer(self, chosen: str) -> None:
        """Lists the library; it is asked when the form is drawn, if it is drawn at all."""
        self.widget.choices = lambda: _with_missing(picture_choices(chosen), chosen)  # type: ignore[assignment]


def _with_missing(choices: Choices, chosen: str) -> Choices:
    return choices if chosen in dict(choices) else [*choices, (chosen, _("not in the library"))]
