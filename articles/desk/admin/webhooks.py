"""Webhooks, and what they, the caches and people by letter were told: for the people who look after the accounts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles import delivery
from articles.desk.admin.versioned import VersionedAdmin, VersionedForm
from articles.models import OutboxMessage, Webhook


class WebhookForm(VersionedForm):
    class Meta:
        model = Webhook
        fields = ("name", "url", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "url" in self.fields:
            self.fields["url"].help_text = _(
                "It is told in JSON of each publication, update and takedown, at the moment at which readers see it."
            )

    def clean_url(self) -> str:
        """Looked up again at each message: a name may lead elsewhere by then."""
        url: str = self.cleaned_data["url"]
        if sentence := delivery.refusal_of(url):
            raise ValidationError(sentence)
        return url


@admin.register(Webhook)
class WebhookAdmin(VersionedAdmin):
    form = WebhookForm
    fields = ("name", "url", "is_active", "secret")
    readonly_fields = ("secret",)
    list_display = ("name", "url", "is_active")
    list_per_page = 100
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False

    def get_fields(self, request: HttpRequest, obj: Webhook | None = None) -> Any:  # noqa: ARG002
        """A new one has its secret when it is saved."""
        return self.fields if obj else self.fields[:-1]


@admin.register(OutboxMessage)
class OutboxMessageAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """To look at: the program alone writes here."""

    list_display = ("target", "kind", "made_at", "tries", "error", "sent_at", "due_at")
    list_filter = ("kind", "given_up")
    fields = ("kind", "target", "made_at", "due_at", "tries", "error", "sent_at", "given_up", "payload")
    ordering: ClassVar = ("-pk",)
    list_per_page = 100
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False

    def get_fields(self, request: HttpRequest, obj: OutboxMessage | None = None) -> Any:  # noqa: ARG002
        """A letter is its reader's alone."""
        is_letter = obj is not None and obj.kind == OutboxMessage.Kind.MAIL
        return self.fields[:-1] if is_letter else self.fields

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False
