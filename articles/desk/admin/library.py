"""The picture library: uploading, describing, replacing and deleting pictures, and where each is used."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core import signing
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.forms.widgets import Script
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import URLPattern
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles import images
from articles.desk.admin import picture_dialog
from articles.desk.admin.deleting import DeletedWithCare, Use, uses_in_articles
from articles.desk.requests import signed_in
from articles.images.checking import MAX_BYTES
from articles.models import Article, Author, BinnedPart, FactCard, Faq, Picture, Revision, SitePage
from articles.models.pictures import TAKEN_FIELDS

ACCEPTED = "image/jpeg,image/png,image/webp,image/gif,image/avif"

#: A form that comes back with an error carries along what `Picture.take` filled, signed.
_SALT = "articles.desk.admin.library"


def articles_with(picture: Picture) -> QuerySet[Article]:
    """Articles that show it now, or showed it in any revision (which may be live, wait, or be restored).

    What lies in a bin counts: it may come back.
    """
    mark = picture.public_id  # ten random signs: no other text of ours holds them
    binned = BinnedPart.objects.annotate(text=Cast("value", TextField())).filter(text__contains=mark)
    revisions = Revision.objects.annotate(text=Cast("content", TextField())).filter(text__contains=mark)
    return Article.with_binned.filter(
        Q(cover=picture)
        | Q(introduction__contains=mark)
        | Q(conclusion__contains=mark)
        | Q(pk__in=FactCard.objects.filter(body__contains=mark).values("article"))
        | Q(pk__in=Faq.objects.filter(answer__contains=mark).values("article"))
        | Q(pk__in=revisions.order_by().values("article"))
        | Q(pk__in=binned.order_by().values("article"))
    )


class PictureForm(forms.ModelForm):  # type: ignore[type-arg]
    """A good upload is kept while another field is put right: a browser cannot send it again by itself."""

    upload = forms.FileField(
        label=_("File"),
        help_text=_("JPEG, PNG, WebP, GIF or AVIF, up to 20 MB. It is made upright and freed of hidden data."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    kept = forms.CharField(label=_("File"), required=False, widget=forms.HiddenInput)

    class Meta:
        model = Picture
        fields = ("title", "alt", "decorative", "credit", "licence", "focal_x", "focal_y")
        labels: ClassVar = {
            "focal_x": _("What matters, percent from the left"),
            "focal_y": _("What matters, percent from the top"),
        }
        widgets: ClassVar = {
            "alt": forms.Textarea(attrs={"rows": 2}),
            "focal_x": forms.NumberInput(attrs={"min": 0, "max": 100}),
            "focal_y": forms.NumberInput(attrs={"min": 0, "max": 100}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        upload = self.fields.get("upload")
        if upload is not None and (self.instance.pk or self._kept()):
            upload.required = False
        if upload is not None and self.instance.pk:
            upload.label = _("Another file")
            upload.help_text = _(
                "It takes this one’s place in drafts. What is live stays as it is until published again."
            )

    def _kept(self) -> dict[str, Any]:
        try:
            found = signing.loads(self.data.get(self.add_prefix("kept"), ""), salt=_SALT)
        except signing.BadSignature:
            return {}
        return found if isinstance(found, dict) else {}

    def _post_clean(self) -> None:
        for name, value in self._kept().items():
            setattr(self.instance, name, value)
        if upload := self.cleaned_data.get("upload"):
            self._take(upload)
        super()._post_clean()  # type: ignore[misc]

    def _take(self, upload: Any) -> None:
        try:
            self.instance.take(upload.read(MAX_BYTES + 1), upload.name)  # what is longer is refused, not read
        except images.ImageError as error:
            self.add_error("upload", str(error))
            return
        kept = {name: getattr(self.instance, name) for name in TAKEN_FIELDS}
        self.data = {**dict(self.data.items()), self.add_prefix("kept"): signing.dumps(kept, salt=_SALT)}

    @property
    def is_file_kept(self) -> bool:
        return bool(self.errors and self._kept())


class UploadedFilter(admin.DateFieldListFilter):
    """By the day of the upload, under a name that can be translated."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("uploaded")


@admin.register(Picture)
class PictureAdmin(DeletedWithCare):
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
        (_("What has to stay in sight"), {"fields": (("focal_x", "focal_y"),)}),
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
            found = {"uses": self.uses(picture, signed_in(request))}
        return super().change_view(request, object_id, form_url, {**found, **(extra_context or {})})

    def uses(self, obj: Picture, user: User) -> list[Use]:
        authors = Author.objects.filter(picture=obj).order_by("name")
        named = [Use(str(_("The author %(name)s") % {"name": author})) for author in authors]
        pages = SitePage.objects.filter(body__contains=obj.public_id)
        named += [Use(str(_("The page “%(title)s”") % {"title": page})) for page in pages]
        return [*uses_in_articles(articles_with(obj), user), *named]
