"""The pages about the site itself."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import outbox
from articles.models.cache_groups import Group, GroupKind
from articles.models.fields import LineField, LinesField
from articles.models.pictures import Picture
from articles.text import markdown


class SitePage(models.Model):
    """A page about the site itself, in its editors' words; until they write one, the site's own stand there.

    `html` is made from `body` when it is saved, so that a reader's page renders nothing.
    """

    class Slug(models.TextChoices):
        ABOUT = "about", _("About")
        CONTACT = "contact", _("Contact")
        PRIVACY = "privacy", _("Privacy")

    slug = LineField(_("page"), max_length=10, choices=Slug, unique=True)
    title = LineField(_("title"), max_length=100)
    body = LinesField(_("text"), max_length=50_000)
    html = LinesField(editable=False, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("slug",)
        verbose_name = _("page of the site")
        verbose_name_plural = _("pages of the site")

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.render()
        super().save(*args, **kwargs)
        outbox.purge([Group(GroupKind.PAGE, self.slug)])

    def render(self) -> None:
        """Makes the HTML out of the text, with the pictures as they are now."""
        self.html = markdown.render(self.body, self._images().get)

    def _images(self) -> dict[str, markdown.Image]:
        """The pictures that the text names, as they are now. No query when it names none."""
        wanted = [public_id for public_id in markdown.picture_ids(self.body) if public_id]
        return {
            picture.public_id: markdown.Image(
                src=picture.url,
                width=picture.width,
                height=picture.height,
                alt="" if picture.decorative else picture.alt,
                credit=picture.credit,
                licence=picture.licence,
            )
            for picture in (Picture.objects.filter(public_id__in=wanted) if wanted else ())
        }
