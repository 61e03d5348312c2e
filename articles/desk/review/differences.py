"""Two values side by side, in words, with what differs marked."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from articles import document
from articles.document import FIELD_LABELS, Change, Comparison, FieldChange, ItemChange
from articles.models import Picture
from articles.models.labels import CAVEAT_LABELS, NUMBERING_LABELS, SOURCE_KIND_LABELS
from articles.models.pictures import Renditions, copies_of
from articles.text import matching, word_runs
from articles.text.matching import Allowance
from articles.text.word_runs import Run
from articles.translation import translated

KINDS = {
    Change.SAME: _("unchanged"),
    Change.CHANGED: _("changed"),
    Change.MOVED: _("moved"),
    Change.ADDED: _("new"),
    Change.REMOVED: _("removed"),
}

#: Fields that hold the id of a picture.
PICTURES = {"cover", "picture"}


@dataclass(frozen=True, slots=True)
class ShownPicture:
    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field of two values. `old` and `new` are runs of text, empty where nothing stands.

    Of a picture whose file is another one, both are shown.
    """

    name: str
    label: str
    old: Sequence[Run]
    new: Sequence[Run]
    old_picture: ShownPicture | None = None
    new_picture: ShownPicture | None = None


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """A card or question that is not the same in both."""

    kind: str
    change: Change
    name: str
    old_position: int | None
    new_position: int | None
    rows: Sequence[FieldDifference]
    place: str = ""


def of_values(old: Any, new: Any, together: Allowance | None = None) -> list[FieldDifference]:
    """The fields that differ in two values of the same kind of part."""
    return rows_of(list(changes(old, new)), together=together)


def changes(old: Any, new: Any) -> Iterator[FieldChange]:
    for field in dataclasses.fields(old):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before != after:
            yield FieldChange(field.name, before, after)


def rows_of(
    found: Sequence[FieldChange], titles: Mapping[str, str] | None = None, together: Allowance | None = None
) -> list[FieldDifference]:
    """`titles` are those of `titles_of`, where somebody has asked for them already. `together` is the allowance of all
    that is compared for the same page (`matching.together`); without it these rows have their own.
    """
    titles = titles_of(found) if titles is None else titles
    together = together or matching.together()
    rows: list[FieldDifference] = []
    for change in found:
        rows += _of_change(change, titles, together)
    return rows


def _of_change(change: FieldChange, titles: Mapping[str, str], together: Allowance) -> list[FieldDifference]:
    if change.name == "pictures":
        return of_pictures(change.old, change.new, together=together)
    return [_row_of(change, titles, together)]


def of_pictures(
    old: Iterable[document.Picture],
    new: Iterable[document.Picture],
    copies: Mapping[str, Renditions] | None = None,
    together: Allowance | None = None,
) -> list[FieldDifference]:
    """The pictures of two values that are not the same in both. Two queries, and none where they are.

    `copies` are those of their files, where somebody has asked for them already.
    """
    before, after = ({picture.public_id: picture for picture in pictures} for pictures in (old, new))
    ids = [each for each in {**before, **after} if before.get(each) != after.get(each)]
    pairs = [(before.get(each), after.get(each)) for each in ids]
    if copies is None:
        copies = _copies_of(one for one, _other in pairs) | _copies_of(other for _one, other in pairs)
    rows, together = [], together or matching.together()
    for one, other in pairs:
        is_other_file = one is None or other is None or one.file != other.file
        shown = [_picture_of(each, copies) if each and is_other_file else None for each in (one, other)]
        marked = word_runs.of_texts(words(one), words(other), together)
        rows.append(FieldDifference("pictures", _picture_label(), *marked, *shown))
    return rows


def _copies_of(pictures: Iterable[document.Picture | None]) -> dict[str, Renditions]:
    return copies_of(picture for picture in pictures if picture)


def _picture_label() -> str:
    return str(_("picture"))


def _picture_of(picture: document.Picture, copies: Mapping[str, Renditions]) -> ShownPicture:
    url = copies.get(picture.file, Renditions()).fallback(default_storage.url(picture.file))
    return ShownPicture(url, picture.width, picture.height, picture.alt)


def titles_of(found: Iterable[FieldChange]) -> dict[str, str]:
    """What the library calls the pictures that changed, by their ids. One query, and none where no picture did."""
    wanted = {each for change in found if change.name in PICTURES for each in (change.old, change.new)} - {""}
    return dict(Picture.objects.filter(public_id__in=wanted).values_list("public_id", "title")) if wanted else {}


def _row_of(change: FieldChange, titles: Mapping[str, str], together: Allowance) -> FieldDifference:
    if change.name in PICTURES:
        change = dataclasses.replace(
            change, old=titles.get(change.old, change.old), new=titles.get(change.new, change.new)
        )
    old, new = word_runs.of_texts(words(change.old), words(change.new), together)
    return FieldDifference(change.name, translated(FIELD_LABELS.get(change.name, change.name)), old, new)


def of_items(items: Sequence[ItemChange], together: Allowance) -> Iterator[ItemDifference]:
    found = [(item, item.fields or tuple(_whole(item))) for item in items if item.kind is not Change.SAME]
    titles = titles_of(change for _item, fields in found for change in fields)
    for item, fields in found:
        rows, places = rows_of(fields, titles, together), (item.old_position, item.new_position)
        yield ItemDifference(str(KINDS[item.kind]), item.kind, name_of(item), *places, rows, place_of(item))


def name_of(item: ItemChange) -> str:
    value = item.new or item.old
    return value.heading if isinstance(value, document.Card) else value.question if value else ""


def place_of(item: ItemChange) -> str:
    return f"{'card' if isinstance(item.new or item.old, document.Card) else 'faq'}:{item.public_id}"


def of_documents(comparison: Comparison) -> dict[str, Any]:
    """A comparison of two Documents for the template `_comparison.html`."""
    together = matching.together()
    return {
        "rows": rows_of(comparison.fields, together=together),
        "cards": list(of_items(comparison.cards, together)),
        "faqs": list(of_items(comparison.faqs, together)),
        "same": [name_of(item) for item in (*comparison.cards, *comparison.faqs) if item.kind is Change.SAME],
        "is_empty": comparison.is_empty,
    }


def _whole(item: ItemChange) -> Iterator[FieldChange]:
    """A new or removed item with all that stands in it."""
    value = item.new if item.kind is Change.ADDED else item.old if item.kind is Change.REMOVED else None
    if value is None:
        return
    empty = type(value)(public_id=value.public_id)
    yield from changes(*((empty, value) if item.new else (value, empty)))


def words(value: Any) -> str:
    """A field of a Document as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, document.Numbering):
        return str(NUMBERING_LABELS[value])
    if isinstance(value, document.Caveat):
        return str(CAVEAT_LABELS[value]) if value else ""
    if isinstance(value, dt.date):
        return formats.date_format(value)
    if isinstance(value, document.SourceKind):
        return str(SOURCE_KIND_LABELS[value]) if value else ""
    if isinstance(value, document.Source):
        parts = (
            value.title,
            value.publisher,
            value.url,
            words(value.seen_on),
            words(value.kind),
            value.excerpt,
            value.archived_url,
        )
        return " · ".join(filter(None, parts))
    if isinstance(value, document.Picture):
        return " · ".join(filter(None, _words_of_picture(value)))
    if isinstance(value, tuple):
        return ("\n" if value and not isinstance(value[0], str) else ", ").join(map(words, value))
    return str(value)


def _words_of_picture(picture: document.Picture) -> Iterator[str]:
    yield str(_("decorative")) if picture.decorative else picture.alt
    yield picture.credit
    yield picture.licence
    if (picture.focal_x, picture.focal_y) != (50, 50):
        yield str(_("focal point %(x)s, %(y)s")) % {"x": picture.focal_x, "y": picture.focal_y}
