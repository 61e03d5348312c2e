"""About, contact and privacy: three pages whose text editors keep here. There are no others, and none goes away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles.desk.admin.versioned import VersionedAdmin, VersionedForm
from articles.desk.fields import BodyField
from articles.desk.forms import DeskForm
from articles.models import SitePage
from articles.reading import default_pages


class SitePageForm(DeskForm, VersionedForm):
    """A page that nobody has written begins with the site's own words, to be made one's own; emptied, it goes back to
    them.
    """

    body = BodyField(
        label=_("Text"),
        required=False,
        max_length=50_000,
        help_text=_("Leave it empty to show the standard text again."),
        widget=forms.Textarea(attrs={"rows": 20}),
    )

    class Meta:
        model = SitePage
        fields = ("title", "body")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slug = self.instance.slug
        self.own_title = default_pages.default_title(slug, settings.SITE_NAME)
        self.own_words = default_pages.default_body(slug, settings.SITE_NAME, counts_readers=settings.COUNT_READERS)
        if not self.instance.body:
            self.initial.update(title=self.own_title, body=self.own_words)

    def row_name(self) -> str:
        """A page that nobody has written has words already, and no number."""
        return str(self.instance.slug)

    def clean_body(self) -> str:
        """The site's own words are not kept as somebody's: they may get better with the program."""
        body: str = self.cleaned_data["body"]
        return "" if body.strip() in ("", self.own_words) else body

    def _post_clean(self) -> None:
        """A refused form leaves the row as it is, so that the page is still called what it is called."""
        if not self.errors:
            super()._post_clean()


@admin.register(SitePage)
class SitePageAdmin(VersionedAdmin):
    """Rows come into being when a page is first written: until then its slug stands in the address for the number."""

    form = SitePageForm
    fields = ("title", "body")
    change_form_template = "admin/articles/sitepage/change_form.html"

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SitePage | None = None) -> bool:  # noqa: ARG002
        return False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> SitePage | None:
        if object_id not in SitePage.Slug.values:
            found: SitePage | None = super().get_object(request, object_id, from_field)
            return found
        return SitePage.objects.filter(slug=object_id).first() or SitePage(
            slug=object_id, title=str(SitePage.Slug(object_id).label)
        )

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The three, written or not."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        written = {row.slug: row for row in SitePage.objects.all()}
        rows = [
            {
                "name": slug.label,
                "url": reverse("admin:articles_sitepage_change", args=[slug.value]),
                "public_url": reverse(slug.value),
                "row": row if (row := written.get(slug.value)) and row.body else None,
            }
            for slug in SitePage.Slug
        ]
        context = {**self.admin_site.each_context(request), "opts": self.opts, "rows": rows}
        context |= {"title": capfirst(self.opts.verbose_name_plural), **(extra_context or {})}
        return TemplateResponse(request, "admin/articles/sitepage/change_list.html", context)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        page, form = context["original"], context["adminform"].form
        context |= {"form": form, "public_url": reverse(page.slug), "title": SitePage.Slug(page.slug).label}
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is None or row.pk is None:
            raise Http404
        return super().history_view(request, str(row.pk), extra_context)
