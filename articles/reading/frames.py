"""The frame by which another site shows a fact or an article: what is in it, and how high it must be.

A frame cannot say its height to the page around it without a script. So it holds little, and the height is reckoned
from the words (text/line_lengths), with a line to spare. What finds no room is left out whole by the style sheet
(css/components/embed.css), whose measures these are; then only the heading and the way to the page stay.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from articles.models.editions import Edition
from articles.reading import rows
from articles.reading.caveats import Caveat
from articles.reading.outputs import writable_or_none
from articles.reading.pictures import Cover
from articles.reading.rows import SubjectName
from articles.reading.selectors import FoundFact
from articles.reading.site import Site
from articles.text import markdown, sentences
from articles.text.line_lengths import Face, lines_of, width_of

#: In CSS pixels: as wide as the pages of most blogs, where nobody says how much room there is.
FRAME_WIDTH = 560
#: The narrowest phone's column. A frame is never so low that it would have to scroll there.
LEAST_WIDTH = 300
EXCERPT_LENGTH = 200

_PADDING, _GAP, _LINK = 16, 16, 28
_TEXT, _SMALL = 17, 15  # the sizes of letters
_LEADING = {True: 1.2, False: 1.5}  # of the bold heading, and of the rest
_WIDE = 480  # from here on the heading and the picture are larger; in less room a picture takes the number's place
_HEADING = {True: 22, False: 20}
_PICTURE = {True: (160 + _GAP, 120), False: (64 + _GAP, 64)}  # what it takes beside the words, and its height
_MIXED = 3  # a line with letters of two fonts is so much higher
_BOLD = 1.05  # how much wider bold letters of the face for controls are
#: With the 14 pixels of a gap that the words may take as well (.embed-words), a line for what other fonts need.
_SPARE = 12


class Framed(NamedTuple):
    """What a frame shows: nothing that lies beyond a spoiler point. `place` stands before the link to the `whole`."""

    url: str
    heading: str
    lang: SafeString
    number: int | None
    emoji: str
    excerpt: str
    excerpt_lang: SafeString
    picture: Cover | None
    spoiler_label: str
    read: str  # the words of the link to all of it
    place: str
    whole: str
    whole_url: str
    whole_lang: SafeString
    palette: str
    caveat: str = ""  # "Disputed since …": what is not true may not travel without it

    @property
    def heading_html(self) -> SafeString:
        return markdown.inline(self.heading)

    @property
    def excerpt_html(self) -> SafeString:
        return markdown.inline(self.excerpt)

    @property
    def whole_html(self) -> SafeString:
        return markdown.inline(self.whole)

    def height(self, width: int, site_name: str) -> int:
        """At this width, all in CSS pixels; at least what the narrowest place takes without the excerpt."""
        bare = self._height(min(width, LEAST_WIDTH), site_name, has_excerpt=False)
        return max(bare, self._height(width, site_name, has_excerpt=True))

    def _height(self, width: int, site_name: str, *, has_excerpt: bool) -> int:
        inner, is_wide = width - 2 * _PADDING - 2, width >= _WIDE
        beside, least = _PICTURE[is_wide] if self.picture else (0, 0)
        has_number = self.number is not None and (is_wide or not self.picture)
        number = _GAP + 27 * len(str(self.number)) if has_number else 0
        heading = f"{self.emoji} {self.heading}" if self.emoji else self.heading
        head = max(_block(heading, _HEADING[is_wide], inner - beside - number, Face.DISPLAY), 48 if has_number else 0)
        said = (gettext("Spoiler: %(after)s") % {"after": self.spoiler_label}) if self.spoiler_label else self.excerpt
        words = 8 + _block(said, _TEXT, inner - beside * is_wide, Face.TEXT) if has_excerpt and said else 0
        top = max(head + words, least) if is_wide else max(head, least) + words
        caveat = 12 + _block(self.caveat, _SMALL, inner - 12, Face.UI) if self.caveat else 0
        foot = _block(f"{self.place} {self.whole}", _SMALL, inner, Face.UI)
        ways = _ways(self.read, site_name, inner)
        return 2 * _PADDING + 9 + top + caveat + 12 + ways + 12 + 1 + 12 + foot + _SPARE


def of_fact(site: Site, fact: FoundFact) -> Framed:
    edition, subject = fact.edition.edition, writable_or_none(fact.edition.subject)
    ids = [card["id"] for card in edition.parts["cards"]]
    at = ids.index(fact.public_id)
    card, spoiler_after = edition.parts["cards"][at], edition.parts["cards"][at]["spoiler_after"]
    is_open, lang = spoiler_after is None, rows.lang_of(edition.language)
    return Framed(
        url=site.full(reverse("fact", args=[fact.public_id, fact.slug])),
        heading=rows.public_heading_of(card["heading"], card["safe_heading"], spoiler_after, subject),
        lang=lang if is_open or card["safe_heading"] else rows.lang_of(""),
        number=card["number"],
        emoji=card["emoji"] if is_open else "",
        excerpt=fact.excerpt if is_open else "",
        excerpt_lang=lang,
        picture=Cover.of(card["picture"], f"fact {fact.public_id}") if is_open else None,
        spoiler_label=rows.spoiler_label(spoiler_after, subject.kind if subject else None),
        read=gettext("Read the fact"),
        place=gettext("Fact %(place)s of %(total)s in") % {"place": at + 1, "total": len(ids)},
        whole=edition.title,
        whole_url=f"{reverse('article', args=[edition.slug])}#{card['anchor']}",
        whole_lang=lang,
        palette=subject.palette if subject else "slate",
        caveat=caveat.label if is_open and (caveat := Caveat.in_part(card)) else "",
    )


def of_article(site: Site, edition: Edition) -> Framed:
    """Of an edition in hand that has an address."""
    lang, count = rows.lang_of(edition.language), edition.card_count
    subject = writable_or_none(SubjectName.of(edition.subject))
    return Framed(
        url=site.full(reverse("article", args=[edition.slug])),
        heading=edition.title,
        lang=lang,
        number=None,
        emoji="",
        excerpt=sentences.beginning(sentences.sentences(edition.dek), EXCERPT_LENGTH),
        excerpt_lang=lang,
        picture=Cover.of(edition.cover, edition),
        spoiler_label="",
        read=gettext("Read the article"),
        place=ngettext("%(count)s fact", "%(count)s facts", count) % {"count": count},
        whole="",
        whole_url="",
        whole_lang=rows.lang_of(""),
        palette=subject.palette if subject else "slate",
    )


def fact_code(site: Site, fact: FoundFact, title: str) -> str:
    """The HTML that a reader pastes into another page, as `article_code`. `title` names the frame."""
    return _code(site, reverse("embed", args=[fact.public_id]), title, of_fact(site, fact))


def article_code(site: Site, edition: Edition) -> str:
    return _code(site, reverse("embed-article", args=[edition.slug]), edition.title, of_article(site, edition))


def _code(site: Site, path: str, title: str, framed: Framed) -> str:
    return frame_html(site, path, title, FRAME_WIDTH, framed.height(FRAME_WIDTH, site.name))


def frame_html(site: Site, path: str, title: str, width: int, height: int) -> str:
    context = {"src": site.full(path), "title": title, "width": width, "height": height}
    return render_to_string("reading/_iframe.html", context).strip()


# --- how high words are -----------------------------------------------------------------------------------------------


def _block(text: str, size: int, width: float, face: Face) -> int:
    """The height of lines that hold a text."""
    lines = lines_of(text, width / size, face)
    return math.ceil(lines.number * size * _LEADING[face is Face.DISPLAY]) + _MIXED * lines.mixed


def _ways(read: str, site_name: str, width: int) -> int:
    """The link to the whole and, beside it or below, the site."""
    ems = width_of(read, Face.UI) + width_of(site_name, Face.UI)
    if ems * _BOLD * _TEXT + _GAP <= width:
        return _LINK
    return _LINK + math.ceil(lines_of(site_name, width / (_TEXT * _BOLD), Face.UI).number * _LINK)
