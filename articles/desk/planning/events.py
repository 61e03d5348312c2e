"""Events of subjects: writing one, seeing beforehand what speaks of it, and “still true” for what it opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from articles import rights, workflow
from articles.claims.event_words import LONGEST_KEY_WORD, MOST_KEY_WORDS, proposed
from articles.desk.fields import day_input, join_names, split_names
from articles.desk.forms import DeskForm
from articles.desk.pages import article_url, article_view, page, refuse
from articles.desk.places import place_name, place_url
from articles.desk.requests import StaffRequest
from articles.desk.writing.subject_field import SubjectField
from articles.models import Article, EventMention, Subject, SubjectEvent
from articles.models.subject_events import LONGEST_SENTENCE
from articles.roles import ANY_ARTICLE
from articles.text import signs
from articles.text.numbers import whole_number
from articles.workflow.subject_events import EVENT

ON_A_PAGE = 30
#: So many sentences are shown before an event opens them; the count is of all.
MOST_SHOWN = 50


class KeyWordsField(forms.CharField):
    """Words with commas between them; gives a tuple."""

    def clean(self, value: Any) -> Any:
        words = tuple(" ".join(word.split()) for word in split_names(signs.line(str(super().clean(value)))))
        if len(words) > MOST_KEY_WORDS or any(len(word) > LONGEST_KEY_WORD for word in words):
            told = _("Give at most %(most)s words, each of at most %(length)s characters.")
            raise forms.ValidationError(told % {"most": MOST_KEY_WORDS, "length": LONGEST_KEY_WORD})
        return words


class EventForm(DeskForm, forms.Form):
    subject = SubjectField(
        Subject.objects.none(),
        to_field_name="slug",
        label=gettext_lazy("Subject"),
        empty_label=gettext_lazy("— choose —"),
    )
    sentence = forms.CharField(
        label=gettext_lazy("What happened"),
        max_length=LONGEST_SENTENCE,
        help_text=gettext_lazy("In one sentence, such as “Season 2 was announced”."),
    )
    happened_on = forms.DateField(label=gettext_lazy("On"), widget=day_input())
    key_words = KeyWordsField(
        required=False,
        label=gettext_lazy("Spoken of by the words"),
        help_text=gettext_lazy("With commas between them. Left empty, they are proposed from your sentence."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        has_articles = Exists(Article.objects.order_by().filter(subject=OuterRef("pk")))
        self.fields["subject"].queryset = Subject.objects.filter(has_articles)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class SpokenRow:
    sentence: str
    place: str
    url: str
    article: str


def events(request: StaffRequest) -> HttpResponse:
    """GET with a `sentence` proposes key words and shows what speaks of the event. POST `act`: “open” opens it,
    “withdraw” (an `event`) takes it back.
    """
    rights.require(request.user, EVENT)
    rights.require(request.user, ANY_ARTICLE)
    if request.method == "POST" and request.POST.get("act") == "withdraw":
        return _withdraw(request)
    if request.method != "POST" and "sentence" not in request.GET:
        return _page(request, EventForm(initial={"happened_on": timezone.localdate()}))
    sent = (request.POST if request.method == "POST" else request.GET).copy()
    form = EventForm(sent)
    if not form.is_valid():
        return _page(request, form, status=422)
    data = form.cleaned_data
    words = data["key_words"] or _proposed(data["sentence"], data["subject"])
    if not words:
        form.add_error("key_words", _("No words could be proposed from your sentence: write some."))
        return _page(request, form, status=422)
    if request.method == "POST":
        return _open(request, form, words)
    sent["key_words"] = join_names(words)
    return _page(request, EventForm(sent), found=workflow.speaks_of(data["subject"], words))


def _proposed(sentence: str, subject: Subject) -> tuple[str, ...]:
    names = [subject.name, subject.original_name, *subject.other_names]
    return proposed(sentence, settings.LANGUAGE_CODE, filter(None, names))


def _open(request: StaffRequest, form: EventForm, words: tuple[str, ...]) -> HttpResponse:
    data = form.cleaned_data
    try:
        event = workflow.open_event(
            data["subject"], data["sentence"], happened_on=data["happened_on"], key_words=words, by=request.user
        )
    except workflow.WorkflowError as error:
        form.add_error(None, str(error))
        return _page(request, form, status=409)
    count = event.mentions.count()
    told = ngettext(
        "Kept. %(count)s part speaks of it and waits among the facts to check again.",
        "Kept. %(count)s parts speak of it and wait among the facts to check again.",
        count,
    )
    messages.success(request, told % {"count": count})
    return HttpResponseRedirect(reverse("admin:articles_article_events"))


def _withdraw(request: StaffRequest) -> HttpResponse:
    key = whole_number(request.POST.get("event", ""), most=2**31)
    event = SubjectEvent.objects.filter(pk=key).first() if key else None
    if event is None:
        messages.error(request, _("This event is not there any more."))
    else:
        workflow.withdraw_event(event, by=request.user)
        messages.success(request, _("Withdrawn: what it opened is not open any more."))
    return HttpResponseRedirect(reverse("admin:articles_article_events"))


def _page(
    request: StaffRequest, form: EventForm, *, found: list[workflow.Spoke] | None = None, status: int = 200
) -> HttpResponse:
    rows = SubjectEvent.objects.select_related("subject", "written_by").annotate(asked=Count("mentions"))
    rows = rows.order_by("-written_at", "-pk")
    context: dict[str, Any] = {
        "form": form,
        "found": None if found is None else [_spoken(each) for each in found[:MOST_SHOWN]],
        "count": len(found or ()),
        "events": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return page(request, "planning/events", title=_("Events"), status=status, **context)


def _spoken(each: workflow.Spoke) -> SpokenRow:
    part = each.part
    return SpokenRow(each.sentence, place_name(part.place), place_url(part.article.pk, part.place), part.article.title)


# --- among the facts to check again -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class MentionRow:
    """`name` is the heading or question, else the kind of part."""

    mention: EventMention
    name: str
    url: str
    article: Article
    article_url: str
    may_check: bool


def mention_rows(request: StaffRequest) -> list[MentionRow]:
    """What events have opened in the articles that this person sees, that of the oldest event first."""
    seen = rights.visible_articles(request.user, Article.objects.all())
    return [_mention(each, request) for each in workflow.open_mentions(seen)]


def _mention(each: workflow.OpenMention, request: StaffRequest) -> MentionRow:
    part = each.part
    return MentionRow(
        each.mention,
        part.name or place_name(part.place),
        place_url(part.article.pk, part.place),
        part.article,
        article_url("change", part.article),
        rights.may(request.user, EVENT, part.article),
    )


@require_POST
@article_view(EVENT)
def still_true(request: StaffRequest, article: Article, mention: int) -> HttpResponse:
    """The part was looked at, and is true after the event too."""
    row = get_object_or_404(article.event_mentions.select_related("event"), pk=mention)
    try:
        workflow.settle_mention(row, by=request.user)
    except workflow.WorkflowError as error:
        return refuse(request, article, str(error))
    messages.success(request, _("Noted: still true."))
    return HttpResponseRedirect(reverse("admin:articles_article_facts"))
