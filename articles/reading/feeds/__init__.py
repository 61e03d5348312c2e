"""Feeds: where they are, what an entry holds, and how three formats write it."""

from articles.reading.feeds.addresses import CONTENTS, FORMATS, WHOLE_SITE, FeedOwner, feed_links
from articles.reading.feeds.entries import Entry, article_entry, fact_entry
from articles.reading.feeds.formats import About, feed_text
from articles.reading.feeds.owners import FoundOwner, choice_of, chosen_slugs, owner_at

__all__ = [
    "CONTENTS",
    "FORMATS",
    "WHOLE_SITE",
    "About",
    "Entry",
    "FeedOwner",
    "FoundOwner",
    "article_entry",
    "choice_of",
    "chosen_slugs",
    "fact_entry",
    "feed_links",
    "feed_text",
    "owner_at",
]
