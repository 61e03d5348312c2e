"""By what the subjects and tags are known: their words, whole names and sounds, kept as the names are.

Rows of the search hold primary keys, not names: so a new name is found at once, on however many facts it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.db.models import Q

from articles.models.fields import LineField
from articles.models.search import vocabulary
from articles.text import romanised, tokens

KEY_LENGTH = 180


class SearchName(models.Model):
    """One key of one name. An alias stands for the tag that it belongs to when somebody asks.

    w…, u…   a word of the name, or the end of a run of CJK letters     j…  the whole name without spaces
    k…       a Korean name by its sound                                 c…  the consonants of such a name
    """

    key = LineField(max_length=KEY_LENGTH)
    sound = LineField(max_length=40, blank=True)  # of a c…: what tells names of equal consonants apart
    subject = models.ForeignKey("articles.Subject", models.CASCADE, null=True, related_name="search_names")
    tag = models.ForeignKey("articles.Tag", models.CASCADE, null=True, related_name="search_names")
    alias = models.ForeignKey("articles.TagAlias", models.CASCADE, null=True, related_name="search_names")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="search_name_has_one_owner",
                condition=Q(subject__isnull=False, tag__isnull=True, alias__isnull=True)
                | Q(subject__isnull=True, tag__isnull=False, alias__isnull=True)
                | Q(subject__isnull=True, tag__isnull=True, alias__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.key


def write(owner: models.Model, names: Iterable[str]) -> None:
    """Keeps what this subject, tag or alias is known by. Nothing is written where it is known by the same."""
    field = {"subject": "subject", "tag": "tag", "tagalias": "alias"}[str(owner._meta.model_name)]
    rows = SearchName.objects.filter(**{field: owner.pk})
    wanted = {pair for name in names for pair in keys(name)}
    stored = set(rows.values_list("key", "sound"))
    if wanted == stored:
        return
    rows.delete()
    SearchName.objects.bulk_create(SearchName(key=key, sound=sound, **{field: owner}) for key, sound in sorted(wanted))
    vocabulary.add(word for name in names for word in tokens.pieces(tokens.normalised(name)))


def keys(name: str) -> set[tuple[str, str]]:
    """Each with its sound, which is empty but for a c…."""
    pieces = list(tokens.pieces(tokens.normalised(name)))
    found = {(key, "") for piece in pieces for key in _word_keys(piece)}
    found |= {(tokens.encoded(tokens.joined(each)), "") for each in tokens.compounds(tokens.normalised(name))}
    if whole := whole_key(pieces):
        found.add((whole, ""))
    for sound in sounds(pieces):
        surname, _zero, given = sound.partition("0")
        found |= {(f"k{sound}", ""), (f"c{surname}0{romanised.skeleton(given)}", given[:40])}
    return found


def whole_key(pieces: Iterable[str]) -> str:
    """Of the words of a name; empty where there is none."""
    joined = "".join(pieces)
    return f"j{tokens.encoded(joined)}" if joined else ""


def sounds(pieces: list[str]) -> list[str]:
    """What a name of these words sounds like, where it may be a Korean person's."""
    whole = "".join(pieces)
    if whole and tokens.is_cjk(whole):
        return romanised.hangul_sounds(whole)
    return romanised.name_sounds(pieces) if 2 <= len(pieces) <= 3 else []


def _word_keys(piece: str) -> list[str]:
    if not tokens.is_cjk(piece):
        return [tokens.encoded(piece)]
    return [tokens.encoded(piece[at:]) for at in range(min(len(piece), 20)) if at == 0 or len(piece) - at > 1]
