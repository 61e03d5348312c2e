"""Pages as Markdown, from the very values that their templates show: what is closed on a page has no words here.

Each function takes the site and a template's context, and gives the text: front matter (YAML, each value as JSON), then
the page under one heading.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.reading.cards import Card, Question, Source
from articles.reading.caveats import Caveat
from articles.reading.corrections import Correction
from articles.reading.found import FoundHit
from articles.reading.negotiation import markdown_path
from articles.reading.page_meta import PageMeta
from articles.reading.pictures import Cover
from articles.reading.rows import ArticleRow, FactRow
from articles.reading.site import Site
from articles.text import markdown
from articles.text.html_to_markdown import address, heading, inline_to_markdown, to_markdown

Context = Mapping[str, Any]


def article(site: Site, context: Context) -> str:
    days = {name: context[name].iso for name in ("published", "updated") if context[name]}
    blocks = [
        _front(site, context, **days),
        heading(1, context["title"]),
        inline_to_markdown(context["dek"]),
        _picture(site, context["cover"]),
        to_markdown(context["introduction"], site.origin),
    ]
    for card in context["cards"]:
        blocks += _card(site, card, level=2, url=card.url)
    blocks += [heading(2, context["conclusion_heading"]) if context["conclusion_heading"] else ""]
    blocks += [to_markdown(context["conclusion"], site.origin)]
    blocks += [heading(2, _("Questions and answers"))] if context["questions"] else []
    for question in context["questions"]:
        blocks += _question(site, question)
    blocks += [heading(2, _("Corrections"))] if context["corrections"] else []
    blocks += ["\n".join(_correction(each) for each in context["corrections"])]
    return _text(blocks)


def fact(site: Site, context: Context) -> str:
    card: Card = context["card"]
    part_of = _("Fact %(place)s of %(total)s in") % {"place": context["place"], "total": context["total"]}
    blocks = [_front(site, context, published=context["published"].iso if context["published"] else "")]
    blocks += _card(site, card, level=1, url="")
    blocks += [f"{part_of} {_link(site, inline_to_markdown(context['article_title']), context['article_url'])}"]
    others = [_link(site, inline_to_markdown(each.html), markdown_path(each.url)) for each in context["also_in"]]
    blocks += [f"{_('Also told in:')} {', '.join(others)}"] if others else []
    return _text(blocks)


def listing(site: Site, context: Context) -> str:
    """Whatever lists a page has, each under a heading of its own."""
    lists = {
        _("Articles"): [_article_line(site, row) for row in context.get("articles", ())],
        _("Most read"): [_article_line(site, row) for row in context.get("most_read", ())],
        _("Facts"): [_fact_line(site, row) for row in context.get("facts", ())],
        _("Subjects"): [_line(site, each.html, each.url) for each in context.get("subjects", ())],
        _("Tags"): [_line(site, each.html, each.url) for each in context.get("tags", ())],
        _("Authors"): [_line(site, each.html, each.url) for each in context.get("authors", ())],
    }
    meta: PageMeta = context["meta"]
    blocks = [
        _front(site, {**context, "authors": ()}),
        heading(1, markdown.inline(meta.title)),
        inline_to_markdown(markdown.inline(meta.description)),
    ]
    for name, lines in lists.items():
        blocks += [heading(2, name), "\n".join(lines)] if lines else []
    paging = context.get("paging")
    if paging and paging.older:
        blocks += [_link(site, _("The next page"), markdown_path(paging.older))]
    return _text(blocks)


def search(site: Site, context: Context) -> str:
    """The hits in their order, or what a page without any says."""
    meta: PageMeta = context["meta"]
    words = context["asked"].words
    hits: Sequence[FoundHit] = context["hits"]
    blocks = [_front(site, {**context, "subject": None}), heading(1, markdown.inline(meta.title))]
    if not context["has_words"]:
        tips = _("Type a few words: a name in any spelling or script, a tag, something that you remember of a fact.")
        return _text([*blocks, inline_to_markdown(markdown.inline(tips)), f"`{site.full(reverse('search'))}?q=…`"])
    if context["subject"]:
        only = _("Only what is about <b>%(name)s</b>.") % {"name": context["subject"].html}
        blocks += [inline_to_markdown(only)]
    if not hits:
        nothing = markdown.inline(_("Nothing found for “%(words)s”.") % {"words": words})
        return _text([*blocks, inline_to_markdown(nothing)])
    if context["mended"]:
        blocks += [f"{_('Shown instead:')} {inline_to_markdown(markdown.inline(context['mended']))}"]
    blocks += [inline_to_markdown(markdown.inline(context["count_label"]))]
    if context["tags"]:
        tags = ", ".join(_link(site, inline_to_markdown(tag.html), markdown_path(tag.url)) for tag in context["tags"])
        blocks += [f"{_('Tags of that name')}: {tags}"]
    blocks += ["\n".join(_hit_line(site, hit) for hit in hits)]
    older = context["paging"].older
    return _text([*blocks, _link(site, _("The next page"), markdown_path(older)) if older else ""])


def follow(site: Site, context: Context) -> str:
    """Every address of a feed that the page gives."""
    meta: PageMeta = context["meta"]
    blocks = [
        _front(site, context),
        heading(1, markdown.inline(meta.title)),
        inline_to_markdown(markdown.inline(meta.description)),
    ]
    own = _("Follow <bdi>%(whose)s</bdi>") % {"whose": markdown.inline(context["whose"])}
    for name, feeds in ((own, context["own_feeds"]), (markdown.inline(_("Everything")), context["site_feeds"])):
        lines = [f"- {feed.label}: {', '.join(f'<{url}>' for url in feed.urls)}" for feed in feeds]
        blocks += [heading(2, name), "\n".join(lines)] if lines else []
    return _text(blocks)


def text_page(site: Site, context: Context) -> str:
    return _text([_front(site, context), heading(1, context["title"]), to_markdown(context["html"], site.origin)])


def correction_list(site: Site, context: Context) -> str:
    meta: PageMeta = context["meta"]
    lines = [_correction(each.correction) for each in context["corrections"]]
    return _text(
        [
            _front(site, context),
            heading(1, markdown.inline(meta.title)),
            inline_to_markdown(markdown.inline(meta.description)),
            "\n".join(lines),
        ]
    )


# --- parts ------------------------------------------------------------------------------------------------------------


def _front(site: Site, context: Context, **more: str) -> str:
    """What stands before the text: the page's own address first of all."""
    meta: PageMeta = context["meta"]
    subject = context.get("subject")
    values: dict[str, Any] = {
        "title": meta.title,
        "url": meta.canonical,
        "site": site.name,
        "description": meta.description,
        "subject": subject.name if subject else "",
        "authors": [each.name for each in context.get("authors", ())],
        **more,
    }
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in values.items() if value]
    # In front matter nothing is markup, but a program that knows none would take it for the text.
    return "\n".join(["---", *(line.replace("<", "\\u003c") for line in lines), "---"])


def _as_of(card: Card) -> str:
    first = _("As of %(day)s") % {"day": card.as_of.iso} if card.as_of else ""
    latest = _("(some of it as of %(day)s)") % {"day": card.as_of_latest.iso} if card.as_of_latest else ""
    return " ".join(filter(None, (first, latest)))


def _card(site: Site, card: Card, *, level: int, url: str) -> list[str]:
    is_closed = bool(card.spoiler_label) and not card.is_safe
    words = card.public_heading_html if is_closed else card.heading
    signs = [f"{card.number}." if card.number else "", "" if is_closed else card.emoji]
    blocks = [heading(level, words, " ".join(filter(None, signs)))]
    if is_closed:
        return [*blocks, _closed(card.spoiler_label), _link(site, _("Open it on its page"), url or card.url)]
    blocks += [_caveat(card.caveat)] if card.caveat else []
    blocks += [_picture(site, card.picture), to_markdown(card.body, site.origin)]
    blocks += [f"{_('Sources')}:\n\n" + "\n".join(map(_source, card.sources))] if card.sources else []
    blocks += [_as_of(card), "\n".join(map(_correction, card.corrections))]
    if card.checked_on:
        blocks += [_("Checked again on %(day)s: still true") % {"day": card.checked_on.iso}]
    links = [_link(site, inline_to_markdown(tag.html), markdown_path(tag.url)) for tag in card.tags]
    blocks += [f"{_('Tags')}: {', '.join(links)}"] if links else []
    return [*blocks, _link(site, _("Link to this fact"), url)] if url else blocks


def _caveat(caveat: Caveat) -> str:
    return f"**{caveat.label}:** {inline_to_markdown(caveat.note_html)}"


def _question(site: Site, question: Question) -> list[str]:
    if question.spoiler_label and not question.is_safe:
        return [heading(3, question.public_heading_html), _closed(question.spoiler_label)]
    return [heading(3, question.question), to_markdown(question.answer, site.origin)]


def _closed(spoiler_label: str) -> str:
    return f"*{_('Spoiler: %(after)s') % {'after': spoiler_label}}*"


def _source(source: Source) -> str:
    title = inline_to_markdown(source.title)
    words = [f"[{title}]({address(source.url)})" if source.url else title, inline_to_markdown(source.publisher)]
    words += [source.kind]
    words += [_("checked on %(day)s") % {"day": source.seen_on.iso}] if source.seen_on else []
    words += [f"[{_('archived copy')}]({address(source.archived_url)})"] if source.archived_url else []
    excerpt = f"\n  > {inline_to_markdown(source.excerpt)}" if source.excerpt else ""
    return f"- {', '.join(filter(None, words))}{excerpt}"


def _correction(correction: Correction) -> str:
    words: list[str] = [correction.heading_html, correction.note_html]
    words += [f"{_('Before')}: {correction.old_html}"] if correction.old else []
    words += [f"{_('Now')}: {correction.new_html}"] if correction.new else []
    day = f"{correction.day.iso[:10]}: " if correction.day else ""
    after = f" ({correction.spoiler_label})" if correction.spoiler_label else ""
    return f"- {day}{'; '.join(inline_to_markdown(each) for each in words if each)}{after}"


def _picture(site: Site, picture: Cover | None) -> str:
    if picture is None:
        return ""
    shown = f"![{inline_to_markdown(markdown.inline(picture.alt))}]({address(site.full(picture.url))})"
    return "\n\n".join(filter(None, (shown, inline_to_markdown(picture.credit_html))))


def _article_line(site: Site, row: ArticleRow) -> str:
    return ": ".join(filter(None, (_line(site, row.html, row.url), inline_to_markdown(row.dek_html))))


def _fact_line(site: Site, row: FactRow) -> str:
    line = f"{_line(site, row.html, row.url)}{_marks(row)}"
    return ": ".join(filter(None, (line, inline_to_markdown(row.excerpt_html))))


def _marks(row: FactRow) -> str:
    """After the heading: the spoiler point, and whether editors doubt the fact."""
    marks = (row.spoiler_label, row.caveat.label if row.caveat else "")
    return "".join(f" ({mark})" for mark in marks if mark)


def _hit_line(site: Site, hit: FoundHit) -> str:
    line = f"{_line(site, markdown.inline(hit.title), hit.url)}{_marks(hit.fact) if hit.fact else ''}"
    return ": ".join(filter(None, (line, inline_to_markdown(hit.excerpt))))


def _line(site: Site, html: str, url: str) -> str:
    return f"- {_link(site, inline_to_markdown(html), markdown_path(url))}"


def _link(site: Site, words: str, path: str) -> str:
    return f"[{words}]({address(site.full(path))})"


def _text(blocks: Iterable[str]) -> str:
    return "\n\n".join(filter(None, blocks)) + "\n"
