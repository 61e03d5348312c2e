"""WordPress exports, made up."""

from __future__ import annotations

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
    'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Quay</title><link>{site}</link>'
    "<wp:base_blog_url>{site}</wp:base_blog_url><wp:author><wp:author_login>mara</wp:author_login>"
    "<wp:author_display_name>Mara Tellin</wp:author_display_name></wp:author>"
)
TAIL = "</channel></rss>"


def post(number: int, *, fact: str = "burns oil", status: str = "publish", path: str = "", kind: str = "post") -> str:
    content = "".join(
        f"<!-- wp:heading --><h2>{n}. Lamp {n} of quay {number} {fact}</h2><!-- wp:paragraph --><p>Look there.</p>"
        for n in range(1, 6)
    )
    path = path or f"/2019/05/quay-{number}/"
    return (
        f"<item><title>Five lamps of quay {number}</title><link>https://old.example{path}</link>"
        f"<dc:creator>mara</dc:creator><content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<excerpt:encoded>What burns at quay {number}.</excerpt:encoded><wp:post_id>{number}</wp:post_id>"
        f"<wp:post_date_gmt>2019-05-03 10:20:30</wp:post_date_gmt><wp:post_name>quay-{number}</wp:post_name>"
        f"<wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>"
        '<category domain="category" nicename="x">Islands</category>'
        '<category domain="post_tag" nicename="y">lamps</category></item>'
    )


def export(*posts: str, site: str = "https://old.example", tail: str = TAIL) -> bytes:
    return (_HEAD.format(site=site) + "".join(posts) + tail).encode()
