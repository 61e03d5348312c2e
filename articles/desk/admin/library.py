"""The picture library: the list of pictures, and the page of each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import URLPattern
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.desk.admin import picture_changes, picture_dialog
from articles.desk.admin.deleting import ProtectedWhileUsed, Use
from articles.desk.admin.pictures import PictureForm, take_upload, uses_of
from articles.desk.admin.versioned import VersionedAdmin
from articles.desk.requests import signed_in
from articles.models import Picture
from articles.operations.picture_changes import save_picture


class UploadedFilter(admin.DateFieldListFilter):
    """By the day of the upload, under a name that can be translated."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("uploaded")


@admin.register(Picture)
class PictureAdmin(VersionedAdmin, ProtectedWhileUsed):
    form = PictureForm
    change_form_template = "admin/articles/picture/change_form.html"
    list_display = ("thumbnail", "title", "words", "credit", "licence", "size", "uploaded")
    list_display_links = ("title",)
    show_facets = admin.ShowFacets.NEVER
    list_filter = (picture_changes.WaitingFilter, "decorative", ("uploaded_at", UploadedFilter))
    list_per_page = 24
    show_full_result_count = False
    search_fields = ("title", "alt", "credit", "public_id")
    fieldsets = (
        (None, {"fields": ("upload", "kept", "title")}),
        (_("For people who cannot see it"), {"fields": ("alt", "decorative")}),
        (_("Where it comes from"), {"fields": ("credit", "licence")}),
        (_("Focal point"), {"fields": (("focal_x", "focal_y"),)}),
    )

    class Media:
        js = (Script("desk/library/picture-page.js", type="module"),)

    def get_urls(self) -> list[URLPattern]:
        return [*picture_changes.urls(self), *picture_dialog.urls(self), *super().get_urls()]

    @admin.display(description=_("picture"))
    def thumbnail(self, picture: Picture) -> SafeString:
        return render_to_string("desk/admin/picture_thumbnail.html", {"picture": picture})

    @admin.display(description=_("alternative text"))
    def words(self, picture: Picture) -> str:
        return str(_("decorative")) if picture.decorative and not picture.alt else picture.alt

    @admin.display(description=_("size"), ordering="width")
    def size(self, picture: Picture) -> str:
        return f"{picture.width} × {picture.height}"

    @admin.display(description=_("uploaded"), ordering="uploaded_at")
    def uploaded(self, picture: Picture) -> dt.datetime:
        return picture.uploaded_at

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)  # a class made for this request
        form.by = signed_in(request)
        form.taken = getattr(request, "taken_upload", None)
        return form

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """A file is stored before Django opens the transaction in which it locks the picture."""
        may_write = self.has_change_permission if object_id else self.has_add_permission
        if request.method == "POST" and may_write(request):
            setattr(request, "taken_upload", take_upload(request))  # noqa: B010  -- for get_form
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Picture, form: Any, change: bool) -> None:
        if change:
            form.saved = save_picture(obj, by=signed_in(request))
        else:
            obj.uploaded_by_id = request.user.pk
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Django asks for it on the page of a picture alone: the dialog says these sentences itself."""
        super().save_related(request, form, formsets, change)
        form.instance.is_waiting = form.saved.waiting is not None
        for sentence in picture_changes.sentences_of(form.saved):
            messages.info(request, sentence)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        if form.saved.waiting is not None:
            names = ", ".join(sorted(form.changed_data))
            return _("Proposed a change, which waits for an editor: %(names)s.") % {"names": names}
        return super().construct_change_message(request, form, formsets, add)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """What only waits was not changed, and its writer sees it on the page."""
        if obj.is_waiting:
            return HttpResponseRedirect(request.path)
        return super().response_change(request, obj)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        picture = self.get_object(request, object_id)
        found: dict[str, Any] = {}
        if picture is not None and self.has_view_permission(request, picture):
            user = signed_in(request)
            found = {"uses": uses_of(picture, user), **picture_changes.context_of(picture, user)}
        return super().change_view(request, object_id, form_url, {**found, **(extra_context or {})})

    def uses(self, obj: Picture, user: User) -> list[Use]:
        return uses_of(obj, user)
