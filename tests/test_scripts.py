"""The desk's scripts: what the page loads at once is small, and no module grows past what can be read in one go."""

import re
from pathlib import Path

import pytest

DESK = Path(__file__).parent.parent / "static" / "desk"
STATIC = re.compile(r"^(?:import|export)\s(?:[^;]*?\sfrom\s)?\"(\.[^\"]+)\";", re.MULTILINE)
DYNAMIC = re.compile(r"import\(\"(\.[^\"]+)\"\)")
MODULES = sorted(path for path in DESK.rglob("*.js") if "vendor" not in path.parts)
#: The scripts that templates name on the desk's page.
ON_THE_PAGE = ("board/desk.js", "shared/unsaved-guard.js", "library/picture-choice.js")
MOST_BYTES = 68_500
MOST_LINES = 300


def _imported(name: str, *patterns: re.Pattern[str]) -> set[str]:
    """Names below DESK."""
    module = DESK / name
    found = {
        module.parent.joinpath(there).resolve() for pattern in patterns for there in pattern.findall(module.read_text())
    }
    return {str(path.relative_to(DESK)) for path in found}


def _loaded_with(*names: str) -> set[str]:
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _imported(name, STATIC)
    return found


def test_opening_the_desk_loads_little_script():
    loaded = _loaded_with(*ON_THE_PAGE)
    assert {"board/part-editor.js", "board/sync.js"} < loaded, "The pattern that finds imports finds none."
    sizes = {name: (DESK / name).stat().st_size for name in loaded}
    assert sum(sizes.values()) < MOST_BYTES, f"Load what is not wanted at once by import(): {sizes}"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(DESK)))
def test_a_module_can_be_read_in_one_go(module: Path):
    assert len(module.read_text().splitlines()) < MOST_LINES


def test_no_module_imports_itself_in_a_circle():
    """Collected files are named after what they hold, names of imports included: a circle has no names."""
    names = {str(path.relative_to(DESK)) for path in MODULES}
    left = {name: _imported(name, STATIC, DYNAMIC) & names for name in names}
    while ready := {name for name, needs in left.items() if not needs & left.keys()}:
        left = {name: needs for name, needs in left.items() if name not in ready}
    assert left == {}
