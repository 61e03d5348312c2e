"""Which feeds there are, their addresses and their titles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.reading.page_meta import FeedLink
from articles.reading.site import Site

CONTENTS = ("articles", "facts")
#: By the end of an address: the name for people, and the media type.
FORMATS: Mapping[str, tuple[str, str]] = {
    "atom": ("Atom", "application/atom+xml"),
    "rss": ("RSS", "application/rss+xml"),
    "json": ("JSON Feed", "application/feed+json"),
}


class FeedOwner(NamedTuple):
    """Of whom a feed tells. `kind` is "" (the whole site), "tags", "subjects" or "authors", with the slug and the name
    of the one; or "choice", with the slugs of a person's own choice of tags in order, and their names.
    """

    kind: str = ""
    slugs: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def path(self, content: str, suffix: str) -> str:
        """Raises NoReverseMatch for a broken slug."""
        if self.kind in ("", "choice"):
            path = reverse("feed", args=[content, suffix])
            return f"{path}?{urlencode([('tag', slug) for slug in self.slugs])}" if self.slugs else path
        return reverse("feed-of", args=[self.kind, *self.slugs, content, suffix])

    @property
    def page_path(self) -> str:
        """The page whose news these are."""
        names = {"tags": "tag", "subjects": "subject", "authors": "author"}
        return reverse(names[self.kind], args=self.slugs) if self.kind in names else reverse("home")

    @property
    def follow_query(self) -> list[tuple[str, str]]:
        """Of the page that explains this feed."""
        names = {"tags": "tag", "choice": "tag", "subjects": "subject", "authors": "author"}
        return [(names[self.kind], slug) for slug in self.slugs]

    @property
    def follow_path(self) -> str:
        return f"{reverse('follow')}?{urlencode(self.follow_query)}" if self.slugs else reverse("follow")

    def title(self, content: str, site: Site) -> str:
        """As a feed reader lists it."""
        if not self.kind:
            return site.name if content == "articles" else _("%(site)s: facts") % {"site": site.name}
        names = {"names": ", ".join(self.names), "site": site.name}
        if content == "articles":
            return _("%(site)s: lists of facts, %(names)s") % names
        return _("%(site)s: facts, %(names)s") % names


WHOLE_SITE = FeedOwner()


def feed_links(site: Site, owner: FeedOwner, contents: Iterable[str] = ("facts", "articles")) -> tuple[FeedLink, ...]:
    """For the head of a page. One format: every feed reader knows Atom, and a list of six feeds helps nobody."""
    kind = FORMATS["atom"][1]
    return tuple(FeedLink(owner.title(each, site), owner.path(each, "atom"), kind) for each in contents)
