"""Find and replace in one article: GET looks, POST replaces the places that were ticked, and can be undone as one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from articles import drafts, readiness
from articles.desk.forms import DeskForm
from articles.desk.pages import CHANGE, article_url, article_view, page, post_only, refuse
from articles.desk.requests import StaffRequest
from articles.desk.writing.summaries import name_of_part
from articles.document import FIELD_LABELS
from articles.drafts import replacing
from articles.drafts.replacing import Occurrence
from articles.models import Article
from articles.text.terms import Term
from articles.translation import translated

_SALT = "articles.desk.replacing"
LONGEST = 200


class ReplaceForm(DeskForm, forms.Form):
    find = forms.CharField(
        label=pgettext_lazy("words", "Find"),
        max_length=LONGEST,
        strip=False,
        error_messages={"required": gettext_lazy("Write what to find.")},
    )
    by = forms.CharField(
        label=gettext_lazy("Replace with (may stay empty)"), max_length=LONGEST, strip=False, required=False
    )
    whole = forms.BooleanField(label=gettext_lazy("Whole words only"), required=False)
    case = forms.BooleanField(label=gettext_lazy("Same capital and small letters"), required=False)


@dataclass(frozen=True)
class OccurrenceRow:
    """An occurrence with the name of its part and field, and the address of the part's form."""

    occurrence: Occurrence
    part: str
    field: str | Promise


@article_view(CHANGE)
def replace(request: StaffRequest, article: Article) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    form = ReplaceForm(given) if "find" in given else ReplaceForm()
    if not form.is_bound or not form.is_valid():
        return _page(request, article, form, status=400 if form.is_bound else 200)
    parts = list(replacing.parts_of(article))
    found = _found(parts, form.cleaned_data)
    if request.method != "POST":
        return _page(request, article, form, found=found, parts=parts)
    ticked = set(request.POST.getlist("place"))
    chosen = [occurrence for occurrence in found if occurrence.key in ticked]
    if not ticked:
        return _page(request, article, form, found=found, parts=parts, status=400, refused=_("Tick a place."))
    if len(chosen) != len(ticked):
        sentence = _("Somebody changed the article meanwhile: look at the places again.")
        return _page(request, article, form, found=found, parts=parts, status=409, refused=sentence)
    return _replace(request, article, form, chosen, dict(_signed(request, "tokens")))


def _replace(
    request: StaffRequest, article: Article, form: ReplaceForm, chosen: list[Occurrence], tokens: Mapping[str, str]
) -> HttpResponse:
    try:
        done = drafts.replace_all(article, chosen, form.cleaned_data["by"], tokens=tokens, by=request.user)
    except (drafts.StaleError, drafts.DraftError) as error:
        return refuse(request, article, str(error))
    sentence = ngettext("Replaced at %(count)s place.", "Replaced at %(count)s places.", done.count)
    messages.success(request, sentence % {"count": done.count})
    undo = signing.dumps([[pk, token] for pk, token in done.versions.items()], salt=f"{_SALT}.undo", compress=True)
    return _page(request, article, ReplaceForm(), undo=undo)


@article_view(CHANGE)
@post_only("replace")
def undo(request: StaffRequest, article: Article) -> HttpResponse:
    """POST `undo`: what a replacement gave. Nothing is undone when a part has changed since."""
    versions = dict(_signed(request, "undo"))
    if not versions:
        return refuse(request, article, _("There is nothing to undo."), status=400)
    try:
        drafts.undo_replacement(article, versions, by=request.user)
    except drafts.StaleError:
        sentence = _("A part was changed since: nothing is undone. Its earlier wording can be brought back by itself.")
        return refuse(request, article, sentence)
    except drafts.DraftError as error:
        return refuse(request, article, str(error))
    messages.success(request, _("Undone: all places are as they were."))
    return HttpResponseRedirect(article_url("replace", article))


def _signed(request: StaffRequest, name: str) -> list[Any]:
    """The pairs of what this page has sent out; none when they are not ours."""
    try:
        pairs: list[Any] = signing.loads(request.POST.get(name, ""), salt=f"{_SALT}.{name}")
    except signing.BadSignature:
        return []
    return pairs


def _found(parts: list[Any], given: Mapping[str, Any]) -> list[Occurrence]:
    return replacing.find(parts, given["find"], whole_words=given["whole"], match_case=given["case"])


def _page(
    request: StaffRequest,
    article: Article,
    form: ReplaceForm,
    *,
    found: list[Occurrence] | None = None,
    parts: list[Any] = (),  # type: ignore[assignment]
    status: int = 200,
    refused: str = "",
    undo: str = "",
) -> HttpResponse:
    names = {drafts.place_of(part): name_of_part(part) for part in parts}
    rows = [OccurrenceRow(each, names[each.place], translated(FIELD_LABELS[each.field])) for each in found or ()]
    tokens = {place: drafts.token(part) for part in parts if (place := drafts.place_of(part))}
    return page(
        request,
        "writing/replace",
        title=_("Find and replace"),
        article=article,
        status=status,
        form=form,
        rows=rows,
        has_looked=found is not None,
        is_cut=len(rows) == replacing.MOST_FOUND,
        tokens=signing.dumps(
            sorted({(each.place, tokens[each.place]) for each in found or ()}), salt=f"{_SALT}.tokens"
        ),
        refused=refused,
        undo=undo,
        terms=_terms_broken(article) if article.pk else (),
    )


def _terms_broken(article: Article) -> list[tuple[str, str, Term]]:
    """(right, wrong, term) of the house, as far as this article has the wrong spelling."""
    house = readiness.spellings()
    text = "\n".join(
        getattr(part, field) for part in replacing.parts_of(article) for field in replacing.FIELDS[type(part)]
    )
    return [(each.term.right, each.words, each.term) for each in house.misspelt(text)] if house.terms else []
