"""A subject that somebody needs who writes about it."""

from __future__ import annotations

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from articles import rights
from articles.models import Subject


@transaction.atomic
def propose_subject(subject: Subject, *, by: User) -> Subject:
    """Saves a new subject, or gives the one that there is already: of this name, kind and year as far as it says one.

    Whoever may add subjects confirms it by that; from others it waits for an editor. Raises PermissionDenied.
    """
    may_add = rights.may(by, "articles.add_subject")
    if not may_add and not rights.may(by, "articles.propose_subject"):
        raise PermissionDenied
    if known := _known(subject):
        return known
    subject.is_confirmed = may_add
    subject.proposed_by = None if may_add else by
    subject.save()
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(Subject),
        object_id=str(subject.pk),
        object_repr=str(subject)[:200],
        action_flag=ADDITION,
        change_message='[{"added": {}}]',
    )
    return subject


def _known(subject: Subject) -> Subject | None:
    called = Q(name__iexact=subject.name) | Q(original_name__iexact=subject.name)
    same = Subject.objects.filter(called, kind=subject.kind)
    if subject.year:
        same = same.filter(Q(year=subject.year) | Q(year=None))
    found: Subject | None = same.order_by("-is_confirmed", "pk").first()
    return found
