"""A made-up sentence put at any place of any sample is in the draft afterwards, or is shown as unplaced."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from articles import importing
from articles.importing import Imported
from articles.text import markdown

DATA = Path(__file__).resolve().parent.parent / "data"
SENTENCE = "A heron named Quibble watched all of it."
# Where text may stand in HTML: at the end of an element that holds some, and between two elements of the body.
ENDS = re.compile(r"(?=</(?:p|li|h1|h2|h3|b|em|td|th|cite|figcaption|a)>)")
BETWEEN = re.compile(r"(?<=</p>)|(?<=</h2>)|(?<=</ul>)|(?<=</table>)|(?<=</figure>)|(?<=</blockquote>)")


def places(name: str) -> Iterator[str]:
    """The sample with the sentence at each place in turn."""
    source = (DATA / name).read_text(encoding="utf-8")
    if name.endswith(".html"):
        for at in (match.start() for match in ENDS.finditer(source)):
            yield f"{source[:at]} {SENTENCE}{source[at:]}"
        for at in (match.start() for match in BETWEEN.finditer(source)):
            yield f"{source[:at]}<p>{SENTENCE}</p>{source[at:]}"
        return
    lines = source.splitlines()
    blank = [""] if name.endswith(".md") else []
    first = lines.index("---", 1) + 1 if name.endswith(".md") else 0  # front matter is no text
    for at in range(first, len(lines) + 1):
        yield "\n".join([*lines[:at], *blank, SENTENCE, *blank, *lines[at:]])
        if at < len(lines) and lines[at].strip() and not lines[at].startswith(("|", "[^")):
            yield "\n".join([*lines[:at], f"{lines[at]} {SENTENCE}", *lines[at + 1 :]])


def words(found: Imported) -> str:
    document = found.document
    bodies = [document.introduction, document.conclusion]
    plain = [document.title, document.dek, document.conclusion_heading]
    for card in document.cards:
        bodies.append(card.body)
        plain += [card.heading, *(source.title for source in card.sources)]
    for faq in document.faqs:
        bodies.append(faq.answer)
        plain.append(faq.question)
    plain += [unplaced.text for unplaced in found.account.unplaced]
    return " ".join(" ".join([*plain, *(markdown.plain(body) for body in bodies)]).split())


@pytest.mark.slow
@pytest.mark.parametrize("name", ["night-ferry.txt", "lantern-isle.md", "lantern-isle.html"])
def test_a_sentence_put_anywhere_is_found_again(name: str) -> None:
    tried = 0
    for text in places(name):
        found = importing.read(text.encode(), name)
        assert SENTENCE in words(found), text[max(0, text.index(SENTENCE) - 60) :][:160]
        assert found.account.is_complete
        tried += 1
    assert tried > 20


@pytest.mark.parametrize("name", ["night-ferry.txt", "lantern-isle.md", "lantern-isle.html"])
def test_a_sample_is_read_as_a_person_reads_it(name: str) -> None:
    found = importing.read((DATA / name).read_bytes(), name)
    assert len(found.document.cards) == (3 if name.startswith("night") else 4)
    assert len(found.document.faqs) == 2
    assert found.document.conclusion
    assert not found.account.unplaced or name.endswith(".md")  # front matter beside title and tags
