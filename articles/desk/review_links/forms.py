"""The form that makes a review link, and the one in which a guest answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.desk.fields import WordsField
from articles.desk.forms import DeskForm, UncutForm
from articles.models import Article, ReviewLink, Revision
from articles.workflow import MOST_DAYS

#: So many revisions stand in the list; older ones are history.
MOST_REVISIONS = 50
_NOW = "now-"


class LinkForm(DeskForm, forms.Form):
    name = forms.CharField(
        max_length=ReviewLink._meta.get_field("name").max_length,
        label=gettext_lazy("For whom"),
        help_text=gettext_lazy("The name under which their answer stands, such as “Han Seo-yeon, lawyer”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    shows = forms.ChoiceField(
        label=gettext_lazy("What the link shows"),
        error_messages={
            "invalid_choice": gettext_lazy("The words are others by now. Look again, then choose what the link shows.")
        },
    )
    days = forms.IntegerField(
        min_value=1,
        max_value=MOST_DAYS,
        initial=14,
        label=gettext_lazy("Open for how many days"),
        help_text=gettext_lazy("1 to 90. You can revoke it at any time before."),
    )
    may_comment = forms.BooleanField(required=False, initial=True, label=gettext_lazy("They may comment"))
    may_agree = forms.BooleanField(
        required=False,
        label=gettext_lazy("They may say yes"),
        help_text=gettext_lazy("A yes is kept under their name. It approves nothing: an editor still does that."),
    )

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.revisions = {
            str(row.number): row for row in article.revisions.defer("content").order_by("-number")[:MOST_REVISIONS]
        }
        choices = [(number, _label(row)) for number, row in self.revisions.items()]
        if not any(row.change == article.change for row in self.revisions.values()):
            choices.insert(0, (f"{_NOW}{article.change}", _("the words as they are now")))
        self.fields["shows"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, Any]:
        """The arguments of workflow.make_link that say what the link shows."""
        shows = self.cleaned_data["shows"]
        if shows.startswith(_NOW):
            return {"change": int(shows.removeprefix(_NOW))}
        return {"revision": self.revisions[shows]}


def _label(row: Revision) -> str:
    at = date_format(localtime(row.made_at), "SHORT_DATETIME_FORMAT")
    words = {"revision": row, "reason": row.get_reason_display(), "at": at}
    return _("%(revision)s, %(reason)s, %(at)s") % words


class AnswerForm(UncutForm, forms.Form):
    """One form with two buttons: what is not sent by the one that is pressed comes back and is not lost.

    What is written is checked by workflow.review_links, as `act` wants it.
    """

    place = forms.ChoiceField(
        required=False,
        label=gettext_lazy("What is it about?"),
        error_messages={
            "invalid_choice": gettext_lazy("There is no such part on this page. Choose one from the list.")
        },
    )
    text = WordsField(required=False, label=gettext_lazy("Your comment"), widget=forms.Textarea(attrs={"rows": 5}))
    note = WordsField(
        required=False, label=gettext_lazy("A note with your yes (optional)"), widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, places: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", auto_id="answer-%s", **kwargs)
        self.name_places(places)

    def name_places(self, places: Mapping[str, str]) -> None:
        self.fields["place"].choices = list(places.items())  # type: ignore[attr-defined]

    @property
    def wrong_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.errors]
