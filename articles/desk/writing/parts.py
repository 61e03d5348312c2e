"""The pages of an article's own parts: what stands at its head, the introduction, the conclusion."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import drafts
from articles.desk.pages import CHANGE, article_url, article_view, refuse
from articles.desk.requests import StaffRequest
from articles.desk.writing import forms
from articles.desk.writing.saving import PartEditor, edit
from articles.models import Article


@article_view(CHANGE)
def details(request: StaffRequest, article: Article) -> HttpResponse:
    part = PartEditor(
        article=article,
        title=_("Details"),
        template="writing/details",
        form=forms.DetailsForm,
        read=lambda: drafts.details_of(_fresh(article)),
        save=lambda value, **kw: drafts.save_details(article, value, **kw),
        anchor="details",
    )
    return edit(request, part)


@article_view(CHANGE)
def introduction(request: StaffRequest, article: Article) -> HttpResponse:
    part = PartEditor(
        article=article,
        title=_("Introduction"),
        template="writing/part",
        form=forms.IntroductionForm,
        read=lambda: drafts.introduction_of(_fresh(article)),
        save=lambda value, **kw: drafts.save_introduction(article, value, **kw),
        anchor="introduction",
    )
    return edit(request, part)


@article_view(CHANGE)
def conclusion(request: StaffRequest, article: Article) -> HttpResponse:
    part = PartEditor(
        article=article,
        title=_("Conclusion"),
        template="writing/part",
        form=forms.ConclusionForm,
        read=lambda: drafts.conclusion_of(_fresh(article)),
        save=lambda value, **kw: drafts.save_conclusion(article, value, **kw),
        anchor="conclusion",
    )
    return edit(request, part)


@require_POST
@article_view(CHANGE)
def dismiss_unplaced(request: StaffRequest, article: Article) -> HttpResponse:
    """Forgets what an import could not place."""
    try:
        drafts.dismiss_unplaced(article, by=request.user)
    except drafts.DraftError as error:
        return refuse(request, article, str(error))
    return HttpResponseRedirect(article_url("change", article))


def _fresh(article: Article) -> Article:
    """The row as it stands now: after a save, the one in hand is older than what was written."""
    return Article.objects.select_related("subject", "cover").get(pk=article.pk)
