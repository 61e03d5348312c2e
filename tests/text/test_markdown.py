"""What a reader gets of a body: each test is a piece of Markdown and the HTML that it must become."""

import pytest
from django.utils.safestring import SafeString

from articles.text.markdown import Image, inline, render

LIBRARY = {
    "scene1": Image("/media/scene1.webp", 640, 360, alt="Two surgeons run", credit="Jane Doe", licence="CC BY 4.0"),
    "plain1": Image("/media/plain1.webp", 640, 360, alt="A hallway"),
    "decor1": Image("/media/decor1.webp", 640, 360),
}


def html(source: str, **options: str) -> str:
    return str(render(source, LIBRARY.get, **options)).strip()


def test_paragraphs_and_marks_become_their_elements() -> None:
    assert html("One *two* **three** ~~four~~ `five`.\n\nSix.") == (
        "<p>One <em>two</em> <strong>three</strong> <s>four</s> <code>five</code>.</p>\n<p>Six.</p>"
    )


def test_html_in_a_body_shows_as_text() -> None:
    assert html('<script>alert(1)</script> & <b onclick="x">b</b>') == (
        '<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b onclick="x"&gt;b&lt;/b&gt;</p>'
    )


def test_the_result_is_safe_for_templates() -> None:
    assert isinstance(render("a"), SafeString)
    assert isinstance(inline("a"), SafeString)


@pytest.mark.parametrize("source", ["# Behind the scenes", "###### Behind the scenes"])
def test_headings_stand_below_the_heading_of_the_card(source: str) -> None:
    assert html(source) == "<h3>Behind the scenes</h3>"


def test_a_row_of_dashes_under_a_paragraph_is_a_line_and_makes_no_heading() -> None:
    assert html("A paragraph\n---") == "<p>A paragraph</p>\n<hr>"


def test_a_pasted_indent_is_no_code() -> None:
    assert html("    Indented by accident") == "<p>Indented by accident</p>"


def test_a_fence_is_code_without_a_class() -> None:
    assert html("```python\nx < 1\n```") == "<pre><code>x &lt; 1\n</code></pre>"


def test_a_list_keeps_its_order_start_and_depth() -> None:
    assert html("3. Three\n4. Four\n   - Inner\n\nAfter") == (
        '<ol start="3">\n<li>Three</li>\n<li>Four<ul>\n<li>Inner</li>\n</ul>\n</li>\n</ol>\n<p>After</p>'
    )


# --- links ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("href", "attributes"),
    [
        ("https://example.org/a?b=1&c=2", 'href="https://example.org/a?b=1&amp;c=2" rel="noopener external"'),
        ("http://example.org", 'href="http://example.org" rel="noopener external"'),
        ("mailto:desk@example.org", 'href="mailto:desk@example.org"'),
        ("/facts/", 'href="/facts/"'),
        ("#sources", 'href="#sources"'),
    ],
)
def test_a_link_to_where_links_may_lead(href: str, attributes: str) -> None:
    assert html(f"[There]({href})") == f"<p><a {attributes}>There</a></p>"


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#115;cript:alert(1)",
        "&#106;avascript:alert(1)",
        "<java\tscript:alert(1)>",
        "data:text/html,x",
        "vbscript:x",
        "ftp://example.org",
        "//example.org",
        "facts/",
        "picture:scene1",
    ],
)
def test_any_other_link_is_its_text(href: str) -> None:
    assert html(f"See [the *page*]({href}).") == "<p>See the <em>page</em>.</p>"


def test_an_address_in_the_text_is_not_made_a_link() -> None:
    assert html("See www.example.org or https://example.org") == "<p>See www.example.org or https://example.org</p>"


def test_links_and_pictures_of_the_site_are_absolute_for_feeds() -> None:
    source = "[a](/facts/) [b](https://b.example/) [c](#c) ![d](picture:plain1)"
    made = html(source, absolute="https://fan.example")
    assert 'href="https://fan.example/facts/"' in made
    assert 'href="https://b.example/"' in made
    assert 'href="#c"' in made
    assert 'src="https://fan.example/media/plain1.webp"' in made


# --- tables -----------------------------------------------------------------------------------------------------------


def test_a_table_scrolls_by_itself_and_names_its_columns() -> None:
    assert html("| Actor | Age |\n| --- | --: |\n| 주지훈 | 42 |") == (
        '<div class="table" tabindex="0" role="group" aria-label="Table"><table>\n'
        '<thead>\n<tr>\n<th scope="col">Actor</th>\n<th scope="col" class="align-right">Age</th>\n</tr>\n</thead>\n'
        '<tbody>\n<tr>\n<td><span lang="ko">주지훈</span></td>\n<td class="align-right">42</td>\n</tr>\n</tbody>\n'
        "</table></div>"
    )


# --- quotations -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dash", ["—", "–", "--", "―", "— "])
def test_a_quotation_names_its_speaker_in_a_figcaption(dash: str) -> None:
    assert html(f"> We trained for months.\n> {dash}Ju Ji-hoon") == (
        '<figure class="quotation"><blockquote>\n<p>We trained for months.</p>\n</blockquote>'
        "<figcaption>Ju Ji-hoon</figcaption></figure>"
    )


def test_an_attribution_may_be_a_paragraph_of_its_own_with_marks_and_links() -> None:
    made = html("> One.\n>\n> Two.\n>\n> **— 주지훈**, [Vogue](https://vogue.example)")
    assert "<p>One.</p>\n<p>Two.</p>\n</blockquote>" in made
    assert '<figcaption><strong><span lang="ko">주지훈</span></strong>, <a href="https://vogue.example"' in made


@pytest.mark.parametrize("source", ["> Only words.", "> — A line of dialogue", "> Words — and more", "> One\n> —"])
def test_a_blockquote_without_an_attribution_stays_a_blockquote(source: str) -> None:
    made = html(source)
    assert made.startswith("<blockquote>")
    assert "figcaption" not in made
    assert source[2:].split("\n")[0] in made


def test_a_quotation_in_a_quotation_has_its_own_speaker() -> None:
    made = html("> Outer.\n>\n> > Inner.\n> > — Somebody")
    assert made.startswith("<blockquote>\n<p>Outer.</p>\n<figure")
    assert made.count("<figcaption>Somebody</figcaption>") == 1


# --- pictures ---------------------------------------------------------------------------------------------------------


def test_a_picture_on_its_own_line_is_a_figure_with_caption_and_credit() -> None:
    assert html('![](picture:scene1 "The run")') == (
        '<figure class="picture"><img src="/media/scene1.webp" width="640" height="360" alt="Two surgeons run" '
        'loading="lazy" decoding="async"><figcaption>The run <small>Jane Doe, CC BY 4.0</small></figcaption></figure>'
    )


def test_the_alt_text_of_the_body_wins_over_the_library() -> None:
    assert 'alt="Ward 3 &amp; a bed"' in html("![Ward *3* & a bed](picture:scene1)")


def test_a_decorative_picture_has_an_empty_alt_text_and_no_caption() -> None:
    made = html("![](picture:decor1)")
    assert 'alt=""' in made
    assert "figcaption" not in made


def test_a_picture_between_two_lines_of_a_paragraph_leaves_both_lines() -> None:
    made = html("Before\n![](picture:plain1)\n![](picture:decor1)\nAfter **it**")
    assert made.startswith("<p>Before</p>\n<figure")
    assert made.count("<figure") == 2
    assert made.endswith("</figure>\n<p>After <strong>it</strong></p>")


def test_a_picture_within_a_line_still_names_its_credit() -> None:
    made = html("A ![](picture:scene1) in a line")
    assert "<figure" not in made
    assert "<small>Jane Doe, CC BY 4.0</small> in a line" in made


@pytest.mark.parametrize("address", ["picture:unknown", "https://evil.example/x.png", "/media/scene1.webp", "data:x"])
def test_an_unknown_or_remote_picture_is_its_alt_text(address: str) -> None:
    made = html(f'![A lost 사진]({address} "Its caption")')
    assert "<img" not in made
    assert "evil" not in made
    assert '<span class="picture-missing">A lost <span lang="ko">사진</span></span>' in made
    assert "<figcaption>Its caption</figcaption>" in made


def test_a_missing_picture_without_words_is_still_seen() -> None:
    assert '<span class="picture-missing">Picture</span>' in html("![](picture:unknown)")


def test_without_a_library_every_picture_is_missing() -> None:
    assert "picture-missing" in render("![Alt](picture:scene1)")


def test_what_the_library_says_cannot_break_out_of_its_attribute() -> None:
    evil = Image('/m/"onload=x.png', 1, 1, alt='"><script>x</script>', credit="<i>C</i>")
    made = str(render("![](picture:x)", lambda _id: evil))
    assert "<script" not in made
    assert "<i>" not in made
    assert '"onload' not in made


# --- Hangul, Kana, Han ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**“인용”**은", "<strong>“인용”</strong>은"),
        ("그는 **“인용”**이라고 말했다", "그는 <strong>“인용”</strong>이라고 말했다"),
        ("그는**(인용)**을", "그는<strong>(인용)</strong>을"),
        ("*강조!*는", "<em>강조!</em>는"),
        ("**마크다운(Markdown)**을", "<strong>마크다운(Markdown)</strong>을"),
        ("これは**「大事」**です", "これは<strong>「大事」</strong>です"),
        ("这是**重要的。**所以", "这是<strong>重要的。</strong>所以"),
        ("~~“취소”~~는", "<s>“취소”</s>는"),
        ("**🔥불!**이", "<strong>🔥불!</strong>이"),
    ],
)
def test_marks_close_between_punctuation_and_hangul(source: str, expected: str) -> None:
    made = html(source).replace('<span lang="ko">', "").replace("</span>", "")
    assert made == f"<p>{expected}</p>"


@pytest.mark.parametrize("source", ["2 * 3 * 4", "5 ** 6", "한 * 글 *", "snake_case_한글_name", 'a**"b"**c'])
def test_marks_that_are_no_marks_stay(source: str) -> None:
    made = html(source).replace('<span lang="ko">', "").replace("</span>", "")
    assert made == f"<p>{source}</p>"


def test_a_run_of_hangul_is_one_korean_span() -> None:
    assert html("Said: 안녕, 세상! Then 2회.") == (
        '<p>Said: <span lang="ko">안녕, 세상</span>! Then 2<span lang="ko">회</span>.</p>'
    )


def test_hangul_in_attributes_is_left_alone() -> None:
    made = html('[주지훈](/subjects/주지훈/) ![사진](picture:plain1 "설명")')
    assert '<a href="/subjects/%EC%A3%BC%EC%A7%80%ED%9B%88/"><span lang="ko">주지훈</span></a>' in made
    assert 'alt="사진"' in made
    assert '<small><span lang="ko">설명</span></small>' in made


def test_a_plain_field_is_escaped_and_its_hangul_marked() -> None:
    assert inline("<i>Move to Heaven</i> (무브 투 헤븐) *is* & 'was'") == (
        '&lt;i&gt;Move to Heaven&lt;/i&gt; (<span lang="ko">무브 투 헤븐</span>) *is* &amp; &#x27;was&#x27;'
    )


def test_signs_that_no_feed_may_hold_are_dropped() -> None:
    assert html("a\x08b\ud800c\x1bd &#12;e") == "<p>abcd e</p>"
    assert inline("a\x00b\ufffe") == "ab"
