"""What the gate refuses in a document, told at the block that it comes from."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from django.utils.translation import gettext as _

from articles import importing
from articles.desk.forms import FormError
from articles.desk.intake.arranging import PAGE, Arrangement
from articles.document import Fault, faults, mend
from articles.translation import translated

#: The places of faults whose parts the importer calls otherwise.
_WHERE = {"question": "faq", "details": "introduction"}
_CONCLUSION = ("conclusion", "conclusion_heading")


def refused(arrangement: Arrangement) -> tuple[list[FormError], Arrangement]:
    """Every fault with the id of its block's field, and the arrangement opened at the page of the first."""
    layout = arrangement.imported.layout
    places = importing.places(layout) if layout else ()
    found = [(fault, _block(fault, places)) for fault in faults(mend(arrangement.document))]
    first = next((index for _fault, index in found if index is not None), None)
    if first is not None:
        arrangement = dataclasses.replace(arrangement, page=first // PAGE + 1)
    return [_error(fault, index, arrangement) for fault, index in found], arrangement


def _block(fault: Fault, places: Sequence[str]) -> int | None:
    """The first block of the part that the fault is in."""
    if fault.field == "title":
        return None
    kind, space, number = fault.place.partition(", ")[0].partition(" ")
    where = "conclusion" if fault.field in _CONCLUSION else f"{_WHERE.get(kind, kind)}{space}{number}"
    return places.index(where) if where in places else None


def _error(fault: Fault, index: int | None, arrangement: Arrangement) -> FormError:
    sentence = translated(fault.message)
    if index is None:
        return FormError(fault.field, "id_title" if fault.field == "title" else "", "", sentence)
    name = f"role-{index}"
    return FormError(
        name, name if index in arrangement.block_range else "", _("Block %(number)s") % {"number": index + 1}, sentence
    )
