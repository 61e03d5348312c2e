"""How much has to be proved of articles about each kind of subject: for the people who look after the accounts."""

from __future__ import annotations

from django.contrib import admin

from articles.desk.admin.versioned import VersionedAdmin, VersionedForm
from articles.models import ProofRequirement


class ProofRequirementForm(VersionedForm):
    class Meta:
        model = ProofRequirement
        fields = ("kind", "level")


@admin.register(ProofRequirement)
class ProofRequirementAdmin(VersionedAdmin):
    """A kind without a row wants nothing proved."""

    form = ProofRequirementForm
    fields = ("kind", "level")
    list_display = ("kind", "level")
    list_per_page = 100
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
