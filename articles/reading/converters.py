"""Path converters: slugs in any script, and the permanent ids of facts."""

from articles.text import slugs
from articles.text.ids import PUBLIC_ID_PATTERN


class _Text:
    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class SlugConverter(_Text):
    """Wider than Django's own, which is ASCII: 주지훈 is a slug too."""

    regex = slugs.PATTERN


class FactConverter(_Text):
    regex = PUBLIC_ID_PATTERN


class DigestConverter(_Text):
    """Of what a share picture shows: see reading.sharing."""

    regex = "[0-9a-f]{20}"


class FeedContentConverter(_Text):
    regex = "articles|facts"


class FeedFormatConverter(_Text):
    regex = "atom|rss|json"


class FeedOwnerConverter(_Text):
    regex = "tags|subjects|authors"


class PictureConverter(_Text):
    """A storage name as the picture library makes them: no dot but the last, so no way up the tree."""

    regex = r"pictures/(?:[0-9a-z_-]+/)*[0-9a-z_-]+\.[0-9a-z]{3,4}"
