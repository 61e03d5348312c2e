"""The words in rendered HTML."""

from __future__ import annotations

from articles.text import markdown
from articles.text.plain_html import flowing


def test_blocks_that_end_as_no_sentence_does_are_set_apart_and_sentences_flow():
    quoted = "> It is fate.\n>\n> — Lee Nak-joon"
    body = f"He said it twice.\n\n{quoted}\n\nOther traits stayed.\n\n- one **bold** word\n- two\n\nDone"
    html = markdown.render(body)
    assert flowing(html) == (
        "He said it twice. It is fate. Lee Nak-joon · Other traits stayed. one bold word · two · Done"
    )


def test_parts_follow_each_other_and_empty_ones_leave_no_trace():
    assert flowing("A &lt;b&gt; heading", "", "<p>“Why?” 봤다</p>", "<p></p>") == "A <b> heading · “Why?” 봤다"
    assert flowing("") == ""
