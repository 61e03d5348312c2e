"""Documents with hostile values in every field, for tests that follow them from the gate to the outputs."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from articles.document import Card, Caveat, Document, Faq, Source, SourceKind
from tests.strategies import every_field

NASTY = [
    *("\x0b", "\x00", "\x85", "\ufffe", "\ud800", "\u202e", "\ufeff", "\u200b", "\u2028", "\r\n"),
    *("<b>", "&amp;", "]]>", "ﷺ", "👩\u200d⚕️", "한글", "a", " ", "1.", "**", "[x](javascript:1)", "\n\n"),
]
hostile = st.lists(st.sampled_from([*NASTY, "a", " ", "1.", "**", "[x](javascript:1)", "\n\n"]), max_size=8).map(
    "".join
)
long_or_hostile = hostile | st.sampled_from(["x" * 250, "ﷺ" * 60, "x" * 200_001])
numbers = st.sampled_from([None, -1, 0, 1, 16, 32_767, 32_768, 10**30])
days = st.sampled_from([None, dt.date.min, dt.date.max])
ids = st.sampled_from(["", "my-fact", "bcdfghjkmn", "../..", "x" * 500, "\x00", "ﷺ"])
sources = every_field(
    Source,
    url=hostile | st.just("https://example.org/" + "x" * 600),
    title=long_or_hostile,
    publisher=hostile,
    seen_on=days,
    kind=st.sampled_from(SourceKind),
    excerpt=long_or_hostile,
    archived_url=hostile | st.just("https://example.org/" + "x" * 600),
)
cards = every_field(
    Card,
    public_id=ids,
    heading=long_or_hostile,
    emoji=st.sampled_from(["", "🚢", "words", "\x0b", "🚢" * 60]),
    picture=ids,
    body=hostile,
    tags=st.lists(long_or_hostile, max_size=3).map(tuple),
    sources=st.lists(sources, max_size=2).map(tuple),
    spoiler_after=numbers,
    safe_heading=hostile,
    check_on=days,
    caveat=st.sampled_from(Caveat),
    caveat_since=days,
    caveat_note=long_or_hostile,
)
faqs = every_field(Faq, public_id=ids, question=long_or_hostile, answer=hostile, spoiler_after=numbers)
documents = st.builds(
    Document,
    title=hostile.map(lambda text: f"Facts {text}"),
    slug=hostile | st.just("s" * 100),
    dek=long_or_hostile,
    language=st.sampled_from(["", "ko", "zh-Hant", "../..", "<b>", "x" * 500, "ﷺ"]),
    introduction=hostile,
    cards=st.lists(cards, min_size=1, max_size=3).map(tuple),
    conclusion_heading=hostile,
    conclusion=hostile,
    faqs=st.lists(faqs, max_size=2).map(tuple),
    tags=st.lists(hostile, max_size=2).map(tuple),
)

# Hostile signs within the limits of each field: most of these are let in, so that the outputs meet them.
named = st.tuples(st.sampled_from(["The ferry", "등대", "灯台", "الميناء"]), hostile).map(" ".join)
fitting_cards = every_field(
    Card,
    public_id=ids,
    heading=named,
    emoji=st.sampled_from(["", "🚢", "👩\u200d⚕️"]),
    picture=ids,
    body=hostile,
    tags=st.lists(named, max_size=2, unique=True).map(tuple),
    sources=st.lists(
        every_field(
            Source,
            url=st.sampled_from(["", "https://example.org/?a=b&c=d", "www.예시.한국"]),
            title=named,
            publisher=named,
            seen_on=days,
            kind=st.sampled_from(SourceKind),
            excerpt=hostile,
            archived_url=st.sampled_from(["", "https://example.org/?a=b&c=d"]),
        ),
        max_size=2,
    ).map(tuple),
    spoiler_after=st.sampled_from([None, 1, 16]),
    safe_heading=named,
    check_on=st.sampled_from([None, dt.date(2030, 1, 1)]),
    caveat=st.sampled_from(Caveat),
    caveat_since=days,
    caveat_note=named,
)
fitting_documents = st.builds(
    Document,
    title=named,
    slug=hostile | st.just("s" * 100),
    dek=hostile,
    language=st.sampled_from(["", "ko", "zh-Hant", "../..", "<b>", "x" * 500, "ﷺ"]),
    introduction=hostile,
    cards=st.lists(fitting_cards, min_size=1, max_size=3).map(tuple),
    conclusion_heading=hostile,
    conclusion=hostile,
    faqs=st.lists(
        every_field(Faq, public_id=ids, question=named, answer=hostile, spoiler_after=st.sampled_from([None, 1, 16])),
        max_size=2,
    ).map(tuple),
    tags=st.lists(named, max_size=2).map(tuple),
)
