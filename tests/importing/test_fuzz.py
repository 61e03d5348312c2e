"""Any bytes, any text, whole documents cut, shuffled and spoilt: the import is whole and accounted for, or refused in a
sentence; nothing else ever happens, and the work grows with the length of the document.

Few examples by default; many with --hypothesis-profile=thorough, as CI runs it.
"""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.importing import Imported, ImportRefused, read, read_text, read_wxr
from articles.importing.alignment import words_of
from articles.importing.formats import FORMATS
from tests.importing.readers.test_word_and_wordpress import FACTS, HEAD, NEW, TAIL, docx, line, post

MANY = settings(suppress_health_check=list(HealthCheck))

MARKDOWN = """---
title: The quay
tags: [oil, fire]
---
An evening, and **등대(Lamp)**와 <Vincenzo>.[^1]

## 1. The Lamp ^id

- [x] oil %%remark%%
- ==fire==

| a | b |
| --- | --- |
| c | [[d|e]] |

## 2. The Boat

> [!note] Yes
> “Nobody sleeps.”
> — Mara

```dataview
LIST
```

## 3. The Coat

<details><summary>Why?</summary>So {% x %}.</details>

[^1]: Of whales.
"""
PAGE = (
    "<html xmlns:w='urn:schemas-microsoft-com:office:word'><head><title>Quay</title><style>.b{font-weight:bold}</style>"
    "</head><body><h1>The quay</h1><p>An <del>old</del> evening.<sup><a href='#n'>1</a></sup></p><h2>1. The Lamp</h2>"
    "<ul><ul><li>oil</li></ul></ul><p style='mso-list:l0 level1'><span style='mso-list:Ignore'>1.</span>x</p>"
    "<h2>2. The Boat</h2><blockquote>Yes<cite>Ann</cite></blockquote><table><tr><td>a</td><td>b</td></tr></table>"
    "<h2>3. The Coat</h2><button aria-controls=x>Read more</button><div id=x hidden>10<sup>6</sup></div>"
    "<ruby>港<rt>みなと</rt></ruby><img srcset='a 1x'><ol><li id=n>note</li></ol></body></html>"
)
TEXT = "The quay\n\n1. The Lamp\n• oil\n\n2. The Boat\n“Nobody sleeps.” — Mara\n\n3. The Coat\nFAQ\nQ: Why?\nA: So.\n"
BODY = "".join(line(fact, "H1", 1) + line("Oil burns.") + line("wool", number=2) for fact in FACTS)
BODY += "<w:tbl><w:tr><w:tc>" + line("a") + "</w:tc><w:tc>" + line("b") + "</w:tc></w:tr></w:tbl>"
BODY += (
    "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>no</w:t></w:r></w:p>"
)
EXPORT = HEAD + post(number=1) + post(NEW + "[vc_row x='1']y[/vc_row]", number=2) + TAIL

SOURCES = {"markdown": MARKDOWN, "html": PAGE, "text": TEXT}
PIECES = tuple(re.findall(r"<[^>]*>|[^\s<]+|\s+", MARKDOWN + PAGE + TEXT + BODY + EXPORT))


@st.composite
def spoilt(draw: st.DrawFn, source: str) -> str:
    """A document with pieces taken out, put elsewhere, doubled, cut off, or strange ones put in."""
    pieces = re.findall(r"<[^>]*>|[^\s<]+|\s+|<", source)
    for _ in range(draw(st.integers(0, 8))):
        at, other = draw(st.integers(0, len(pieces) - 1)), draw(st.integers(0, len(pieces) - 1))
        match draw(st.sampled_from(["drop", "swap", "double", "insert", "text", "cut"])):
            case "drop":
                pieces[at] = ""
            case "swap":
                pieces[at], pieces[other] = pieces[other], pieces[at]
            case "double":
                pieces[at] *= draw(st.integers(2, 30))
            case "insert":
                pieces[at] += draw(st.sampled_from(PIECES))
            case "text":
                pieces[at] += draw(st.text(max_size=8))
            case "cut":
                pieces = pieces[: max(1, at)]
                at = other = 0
    return "".join(pieces)


def is_whole(result: Imported) -> bool:
    return result.account.is_complete and bool(result.document.cards)


def judge_whole(result: Imported) -> None:
    assert is_whole(result)


def judge(error: ImportRefused) -> None:
    """A refusal is a sentence with a remedy: never empty, never the text of an exception."""
    assert str(error).rstrip().endswith((".", "!"))
    assert len(str(error).split()) > 4


@MANY
@pytest.mark.parametrize("kind", SOURCES)
@given(data=st.data())
def test_a_spoilt_text_is_imported_whole_or_refused(kind: str, data: st.DataObject) -> None:
    text = data.draw(spoilt(SOURCES[kind]))
    try:
        result = read_text(text, kind=kind)
    except ImportRefused as error:
        judge(error)
        return
    assert is_whole(result)


@MANY
@pytest.mark.parametrize("kind", ["markdown", "text"])
@given(data=st.data())
def test_no_word_of_a_text_is_neither_placed_nor_shown(kind: str, data: st.DataObject) -> None:
    """Held against the raw text, not against what the reader calls visible. Words within marks are no text."""
    plain = st.text("abcdefg ABC.,!?\n#*->|[]()_`~:1234567890", max_size=300)
    text = data.draw(plain)
    try:
        result = read_text(f"## 1. One\n\n{text}\n\n## 2. Two\n\nb\n\n## 3. Three\n\nc", kind=kind)
    except ImportRefused:
        return
    account = result.account
    told = " ".join([entry.text for entry in (*account.placed, *account.unplaced)])
    lost = [word for word in words_of(text) if word.isalpha() and word not in told]
    addresses = " ".join(re.findall(r"\]\([^)\n]*\)|\]:[^\n]*|^[ \t]*(?:```|~~~)[^\n]*", text, re.MULTILINE))
    assert [word for word in lost if word not in addresses] == []


@MANY
@given(body=spoilt(BODY), cut=st.integers(0, 40))
def test_a_spoilt_word_document_is_imported_whole_or_refused(body: str, cut: int) -> None:
    data = docx(body)
    try:
        result = read(data[: len(data) - cut] if cut > 30 else data, "quay.docx")
    except ImportRefused as error:
        judge(error)
        return
    assert is_whole(result)


@MANY
@given(text=spoilt(EXPORT), junk=st.binary(max_size=6), at=st.integers(0, len(EXPORT)))
def test_a_spoilt_export_gives_its_posts_or_a_refusal(text: str, junk: bytes, at: int) -> None:
    data = text.encode("utf-8", "replace")
    try:
        for result, _about in read_wxr(io.BytesIO(data[:at] + junk + data[at:]), "quay.xml"):
            judge(result) if isinstance(result, ImportRefused) else judge_whole(result)
    except ImportRefused as error:
        judge(error)


ENCODINGS = ["utf-8", "utf-16", "cp1252", "cp949", "shift_jis", "gb18030", "big5", "koi8-r", "cp1253", "latin-1"]


@MANY
@given(
    text=st.one_of(st.sampled_from([MARKDOWN, PAGE, TEXT]), st.text(max_size=200)),
    encoding=st.sampled_from(ENCODINGS),
    name=st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a.json", "a.xml", "a.pages", "a", ""]),
    junk=st.binary(max_size=4),
    at=st.integers(0, 200),
)
def test_bytes_in_any_encoding_are_imported_or_refused(
    text: str, encoding: str, name: str, junk: bytes, at: int
) -> None:
    data = text.encode(encoding, "replace")
    try:
        result = read(data[:at] + junk + data[at:], name)
    except ImportRefused as error:
        judge(error)
        return
    assert is_whole(result)


# --- how the work grows -----------------------------------------------------------------------------------------------

GROWING: dict[str, tuple[str, Callable[[int], str]]] = {
    "table": ("markdown", lambda n: "| a | b |\n| --- | --- |\n" + "| c | d |\n" * (n // 10)),
    "wide table": ("markdown", lambda n: "|" + "a|" * (n // 4) + "\n|" + "-|" * (n // 4) + "\n" + "|x|\n" * (n // 20)),
    "brackets": ("markdown", lambda n: ("[" * 1_400 + "\n\n") * (n // 1_402)),
    "one line of brackets": ("markdown", lambda n: "[" * n),
    "nested quotes": ("markdown", lambda n: "\n".join("> " * (line % 40) + "x" for line in range(n // 40))),
    "deep quote": ("markdown", lambda n: "> " * (n // 2)),
    "nested lists": ("markdown", lambda n: "\n".join("  " * (line % 40) + "- x" for line in range(n // 40))),
    "links": ("markdown", lambda n: "[a](b) " * (n // 7)),
    "emphasis": ("markdown", lambda n: ("*a **b " * 200 + "\n\n") * (n // 1_402)),
    "remarks that never end": ("markdown", lambda n: "{% a " * (n // 5)),
    "percent signs": ("markdown", lambda n: "%% a %% " * (n // 8)),
    "footnotes": ("markdown", lambda n: "".join(f"x[^{i}]\n\n[^{i}]: y\n\n" for i in range(n // 24))),
    "angle brackets": ("html", lambda n: "<A b c d e f " * (n // 13)),
    "nested quotations": ("html", lambda n: ("<blockquote>" * 100 + "x" + "</blockquote>" * 100) * (n // 2_500)),
    "captions of one figure": ("html", lambda n: "<figure>" + "<figcaption>x</figcaption>" * (n // 26) + "</figure>"),
    "readings of one ruby": ("html", lambda n: "<ruby>" + "x<rt>y</rt>" * (n // 11) + "</ruby>"),
    "nested tables": ("html", lambda n: ("<table><tr><td>" * 40 + "x" + "</table>" * 40) * (n // 1_000)),
    "hidden": ("html", lambda n: "<p>a <span hidden>b</span></p>" * (n // 30)),
    "raised": ("html", lambda n: "<p>" + "<sup>" * 200 + "x" + "</sup>" * 200 + "</p>" + "<p>a<sup>2</sup></p>" * (n // 20)),
    "marks": ("html", lambda n: "[vc_row x='1']" * (n // 14)),
    "misread": ("text", lambda n: "Itâ€™s cafÃ©\n" * (n // 13)),
    "long line": ("text", lambda n: "word " * (n // 5)),
    "short lines": ("text", lambda n: "a\n" * (n // 2)),
    "numbered lines": ("text", lambda n: "".join(f"{i}. x\n" for i in range(n // 6))),
    "numbered items": ("markdown", lambda n: "".join(f"{i}. x\n" for i in range(n // 6))),
    "numbers alone": ("text", lambda n: "第一、\n" * (n // 4)),
    "paragraphs": ("text", lambda n: "One line of words. It is here.\n\n" * (n // 32)),
}  # fmt: skip
WRAPPED = {
    "markdown": "## 1. One\n\n{}\n\n## 2. Two\n\nb\n\n## 3. Three\n\nc",
    "html": "<h2>1. One</h2>{}<h2>2. Two</h2><p>b</p><h2>3. Three</h2><p>c</p>",
    "text": "1. One\n\n{}\n\n2. Two\n\nb\n\n3. Three\n\nc",
}


def cpu(kind: str, text: str) -> float:
    """Processor time."""
    start = time.process_time()
    try:
        assert read_text(WRAPPED[kind].format(text), kind=kind).account.is_complete
    except ImportRefused as error:
        judge(error)
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize("name", GROWING)
def test_the_work_grows_with_the_length(name: str) -> None:
    """Four times the length may cost up to nine times the work; the square would be sixteen times.

    What else runs on the machine may spoil a measurement: the better of two counts.
    """
    kind, make = GROWING[name]
    small, large = min(cpu(kind, make(6_000)) for _ in range(2)), cpu(kind, make(24_000))
    if large >= 9 * small + 0.1:
        large = min(large, cpu(kind, make(24_000)))
    assert large < 9 * small + 0.1


def test_each_format_is_fuzzed():
    """Of Fanguide's own exports tests/exporting/ tries what is spoilt; any other new format gets a test here."""
    assert {row.name for row in FORMATS} == {*SOURCES, "docx", "wxr", "json"}
