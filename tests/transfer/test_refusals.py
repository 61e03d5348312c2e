"""What import_site refuses, and that nothing is left of it then."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles import transfer
from articles.models import Article, Edition, PublishedFact
from articles.states import Status
from tests import make
from tests.transfer import site

DAMAGE: list[tuple[str, Callable[[str], str] | None, str]] = [
    ("fanguide.json", None, "is no export of a site"),
    ("fanguide.json", lambda text: text.replace("2", "3"), "another format"),
    ("people.json", lambda text: text[:-20], "people.json is damaged: line .* is not JSON"),
    ("people.json", lambda text: text.replace('"Writers"', '"Kings"', 1), "people.json, entry .*“roles”.*“Kings”"),
    ("tags.json", None, "tags.json is missing"),
    ("tags.json", lambda text: text.replace('"key": "zebra"', '"key": "horse"'), "entry 1 .* “key”: .* 'zebra'"),
    ("subjects.json", lambda text: text.replace('"night-ferry"', '"the-harbour"'), "entry 2 .* stands .* before"),
    ("subjects.json", lambda text: text.replace('"야간-연락선"', '"night-ferry"'), "the database refuses"),
    ("subjects.json", lambda text: text.replace('"year": 2024', '"year": "new"'), "“year”: expected a whole number"),
    ("subjects.json", lambda text: text.replace('"year": 2024', '"year": NaN'), "subjects.json .* NaN is no number"),
    ("subjects.json", lambda text: text.replace('"year"', '"episodes"'), "“episodes” stands twice in one object"),
    ("subjects.json", lambda text: text.replace("2024", "9" * 9000), "subjects.json is damaged"),
    ("subjects.json", lambda text: text.replace('"teal"', '"mud"'), "“palette”: 'mud' is not one of"),
    ("order.json", lambda text: text.replace('"in-review",', ""), "articles/in-review is missing, or not named"),
    ("order.json", lambda text: text.replace('"not-yet"\n', '"not-yet", "not-yet"\n'), "names an article twice"),
    ("order.json", lambda text: text.replace("Z 3", "Z 2", 1), "does not hold as many facts"),
    ("pictures/*.jpg", lambda text: text + " ", "pictures/.*jpg is damaged: its content"),
    ("pictures/*.jpg", None, "pictures/.*jpg is missing"),
    ("pictures.json", lambda text: text.replace("pictures/", "../../"), "is no name that a picture"),
    ("articles/in-review/article.md", lambda text: text.replace("+++", "---", 1), "article.md is damaged: Line 1"),
    ("articles/in-review/article.md", lambda text: text[: text.index("## 2.")], "article.md is damaged: 1 of 2 cards"),
    (
        "articles/in-review/article.md",
        lambda text: text.replace("public_id =", "spoiler_after = -1\npublic_id =", 1),
        "1",
    ),
    ("articles/in-review/article.md", lambda text: text.replace("## 1. ", f"## 1. {'x' * 300}"), "at most 200"),
    ("articles/in-review/article.json", lambda text: text.replace('"mina"', '"nina"'), "names “nina”, which people"),
    ("articles/in-review/article.json", lambda text: text.replace('"in-review"', '"done"'), "“status”: 'done'"),
    ("articles/in-review/history.json", lambda text: "{}", "history.json is damaged: expected a list"),
    ("articles/in-review/revisions/0001.json", None, "revisions .* holds 0 of the 1"),
    ("articles/in-review/revisions/0001.json", lambda text: text.replace("title", "titel", 1), "unknown field 'titel'"),
    (
        "articles/in-review/revisions/0001.json",
        lambda text: text.replace('"body"', '"spoiler_after": 0, "body"', 1),
        "1 to",
    ),
    (
        "articles/in-review/revisions/0001.json",
        lambda text: text.replace('"public_id": "', '"public_id": "my-', 1),
        "no id",
    ),
    ("articles/not-yet/editions/*.json", None, "order.json .* names “not-yet/"),
    ("articles/not-yet/editions/*.json", lambda text: text.replace('"zebra"', '"horse"'), "names “horse”, which tags"),
    ("articles/not-yet/editions/*.json", lambda text: text.replace("T09:00", "T08:00"), "the name of another instant"),
    ("articles/not-yet/editions/*.json", lambda text: text.replace('"faqs": ', '"faq": '), "“faqs”: it is missing"),
    ("articles/not-yet/editions/*.json", lambda text: text.replace('"safe_heading"', '"save"'), "it is missing"),
    ("articles/not-yet/editions/*.json", lambda text: text.replace('"dek"', '"deck"'), "“deck”: this program knows"),
    ("imports.json", None, "imports.json is missing"),
    ("facts.json", lambda text: text.replace("2030", "soon", 1), "is no instant"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "damage", "sentence"), DAMAGE, ids=[f"{name}: {said}" for name, _, said in DAMAGE])
def test_a_damaged_export_is_refused_with_its_file_and_leaves_nothing(
    small: Path, name: str, damage: Callable[[str], str] | None, sentence: str
):
    path = next(iter(sorted(small.glob(name))))
    if damage is None:
        path.unlink()
    else:
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
        assert damage(text) != text, "this damages nothing"
        path.write_text(damage(text), encoding="utf-8", errors="surrogateescape")
    with pytest.raises(transfer.TransferError, match=sentence) as refused:
        transfer.import_site(small)
    assert str(refused.value).endswith(".")
    assert [model.__name__ for model in site.tables() if model._default_manager.exists()] == []


@pytest.fixture(scope="module")
def exported_small(module_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With no more in it than the damage needs; the database is empty afterwards."""
    folder = tmp_path_factory.mktemp("exported") / "out"
    site.Small()
    transfer.export_site(folder)
    site.empty_database()
    return folder


@pytest.fixture
def small(db: None, exported_small: Path, tmp_path: Path, settings) -> Path:
    """A folder to damage."""
    settings.MEDIA_ROOT = tmp_path / "other-media"
    return shutil.copytree(exported_small, tmp_path / "out")


@pytest.mark.slow
def test_the_small_site_is_whole_when_nothing_damages_it(small: Path):
    assert transfer.import_site(small).articles == 2


@pytest.mark.slow
@pytest.mark.parametrize("maker", [make.subject, make.editor, make.picture])
def test_a_database_that_is_not_empty_is_refused(small: Path, maker: Callable[[], Any]):
    maker()
    with pytest.raises(transfer.TransferError, match="This database is not empty"):
        transfer.import_site(small)
    assert not Article.objects.exists()
    assert User.objects.count() == (1 if maker is make.editor else 0)


def test_a_stranger_s_html_does_not_reach_readers(small: Path):
    (path,) = small.glob("articles/not-yet/editions/*.json")
    values = json.loads(path.read_text())
    card = values["parts"]["cards"][0]
    card["body"] += "<script>steal()</script><p onclick='steal()'>Ahoy</p>"
    card["sources"][0]["url"] = "javascript:steal()"
    values["parts"]["introduction"] += "<img src=x onerror=steal()>"
    path.write_text(json.dumps(values))
    transfer.import_site(small)
    parts = Edition.objects.get(slug="not-yet").parts
    assert "steal" not in json.dumps(parts)
    assert parts["cards"][0]["body"].endswith("<p>Ahoy</p>")


def test_words_changed_by_hand_are_taken_and_need_a_new_approval(small: Path):
    path = small / "articles/not-yet/article.md"
    path.write_text(path.read_text().replace("It leaves at night.", "It leaves at noon."))
    told = transfer.import_site(small)
    article = Article.objects.get(slug="not-yet")
    assert article.introduction == "It leaves at noon."
    assert (article.status, article.effective_status) == (Status.APPROVED, Status.DRAFT)
    assert "It leaves at night." in Edition.objects.get(slug="not-yet").parts["introduction"]
    assert told.warnings == [
        "articles/not-yet/article.md was changed by hand: it counts as a change that nobody has approved."
    ]


def test_a_fact_that_its_edition_does_not_have_is_refused(small: Path):
    (path,) = small.glob("articles/not-yet/editions/*.json")
    values = json.loads(path.read_text())
    values["facts"][0]["public_id"] = "bcdfghjkmn"
    path.write_text(json.dumps(values))
    with pytest.raises(transfer.TransferError, match="has no such card"):
        transfer.import_site(small)
    assert not PublishedFact.objects.exists()
