"""Pictures in bodies: one element with copies for every screen, which the sanitiser knows as well as the renderer."""

from selectolax.lexbor import LexborHTMLParser

from articles.text import markdown
from articles.text.markdown import Image, render, sanitise, with_first_picture_at_once

COPIES = (
    ("image/avif", (("/media/pictures/a/320.avif", 320), ("/media/pictures/a/640.avif", 640))),
    ("image/webp", (("/media/pictures/a/320.webp", 320),)),
)
LAMP = Image("/media/pictures/a/640.jpg", 640, 360, alt="A lamp", sources=COPIES)


def html(source: str, **options: str) -> str:
    return str(render(source, lambda _id: LAMP, **options))


def test_a_picture_offers_its_copies_the_best_format_first():
    page = LexborHTMLParser(html("![](picture:a)"))
    sources = [node.attributes for node in page.css("figure > picture > source")]
    assert [source["type"] for source in sources] == ["image/avif", "image/webp"]
    assert sources[0]["srcset"] == "/media/pictures/a/320.avif 320w, /media/pictures/a/640.avif 640w"
    assert {source["sizes"] for source in sources} == {markdown.PICTURE_SIZES}
    (image,) = page.css("figure > picture > img")
    assert image.attributes["src"] == "/media/pictures/a/640.jpg"
    assert (image.attributes["width"], image.attributes["height"], image.attributes["alt"]) == ("640", "360", "A lamp")


def test_a_picture_without_copies_is_an_image_by_itself():
    made = str(render("![](picture:a)", lambda _id: Image("/media/a.jpg", 4, 3)))
    assert "<picture" not in made
    assert '<img src="/media/a.jpg"' in made


def test_copies_have_whole_addresses_where_the_picture_has():
    made = html("![](picture:a)", absolute="https://fans.example")
    assert "https://fans.example/media/pictures/a/320.avif 320w, https://fans.example/media/pictures/a/640.avif" in made
    assert '"/media' not in made


def test_the_sanitiser_gives_back_what_the_renderer_gave():
    made = html('One ![in a line](picture:a).\n\n![](picture:a "Its caption")')
    assert made.count("<source ") == 4
    assert sanitise(made) == made


def test_copies_from_nowhere_and_other_types_are_taken_out():
    for bad in ("javascript:alert(1) 1w", "//evil.example/a.png 1w", "data:image/png;base64,x 1w", "/a.avif", "a b c"):
        assert "srcset" not in sanitise(
            f'<picture><source type="image/avif" srcset="{bad}"><img src="/a.jpg"></picture>'
        )
    kept = sanitise(
        '<source type="image/svg+xml" srcset="https://x.example/a 1w" sizes="1px" media="print" onload="x">'
    )
    assert kept == '<source srcset="https://x.example/a 1w">'


def test_the_first_picture_of_a_page_is_asked_for_at_once_and_the_others_when_they_are_near():
    body = render("![](picture:a)\n\n![](picture:a)", lambda _id: LAMP)
    images = LexborHTMLParser(with_first_picture_at_once(body)).css("img")
    assert [(image.attributes.get("fetchpriority"), image.attributes.get("loading")) for image in images] == [
        ("high", None),
        (None, "lazy"),
    ]


def test_words_that_look_like_a_picture_stay_words():
    for words in ('<img src="x" loading="lazy">', '`<img loading="lazy">`', 'loading="lazy"', "No picture."):
        body = render(words)
        assert with_first_picture_at_once(body) == body
    quoted = render('![" loading="lazy"](picture:a)', lambda _id: LAMP)
    (image,) = LexborHTMLParser(with_first_picture_at_once(quoted)).css("img")
    assert image.attributes["alt"] == '" loading="lazy"'
    assert image.attributes["fetchpriority"] == "high"
