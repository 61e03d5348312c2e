"""The language of an article: choosing it, and marking the fields that hold its words."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext

from articles.text import languages

#: Fields that hold words of the article.
WORDS = {
    *("title", "dek", "introduction", "conclusion_heading", "conclusion"),
    *("heading", "safe_heading", "body", "question", "answer"),
}


def language_attributes(language: str) -> dict[str, str]:
    """Of a field with words in this language, "" for the site's: by it a browser checks the spelling."""
    tag = language or settings.LANGUAGE_CODE
    return {"lang": tag, "dir": languages.direction(tag)}


def language_choices(chosen: str | None) -> list[tuple[str, str]]:
    """The site's, those of `languages.NAMES`, and the one that came with an import."""
    site = languages.NAMES[settings.LANGUAGE_CODE]
    known = {tag: name for tag, name in languages.NAMES.items() if tag != settings.LANGUAGE_CODE}
    other = {chosen: chosen} if chosen and languages.is_tag(chosen) and chosen not in known else {}
    return [("", gettext("%(language)s, as the site") % {"language": site}), *known.items(), *other.items()]
