"""Find and replace in many articles: GET looks, a page of articles at a time, POST replaces the ticked places."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import drafts, rights
from articles.desk.pages import CHANGE, page
from articles.desk.requests import MOST_INTEGER, StaffRequest
from articles.desk.writing.replacing import OccurrenceRow, ReplaceForm
from articles.desk.writing.summaries import name_of_part
from articles.document import FIELD_LABELS
from articles.models import Article, HouseTerm
from articles.operations import replacing
from articles.operations.replacing import ArticlePlaces, ReplacedArticle, Wanted
from articles.states import Status
from articles.text.numbers import whole_number
from articles.translation import translated

_SALT = "articles.desk.replacing_across"
#: Together fewer fields than a form may have.
ARTICLES_ON_A_PAGE, PLACES_OF_AN_ARTICLE = 10, 60


@dataclass(frozen=True)
class ArticleRow:
    """One article with its places; `is_archived` ones are shown, and cannot be changed."""

    article: Article
    places: list[OccurrenceRow]
    are_more: bool
    is_archived: bool
    lapses: bool


def replace(request: StaffRequest) -> HttpResponse:
    rights.require(request.user, CHANGE)
    given = request.POST if request.method == "POST" else request.GET
    form = ReplaceForm(given) if "find" in given else ReplaceForm()
    if not form.is_bound or not form.is_valid():
        return _page(request, form, status=400 if form.is_bound else 200)
    if request.method != "POST":
        return _page(request, form, has_looked=True)
    chosen = _chosen(request)
    if not chosen:
        return _page(request, form, has_looked=True, status=400, refused=_("Tick a place."))
    report = replacing.replace(
        chosen, _wanted(form), form.cleaned_data["by"], tokens=_signed(request, "tokens"), by=request.user
    )
    undo = {row.pk: dict(row.versions) for row in report if row.versions}
    return _report(
        request, report, undo=signing.dumps(_pairs(undo), salt=f"{_SALT}.undo", compress=True) if undo else ""
    )


def undo(request: StaffRequest) -> HttpResponse:
    """POST `undo`: what a replacement gave; and `only`, the key of one of its articles, where just that is meant."""
    rights.require(request.user, CHANGE)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("admin:articles_article_replace_across"))
    versions = _signed(request, "undo")
    only = whole_number(request.POST.get("only", ""), most=MOST_INTEGER)
    wanted = {pk: each for pk, each in versions.items() if only in (None, pk)}
    report = replacing.undo({pk: {int(k): t for k, t in each.items()} for pk, each in wanted.items()}, by=request.user)
    if not report:
        return _page(request, ReplaceForm(), status=400, refused=_("There is nothing to undo."))
    rest = {pk: each for pk, each in versions.items() if pk not in wanted}
    left = signing.dumps(_pairs(rest), salt=f"{_SALT}.undo", compress=True) if rest else ""
    return _report(request, report, is_undone=True, undo=left)


def _wanted(form: ReplaceForm) -> Wanted:
    given = form.cleaned_data
    return Wanted(given["find"], whole_words=given["whole"], match_case=given["case"])


def _chosen(request: StaffRequest) -> dict[int, set[str]]:
    chosen: dict[int, set[str]] = defaultdict(set)
    for ticked in request.POST.getlist("place"):
        number, _space, key = ticked.partition(" ")
        if pk := whole_number(number, most=MOST_INTEGER):
            chosen[pk].add(key)
    return dict(chosen)


def _pairs(by_article: dict[int, Any]) -> list[tuple[int, list[tuple[Any, str]]]]:
    """JSON knows no numbers as keys."""
    return [(pk, sorted(each.items())) for pk, each in by_article.items()]


def _signed(request: StaffRequest, name: str) -> dict[int, dict[Any, str]]:
    """What this page has sent out; nothing when it is not ours."""
    try:
        pairs = signing.loads(request.POST.get(name, ""), salt=f"{_SALT}.{name}")
    except signing.BadSignature:
        return {}
    return {pk: dict(each) for pk, each in pairs}


def _report(request: StaffRequest, report: list[ReplacedArticle], **context: Any) -> HttpResponse:
    count = sum(row.count for row in report if not row.refused)
    title = _("Find and replace in all articles")
    more: dict[str, Any] = {"report": report, "count": count, "is_undone": False, **context}
    return page(request, "writing/replaced_across", title=title, **more)


def _page(
    request: StaffRequest, form: ReplaceForm, *, has_looked: bool = False, status: int = 200, refused: str = ""
) -> HttpResponse:
    keys, are_more = replacing.articles_with(_wanted(form), request.user) if has_looked else ([], False)
    found = Paginator(keys, ARTICLES_ON_A_PAGE).get_page(request.GET.get("page"))
    looked = [replacing.places_in(each, _wanted(form), most=PLACES_OF_AN_ARTICLE) for each in _articles(found)]
    looked = [each for each in looked if each.places]
    tokens = {each.article.pk: each.tokens for each in looked}
    return page(
        request,
        "writing/replace_across",
        title=_("Find and replace in all articles"),
        status=status,
        form=form,
        terms=[(term.right, wrong, term) for term in HouseTerm.objects.all() for wrong in term.wrong],
        has_looked=has_looked,
        found=found,
        are_more=are_more,
        most=replacing.MOST_ARTICLES,
        rows=[_row(each) for each in looked],
        tokens=signing.dumps(_pairs(tokens), salt=f"{_SALT}.tokens", compress=True),
        refused=refused,
    )


def _articles(found: Any) -> list[Article]:
    rows: QuerySet[Article] = Article.objects.select_related("subject", "cover", "approved_revision")
    by_key = rows.defer("approved_revision__content").in_bulk(list(found))
    return [by_key[pk] for pk in found if pk in by_key]


def _row(found: ArticlePlaces) -> ArticleRow:
    names = {drafts.place_of(part): name_of_part(part) for part in found.parts}
    places = [OccurrenceRow(each, names[each.place], translated(FIELD_LABELS[each.field])) for each in found.places]
    status = found.article.effective_status
    return ArticleRow(
        found.article, places, found.are_more, status is Status.ARCHIVED, lapses=status is Status.APPROVED
    )
