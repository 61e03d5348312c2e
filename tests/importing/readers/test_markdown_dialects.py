"""Markdown as people really have it: by the rules of the site, with front matter, and with what programs add to it."""

from __future__ import annotations

import pytest

from articles.importing import Imported, read, read_text
from articles.text import outline

CARDS = "\n\n## 2. The Boat\n\nIt came back.\n\n## 3. The Coat\n\nIt was borrowed."


def article(body: str, before: str = "An evening.\n\n") -> Imported:
    result = read_text(f"{before}## 1. The Lamp\n\n{body}{CARDS}", kind="markdown")
    assert [card.heading for card in result.document.cards] == ["The Lamp", "The Boat", "The Coat"]
    assert result.account.is_complete
    assert not [entry for entry in result.account.unplaced if "found no place" in entry.why]
    return result


def first(body: str) -> str:
    return article(body).document.cards[0].body


def aside(body: str) -> list[str]:
    return [entry.text for entry in article(body).account.unplaced]


# --- the rules of the site --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    ["**등대(Lamp)**와 배", "これは**「灯台」**です", "这是**灯塔。**完", "*'등대'*는 진짜다", "~~등대(Lamp)~~는"],
)
def test_emphasis_beside_scripts_without_spaces_is_read_as_the_site_reads_it(source: str) -> None:
    assert outline.plain(first(source)) == outline.plain(source)
    assert first(source) == source


@pytest.mark.parametrize("name", ["Vincenzo", "빈센조", "Squid Game", "Signal", "Dr. Lamp", "notatag"])
def test_a_name_in_angle_brackets_stays(name: str) -> None:
    text = f"# Why <{name}>\n\nAn evening with <{name}>.\n\n## 1. The <{name}> lamp\n\nSee <{name}>.\n\n## 2. B\n\nb\n\n## 3. C\n\nc"
    result = read_text(text, kind="markdown")
    document = result.document
    assert document.title == f"Why <{name}>"
    assert document.cards[0].heading == f"The <{name}> lamp"
    assert outline.plain(document.introduction) == f"An evening with <{name}>."
    assert outline.plain(document.cards[0].body) == f"See <{name}>."


@pytest.mark.parametrize(
    ("source", "body"),
    [
        ("Oil <br> and <span style='color:red'>fire</span>", "Oil\\\nand fire"),
        ("<div align=center>\n\n**Oil** burns.\n\n</div>", "**Oil** burns."),
        ("`<Vincenzo>` is code", "`<Vincenzo>` is code"),
        ("See <https://example.org/oil>.", "See [https://example.org/oil](https://example.org/oil)."),
        ("1. oil\n2. fire\n1. water", "1. oil\n2. fire\n\n1) water"),
    ],
)
def test_html_and_markdown_together(source: str, body: str) -> None:
    assert first(source) == body


def test_markdown_that_is_pasted_as_a_text_is_recognised() -> None:
    result = read_text(f"An evening.\n\n## 1. The Lamp\n\nSee **oil** on [the quay](https://example.org).{CARDS}")
    assert result.kind == "markdown"
    assert result.document.cards[0].body == "See **oil** on [the quay](https://example.org)."


@pytest.mark.parametrize(
    "text", ["1. The Lamp\n# not\n\n2. The Boat\nb\n\n3. The Coat\nc", "#1 Lamp\na\n#2 Boat\nb\n#3 Coat\nc"]
)
def test_a_plain_text_stays_one(text: str) -> None:
    assert read_text(text).kind == "text"


# --- front matter -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("front", "title", "dek", "tags"),
    [
        ("---\ntitle: >-\n  The quay:\n  at night\ndescription: |\n  Lamps\n  and oil.\ntags: quay, oil\n---\n", "The quay: at night", "Lamps and oil.", ("quay", "oil")),
        ("---\ntitle: The quay: at night\nsummary: Lamps.\n---\n", "The quay: at night", "Lamps.", ()),
        ("---\nTitle: 'It''s night'\ntags:\n  - quay\n  - '#oil'\n...\n", "It's night", "", ("quay", "oil")),
        ('+++\ntitle = """\nThe quay: at night\n"""\ntags = ["quay", "oil"]\n[params]\nx = 1\n+++\n', "The quay: at night", "", ("quay", "oil")),
        ("---\ntitle: 1984\ntags: [2024, yes]\n---\n", "1984", "", ("2024", "yes")),
    ],
)  # fmt: skip
def test_front_matter_is_read_by_its_own_rules(front: str, title: str, dek: str, tags: tuple[str, ...]) -> None:
    document = article("Oil.", f"{front}An evening.\n\n").document
    assert (document.title, document.dek, document.tags) == (title, dek, tags)
    assert document.introduction == "An evening."


def test_fields_that_no_article_has_are_shown() -> None:
    result = article("Oil.", "---\nauthor:\n  name: Ann\nlayout: post\n---\nAn evening.\n\n")
    assert [entry.text for entry in result.account.unplaced] == ["author: name: Ann", "layout: post"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "front",
    [
        "---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n",
        "---\nt: " + "[" * 5_000 + "\n---\n",
        "---\n!!python/object/apply:os.system ['true']: x\ntitle: y\n---\n",
        "+++\na = " + "[" * 5_000 + "\n+++\n",
    ],
)
def test_hostile_front_matter_makes_nothing_but_text(front: str) -> None:
    assert len(article("Oil.", f"{front}An evening.\n\n").document.cards) == 3


def test_a_text_between_two_lines_is_no_front_matter() -> None:
    result = article("Oil.", "---\n\nAn evening on the quay.\n\nNote: it rained.\n\n---\n\n")
    assert "It rained".casefold() in outline.plain(result.document.introduction).casefold()


# --- dialects ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "body"),
    [
        ("Ask [[Mara Tellin|the keeper]] and [[Oil#Whales]].", "Ask the keeper and Oil – Whales."),
        ("Oil ==really== burns; a == b", "Oil really burns; a == b"),
        ("- [x] oil\n- [ ] fire", "- ☑ oil\n- ☐ fire"),
        ("H~2~O and x^2^, ~~no~~", "H₂O and x², ~~no~~"),
        ("> [!note] The keeper\n> Oil burns.", "> The keeper\\\n> Oil burns."),
        ("> [!quote]- The keeper\n> Oil burns.\n> — Mara", "The keeper\n\n> Oil burns.\n>\n> — Mara"),
        ("<aside>\n💡 Oil burns.\n\n</aside>", "💡 Oil burns."),
        ("`%%no remark%%` and `[[no link]]`", "`%%no remark%%` and `[[no link]]`"),
        ("50%% of it and {{ unclosed", "50%% of it and {{ unclosed"),
    ],
)
def test_what_dialects_write_is_read(source: str, body: str) -> None:
    assert first(source) == body


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Oil%%ask Mara%% burns.", "ask Mara"),
        ("Oil burns.\n\n%%\nask Mara\nagain\n%%", "ask Mara again"),
        ("Oil burns.\n\n<!-- ask\nMara -->", "ask Mara"),
        ("Oil burns. ^lamp-1", "^lamp-1"),
        ('Oil burns.\n\n{% include figure.html caption="A lamp" %}', '{% include figure.html caption="A lamp" %}'),
        ("Oil burns.\n\n{{< youtube x >}}", "{{< youtube x >}}"),
        ("Oil burns.\n{: .lead}", "{: .lead}"),
        ("Oil burns.\n\n```dataview\nLIST FROM #oil\n```", "```dataview LIST FROM #oil ```"),
        ("Oil burns. ![[lamp.png|300]]", "lamp.png"),
    ],
)
def test_private_remarks_and_marks_are_set_aside_with_their_reason(source: str, words: str) -> None:
    result = article(source)
    assert outline.plain(result.document.cards[0].body) == "Oil burns."
    assert [entry.text for entry in result.account.unplaced] == [words]
    assert result.account.unplaced[0].why


def test_properties_of_notion_are_set_aside() -> None:
    before = "# The quay\n\nStatus: Draft\nOwner: Mara\nTags: quay, oil\n\nAn evening.\n\n"
    result = article("Oil.", before)
    assert result.document.introduction == "An evening."
    assert result.document.tags == ("quay", "oil")
    assert [entry.text for entry in result.account.unplaced] == ["Status: Draft", "Owner: Mara", "Tags: quay, oil"]


def test_lines_under_a_title_that_are_no_properties_stay() -> None:
    result = article("Oil.", "# The quay\n\nMara: the keeper of it all\n\nAn evening.\n\n")
    assert "Mara" in result.document.introduction


def test_a_file_is_recognised_by_its_name() -> None:
    assert read(b"## 1. A\n\na\n\n## 2. B\n\nb\n\n## 3. C\n\nc", "quay.markdown").kind == "markdown"
