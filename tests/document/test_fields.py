"""Adding a field: what follows the table of fields by itself, and for the rest, which file has forgotten one.

Add `rating: int | None = None` to `document.shapes.Card` and run this file: each failure names the next file to open.
"""

from __future__ import annotations

import dataclasses
import typing
from typing import Any

import pytest
from django.conf import settings
from django.db.models import Model

from articles import document, drafts, models
from articles.desk.writing import forms
from articles.document import FIELD_LABELS, Card, Document, Faq, Source, column_names, rules
from articles.models import parts
from articles.transfer import parts as carried
from articles.transfer.shapes import Object

#: The classes of a Document that have rows, with those rows.
ROWS: dict[type[Any], type[Model]] = {Card: models.FactCard, Faq: models.Faq, Source: models.Source}
#: What an edition keeps of each of them, and what a field is called there.
PUBLISHED: dict[type[Any], type[Any]] = {Card: parts.CardPart, Faq: parts.FaqPart, Source: parts.SourcePart}
CALLED = {"public_id": "id"}
#: What only an edition has: it follows from other fields, or from the publication.
MADE_WHEN_PUBLISHED = {"anchor", "slug", "number", "changed_at"}
MADE_WHEN_PUBLISHED |= {"claims_checked", "claims_checked_on", "unsourced", "marked_body", "as_of"}
#: The form of each, and what a form does not ask for.
FORMS: dict[type[Any], type[Any]] = {Card: forms.CardForm, Faq: forms.FaqForm, Source: forms.SourceForm}
NOT_ASKED = {"public_id"}
#: Fields that stand in no form of their own: cards and questions have theirs, pictures come out of the library.
IN_NO_PART = {"cards", "faqs", "pictures"}


def names(kind: type[Any]) -> set[str]:
    return {field.name for field in dataclasses.fields(kind)}


def types(*kinds: type[Any]) -> list[Any]:
    return [pytest.param(kind, id=kind.__name__) for kind in kinds]


@pytest.mark.parametrize("kind", types(*ROWS))
def test_each_field_has_its_column(kind: type[Any]):
    columns = {field.name for field in ROWS[kind]._meta.concrete_fields}
    missing = set(column_names(kind)) - columns
    assert not missing, (
        f"articles/models/writing.py: {ROWS[kind].__name__} has no column for {missing}, and a migration."
    )


@pytest.mark.parametrize("kind", types(*ROWS))
def test_each_text_has_a_rule_and_its_column_takes_as_much(kind: type[Any]):
    for name in column_names(kind):
        column: Any = ROWS[kind]._meta.get_field(name)
        if column.get_internal_type() not in ("CharField", "TextField"):
            continue
        assert name in rules.rules(kind), f"articles/document/shapes.py: say how long {kind.__name__}.{name} may be."
        limits = [validator.limit_value for validator in column.validators if hasattr(validator, "limit_value")]
        assert limits == [document.longest(kind, name)], (
            f"articles/models/writing.py: {name} takes its length from shapes."
        )


def test_each_field_of_an_article_stands_in_one_of_its_parts():
    in_parts = [*names(drafts.Details), *names(drafts.Introduction), *names(drafts.Conclusion)]
    assert sorted(in_parts) == sorted(names(Document) - IN_NO_PART), (
        "articles/drafts/reading.py: a field of the Document belongs to Details, Introduction or Conclusion. "
        "Nothing else saves it, and going back to an earlier revision loses it."
    )


@pytest.mark.parametrize("kind", types(*FORMS))
def test_each_field_can_be_edited(kind: type[Any]):
    asked = {*FORMS[kind].base_fields, *([forms.SOURCES] if kind is Card else [])}
    missing = names(kind) - NOT_ASKED - asked
    assert not missing, f"articles/desk/writing/forms.py: {FORMS[kind].__name__} does not ask for {missing}."
    assert not asked - names(kind), f"articles/desk/writing/forms.py: {kind.__name__} has no {asked - names(kind)}."


def test_each_field_of_an_article_can_be_edited():
    for part, form in (
        (drafts.Details, forms.DetailsForm),
        (drafts.Introduction, forms.IntroductionForm),
        (drafts.Conclusion, forms.ConclusionForm),
    ):
        fields = set(form.base_fields) - {"subject_search"}  # finds what goes into another field
        assert fields == names(part), f"articles/desk/writing/forms.py: {form.__name__}"


def test_the_desk_shows_each_field_of_a_card():
    shown = "".join(path.read_text("utf-8") for path in (settings.BASE_DIR / "templates/desk/writing").glob("*.html"))
    missing = {name for name in names(Card) - NOT_ASKED if f"form.{name}" not in shown}
    assert not missing, f"templates/desk/writing/_card_fields.html does not show {missing}."


#: What stands in the parts of an edition, by PARTS_VERSION. Of the latest version nothing changes any more once an
#: edition may have it: see the test.
IN_PARTS = {
    7: {
        parts.AsOfPart: "claim day",
        parts.CardPart: (
            "anchor as_of body caveat caveat_note caveat_since changed_at check_on claims_checked claims_checked_on "
            "emoji heading id marked_body number picture safe_heading slug sources spoiler_after tags unsourced"
        ),
        parts.FaqPart: "anchor answer id question spoiler_after",
        parts.SourcePart: "archived_url excerpt kind publisher seen_on title url",
        parts.Parts: "authors cards conclusion conclusion_heading corrections faqs introduction tags version",
    },
}


def test_what_stands_in_the_parts_of_an_edition_changes_with_their_version():
    now = {kind: " ".join(sorted(typing.get_type_hints(kind))) for kind in IN_PARTS[parts.PARTS_VERSION]}
    assert now == IN_PARTS.get(parts.PARTS_VERSION), (
        "articles/models/parts.py: raise PARTS_VERSION, and say in `current` what the editions of before have in the "
        "place of the new field: a part without it is left out of its page, and only the log tells. Then add it here."
    )


@pytest.mark.parametrize("kind", types(Document, Card, Faq, Source))
def test_each_field_has_a_label(kind: type[Any]):
    missing = names(kind) - {"public_id", "cards", "faqs"} - set(FIELD_LABELS)
    assert not missing, f"articles/document/labels.py: FIELD_LABELS does not say what to call {missing}."


@pytest.mark.parametrize("kind", types(*PUBLISHED))
def test_each_field_is_published(kind: type[Any]):
    kept = set(typing.get_type_hints(PUBLISHED[kind]))
    wanted = {CALLED.get(name, name) for name in names(kind)}
    assert kept - MADE_WHEN_PUBLISHED == wanted, (
        f"articles/models/parts.py: {PUBLISHED[kind].__name__} and {kind.__name__} differ in "
        f"{(kept - MADE_WHEN_PUBLISHED) ^ wanted}. mypy says then what articles/publishing/composing.py leaves out; "
        "what readers may not see stands in this test, in a set with its reason."
    )


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        (parts.CardPart, carried.CARD),
        (parts.FaqPart, carried.FAQ),
        (parts.SourcePart, carried.SOURCE),
        (parts.CorrectionPart, carried.CORRECTION),
        (parts.Parts, carried.PARTS),
        (parts.CoverPart, carried.COVER),
    ],
)
def test_each_published_field_is_carried_to_another_site(kind: type[Any], shape: Object):
    assert set(shape.fields) == set(typing.get_type_hints(kind)), (
        f"articles/transfer/parts.py: say what {set(typing.get_type_hints(kind)) ^ set(shape.fields)} holds."
    )
