"""HTML that leaves our pages: absolute addresses, and nothing that only our pages understand."""

import pytest

from articles.text import markdown
from articles.text.feed_html import for_feeds

PAGE = "https://fans.example/articles/ferry/"


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[a](/facts/)", '<p><a href="https://fans.example/facts/">a</a></p>'),
        ("[a](#fact-1)", '<p><a href="https://fans.example/articles/ferry/#fact-1">a</a></p>'),
        ("[a](https://else.example/x)", '<p><a href="https://else.example/x" rel="noopener external">a</a></p>'),
        ('Says a="/b" and <img src="/c">', '<p>Says a="/b" and &lt;img src="/c"&gt;</p>'),
        ("주지훈", '<p><span lang="ko">주지훈</span></p>'),
    ],
)
def test_addresses_become_absolute_and_words_stay(source: str, html: str):
    assert for_feeds(markdown.render(source), PAGE) == html


def test_a_picture_is_one_picture():
    copies = [("image/webp", [("/media/pictures/a/640.webp", 640)])]
    image = markdown.Image("/media/pictures/a/640.jpg", 640, 480, "A > B", sources=copies)
    html = for_feeds(markdown.render("![](picture:abc)", lambda _id: image), PAGE)
    assert '<img src="https://fans.example/media/pictures/a/640.jpg" width="640" height="480" alt="A &gt; B">' in html
    assert "source" not in html


def test_what_runs_is_gone():
    html = for_feeds(
        '<p onclick="x()">a</p><script>b</script><a href="javascript:x()">c</a><a href="https://[">d</a>', PAGE
    )
    assert html == "<p>a</p><a>c</a><a>d</a>"
