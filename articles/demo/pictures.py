"""The pictures of the demo's stories: covers and what stands in some of its facts, drawn here and nowhere copied."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.contrib.auth.models import User

from articles.demo import covers, drawings
from articles.demo.stories import Story
from articles.models import Picture, Subject

Drawing = tuple[Picture, Callable[[], bytes]]


def draw_pictures(stories: Sequence[Story], *, by: User) -> None:
    """Makes those of these stories that are not there, on all processors: most of the time goes into smaller copies.

    One whose story then fails is there for the next run.
    """
    palettes = {slug: subject.palette for slug, subject in Subject.objects.at_slugs(_subjects(stories)).items()}
    wanted = [drawing for story in stories for drawing in _drawings(story, palettes[story.document.subject], by)]
    there = Picture.objects.filter(public_id__in=[picture.public_id for picture, _draw in wanted])
    known = set(there.values_list("public_id", flat=True))
    missing = [(picture, draw) for picture, draw in wanted if picture.public_id not in known]
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda each: each[0].take(each[1](), f"{each[0].public_id}.jpg"), missing))
    for picture, _draw in missing:
        picture.full_clean()
        picture.save()


def _subjects(stories: Sequence[Story]) -> list[str]:
    return [story.document.subject for story in stories]


def _drawings(story: Story, palette: str, by: User) -> Iterator[Drawing]:
    """Unsaved pictures, each with what draws it."""
    document, cover = story.document, story.cover
    common = {"credit": "Drawn by Fanguide", "uploaded_by": by}
    title = f"Cover: {document.title}"
    row = Picture(public_id=document.cover, title=title, alt=cover.alt, decorative=cover.decorative, **common)
    yield row, partial(covers.draw_cover, palette=palette, motif=cover.motif, seed=document.slug)
    for each in story.drawings:
        row = Picture(public_id=each.public_id, title=each.title, alt=each.alt, **common)
        yield row, partial(drawings.draw, palette=palette, thing=each.thing, seed=each.public_id)
