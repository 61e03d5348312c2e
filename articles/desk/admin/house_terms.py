"""The list of spellings that this house keeps."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.desk.admin.lines import LinesField
from articles.desk.admin.versioned import VersionedAdmin, VersionedForm
from articles.models import HouseTerm
from articles.models.house_terms import MOST_TERMS, MOST_WRONG, TERM_LENGTH


class HouseTermForm(VersionedForm):
    """No spelling is wrong of two terms, or wrong of one and right of another: nobody could follow both."""

    not_written = LinesField(
        label=gettext_lazy("Not"),
        most=MOST_WRONG,
        longest=TERM_LENGTH,
        required=True,
        help_text=gettext_lazy("One on a line: the spellings that are mended to it."),
    )

    class Meta:
        model = HouseTerm
        fields = ("right", "whole_words", "match_case", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("not_written", self.instance.wrong)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        right, wrong = given.get("right"), given.get("not_written")
        if right and wrong:
            self._check(right, set(wrong))
        return given

    def _check(self, right: str, wrong: set[str]) -> None:
        others = list(HouseTerm.objects.exclude(pk=self.instance.pk))
        if len(others) >= MOST_TERMS:
            raise ValidationError(_("There are %(most)s terms already: remove one first.") % {"most": MOST_TERMS})
        if right in wrong:
            self.add_error("not_written", _("“%(words)s” is the right spelling itself.") % {"words": right})
        for other in others:
            if right in other.wrong:
                sentence = _("“%(words)s” is a wrong spelling of “%(term)s”: change that first.")
                self.add_error("right", sentence % {"words": right, "term": other.right})
            for words in sorted(wrong & {other.right, *other.wrong}):
                sentence = _("“%(words)s” stands with “%(term)s” already.")
                self.add_error("not_written", sentence % {"words": words, "term": other.right})

    def _post_clean(self) -> None:
        self.instance.wrong = self.cleaned_data.get("not_written", self.instance.wrong)
        super()._post_clean()


@admin.register(HouseTerm)
class HouseTermAdmin(VersionedAdmin):
    form = HouseTermForm
    fields = ("right", "not_written", "whole_words", "match_case", "note")
    list_display = ("right", "not_written", "note")
    search_fields = ("right", "wrong", "note")
    list_per_page = 100
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False

    @admin.display(description=gettext_lazy("not"))
    def not_written(self, term: HouseTerm) -> str:
        return ", ".join(term.wrong)
