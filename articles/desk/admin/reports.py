"""What readers report as wrong: the editors' list, each report beside its fact, and what came of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.desk.admin.versioned import VersionedAdmin, VersionedForm
from articles.desk.forms import DeskForm
from articles.desk.pages import article_url
from articles.desk.requests import name_of, signed_in
from articles.models import Article, FactCard, Report
from articles.models.reports import EMAIL_STORED

CLOSE, REOPEN = "close", "reopen"


_STATES = {
    "open": {"closed_at__isnull": True, "is_held": False},
    "held": {"closed_at__isnull": True, "is_held": True},
    "done": {"closed_at__isnull": False},
}


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, *_args: Any) -> list[tuple[str, Any]]:
        return [
            *(("open", gettext_lazy("Open")), ("held", gettext_lazy("Held back: came in a flood"))),
            ("done", gettext_lazy("Done")),
        ]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        return queryset.filter(**_STATES.get(self.value() or "", {}))


class ReportForm(DeskForm, VersionedForm):
    class Meta:
        model = Report
        fields = ("answer",)
        widgets: ClassVar = {"answer": forms.Textarea(attrs={"rows": 4})}
        help_texts: ClassVar = {
            "answer": gettext_lazy("For the editors: what you looked up, what was changed. Readers do not see it.")
        }


@admin.register(Report)
class ReportAdmin(VersionedAdmin):
    """The reader's words are read here, never changed. Only superusers delete a report."""

    form = ReportForm
    fields = ("answer",)
    change_form_template = "admin/articles/report/change_form.html"
    list_display = ("said", "fact", "article_title", "reported", "state")
    list_display_links = ("said",)
    list_filter = (StateFilter,)
    list_select_related = ("article", "closed_by")
    list_per_page = 50
    search_fields = ("heading", "words", "public_id", "article__title")
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    actions = ("mark_as_done",)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def get_ordering(self, request: HttpRequest) -> Any:  # noqa: ARG002
        """What is open first, then what is held, then what was closed last."""
        return (F("closed_at").desc(nulls_first=True), "is_held", "-made_at", "-id")

    @admin.action(description=gettext_lazy("Mark the chosen reports as done"), permissions=["change"])
    def mark_as_done(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        count = Report.objects.close_all(queryset.values_list("pk", flat=True), by=signed_in(request))
        sentence = ngettext("%(count)s report is marked as done.", "%(count)s reports are marked as done.", count)
        messages.success(request, sentence % {"count": count})

    @admin.display(description=gettext_lazy("what is wrong"))
    def said(self, report: Report) -> str:
        return Truncator(report.words).chars(120)

    @admin.display(description=gettext_lazy("fact"))
    def fact(self, report: Report) -> str:
        return report.heading

    @admin.display(description=gettext_lazy("reported"), ordering="made_at")
    def reported(self, report: Report) -> Any:
        return report.made_at

    @admin.display(description=gettext_lazy("article"))
    def article_title(self, report: Report) -> str:
        return report.article.title

    @admin.display(description=gettext_lazy("state"), ordering="closed_at")
    def state(self, report: Report) -> str:
        if report.is_open:
            return _("Held back") if report.is_held else _("Open")
        return _("Done by %(name)s") % {"name": name_of(report.closed_by)} if report.closed_by else _("Done")

    # --- one report ---------------------------------------------------------------------------------------------------

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        report = context["original"]
        others = Report.objects.filter(public_id=report.public_id).exclude(pk=report.pk)
        context |= {
            "form": context["adminform"].form,
            "title": report.heading,
            "subtitle": report.heading,
            "fact_url": reverse("fact-by-id", args=[report.public_id]),
            "card_url": _card_url(report),
            "article_url": article_url("change", report.article_id),
            "closed_by": name_of(report.closed_by) if report.closed_by else "",
            "others": others[:10],
            "email_days": EMAIL_STORED.days,
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Report, form: Any, change: bool) -> None:  # noqa: ARG002
        """The note alone: the row may have been closed since this page was opened."""
        obj.save(update_fields=["answer"])
        act = request.POST.get("then")
        if act == CLOSE and not obj.close(by=signed_in(request)):
            messages.warning(request, _("Somebody has closed this report before you. Your note is saved."))
        elif act == REOPEN:
            obj.reopen()

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        act = {CLOSE: gettext_lazy("Marked as done."), REOPEN: gettext_lazy("Opened again.")}.get(
            request.POST.get("then", "")
        )
        return str(act) if act else super().construct_change_message(request, form, formsets, add)

    def response_change(self, request: HttpRequest, obj: Report) -> HttpResponse:
        said = {CLOSE: _("The report is marked as done."), REOPEN: _("The report is open again.")}
        messages.success(request, said.get(request.POST.get("then", ""), _("Your note is saved.")))
        if request.POST.get("then") == CLOSE:
            return HttpResponseRedirect(f"{reverse('admin:articles_report_changelist')}?state=open")
        return HttpResponseRedirect(reverse("admin:articles_report_change", args=[obj.pk]))


def _card_url(report: Report) -> str:
    """The card on the desk, wherever it was moved since; empty when no article that can be opened has it."""
    card = FactCard.objects.filter(public_id=report.public_id, article__in=Article.objects.all()).first()
    return article_url("card", card.article_id, card.public_id) if card else ""
