"""The forms of comments and suggestions: a new one, an answer, the reason for declining."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.desk.fields import WordsField
from articles.desk.forms import DeskForm
from articles.document.rules import BODY_LENGTH
from articles.models import Comment
from articles.workflow import QUOTED_LENGTH

COMMENT_LENGTH: int = Comment._meta.get_field("text").max_length or 0
_EMPTY = _("Write something before you send it.")


class ReplyForm(DeskForm, forms.Form):
    """An answer in a thread, which is the remark that it began with."""

    text = WordsField(
        max_length=COMMENT_LENGTH,
        label=_("Your reply"),
        widget=forms.Textarea(attrs={"rows": 3, "data-mentions": True}),
        error_messages={"required": _EMPTY},
    )

    def __init__(self, *args: Any, thread: Comment, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"reply-{thread.pk}-%s", **kwargs)
        self.thread = thread


class CommentForm(DeskForm, forms.Form):
    """A comment, or with `suggests` a suggestion: then `suggested` counts, and `text` may stay empty."""

    place = forms.ChoiceField(required=False, label=_("about"))
    quoted = WordsField(
        required=False,
        strip=False,
        max_length=BODY_LENGTH,
        label=_("the words in question"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Copied from the text, when it is about a few words only."),
    )
    text = WordsField(
        required=False,
        max_length=COMMENT_LENGTH,
        label=_("comment"),
        widget=forms.Textarea(attrs={"rows": 4, "data-mentions": True}),
        help_text=_("@ and a user name tells that person."),
    )
    suggests = forms.BooleanField(required=False, label=_("I suggest other words"))
    suggested = WordsField(
        required=False,
        strip=False,
        max_length=BODY_LENGTH,
        label=_("suggested words"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("They would stand in the place of the words in question. The writer takes or declines them."),
    )
    field = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    start = forms.IntegerField(required=False, min_value=0, max_value=BODY_LENGTH, widget=forms.HiddenInput)

    def __init__(self, *args: Any, places: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = list(places.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("text") and not given.get("suggests") and "text" not in self.errors:
            self.add_error("text", str(_EMPTY))
        if given.get("suggests") and not given.get("quoted") and not given.get("field") and "quoted" not in self.errors:
            self.add_error("quoted", _("Copy the words here that you would write otherwise."))
        elif not given.get("suggests") and len(given.get("quoted", "")) > QUOTED_LENGTH:
            sentence = _("Quote at most %(most)s characters.") % {"most": QUOTED_LENGTH}
            self.add_error("quoted", sentence)
        return given
