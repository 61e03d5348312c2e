"""What is wrong with what readers see, and what lies about unused: found by looking, nothing is changed."""

from __future__ import annotations

import contextlib
import itertools
import logging
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from urllib.parse import unquote

from django.conf import settings
from django.core.files.storage import default_storage
from django.test import Client

from articles import readiness
from articles.document import Document
from articles.models import Edition, Revision
from articles.models.pictures import copies_of, is_whole, missing_copies, stored_copies
from articles.operations.counting import wrong_counts
from articles.operations.tags.near import unused
from articles.text import markdown

#: What a body with a link has somewhere, in whichever of the ways to write one.
_LINK = re.compile(r"[\[<]|://|www\.|@", re.IGNORECASE)
#: So many articles are read together. Sorted with their words by the database, they would all be in its memory.
_AT_ONCE = 100
#: So many answers of the site are remembered.
_MOST_ANSWERS = 20_000
_REGENERATE = "run manage.py rebuild_editions --all"

Status = Callable[[str], int]
Found = Iterator[tuple[str, str]]  # a place in an article, and what is wrong there


def content_problems() -> Iterator[str]:
    """A sentence for each problem, with its place and, where it is not plain, the remedy."""
    yield from article_problems()
    for tag in unused().iterator():
        yield f"The tag “{tag}” stands on nothing: delete it or use it."
    outdated = Edition.objects.outdated().count()
    if outdated:
        yield f"Editions made by an older renderer: {outdated}. Run manage.py rebuild_editions."
    if wrong := wrong_counts():
        yield f"Counts that differ from what is published: {wrong}. Run manage.py rebuild_counts."


def article_problems() -> Iterator[str]:
    """Those in the articles that readers see now."""
    with _quiet_site():
        answer = _asking()
        live = Edition.objects.in_force().versions().order_by("slug").values_list("slug", "revision")
        found = live.exclude(revision=None).iterator()
        while some := list(itertools.islice(found, _AT_ONCE)):
            revisions = Revision.objects.order_by().in_bulk([pk for _slug, pk in some])
            for slug, pk in some:
                for place, sentence in _of_live(revisions[pk].document, answer):
                    yield f"{slug}, {place}: {sentence}"


# --- articles ---------------------------------------------------------------------------------------------------------


def _of_live(document: Document, status: Status) -> Found:
    bodies = list(_bodies(document))
    for place, body in bodies:
        if "![" in body:  # most show no picture: spare them the parsing
            yield from ((place, sentence) for _code, sentence in readiness.picture_problems(document, body))
    for place, public_id in _places_of_pictures(document):
        picture = document.picture(public_id)
        if picture and not picture.alt and not picture.decorative:
            yield place, "its picture has no alternative text and is not marked as decorative."
    yield from (("pictures", sentence) for sentence in _gaps_in_store(document))
    for place, body in bodies:
        for link in markdown.links(body) if _LINK.search(body) else ():
            trouble = _trouble_with(link.href, status)
            if trouble:
                yield place, f"the link “{link.text}” to {link.href} {trouble}"


def _gaps_in_store(document: Document) -> Iterator[str]:
    known = copies_of(document.pictures)
    for picture in document.pictures:
        file = picture.file
        if not default_storage.exists(file):
            yield f"the file {file} is not in the store: restore it from a backup."
            continue
        with default_storage.open(file) as stored:
            if not is_whole(file, stored.read()):
                yield f"the file {file} is damaged: restore it from a backup."
        if missing := missing_copies(file, picture.width):
            yield f"smaller copies of {file} are not in the store, the first is {missing[0]}: {_REGENERATE}."
        elif known[file] != stored_copies(file, picture.width):
            yield f"the library does not know which smaller copies of {file} are in the store: {_REGENERATE}."


def _places_of_pictures(document: Document) -> Iterator[tuple[str, str]]:
    """Where a picture stands by itself, and its id."""
    yield "cover", document.cover
    yield from ((f"fact {number}", card.picture) for number, card in enumerate(document.cards, 1))


def _bodies(document: Document) -> Iterator[tuple[str, str]]:
    yield "introduction", document.introduction
    yield from ((f"fact {number}", card.body) for number, card in enumerate(document.cards, 1))
    yield "conclusion", document.conclusion
    yield from ((f"question {number}", faq.answer) for number, faq in enumerate(document.faqs, 1))


# --- links ------------------------------------------------------------------------------------------------------------


def _trouble_with(href: str, status: Status) -> str:
    """What is wrong with a link into this site; links to other sites are not followed, for that needs the network."""
    if settings.SITE_URL and href.startswith(f"{settings.SITE_URL}/"):
        href = href.removeprefix(settings.SITE_URL)
    if not href.startswith("/") or href.startswith("//"):
        return ""
    path = href.partition("#")[0]
    if path.startswith(settings.MEDIA_URL):
        is_there = default_storage.exists(unquote(path.removeprefix(settings.MEDIA_URL)))
        return "" if is_there else "leads to a file that is not in the store."
    answer = status(path)
    return f"leads nowhere: the site answers {answer}." if answer >= 400 else ""


def _asking() -> Status:
    """Asks the site itself what a reader would get, without a network: no second opinion on what is public."""
    host = next((name.lstrip(".") for name in settings.ALLOWED_HOSTS if name != "*"), "localhost")
    reader = Client(raise_request_exception=False, headers={"host": host})
    return lru_cache(_MOST_ANSWERS)(lambda path: reader.get(path, secure=True).status_code)


@contextlib.contextmanager
def _quiet_site() -> Iterator[None]:
    """Keeps the site's own log lines on answers such as 404 out of the list of problems."""
    log = logging.getLogger("django.request")
    was, log.disabled = log.disabled, True
    try:
        yield
    finally:
        log.disabled = was
