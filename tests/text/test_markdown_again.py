"""HTML that comes back out of a file: what the renderer made stays as it is, anything else is made harmless."""

from hypothesis import given

from articles.text import markdown
from tests.text.test_markdown_safety import markdowns


def _library(_public_id: str) -> markdown.Image:
    copies = (("image/avif", (("/media/a,b/320.avif", 320), ("https://cdn.example/640.avif", 640))),)
    return markdown.Image("/media/a.webp", 4, 3, alt='"<한국>"', credit="A & B", sources=copies)


@given(markdowns)
def test_what_was_rendered_comes_back_byte_for_byte(source: str) -> None:
    html = markdown.render(source, _library)
    assert markdown.sanitise(html) == html


def test_what_a_stranger_put_into_the_file_does_not_reach_the_reader() -> None:
    html = (
        '<p onclick="steal()" style="color:red">Ahoy<script>steal()</script> <a href="javascript:steal()">x</a>\x00</p>'
    )
    assert markdown.sanitise(html) == "<p>Ahoy <a>x</a></p>"
