"""The accounts. Admins manage them; nobody gives away, or lays hands on, rights that they do not have themselves."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles import rights
from articles.desk import sessions
from articles.desk.admin.deleting import ProtectedWhileUsed, Use, articles_of, uses_in_articles
from articles.desk.admin.versioned import VersionedAdmin, VersionedForm
from articles.desk.forms import UncutForm
from articles.desk.invitations import managing
from articles.desk.invitations.forms import ROLE_HELP
from articles.desk.requests import signed_in
from articles.desk.two_step import resetting
from articles.desk.two_step.confirming import only_confirmed
from articles.models import Article
from articles.operations import accounts, oidc, second_factor
from articles.roles import Role

admin.site.unregister([User, Group])  # the groups are written by rights.write_groups and by nothing else
admin.site.unregister([TOTPDevice, StaticDevice])  # their pages would show secrets

LAST_MANAGER = _("This is the last account that manages the others: give another one the role first.")


class RolesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Groups are stored under the English names of the roles and shown in the language of the site."""

    def label_from_instance(self, obj: Group) -> str:
        return str(_(obj.name))


class RolesFilter(admin.RelatedOnlyFieldListFilter):
    """The same in the list."""

    def field_choices(self, *args: Any) -> Any:
        return [(pk, _(str(name))) for pk, name in super().field_choices(*args)]


class NewUserForm(UncutForm, UserCreationForm):  # type: ignore[type-arg]
    email = forms.EmailField(label=_("Email address"), help_text=_("The link for a new password goes there."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.pop("autofocus", None)


class AccountForm(VersionedForm, UserChangeForm):  # type: ignore[type-arg]
    """An account as it stands."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self._still_manages() and accounts.is_last_manager(self.instance):
            self.add_error(None, LAST_MANAGER)
        return cleaned

    def _still_manages(self) -> bool:
        """As far as this form says: what one's own rights are, nobody changes by it."""
        given = self.cleaned_data
        is_active = given.get("is_active", self.instance.is_active)
        is_superuser = given.get("is_superuser", self.instance.is_superuser)
        has_role = "groups" not in given or given["groups"].filter(name=Role.ADMIN.value).exists()
        return is_active and (is_superuser or has_role)


class NewPasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]
    """Without the choice of an account that has no password: only a log-in with a provider makes such."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        for field in self.fields.values():
            field.widget.attrs.pop("autofocus", None)


@admin.register(User)
class AccountAdmin(VersionedAdmin, ProtectedWhileUsed, UserAdmin):  # type: ignore[type-arg]
    form = AccountForm
    add_form = NewUserForm
    add_form_template = None  # the form of every other page
    change_password_form = NewPasswordForm
    change_user_password_template = "desk/admin/new_password.html"  # noqa: S105  -- a template
    list_display = ("username", "full_name", "email", "roles", "has_second_factor", "is_active", "last_login")
    list_filter = ("is_active", ("groups", RolesFilter))
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    filter_horizontal = ()
    add_fieldsets = (
        (None, {"fields": ("username", "password1", "password2")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Rights"), {"fields": ("groups",)}),
    )
    readonly_fields = ("last_login", "date_joined", "signed_in", "two_step")
    #: What nobody changes on their own account: not up, and not down by a slip either.
    own_rights: ClassVar = ("groups", "is_active", "is_superuser")

    @admin.display(description=_("name"), ordering="last_name")
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        names = [_("Superuser")] if user.is_superuser else []
        return ", ".join(map(str, [*names, *(_(group.name) for group in user.groups.all())]))

    @admin.display(description=_("sessions"))
    def signed_in(self, user: User) -> str:
        address = reverse("admin:auth_user_sessions", args=[user.pk])
        return format_html('<a href="{}">{}</a>', address, _("Where this account is signed in"))

    @admin.display(description=_("two-step log-in"))
    def two_step(self, user: User) -> str:
        if not second_factor.has_one(user):
            is_missing = second_factor.is_required(user) and not oidc.is_connected(user)  # whose provider asks for one
            return str(_("must be set up at the next log-in") if is_missing else _("not set up"))
        address = reverse("admin:auth_user_second_factor", args=[user.pk])
        return format_html('{} · <a href="{}">{}</a>', _("set up"), address, _("Reset two-step log-in"))

    @admin.display(description=_("two-step log-in"), boolean=True)
    def has_second_factor(self, user: User) -> bool:
        return second_factor.has_one(user)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("<int:pk>/sessions/", view(self.sessions), name="auth_user_sessions"),
            path("<int:pk>/second-factor/", view(self.second_factor), name="auth_user_second_factor"),
        ]
        return [*own, *managing.urls(view), *super().get_urls()]

    def sessions(self, request: HttpRequest, pk: int) -> HttpResponse:
        return sessions.page(request, self._managed(request, pk), request.path)

    @method_decorator(only_confirmed)
    def second_factor(self, request: HttpRequest, pk: int) -> HttpResponse:
        return resetting.page(request, self._managed(request, pk))

    @method_decorator(only_confirmed)
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """A new account, and one's mail address, roles and name."""
        return super().changeform_view(request, *args, **kwargs)

    @method_decorator(only_confirmed)
    def user_change_password(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return super().user_change_password(request, *args, **kwargs)

    def _managed(self, request: HttpRequest, pk: int) -> User:
        """One account, for whoever may change it."""
        if not super().has_change_permission(request):
            raise PermissionDenied
        account = get_object_or_404(User, pk=pk)
        if not self.has_change_permission(request, account):
            raise PermissionDenied
        return account

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        devices = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        rows: QuerySet[User] = super().get_queryset(request).annotate(has_second_factor=Exists(devices))
        return rows.prefetch_related("groups")

    def uses(self, obj: User, user: User) -> list[Use]:
        """Deleting an account would take its lines of the history along: who has any is switched off instead."""
        lines = LogEntry.objects.filter(user=obj).count()
        words = ngettext("%(count)s line of the history", "%(count)s lines of the history", lines) % {"count": lines}
        own = Article.with_binned.filter(owner=obj).values("pk")
        return [*uses_in_articles(articles_of(own), user), *([Use(words)] if lines else ())]

    # --- who may do what ----------------------------------------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and (
            obj is None or rights.may_manage(signed_in(request), obj)
        )

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Superusers only, by the table of roles; a person who left is switched off, and their name stays."""
        return super().has_delete_permission(request, obj) and obj != request.user

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        """Nobody deletes their own account, and so the last one stays; two who delete each other come one by one."""
        if accounts.is_last_manager(obj):
            raise PermissionDenied(LAST_MANAGER)
        super().delete_model(request, obj)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        only_superusers = ("is_superuser",) if request.user.is_superuser else ()
        return (
            (None, {"fields": ("username", "password")}),
            (_("Person"), {"fields": ("first_name", "last_name", "email")}),
            (_("Rights"), {"fields": ("groups", "is_active", *only_superusers)}),
            (_("Dates"), {"fields": ("last_login", "date_joined", "signed_in", "two_step")}),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return (*fields, *self.own_rights) if obj == request.user else fields

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["queryset"] = Group.objects.filter(name__in=rights.roles_to_give(signed_in(request))).order_by("pk")
            kwargs["form_class"], kwargs["widget"] = RolesField, forms.CheckboxSelectMultiple
            kwargs["label"], kwargs["help_text"] = _("Roles"), ROLE_HELP
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Whoever has a role may enter the desk. Groups that this form does not offer stay."""
        user = form.instance
        not_offered = list(user.groups.exclude(name__in=Role)) if change else []
        super().save_related(request, form, formsets, change)
        user.groups.add(*not_offered)
        user.is_staff = user.is_superuser or user.groups.exists()
        user.save(update_fields=["is_staff"])
