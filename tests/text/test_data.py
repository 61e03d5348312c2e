"""Data within a page: no value can end the element or begin another."""

import json

from hypothesis import given
from hypothesis import strategies as st

from articles.text import data


@given(st.dictionaries(st.text(), st.text()))
def test_any_words_stay_inside_the_element_and_come_back(value: dict[str, str]):
    html = data.json_element(value, "application/ld+json")
    inside = html.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in inside
    assert "&" not in inside
    assert json.loads(inside) == value
