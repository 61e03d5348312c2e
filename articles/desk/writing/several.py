"""Several cards at once: tag, move, copy or delete those that are ticked; and a copy of the whole article.

A script gets JSON: what was done in words, and what it takes to undo it.
    tag     before, after: {public id: names of tags}, for `retag`
    move    there: the address of this page for the other article; its `target` is `here`
    copy    there, copies: their public ids
    delete  undo: the addresses that restore each card, in their order
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from articles import drafts, rights
from articles.desk.fields import TagsField
from articles.desk.forms import DeskForm
from articles.desk.pages import CHANGE, article_url, article_view, page, post_only, refuse, wants_json
from articles.desk.requests import MOST_INTEGER, StaffRequest
from articles.models import Article
from articles.roles import ANY_ARTICLE
from articles.states import Status
from articles.text.numbers import whole_number


@dataclass(frozen=True)
class Done:
    """What was done, in words, and what a script needs to undo it."""

    sentence: str
    undo: Mapping[str, Any] = field(default_factory=dict)


#: The articles that facts can be moved to: those changed last.
MOST_TARGETS = 100


class SeveralForm(DeskForm, forms.Form):
    """What to do with the ticked cards; the fields that an act does not need are not looked at."""

    ACTS: Mapping[str, Any] = {
        "tag": gettext_lazy("Add and remove tags"),
        "move": gettext_lazy("Move to another article"),
        "copy": gettext_lazy("Copy to an article"),
        "delete": gettext_lazy("Delete"),
    }

    act = forms.ChoiceField(
        label=gettext_lazy("With the ticked facts"),
        choices=list(ACTS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what to do with them.")},
    )
    add = TagsField(label=gettext_lazy("Tags to add"))
    remove = TagsField(label=gettext_lazy("Tags to remove"))
    target = forms.ChoiceField(label=gettext_lazy("Article"), required=False)

    def __init__(self, *args: Any, targets: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = [("", "—"), *targets.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        act = given.get("act")
        if act == "tag" and not given.get("add") and not given.get("remove") and not self.errors:
            self.add_error("add", _("Write a tag to add or to remove."))
        if act in ("move", "copy") and not given.get("target") and "target" not in self.errors:
            self.add_error("target", _("Choose the article that they go to."))
        return given


@article_view(CHANGE)
def several(request: StaffRequest, article: Article) -> HttpResponse:
    """`card` (repeatable): the ids of the ticked cards."""
    targets = _targets(request, article, request.POST.get("target", ""))
    ticked = request.POST.getlist("card") if request.method == "POST" else request.GET.getlist("card")
    if request.method != "POST":
        return _page(request, article, SeveralForm(targets=targets), ticked)
    form = SeveralForm(request.POST, targets=targets)
    if not form.is_valid():
        if wants_json(request):
            return JsonResponse({"sentence": " ".join(error.sentence for error in form.all_errors)}, status=400)
        return _page(request, article, form, ticked, status=400)
    try:
        done = _ACTS[form.cleaned_data["act"]](request, article, ticked, form.cleaned_data)
    except (drafts.DraftError, drafts.StaleError) as error:
        if wants_json(request):
            return JsonResponse({"sentence": str(error)}, status=409)
        return _page(request, article, form, ticked, status=409, refused=str(error))
    if wants_json(request):
        return JsonResponse({"sentence": done.sentence, "change": article.change, **done.undo})
    messages.success(request, done.sentence)
    return HttpResponseRedirect(article_url("change", article) + "#cards")


@require_POST
@article_view(CHANGE)
def retag(request: StaffRequest, article: Article) -> HttpResponse:
    """Undoes or repeats a tagging: POST `was` and `tags`, JSON of {public id: names of tags}. JSON, as `several`."""
    try:
        was, wanted = (_tags_in(request.POST.get(name, "")) for name in ("was", "tags"))
    except ValueError:
        return JsonResponse({"sentence": _("There is nothing to undo.")}, status=400)
    try:
        drafts.set_tags(article, wanted, was=was, by=request.user)
    except (drafts.DraftError, drafts.StaleError) as error:
        return JsonResponse({"sentence": str(error)}, status=409)
    return JsonResponse({"change": article.change})


def _tags_in(text: str) -> dict[str, list[str]]:
    """Raises ValueError for anything else than lists of words by words."""
    try:
        found = json.loads(text)
    except RecursionError as error:
        raise ValueError from error
    is_it = isinstance(found, dict) and all(
        isinstance(names, list) and all(isinstance(name, str) for name in names) for names in found.values()
    )
    if not is_it:
        raise ValueError(text)
    return dict(found)


@article_view("articles.view_article")
@post_only("change")
def duplicate(request: StaffRequest, article: Article) -> HttpResponse:
    rights.require(request.user, "articles.add_article")
    try:
        copy = drafts.duplicate(article, by=request.user)
    except drafts.DraftError as error:
        return refuse(request, article, str(error))
    messages.success(request, _("This is a copy of “%(title)s”, a draft of yours.") % {"title": article.title})
    return HttpResponseRedirect(article_url("change", copy))


@article_view(ANY_ARTICLE)
@post_only("change")
def mark_template(request: StaffRequest, article: Article) -> HttpResponse:
    """POST makes it a template, which everybody who writes may use, or with `ordinary` an ordinary article again."""
    rights.require(request.user, CHANGE, article)
    is_template = "ordinary" not in request.POST
    try:
        drafts.mark_template(article, is_template=is_template, by=request.user)
    except drafts.DraftError as error:
        return refuse(request, article, str(error))
    said = _("New articles can be made from it now.") if is_template else _("It is an ordinary article again.")
    messages.success(request, said)
    return HttpResponseRedirect(article_url("change", article))


def _tag(request: StaffRequest, article: Article, ticked: list[str], given: Mapping[str, Any]) -> Done:
    before = drafts.tags_of(article, ticked)
    count = drafts.tag_cards(article, ticked, add=given["add"], remove=given["remove"], by=request.user)
    sentence = ngettext("%(count)s fact has other tags now.", "%(count)s facts have other tags now.", count)
    return Done(sentence % {"count": count}, {"before": before, "after": drafts.tags_of(article, ticked)})


def _delete(request: StaffRequest, article: Article, ticked: list[str], _given: Mapping[str, Any]) -> Done:
    binned = drafts.delete_cards(article, ticked, by=request.user)
    sentence = ngettext(
        "Deleted %(count)s fact: the bin has it.", "Deleted %(count)s facts: the bin has them.", len(binned)
    )
    undo = [article_url("unbin", article, part.pk) for part in reversed(binned)]
    return Done(sentence % {"count": len(binned)}, {"undo": undo})


def _move(request: StaffRequest, article: Article, ticked: list[str], given: Mapping[str, Any]) -> Done:
    target = _target(request, given)
    lapse = _lapse_of(target)
    drafts.move_cards(article, ticked, target, by=request.user)
    sentence = ngettext("Moved %(count)s fact to “%(title)s”.", "Moved %(count)s facts to “%(title)s”.", len(ticked))
    undo = {"there": article_url("several", target), "here": article.pk}
    return Done(f"{sentence % {'count': len(ticked), 'title': target.title}} {lapse}".strip(), undo)


def _copy(request: StaffRequest, article: Article, ticked: list[str], given: Mapping[str, Any]) -> Done:
    target = _target(request, given)
    lapse = _lapse_of(target)
    copies = drafts.copy_cards(article, ticked, target, by=request.user)
    sentence = ngettext("Copied %(count)s fact to “%(title)s”.", "Copied %(count)s facts to “%(title)s”.", len(ticked))
    undo = {"there": article_url("several", target), "copies": [card.public_id for card in copies]}
    return Done(f"{sentence % {'count': len(ticked), 'title': target.title}} {lapse}".strip(), undo)


_ACTS: Mapping[str, Callable[[StaffRequest, Article, list[str], Mapping[str, Any]], Done]] = {
    "tag": _tag,
    "move": _move,
    "copy": _copy,
    "delete": _delete,
}


def _lapse_of(target: Article) -> str:
    """What more facts do to an approved article. Of the one that the page is about, the page says it beforehand."""
    if target.effective_status is not Status.APPROVED:
        return ""
    return _("“%(title)s” was approved: it is a draft again, to be handed in once more.") % {"title": target.title}


def _target(request: StaffRequest, given: Mapping[str, Any]) -> Article:
    target = get_object_or_404(Article, pk=given["target"])
    rights.require(request.user, CHANGE, target)
    return target


def _targets(request: StaffRequest, article: Article, chosen: str) -> dict[str, str]:
    """The titles of the articles that this person may change, this one first, by their primary keys as text.

    `chosen` is among them though others were changed later: a script finds every article by its title.
    """
    rows = rights.visible_articles(request.user, Article.objects.exclude(status=Status.ARCHIVED))
    rows = rows.exclude(pk=article.pk).order_by("-changed_at", "-pk")
    number = whole_number(chosen, least=1, most=MOST_INTEGER)
    found: Sequence[tuple[int, str]] = list(rows.values_list("pk", "title")[:MOST_TARGETS])
    if number is not None and number not in dict(found):
        found = [*found, *rows.filter(pk=number).values_list("pk", "title")]
    return {str(article.pk): article.title, **{str(pk): title for pk, title in found}}


def _page(
    request: StaffRequest,
    article: Article,
    form: SeveralForm,
    ticked: list[str],
    *,
    status: int = 200,
    refused: str = "",
) -> HttpResponse:
    cards = [
        (card, card.public_id in ticked) for card in article.cards.only("public_id", "position", "heading", "emoji")
    ]
    context = {"form": form, "cards": cards, "refused": refused}
    return page(request, "writing/several", title=_("Several facts at once"), article=article, status=status, **context)
