"""Comments and suggestions on an article and its parts: writing, answering, deciding.

A page for browsers; with `Accept: application/json` the same addresses serve static/desk/comments:

    GET  comments/               {stamp, threads: [thread], people: [{name, full}]}
                                 thread: see `threads.as_values`; people: those who may be mentioned
    POST comments/               place, quoted, field, start, text; suggests and suggested  ->  {id}
    POST comments/<id>/reply/    text                ->  {id}
    POST comments/<id>/resolve/  open=1 opens again  ->  {id}
    POST comments/<id>/take/                         ->  {id, change}
    POST comments/<id>/decline/  text, the reason    ->  {id}

Whatever is refused has a status and {sentence}.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, When
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from articles import drafts, rights, workflow
from articles.desk.pages import CHANGE, article_url, article_view, page, post_only, refuse, wants_json
from articles.desk.requests import StaffRequest
from articles.desk.review import threads
from articles.desk.review.comment_forms import CommentForm, ReplyForm
from articles.models import Article, Comment

COMMENT = "articles.comment_article"
ON_A_PAGE = 50
_MOST_PEOPLE = 300


@article_view(COMMENT)
def comments(request: StaffRequest, article: Article) -> HttpResponse:
    """The threads, open ones first; POST adds one. `?place=` chooses the part that it is about."""
    texts = drafts.texts_of(article)
    if request.method != "POST" and wants_json(request):
        return _list(request, article, texts)
    names = threads.names_of(texts)
    if request.method != "POST":
        form = CommentForm(initial={"place": request.GET.get("place", "")}, places=names)
        return _page(request, article, texts, form)
    form = CommentForm(request.POST, places=names)
    if not form.is_valid():
        return _refused(request, article, texts, form)
    try:
        row = _add(article, form.cleaned_data, request)
    except workflow.WorkflowError as error:
        form.add_error("quoted" if form.cleaned_data["quoted"] else "text", str(error))
        return _refused(request, article, texts, form)
    return _done(request, article, row, _("Your comment is saved."))


def _add(article: Article, given: dict[str, Any], request: StaffRequest) -> Comment:
    words = {name: given[name] for name in ("place", "field", "quoted", "start")}
    if given["suggests"]:
        return workflow.suggest(article, given["suggested"], by=request.user, text=given["text"], **words)
    return workflow.comment(article, given["text"], by=request.user, **words)


@article_view(COMMENT)
@post_only("comments")
def reply(request: StaffRequest, article: Article, pk_of_comment: int) -> HttpResponse:
    remark = get_object_or_404(article.comments, pk=pk_of_comment)
    thread = remark.parent or remark
    form = ReplyForm(request.POST, thread=thread)
    if form.is_valid():
        try:
            row = workflow.comment(article, form.cleaned_data["text"], by=request.user, parent=remark)
        except workflow.WorkflowError as error:
            form.add_error("text", str(error))
        else:
            return _done(request, article, thread, _("Your reply is saved."), answer=row.pk)
    texts = drafts.texts_of(article)
    return _refused(request, article, texts, CommentForm(places=threads.names_of(texts)), reply=form)


@article_view(COMMENT)
@post_only("comments")
def resolve(request: StaffRequest, article: Article, pk_of_comment: int) -> HttpResponse:
    """Marks a remark as dealt with; with `open` in the form, as open again."""
    remark = get_object_or_404(article.comments.select_related("article"), pk=pk_of_comment, parent=None)
    is_open = "open" in request.POST
    try:
        workflow.resolve(remark, by=request.user, is_open=is_open)
    except workflow.WorkflowError as error:
        return refuse(request, article, str(error))
    return _done(request, article, remark, _("The comment is open again.") if is_open else _("Marked as resolved."))


@article_view(CHANGE)
@post_only("comments")
def take(request: StaffRequest, article: Article, pk_of_comment: int) -> HttpResponse:
    """Puts suggested words into the text."""
    remark = get_object_or_404(article.comments.select_related("article"), pk=pk_of_comment, parent=None)
    try:
        changed = workflow.take(remark, by=request.user)
    except workflow.WorkflowError as error:
        return refuse(request, article, str(error))
    return _done(request, article, remark, _("The suggested words stand in the text."), change=changed.change)


@article_view(COMMENT)
@post_only("comments")
def decline(request: StaffRequest, article: Article, pk_of_comment: int) -> HttpResponse:
    remark = get_object_or_404(article.comments.select_related("article"), pk=pk_of_comment, parent=None)
    try:
        workflow.decline(remark, by=request.user, reason=request.POST.get("text", ""))
    except workflow.WorkflowError as error:
        return refuse(request, article, str(error))
    return _done(request, article, remark, _("Declined: the words stay as they are."))


# --- answers ----------------------------------------------------------------------------------------------------------


def _done(
    request: StaffRequest, article: Article, remark: Comment, sentence: str, *, answer: int = 0, **more: Any
) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"id": answer or remark.pk, "thread": remark.pk, "sentence": sentence, **more})
    messages.success(request, sentence)
    return HttpResponseRedirect(f"{article_url('comments', article)}#comment-{remark.pk}")


def _list(request: StaffRequest, article: Article, texts: threads.Texts) -> JsonResponse:
    stamp = workflow.stamp_of(article)
    rows = threads.rows_of(article)[: threads.MOST_FOR_SCRIPTS] if stamp else []
    found = threads.threads_of(article, rows, request.user, texts)
    people = [
        {"name": person.get_username(), "full": person.get_full_name()}
        for person in rights.people_who_see(article).exclude(pk=request.user.pk)[:_MOST_PEOPLE]
    ]
    values = threads.as_values(found, article)
    return JsonResponse({"stamp": stamp, "threads": values, "people": people})


def _refused(
    request: StaffRequest, article: Article, texts: threads.Texts, form: CommentForm, reply: ReplyForm | None = None
) -> HttpResponse:
    wrong = reply or form
    if wants_json(request):
        return JsonResponse({"sentence": " ".join(error.sentence for error in wrong.all_errors)}, status=400)
    return _page(request, article, texts, form, reply=reply, status=400)


def _page(
    request: StaffRequest,
    article: Article,
    texts: threads.Texts,
    form: CommentForm,
    *,
    reply: ReplyForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """With a reply that was refused its thread stands first, wherever it was."""
    rows = threads.rows_of(article)
    if reply:
        rows = rows.order_by(Case(When(pk=reply.thread.pk, then=0), default=1), *rows.query.order_by)
    found = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "review/comments",
        title=_("Comments"),
        article=article,
        status=status,
        form=form,
        found=found,
        threads=threads.threads_of(article, found, request.user, texts, reply),
        reply=reply,
    )
