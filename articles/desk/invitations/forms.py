"""Whom to invite; and what an invited person fills in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from articles import rights
from articles.desk.forms import DeskForm
from articles.models import Invitation
from articles.roles import Role

ROLE_HELP = _(
    "Writers write their own articles; editors decide on all of them; admins also manage accounts and bylines."
)
TAKEN_ADDRESS = _("Somebody with this address has an account, or an invitation that waits: see the lists.")
TAKEN_NAME = _("Somebody has this name already: choose another one.")


class InviteForm(DeskForm, forms.Form):
    email = forms.EmailField(label=_("Email address"), max_length=254, help_text=_("The link goes there."))
    name = forms.CharField(label=_("Name"), max_length=150, help_text=_("As colleagues read it; they can change it."))

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(role.value, _(role.value)) for role in rights.roles_to_give(by)]
        words: dict[str, Any] = {"label": _("Role"), "help_text": ROLE_HELP, "widget": forms.RadioSelect}
        self.fields["role"] = forms.ChoiceField(choices=choices, **words)

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class AcceptForm(DeskForm, UserCreationForm):  # type: ignore[type-arg]
    first_name = forms.CharField(label=_("Your name"), max_length=150, help_text=_("As colleagues read it."))
    field_order = ("first_name", "username", "password1", "password2")

    class Meta:
        model = User
        fields = ("first_name", "username")

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        local_part = invitation.email.partition("@")[0]
        first = {"first_name": invitation.name, "username": local_part}
        super().__init__(*args, initial=first, instance=User(email=invitation.email), **kwargs)
        self.fields["username"].label = _("Name to log in by")
        self.fields["username"].widget.attrs |= {"autocomplete": "username"}
        self.fields["username"].widget.attrs.pop("autofocus", None)
