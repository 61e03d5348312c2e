"""Remarks on an article and its cards: writing, answering, marking as dealt with."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, F, Prefetch, When
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from articles import workflow
from articles.desk.pages import article_url, article_view, page, post_only
from articles.desk.requests import StaffRequest
from articles.desk.writing.forms import CommentForm, ReplyForm
from articles.models import Article, Comment

COMMENT = "articles.comment_article"
ON_A_PAGE = 50


@article_view(COMMENT)
def comments(request: StaffRequest, article: Article) -> HttpResponse:
    """The remarks, open ones first; POST adds one. `?card=` chooses the card that it is about."""
    if request.method != "POST":
        form = CommentForm(initial={"card": request.GET.get("card", "")}, cards=_cards(article))
        return _page(request, article, form)
    form = CommentForm(request.POST, cards=_cards(article))
    if not form.is_valid():
        return _page(request, article, form, status=400)
    given = form.cleaned_data
    card = article.cards.filter(public_id=given["card"]).first() if given["card"] else None
    try:
        row = workflow.comment(article, given["text"], by=request.user, card=card, quoted=given["quoted"])
    except workflow.WorkflowError as error:
        form.add_error("text", str(error))
        return _page(request, article, form, status=400)
    return _back(request, article, row, _("Your comment is saved."))


@article_view(COMMENT)
@post_only("comments")
def reply(request: StaffRequest, article: Article, pk_of_comment: int) -> HttpResponse:
    remark = get_object_or_404(article.comments, pk=pk_of_comment)
    thread = remark.parent or remark
    form = ReplyForm(request.POST, thread=thread)
    if form.is_valid():
        try:
            workflow.comment(article, form.cleaned_data["text"], by=request.user, parent=remark)
        except workflow.WorkflowError as error:
            form.add_error("text", str(error))
        else:
            return _back(request, article, thread, _("Your reply is saved."))
    return _page(request, article, CommentForm(cards=_cards(article)), reply=form, status=400)


@article_view(COMMENT)
@post_only("comments")
def resolve(request: StaffRequest, article: Article, pk_of_comment: int) -> HttpResponse:
    """Marks a remark as dealt with; with `open` in the form, as open again."""
    remark = get_object_or_404(article.comments.select_related("article"), pk=pk_of_comment, parent=None)
    is_open = "open" in request.POST
    workflow.resolve(remark, by=request.user, is_open=is_open)
    return _back(request, article, remark, _("The comment is open again.") if is_open else _("Marked as resolved."))


def _back(request: StaffRequest, article: Article, remark: Comment, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return HttpResponseRedirect(f"{article_url('comments', article)}#comment-{remark.pk}")


def _cards(article: Article) -> list[tuple[str, str]]:
    return [
        (public_id, _("Fact %(number)s: %(heading)s") % {"number": position, "heading": heading})
        for public_id, position, heading in article.cards.values_list("public_id", "position", "heading")
    ]


def _page(
    request: StaffRequest, article: Article, form: CommentForm, *, reply: ReplyForm | None = None, status: int = 200
) -> HttpResponse:
    """With a reply that was refused its thread stands first, wherever it was."""
    answers = Prefetch("replies", Comment.objects.select_related("author"))
    threads = article.comments.filter(parent=None).select_related("author", "card", "resolved_by")
    threads = threads.prefetch_related(answers).order_by(F("resolved_at").asc(nulls_first=True), "written_at", "pk")
    if reply:
        threads = threads.order_by(Case(When(pk=reply.thread.pk, then=0), default=1), *threads.query.order_by)
    found = Paginator(threads, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(row, reply if reply and row == reply.thread else ReplyForm(thread=row)) for row in found]
    return page(
        request,
        "review/comments",
        title=_("Comments"),
        article=article,
        status=status,
        form=form,
        found=found,
        threads=rows,
        reply=reply,
    )
