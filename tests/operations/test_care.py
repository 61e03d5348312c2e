"""`check_content` and `rebuild_editions`."""

import io

import pytest
from django.core.management import CommandError, call_command

from articles import workflow
from articles.models import Edition, Picture, PublishedFact, Tag
from articles.models.pictures import rendition_name
from articles.states import TAKE_DOWN
from articles.text import markdown
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_site(settings):
    settings.ROOT_URLCONF = "tests.operations.addresses"
    settings.ALLOWED_HOSTS = ["fans.example"]


def problems() -> list[str]:
    out = io.StringIO()
    with pytest.raises(CommandError) as ended:
        call_command("check_content", stdout=out)
    found = out.getvalue().splitlines()
    assert found
    assert str(ended.value) == f"Problems: {len(found)}. Nothing was changed."
    return found


def assert_no_problems() -> None:
    out = io.StringIO()
    call_command("check_content", stdout=out)
    assert out.getvalue() == "No problems.\n"


def test_a_good_site_has_no_problems():
    make.live()
    assert_no_problems()


def test_links_into_the_site_have_to_lead_somewhere(settings):
    settings.SITE_URL = "https://fans.example"
    good = "[a](/here/) [b](/here/?tag=x#fact-1) [c](/moved/) [d](https://elsewhere.example/gone/)"
    bad = "[lost](/nowhere/) and [closed](https://fans.example/gone/)"
    make.live(slug="ferry", introduction=good, cards=(make.card(body=good), make.card(body=bad)))
    assert problems() == [
        "ferry, fact 2: the link “lost” to /nowhere/ leads nowhere: the site answers 404.",
        "ferry, fact 2: the link “closed” to https://fans.example/gone/ leads nowhere: the site answers 410.",
    ]


def test_only_what_readers_see_counts():
    bad = "[lost](/nowhere/)"
    make.article(introduction=bad)
    editor = make.editor()
    taken_down = make.live(by=editor, introduction=bad)
    workflow.make(TAKE_DOWN, taken_down, by=editor, note="Wrong.")
    assert_no_problems()


def test_each_part_is_looked_at():
    bad = "[lost](/nowhere/)"
    make.live(slug="ferry", introduction=bad, conclusion=bad, faqs=(make.faq(answer=bad),))
    assert [line.partition(":")[0] for line in problems()] == [
        "ferry, introduction",
        "ferry, conclusion",
        "ferry, question 1",
    ]


def test_a_picture_whose_file_is_lost_is_told(settings):
    picture = make.picture()
    make.live(slug="ferry", cards=(make.card(body=picture.markdown),))
    assert_no_problems()
    (settings.MEDIA_ROOT / picture.file).unlink()
    assert problems() == [f"ferry, pictures: the file {picture.file} is not in the store: restore it from a backup."]


def test_a_picture_without_words_is_told():
    cover, inside, beside = make.picture(), make.picture(), make.picture()
    body = inside.markdown
    type(cover).objects.update(alt="")
    card = make.card(body=body, picture=beside.public_id)
    edition = make.edition(slug="ferry", cover=cover.public_id, cards=(card,))
    found = problems()
    assert len(found) == 3
    assert any(line.startswith("ferry, cover: its picture has no alternative text") for line in found)
    assert any(line.startswith("ferry, fact 1: its picture has no alternative text") for line in found)
    assert any(line.startswith("ferry, fact 1: Say what each picture shows") for line in found)
    assert Edition.objects.in_force().get() == edition


def test_a_picture_that_the_library_does_not_have_is_told():
    make.edition(slug="ferry", cards=(make.card(body="![](picture:bcdfghjkmn)"),))
    assert problems() == ["ferry, fact 1: A picture in this text is not in the library."]


def test_tags_that_stand_on_nothing_are_told():
    make.article(tags=("Draft",), cards=(make.card(tags=("Card",)),))
    make.live(tags=("Live",))
    Tag.objects.create(name="Nobody’s")
    assert problems() == ["The tag “Nobody’s” stands on nothing: delete it or use it."]


# --- rendering again --------------------------------------------------------------------------------------------------


def rebuild(*arguments: str) -> str:
    out = io.StringIO()
    call_command("rebuild_editions", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def newer_renderer(monkeypatch):
    monkeypatch.setattr(markdown, "RENDERER_VERSION", markdown.RENDERER_VERSION + 1)


@pytest.mark.slow
def test_editions_of_an_older_renderer_are_rendered_again():
    """And only these; their facts follow, and instants and addresses stay."""
    old, new = make.live().editions.get(), make.live().editions.get()
    Edition.objects.filter(pk=old.pk).update(renderer=0, parts=old.parts | {"introduction": "<p>old</p>"})
    Edition.objects.filter(pk=new.pk).update(parts=new.parts | {"introduction": "<p>kept</p>"})
    PublishedFact.objects.filter(edition=old).update(excerpt="old")
    assert problems() == ["Editions made by an older renderer: 1. Run manage.py rebuild_editions."]
    assert rebuild() == "Editions rendered again: 1.\n"
    again = Edition.objects.get(pk=old.pk)
    assert (again.parts, again.renderer) == (old.parts, markdown.RENDERER_VERSION)
    assert (again.visible_from, again.visible_until) == (old.visible_from, old.visible_until)
    assert not PublishedFact.objects.filter(excerpt="old").exists()
    assert Edition.objects.get(pk=new.pk).parts["introduction"] == "<p>kept</p>"
    assert_no_problems()
    assert rebuild() == "Editions rendered again: 0.\n"


def test_a_newer_renderer_makes_all_editions_old(newer_renderer):
    make.live()
    assert rebuild() == "Editions rendered again: 0.\n"
    Edition.objects.update(renderer=markdown.RENDERER_VERSION - 1)
    assert rebuild() == "Editions rendered again: 1.\n"


def test_all_of_them_on_request():
    make.live()
    assert rebuild("--all") == "Editions rendered again: 1.\n"


@pytest.mark.slow
def test_one_that_cannot_be_read_is_told_and_holds_nothing_up():
    broken, other = make.live(slug="broken").editions.get(), make.live().editions.get()
    type(broken.revision).objects.filter(pk=broken.revision_id).update(content={"schema": 99})
    Edition.objects.update(renderer=0)
    with pytest.raises(CommandError, match=r"broken of .*schema version 99"):
        rebuild()
    assert Edition.objects.get(pk=other.pk).renderer == markdown.RENDERER_VERSION
    assert Edition.objects.get(pk=broken.pk).parts == broken.parts


def test_a_damaged_picture_is_told(settings):
    picture = make.picture()
    make.live(slug="ferry", cards=(make.card(body=picture.markdown),))
    file = settings.MEDIA_ROOT / picture.file
    file.write_bytes(file.read_bytes()[:500])
    assert problems() == [f"ferry, pictures: the file {picture.file} is damaged: restore it from a backup."]


@pytest.mark.slow
def test_copies_that_are_lost_are_told_and_made_again(settings):
    picture = make.picture(size=(400, 300))
    make.live(slug="ferry", cover=picture.public_id)
    names = [rendition_name(picture.file, width, kind) for width in (320, 400) for kind in ("avif", "webp", "jpeg")]
    for name in names[1:]:
        (settings.MEDIA_ROOT / name).unlink()
    (line,) = problems()
    assert line.startswith(f"ferry, pictures: smaller copies of {picture.file} are not in the store, ")
    assert line.endswith(f"the first is {names[1]}: run manage.py rebuild_editions --all.")
    call_command("rebuild_editions", "--all", stdout=io.StringIO())
    assert_no_problems()
    assert Edition.objects.get().cover["widths"] == [320, 400]


@pytest.mark.slow
def test_a_library_that_does_not_know_its_copies_is_told_and_learns_them(settings):
    """As after a backup of an older site: some copies are there, some are not, and none is known."""
    whole, part = make.picture(size=(400, 300)), make.picture(size=(400, 300))
    make.live(slug="ferry", cover=whole.public_id, introduction=part.markdown)
    (settings.MEDIA_ROOT / rendition_name(part.file, 320, "webp")).unlink()
    Picture.objects.update(copies={})
    call_command("rebuild_editions", "--all", stdout=io.StringIO())
    assert_no_problems()
    assert Picture.objects.get(pk=part.pk).copies == part.copies
    Picture.objects.filter(pk=whole.pk).update(copies={})
    assert problems() == [
        f"ferry, pictures: the library does not know which smaller copies of {whole.file} are in the store: "
        "run manage.py rebuild_editions --all."
    ]


def test_a_picture_beyond_repair_stops_no_rendering(settings):
    picture = make.picture()
    make.live(slug="ferry", cover=picture.public_id)
    for path in (settings.MEDIA_ROOT / "pictures").rglob("*.*"):
        path.write_bytes(b"torn")
    call_command("rebuild_editions", "--all", stdout=io.StringIO())
    assert Edition.objects.get().title
    assert len(problems()) == 1
