"""What a save of a picture did, in words; and the changes that wait for an editor, on the page of their picture."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import drafts, rights
from articles.desk.admin.deleting import ProtectedWhileUsed
from articles.desk.pages import behind_login, wants_json
from articles.desk.requests import StaffRequest
from articles.desk.review.differences import FieldDifference
from articles.models import Picture, PictureChange
from articles.operations import OperationError, picture_changes
from articles.operations.picture_changes import SavedPicture
from articles.text import word_runs

#: So many decided changes stand on the page of a picture; all are in its history.
MOST_DECIDED = 5
_WORDS = ("alt", "decorative", "credit", "licence", "focal_x", "focal_y")


@dataclass(frozen=True)
class WaitingChange:
    """A change beside the picture as it is stored. `proposed` has another file where `has_file`."""

    change: PictureChange
    stored: Picture
    proposed: Picture
    has_file: bool
    rows: list[FieldDifference]
    token: str
    may_decide: bool
    is_own: bool


def urls(library: ProtectedWhileUsed) -> list[URLPattern]:
    return [
        path(f"<int:pk>/changes/<int:change>/{name}/", behind_login(functools.partial(view, library)), name=full)
        for name, view, full in (
            ("decide", decide, "articles_picture_decide"),
            ("withdraw", withdraw, "articles_picture_withdraw"),
        )
    ]


def context_of(picture: Picture, user: User) -> dict[str, Any]:
    """For the template `desk/admin/picture_change.html`."""
    decided = picture.changes.exclude(decided_at=None).order_by("-decided_at")[:MOST_DECIDED]
    return {"waiting": _waiting(picture, user), "decided": list(decided), "consequence": _consequence(picture, user)}


def _consequence(picture: Picture, user: User) -> str:
    """What saving a change will mean, said beforehand."""
    if not rights.may(user, "articles.change_picture"):
        return ""
    if picture_changes.waits_for_editor(picture, user):
        return _("It is shown outside of your own articles: what readers would see of your change waits for an editor.")
    if drafts.picture_uses(picture):
        return _("Changing what readers see of it changes each article that shows it, and ends their approval.")
    return ""


def _waiting(picture: Picture, user: User) -> WaitingChange | None:
    change = picture_changes.waiting_change(picture)
    if change is None:
        return None
    proposed = picture_changes.proposed(change)
    stored = Picture.objects.get(pk=picture.pk)  # a form with errors has put others into `picture`
    return WaitingChange(
        change=change,
        stored=stored,
        proposed=proposed,
        has_file="file" in change.values,
        rows=list(_rows(stored, proposed)),
        token=drafts.token(stored.as_value()),
        may_decide=picture_changes.may_decide(user),
        is_own=change.by_id == user.pk,
    )


def _rows(old: Picture, new: Picture) -> Iterator[FieldDifference]:
    for name in _WORDS:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield FieldDifference(name, _label(name), *word_runs.of_texts(_words(before), _words(after)))


def _label(name: str) -> str:
    labels = {
        "alt": _("alternative text"),
        "decorative": _("decorative"),
        "credit": _("credit"),
        "licence": _("licence"),
        "focal_x": _("Focal point, percent from the left"),
        "focal_y": _("Focal point, percent from the top"),
    }
    return labels[name]


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def sentences_of(saved: SavedPicture) -> list[str]:
    """What the person who saved should know."""
    found = []
    if saved.waiting:
        found.append(_("The picture is shown outside of your own articles: your change waits for an editor."))
    if count := len(saved.articles):
        words = ngettext("It is a change of %(count)s article.", "It is a change of %(count)s articles.", count)
        found.append(words % {"count": count})
    if count := len(saved.archived):
        words = ngettext(
            "%(count)s article in the archive shows it too, and was left alone.",
            "%(count)s articles in the archive show it too, and were left alone.",
            count,
        )
        found.append(words % {"count": count})
    return found


# --- acts -------------------------------------------------------------------------------------------------------------


def decide(library: ProtectedWhileUsed, request: StaffRequest, pk: int, change: int) -> HttpResponse:
    """POST `verdict` ("accept" or "decline") and `token`, that of the picture as it was shown beside the change."""
    rights.require(request.user, "articles.review_article")
    row = _change_of(pk, change)
    if request.method != "POST":
        return _to_the_picture(pk)
    by, verdict = request.user, request.POST.get("verdict", "")
    try:
        if verdict == "accept":
            saved = picture_changes.accept(row, token=request.POST.get("token", ""), by=by)
            said = [_("Accepted the change by %(name)s."), *sentences_of(saved)]
        elif verdict == "decline":
            picture_changes.decline(row, by=by)
            said = [_("Declined the change by %(name)s.")]
        else:
            raise OperationError(_("Accept the change or decline it."))
    except OperationError as error:
        return _refused(request, pk, str(error))
    return _done(library, request, row, [said[0] % {"name": row.by_name}, *said[1:]])


def withdraw(library: ProtectedWhileUsed, request: StaffRequest, pk: int, change: int) -> HttpResponse:
    """POST: takes one's own change back."""
    rights.require(request.user, "articles.change_picture")
    row = _change_of(pk, change)
    if request.method != "POST":
        return _to_the_picture(pk)
    try:
        picture_changes.withdraw(row, by=request.user)
    except OperationError as error:
        return _refused(request, pk, str(error))
    return _done(library, request, row, [_("You withdrew your change.")])


def _done(library: ProtectedWhileUsed, request: StaffRequest, row: PictureChange, said: list[str]) -> HttpResponse:
    """With a line in the history of the picture."""
    library.log_change(request, row.picture, said[0])
    if wants_json(request):
        return JsonResponse({"sentence": " ".join(said)})
    messages.success(request, " ".join(said))
    return _to_the_picture(row.picture_id)


def _refused(request: HttpRequest, pk: int, sentence: str) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"sentence": sentence}, status=409)
    messages.error(request, sentence)
    return _to_the_picture(pk)


def _to_the_picture(pk: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:articles_picture_change", args=[pk]))


def _change_of(picture: int, change: int) -> PictureChange:
    found = get_object_or_404(PictureChange.objects.select_related("picture"), pk=change)
    if found.picture_id != picture:
        raise Http404
    return found


class WaitingFilter(admin.SimpleListFilter):
    """Of the list of pictures."""

    title, parameter_name = gettext_lazy("changes"), "waiting"
    template = "desk/planning/filter_links.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        return [("yes", _("wait for an editor"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:  # noqa: ARG002
        wanted = PictureChange.objects.filter(decided_at=None).values("picture")
        return queryset.filter(pk__in=wanted) if self.value() == "yes" else queryset
