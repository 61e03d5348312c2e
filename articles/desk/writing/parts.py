"""The pages of an article's own parts: what stands at its head, the introduction, the conclusion."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from articles import drafts
from articles.desk.pages import CHANGE, article_url, article_view, post_only, refuse
from articles.desk.requests import StaffRequest
from articles.desk.writing import forms
from articles.desk.writing.saving import PartEditor, Saved, edit
from articles.document.rules import SLUG_LENGTH
from articles.models import Article
from articles.text import slugs


class DetailsEditor(PartEditor):
    form = forms.DetailsForm
    template = "writing/details"

    def __init__(self, article: Article) -> None:
        super().__init__(article, title=_("Details"), anchor="details")

    def read(self) -> drafts.Details:
        return drafts.details_of(self.article)

    def save(self, value: drafts.Details, *, token: str, by: User) -> Saved:
        saved = drafts.save_details(self.article, value, token=token, by=by)
        wish = slugs.slug(value.slug or value.title, SLUG_LENGTH)
        if not wish or saved.slug == wish:
            return Saved(saved)
        note = _("The address “%(wish)s” is taken: this article gets “%(slug)s”.")
        return Saved(saved, note=note % {"wish": wish, "slug": saved.slug})

    def proposed(self, request: StaffRequest) -> dict[str, Any]:
        """A subject that was just made for the article."""
        return {"subject": request.GET["subject"]} if "subject" in request.GET else {}


class IntroductionEditor(PartEditor):
    form = forms.IntroductionForm

    def __init__(self, article: Article) -> None:
        super().__init__(article, title=_("Introduction"), anchor="introduction")

    def read(self) -> drafts.Introduction:
        return drafts.introduction_of(self.article)

    def save(self, value: drafts.Introduction, *, token: str, by: User) -> Saved:
        saved = drafts.save_introduction(self.article, value, token=token, by=by)
        return Saved(saved, {"html": drafts.html_of(saved.introduction)})


class ConclusionEditor(PartEditor):
    form = forms.ConclusionForm

    def __init__(self, article: Article) -> None:
        super().__init__(article, title=_("Conclusion"), anchor="conclusion")

    def read(self) -> drafts.Conclusion:
        return drafts.conclusion_of(self.article)

    def save(self, value: drafts.Conclusion, *, token: str, by: User) -> Saved:
        saved = drafts.save_conclusion(self.article, value, token=token, by=by)
        return Saved(saved, {"html": drafts.html_of(saved.conclusion)})


@article_view(CHANGE)
def details(request: StaffRequest, article: Article) -> HttpResponse:
    return edit(request, DetailsEditor(article))


@article_view(CHANGE)
def introduction(request: StaffRequest, article: Article) -> HttpResponse:
    return edit(request, IntroductionEditor(article))


@article_view(CHANGE)
def conclusion(request: StaffRequest, article: Article) -> HttpResponse:
    return edit(request, ConclusionEditor(article))


@article_view(CHANGE)
@post_only("change")
def dismiss_unplaced(request: StaffRequest, article: Article) -> HttpResponse:
    """Forgets what an import could not place."""
    try:
        drafts.dismiss_unplaced(article, by=request.user)
    except drafts.DraftError as error:
        return refuse(request, article, str(error))
    return HttpResponseRedirect(article_url("change", article))
