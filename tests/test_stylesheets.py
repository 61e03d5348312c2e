"""The public stylesheets: what the palette promises is measured, and what is written reaches the reader."""

import contextlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import override_settings

from articles.images.palette import COLOURS, PALETTE, RGB

CSS = Path(__file__).parent.parent / "static" / "css"
BLOCK = re.compile(r"^\s*(?P<selector>[^{}@/]+)\{(?P<body>[^{}]*)\}", re.MULTILINE)
OF_BOTH_SCHEMES = re.compile(r"light-dark\((?P<light>#\w+), (?P<dark>#\w+)\)")


def _properties(file: str, selector: str, *, dark: bool) -> dict[str, str]:
    """Custom properties of a selector, with the colours of one scheme."""
    text = OF_BOTH_SCHEMES.sub(r"\g<dark>" if dark else r"\g<light>", (CSS / file).read_text().partition("@media")[0])
    found: dict[str, str] = {}
    for block in BLOCK.finditer(text):
        if selector in (name.strip() for name in block["selector"].split(",")):
            found |= dict(re.findall(r"--([\w-]+):\s*([^;]+);", block["body"]))
    return found


def _rgb(value: str) -> RGB:
    digits = value.removeprefix("#")
    digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio."""

    def luminance(colour: str) -> float:
        parts = [channel / 255 for channel in _rgb(colour)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", PALETTE)
def test_a_subjects_colours_can_be_read_on_every_ground(name: str, dark: bool):
    site = _properties("tokens.css", ":root", dark=dark)
    colours = _properties("palette.css", f".palette-{name}", dark=dark)
    grounds = [site["paper"], site["raised"], site["sunk"], colours["subject-tint"]]
    for ground in grounds:
        assert _contrast(colours["subject-ink"], ground) >= 7
        assert _contrast(colours["subject-strong"], ground) >= 4.5
    assert _contrast(colours["subject-poster"], colours["subject-on-poster"]) >= 7


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_sites_own_words_and_controls_can_be_seen(dark: bool):
    site = _properties("tokens.css", ":root", dark=dark)
    for ground in (site["paper"], site["raised"], site["sunk"]):
        assert _contrast(site["ink"], ground) >= 7
        assert _contrast(site["ink-soft"], ground) >= 4.5
        assert _contrast(site["brand"], ground) >= 4.5
        assert _contrast(site["line-control"], ground) >= 3
        assert _contrast(site["focus"], ground) >= 3


@pytest.mark.parametrize("name", PALETTE)
def test_the_focus_ring_is_seen_on_a_subjects_ground(name: str):
    for dark in (False, True):
        focus = _properties("tokens.css", ":root", dark=dark)["focus"]
        assert _contrast(focus, _properties("palette.css", f".palette-{name}", dark=dark)["subject-tint"]) >= 3


@pytest.mark.parametrize("name", PALETTE)
def test_pages_and_drawn_pictures_show_a_subject_in_the_same_colours(name: str):
    colours = _properties("palette.css", f".palette-{name}", dark=False)
    drawn = COLOURS[name]
    assert (_rgb(colours["subject-tint"]), _rgb(colours["subject-poster"]), _rgb(colours["subject-accent"])) == (
        drawn.light,
        drawn.deep,
        drawn.accent,
    )


def test_every_stylesheet_is_imported_and_every_import_exists():
    sheets = {"site.css", "embed.css"}
    imported = {name for each in sheets for name in re.findall(r'@import url\("([^"]+)"\)', (CSS / each).read_text())}
    written = {str(path.relative_to(CSS)) for path in CSS.rglob("*.css")} - sheets
    assert imported == written


@contextlib.contextmanager
def collecting_into(folder: Path) -> Iterator[None]:
    with override_settings(
        STATIC_ROOT=folder,
        STATICFILES_FINDERS=["django.contrib.staticfiles.finders.FileSystemFinder"],  # not the admin's files
        STORAGES=settings.STORAGES | {"staticfiles": {"BACKEND": "fanguide.staticfiles.SiteStaticFilesStorage"}},
    ):
        yield


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("collected") / "static"
    with collecting_into(folder):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


@pytest.mark.slow
def test_collecting_writes_the_imports_into_one_file(collected: Path):
    (whole,) = (collected / "css").glob("site.*.css")
    text = whole.read_text()
    assert "@import" not in text
    assert "@layer components {" in text
    assert ".card-number" in text
    assert text.count("{") == text.count("}")


@pytest.mark.slow
def test_collecting_again_takes_up_a_changed_component(collected: Path, tmp_path: Path):
    folder = shutil.copytree(collected, tmp_path / "static")
    changed = tmp_path / "changed" / "css" / "components"
    changed.mkdir(parents=True)
    (changed / "card.css").write_text(".card-number-of-tomorrow { color: red; }\n")
    folders = [tmp_path / "changed", *settings.STATICFILES_DIRS]
    with collecting_into(folder), override_settings(STATICFILES_DIRS=folders):
        finders.get_finder.cache_clear()
        try:
            call_command("collectstatic", interactive=False, verbosity=0)
        finally:
            finders.get_finder.cache_clear()
    assert any("card-number-of-tomorrow" in path.read_text() for path in (folder / "css").glob("site.*.css"))


@pytest.mark.slow
def test_readers_get_a_small_stylesheet_and_small_scripts(collected: Path):
    (style,) = (collected / "css").glob("site.*.css.br")
    scripts = list((collected / "js").glob("*.js.br"))  # of all pages: see test_public_scripts
    assert style.stat().st_size <= 16 * 1024
    assert scripts
    assert sum(script.stat().st_size for script in scripts) <= 10 * 1024


def test_the_desks_own_style_stays_small():
    assert sum(style.stat().st_size for style in (CSS.parent / "desk").glob("*.css")) < 30_000
