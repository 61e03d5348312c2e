"""Choosing a subject in a form: from a short list, and from all of them by a part of any of their names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import JsonResponse
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from articles import rights
from articles.desk.requests import StaffRequest
from articles.models import Article, SearchName, Subject
from articles.text import keys, tokens

#: A list of choices shows so many subjects at most; where there are more, a field looks for the others.
MOST_CHOICES = 40
LONGEST_QUESTION = 200
#: Articles of which the subjects are offered first.
_NEWEST = 100


def label_of(subject: Subject) -> str:
    """By name, and whether it is only proposed."""
    return subject.name if subject.is_confirmed else _("%(name)s (proposed)") % {"name": subject.name}


def named_like(asked: str) -> QuerySet[Subject]:
    """Subjects of which some name has words that begin with each of these, by an index; none for no words."""
    pieces = list(tokens.pieces(tokens.normalised(asked[:LONGEST_QUESTION])))
    found = Subject.objects.all() if pieces else Subject.objects.none()
    for piece in pieces:
        names = SearchName.objects.filter(key__startswith=tokens.encoded(piece), subject__isnull=False)
        found = found.filter(pk__in=names.order_by().values("subject"))
    return found.order_by("name", "pk")


class SubjectField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Any subject is a good choice; `offer` says which are listed."""

    def label_from_instance(self, obj: Subject) -> str:
        return label_of(obj)

    def offer(self, chosen: str, found: Callable[[], Sequence[Subject]]) -> None:
        """Lists what was `found`, else all where there are few, else those of the newest articles; and what is chosen
        already. The list is made when the form is drawn, if it is drawn at all.
        """
        self.choices = lambda: self._choices_of(chosen, found() or _offered())

    def _choices_of(self, chosen: str, listed: Sequence[Subject]) -> list[tuple[str, Any]]:
        rows = list(listed)
        if chosen and chosen not in {row.slug for row in rows}:
            rows += Subject.objects.filter(slug=chosen)
        return [("", self.empty_label), *((row.slug, label_of(row)) for row in rows)]


class SubjectSearchField(forms.CharField):
    """For static/desk/fields/subject-search.js; without it, saving the form looks."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            max_length=LONGEST_QUESTION,
            label=gettext_lazy("Look for another subject"),
            help_text=gettext_lazy("Write a part of any of its names; the list of subjects then has what is found."),
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        more = {"data-subject-search": reverse_lazy("admin:articles_article_subjects"), "autocomplete": "off"}
        return {**super().widget_attrs(widget), **more}


class WithSubjectSearch(forms.BaseForm):
    """A form with a `subject` (SubjectField), and `subject_search` beside it where there are more than a list shows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found: list[Subject] = []
        self.fields["subject"].offer(self["subject"].value(), lambda: self.found)  # type: ignore[attr-defined]

    @cached_property
    def has_subject_search(self) -> bool:
        return is_long()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if asked := data.get("subject_search"):
            try:
                meant, self.found = resolved(asked, data.get("subject"))
            except ValidationError as error:
                self.add_error("subject_search", error)
                return data
            if meant is None:
                self.add_error("subject_search", _("Several subjects are called so: choose one in the list."))
            data["subject"] = meant
        return data


def resolved(asked: str, chosen: Subject | None) -> tuple[Subject | None, list[Subject]]:
    """The subject that is meant by what was typed, and those that it may be: `chosen` if it is one of them, the only
    one, or the only one that is called exactly so. Raises ValidationError where nothing is called so.
    """
    found = list(named_like(asked)[: MOST_CHOICES + 1])
    if not found:
        raise ValidationError(_("No subject is called so. Write another part of its name, or make a new one."))
    if chosen in found:
        return chosen, found
    exact = [each for each in found if keys.key(asked) in map(keys.key, _names(each))]
    (only,) = found if len(found) == 1 else exact if len(exact) == 1 else (None,)
    return only, found[:MOST_CHOICES]


def is_long() -> bool:
    """Whether there are more subjects than a list shows."""
    return Subject.objects.order_by()[MOST_CHOICES : MOST_CHOICES + 1].exists()


@require_safe
def subjects(request: StaffRequest) -> JsonResponse:
    """`q` is what was typed: those that may be meant, as a list of choices has them."""
    rights.require(request.user, "articles.change_article")
    found = named_like(request.GET.get("q", ""))[:MOST_CHOICES]
    return JsonResponse({"subjects": [{"slug": each.slug, "name": label_of(each)} for each in found]})


def _names(subject: Subject) -> list[str]:
    return [subject.name, subject.original_name, *subject.other_names]


def _offered() -> Sequence[Subject]:
    rows = list(Subject.objects.order_by("name", "pk")[: MOST_CHOICES + 1])
    if len(rows) <= MOST_CHOICES:
        return rows
    newest = Article.objects.order_by("-changed_at", "-id").values_list("subject", flat=True)[:_NEWEST]
    recent = list(dict.fromkeys(key for key in newest if key))[:MOST_CHOICES]
    return list(Subject.objects.filter(Q(pk__in=recent)).order_by("name", "pk")) or rows[:MOST_CHOICES]
