"""A picture: the form that uploads and describes it, and where it is used. For its own page and for the dialog."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.contrib.auth.models import User
from django.core import signing
from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles import images
from articles.desk.admin.deleting import Use, uses_in_articles
from articles.desk.admin.versioned import Plain, VersionedForm
from articles.images.checking import MAX_BYTES
from articles.models import Article, Author, Picture, PictureUse, SitePage
from articles.models.pictures import TAKEN_FIELDS
from articles.operations.picture_changes import SavedPicture, refusal

ACCEPTED = "image/jpeg,image/png,image/webp,image/gif,image/avif"

#: A form that comes back with an error carries along what `Picture.take` filled, signed.
_SALT = "articles.desk.admin.pictures"


def articles_with(picture: Picture) -> QuerySet[Article]:
    """Articles that show it now, or showed it in any revision (which may be live, wait, or be restored).

    What lies in a bin counts: it may come back.
    """
    uses = PictureUse.objects.filter(picture=picture.public_id).order_by()
    return Article.with_binned.filter(pk__in=uses.values("article"))


def uses_of(picture: Picture, user: User) -> list[Use]:
    """Articles, authors and pages that show it; articles by name as far as this person may see them."""
    authors = Author.objects.filter(picture=picture).order_by("name")
    named = [Use(str(_("The author %(name)s") % {"name": author})) for author in authors]
    pages = SitePage.objects.filter(body__contains=picture.public_id)
    named += [Use(str(_("The page “%(title)s”") % {"title": page})) for page in pages]
    return [*uses_in_articles(articles_with(picture), user), *named]


class TakenUpload(NamedTuple):
    """A file that was sent: what `Picture.take` made of it, or the sentence that refuses it."""

    fields: dict[str, Any]
    refusal: str = ""


def take_upload(request: HttpRequest) -> TakenUpload | None:
    """Checks and stores the file of a request, for `PictureForm.taken`; None where there is none.

    Call it while nothing is locked and no transaction is open: a store may take seconds, and everybody who works on the
    picture, or on SQLite anywhere, would wait for it. What no form then names is an orphan (operations.orphans).
    """
    upload = request.FILES.get("upload")
    if upload is None:
        return None
    picture = Picture()
    try:
        picture.take(upload.read(MAX_BYTES + 1), upload.name or "")  # what is longer is refused, not read
    except images.ImageError as error:
        return TakenUpload({}, str(error))
    return TakenUpload({name: getattr(picture, name) for name in TAKEN_FIELDS})


class PictureForm(VersionedForm):
    """A good upload is kept while another field is put right: a browser cannot send it again by itself."""

    upload = forms.FileField(
        label=_("File"),
        help_text=_("JPEG, PNG, WebP, GIF or AVIF, up to 20 MB. It is turned upright, and hidden data is removed."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    kept = forms.CharField(label=_("File"), required=False, widget=forms.HiddenInput)
    #: Who saves.
    by: User | None = None
    #: What `take_upload` made of the file that comes with the form.
    taken: TakenUpload | None = None

    class Meta:
        model = Picture
        fields = ("title", "alt", "decorative", "credit", "licence", "focal_x", "focal_y")
        labels: ClassVar = {
            "focal_x": _("Focal point, percent from the left"),
            "focal_y": _("Focal point, percent from the top"),
        }
        widgets: ClassVar = {
            "alt": forms.Textarea(attrs={"rows": 2}),
            "focal_x": forms.NumberInput(attrs={"min": 0, "max": 100}),
            "focal_y": forms.NumberInput(attrs={"min": 0, "max": 100}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.saved = SavedPicture()  # what the save did, once it did
        upload = self.fields.get("upload")
        if upload is not None and (self.instance.pk or self._signed_upload()):
            upload.required = False
        if upload is not None and self.instance.pk:
            upload.label = _("Another file")
            upload.help_text = _("It replaces this one in drafts. What is live stays as it is until published again.")

    def _has_errors(self) -> bool:
        """So far: `errors` would begin to clean the form again."""
        return bool(getattr(self, "_errors", None))

    def _check_uses(self) -> None:
        """A change of the picture is one of every article that shows it."""
        if self.by is None or not self.instance.pk or self._has_errors():
            return
        if sentence := refusal(self.instance, by=self.by):
            self.add_error(None, sentence)

    @cached_property
    def saved_values(self) -> dict[str, Plain]:
        """With the file: two people may each have chosen another one."""
        return {**super().saved_values, "upload": self.instance.file}

    def sent_values(self) -> dict[str, Plain]:
        upload = self.files.get(self.add_prefix("upload"))
        file = upload.name if upload else self._signed_upload().get("file")
        return {**super().sent_values(), **({"upload": file} if file else {})}

    def _signed_upload(self) -> dict[str, Any]:
        try:
            found = signing.loads(self.data.get(self.add_prefix("kept"), ""), salt=_SALT)
        except signing.BadSignature:
            return {}
        return found if isinstance(found, dict) else {}

    def _post_clean(self) -> None:
        for name, value in self._signed_upload().items():
            setattr(self.instance, name, value)
        if self.cleaned_data.get("upload"):
            self._take()
        super()._post_clean()
        self._check_uses()

    def _take(self) -> None:
        if self.taken is None:
            raise ImproperlyConfigured("The view stores the file first: see take_upload.")
        if self.taken.refusal:
            self.add_error("upload", self.taken.refusal)
            return
        earlier = self.instance.copies
        for name, value in self.taken.fields.items():
            setattr(self.instance, name, value)
        self.instance.copies = {**earlier, **self.instance.copies}
        kept = {name: getattr(self.instance, name) for name in TAKEN_FIELDS}
        self.data = {**dict(self.data.items()), self.add_prefix("kept"): signing.dumps(kept, salt=_SALT)}

    @property
    def is_file_kept(self) -> bool:
        return bool(self.errors and self._signed_upload())
