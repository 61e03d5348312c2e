"""An account as a person's own data: what is kept about it, and taking the person out of it; an owner's rights."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import ManyToOneRel, Q, QuerySet, TextField
from django.db.models.functions import Cast

from articles.models import (
    Address,
    Author,
    Comment,
    ExternalIdentity,
    History,
    Invitation,
    NotificationChoice,
    Presence,
    SavedView,
)
from articles.models.letters import drop_letters_to
from articles.models.outbox import purge_names
from articles.operations import second_factor
from articles.operations.errors import OperationError
from articles.operations.second_factor import code_name
from articles.operations.sessions import end_sessions
from articles.roles import Role

#: Tables of those who tried to log in, which name an account by its name.
_LOG_INS: tuple[type[models.Model], ...] = (AccessAttempt, AccessFailureLog, AccessLog)
#: What lets somebody in.
_NOT_TOLD = {"password", "key", "digest"}


def account_named(name: str) -> User:
    """Raises OperationError."""
    user = User.objects.filter(username=name).first()
    if user is None:
        raise OperationError(f"There is no account {name!r}.")
    return user


def personal_data(user: User) -> str:
    """JSON of the account and of every row that names it; without the password, and without the words of articles,
    which `export_site` has.
    """
    names = [user.username, code_name(user.username)]
    found: dict[str, Any] = {
        "account": _columns(user) | {"roles": [group.name for group in user.groups.order_by("name")]},
        "named_by": {
            f"{model._meta.label}.{field}": [_columns(row) for row in model._base_manager.filter(**{field: user})]
            for model, field in _relations()
        },
        "log_ins": {
            model._meta.label: [_columns(row) for row in model._base_manager.filter(username__in=names)]
            for model in _LOG_INS
        },
    }
    return json.dumps(found, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)


def _columns(row: models.Model) -> dict[str, Any]:
    """Plain columns; what is JSON holds words of articles, but for what the history says."""
    plain = [
        field
        for field in row._meta.concrete_fields
        if field.name not in _NOT_TOLD and (isinstance(row, History) or not isinstance(field, models.JSONField))
    ]
    return {field.attname: field.value_from_object(row) for field in plain}


def _relations() -> Iterator[tuple[type[models.Model], str]]:
    """Each table and column that names accounts, but for those that Django keeps rights in."""
    for relation in User._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel) and not relation.related_model._meta.auto_created:
            yield relation.related_model, relation.field.name


@transaction.atomic
def anonymise(user: User) -> str:
    """Takes the person out of the account, which stays for what hangs on it, and gives its new name.

    The history keeps each line, under that name. A byline stays: readers know it; it is changed on the desk.
    Raises OperationError for the last account that manages the others.
    """
    require_another_manager(user)
    old, new = user.username, f"former-{user.pk}"
    if old == new:
        raise OperationError(f"{old} is anonymous already.")
    for model, field in _relations():
        if any(column.name == f"{field}_name" for column in model._meta.concrete_fields):
            if model is History:  # its lines change by this door alone
                History.objects.filter(actor=user).rename(actor_name=new)
            else:
                model._base_manager.filter(**{field: user}).update(**{f"{field}_name": new})
    _rename_in_details(old, new)
    for comment in Comment.objects.filter(mentioned=user):
        comment.text = comment.text.replace(f"@{old}", f"@{new}")
        comment.save(update_fields=["text"])
    own_lines = [(User, user.pk), *((Invitation, pk) for pk in invitations_of(user).values_list("pk", flat=True))]
    for model, pk in own_lines:
        kind = ContentType.objects.get_for_model(model)
        LogEntry.objects.filter(content_type=kind, object_id=str(pk)).update(object_repr=new)
    invitations_of(user).delete()
    if user.email:
        drop_letters_to(user.email)
    for own in (NotificationChoice, Presence, ExternalIdentity):
        own._base_manager.filter(user=user).delete()
    SavedView.objects.filter(owner=user, is_shared=False).delete()
    purge_names(Address.Kind.AUTHOR, list(Author.objects.filter(user=user).values_list("slug", flat=True)))
    Author.objects.filter(user=user).update(user=None)
    for log in _LOG_INS:
        log._base_manager.filter(username__in=[old, code_name(old)]).delete()
    second_factor.remove(user)
    end_sessions(user)
    _empty(user, new)
    History.objects.create(title=new, actor=None, actor_name="operator", act=History.Act.ANONYMISE)
    return new


def invitations_of(user: User) -> QuerySet[Invitation]:
    """To this account, or to its address."""
    to_the_address = Q(email__iexact=user.email) if user.email else Q(pk=None)
    return Invitation.objects.filter(Q(account=user) | to_the_address)


def _empty(user: User, name: str) -> None:
    user.username, user.first_name, user.last_name, user.email = name, "", "", ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.set_unusable_password()
    user.save()
    user.groups.clear()
    user.user_permissions.clear()


def _rename_in_details(old: str, new: str) -> None:
    """What a line of the history is about may name people too."""
    named = History.objects.annotate(as_text=Cast("details", TextField())).filter(as_text__contains=json.dumps(old))
    for pk, details in named.values_list("pk", "details"):
        History.objects.filter(pk=pk).rename(details=_replaced(details, old, new))


def _replaced(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {key: _replaced(each, old, new) for key, each in value.items()}
    if isinstance(value, list):
        return [_replaced(each, old, new) for each in value]
    return new if value == old else value


def managers_of_accounts() -> QuerySet[User]:
    """The active accounts that may manage the others, each once."""
    may_manage = Q(is_superuser=True) | Q(pk__in=User.objects.filter(groups__name=Role.ADMIN.value).values("pk"))
    return User.objects.filter(may_manage, is_active=True, is_staff=True)


@transaction.atomic
def is_last_manager(account: User) -> bool:
    """Ask in the transaction in which the account then loses its rights: the answer holds until its end, so that two
    people who take the rights of each other do not both succeed.
    """
    list(User.objects.select_for_update().filter(is_staff=True).order_by("pk").values_list("pk"))
    managers = managers_of_accounts()
    return managers.filter(pk=account.pk).exists() and not managers.exclude(pk=account.pk).exists()


def require_another_manager(user: User) -> None:
    """Raises OperationError for the last account that manages the others."""
    if is_last_manager(user):
        raise OperationError(f"{user.username} is the last account that manages the others: make another one first.")


@transaction.atomic
def promote(user: User) -> None:
    """The owner of a site, whose rights no file brings along: everything, as by createsuperuser."""
    user.is_active = user.is_staff = user.is_superuser = True
    user.save()
    user.groups.add(*Group.objects.filter(name=Role.ADMIN.value))
