"""The picture library: the list of pictures, and the page of each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.forms.widgets import Script
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import URLPattern
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.desk.admin import picture_dialog
from articles.desk.admin.deleting import ProtectedWhileUsed, Use
from articles.desk.admin.pictures import PictureForm, uses_of
from articles.desk.admin.versioned import VersionedAdmin
from articles.desk.requests import signed_in
from articles.models import Picture


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
    list_filter = ("decorative", ("uploaded_at", UploadedFilter))
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
        return [*picture_dialog.urls(self), *super().get_urls()]

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

    def save_model(self, request: HttpRequest, obj: Picture, form: Any, change: bool) -> None:
        if not change:
            obj.uploaded_by_id = request.user.pk
        super().save_model(request, obj, form, change)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        picture = self.get_object(request, object_id)
        found = {}
        if picture is not None and self.has_view_permission(request, picture):
            found = {"uses": uses_of(picture, signed_in(request))}
        return super().change_view(request, object_id, form_url, {**found, **(extra_context or {})})

    def uses(self, obj: Picture, user: User) -> list[Use]:
        return uses_of(obj, user)
