"""The library in a dialog: searching it, uploading and describing new pictures, editing one.

Answers static/desk/library/picture-choice.js in JSON with fragments of HTML in it; one that is not 200 says why in
`sentence`.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from articles import rights
from articles.desk.admin.deleting import ProtectedWhileUsed
from articles.desk.admin.picture_changes import sentences_of
from articles.desk.admin.pictures import PictureForm, take_upload, uses_of
from articles.desk.admin.versioned import merge_note, stale_context
from articles.desk.pages import behind_login
from articles.desk.requests import StaffRequest
from articles.models import Picture

PER_PAGE = 24
LONGEST_SEARCH = 200
MOST_SHOWN = 100
#: The page behind the dialog has fields with the same names.
_IN_A_DIALOG: Any = {"auto_id": "picture_%s", "label_suffix": ""}


def urls(library: ProtectedWhileUsed) -> list[URLPattern]:
    """`library` is the list of pictures in the admin: the dialog finds and saves them as it does."""
    return [
        path(where, behind_login(require_http_methods(methods)(functools.partial(view, library))), name=name)
        for where, methods, view, name in (
            ("choose/", ["GET"], list_pictures, "articles_picture_choose"),
            ("choose/shown/", ["GET"], picture_previews, "articles_picture_shown"),
            ("choose/new/", ["POST"], add_picture, "articles_picture_choose_new"),
            ("choose/<slug:public_id>/", ["GET", "POST"], edit_picture, "articles_picture_choose_one"),
        )
    ]


def list_pictures(library: ProtectedWhileUsed, request: StaffRequest) -> JsonResponse:
    """A page of the library, newest first. `token` is for what is sent later: signing in again makes a new one."""
    rights.require(request.user, "articles.view_picture")
    words = request.GET.get("q", "").replace("\x00", " ")[:LONGEST_SEARCH]
    found, _may_repeat = library.get_search_results(request, Picture.objects.all(), words)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    answer = {"html": _choices(request, page), "status": _status(page, words), "token": get_token(request)}
    return JsonResponse({**answer, "next": page.next_page_number() if page.has_next() else None})


def _status(page: Page[Picture], words: str) -> str:
    count = page.paginator.count
    if count:
        sentence = ngettext("%(shown)s of %(count)s picture", "%(shown)s of %(count)s pictures", count)
        return sentence % {"shown": page.end_index(), "count": count}
    return _("No picture has all of these words.") if words.strip() else _("There is no picture yet.")


def picture_previews(_library: ProtectedWhileUsed, request: StaffRequest) -> JsonResponse:
    """How the pictures of a text look in its field: by their ids (`id`, repeated), those that there are."""
    rights.require(request.user, "articles.view_picture")
    ids = [public_id.replace("\x00", "") for public_id in request.GET.getlist("id")[:MOST_SHOWN]]
    pictures = {
        picture.public_id: {
            "src": picture.preview_url,
            "width": picture.width,
            "height": picture.height,
            "alt": "" if picture.decorative else picture.alt,
        }
        for picture in Picture.objects.filter(public_id__in=ids)
    }
    return JsonResponse({"pictures": pictures})


def add_picture(library: ProtectedWhileUsed, request: StaffRequest) -> JsonResponse:
    """Takes a new picture in two steps: the file alone, which is checked and kept, then its description."""
    rights.require(request.user, "articles.add_picture")
    form = PictureForm(request.POST, request.FILES, **_IN_A_DIALOG)
    form.taken = take_upload(request)
    if "title" not in request.POST:
        return _ask_for_description(request, form)
    if not form.is_valid():
        return _invalid(request, form)
    return _saved(library, request, form, change=False)


def _ask_for_description(request: StaffRequest, checked: PictureForm) -> JsonResponse:
    if "upload" in checked.errors:
        return JsonResponse({"sentence": " ".join(map(str, checked.errors["upload"]))}, status=400)
    initial = {"title": title_of(checked.cleaned_data["upload"].name), "kept": checked["kept"].value()}
    form = PictureForm(instance=checked.instance, initial=initial, **_IN_A_DIALOG)
    return JsonResponse({"html": _fields(request, form)})


def title_of(file_name: str) -> str:
    """A title to begin with. Some systems write Hangul and accents of file names in pieces: they are put together."""
    name = PurePath(unicodedata.normalize("NFC", file_name)).stem
    return capfirst(" ".join(name.replace("_", " ").replace("-", " ").split()))[:200]


def edit_picture(library: ProtectedWhileUsed, request: StaffRequest, public_id: str) -> JsonResponse:
    """GET gives the form of a picture, with where it is used; POST saves it."""
    rights.require(request.user, "articles.change_picture")
    picture = get_object_or_404(Picture, public_id=public_id)
    if request.method != "POST":
        form = PictureForm(instance=picture, **_IN_A_DIALOG)
        return JsonResponse({"html": _fields(request, form), "token": get_token(request)})
    taken = take_upload(request)
    with transaction.atomic():
        locked = get_object_or_404(Picture.objects.select_for_update(of=("self",)), pk=picture.pk)
        form = PictureForm(request.POST, request.FILES, instance=locked, **_IN_A_DIALOG)
        form.by, form.taken = request.user, taken
        if not form.is_valid():
            return _invalid(request, form)
        return _saved(library, request, form, change=True)


def _invalid(request: StaffRequest, form: PictureForm) -> JsonResponse:
    sentence = _("Not saved: see both versions.") if form.is_stale else _("Not saved: see the marked fields.")
    if not form.is_stale and (whole := form.non_field_errors()):
        sentence = " ".join(map(str, whole))
    return JsonResponse({"sentence": sentence, "html": _fields(request, form)}, status=409 if form.is_stale else 400)


def _saved(library: ProtectedWhileUsed, request: StaffRequest, form: Any, *, change: bool) -> JsonResponse:
    """As the admin's own page saves: with the name of who uploaded it, and a line in its history."""
    picture: Picture = form.save(commit=False)
    library.save_model(request, picture, form, change)
    message = library.construct_change_message(request, form, [], add=not change)
    if not change:
        library.log_addition(request, picture, message)
    elif form.has_changed():
        library.log_change(request, picture, message)
    answer = {"id": picture.public_id, "html": _choices(request, [picture])}
    notes = [merge_note(form, request.user), *sentences_of(form.saved)]
    return JsonResponse({**answer, "note": " ".join(filter(None, notes))})


def _choices(request: StaffRequest, pictures: Iterable[Picture]) -> str:
    return render_to_string("desk/admin/picture_choices.html", {"pictures": pictures}, request)


def _fields(request: StaffRequest, form: PictureForm) -> str:
    picture = form.instance
    context: dict[str, Any] = {"form": form, "picture": picture, "action": reverse("admin:articles_picture_choose_new")}
    context |= stale_context(form, request.user)
    if picture.pk:
        context["action"] = reverse("admin:articles_picture_choose_one", args=[picture.public_id])
        context["uses"] = uses_of(picture, request.user)
    return render_to_string("desk/admin/picture_words.html", context, request)
