"""The map of the rooms, and the doors of which there is one each. Each message says why."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.xdist_group("architecture")

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "articles"

FLOORS = {
    "document": 0,
    "text": 0,
    "claims": 0,
    "roles": 0,
    "states": 0,
    "images": 0,
    "exporting": 1,
    "translation": 1,
    "importing": 2,
    "models": 1,
    "delivery": 2,
    "rights": 2,
    "drafts": 2,
    "proofs": 2,
    "readiness": 2,
    "restatements": 2,
    "publishing": 3,
    "workflow": 4,
    "reading": 5,
    "desk": 6,
    "management": 6,
    "demo": 6,
    "operations": 6,
    "transfer": 6,
}
#: Inside a floor nothing but these arrows.
BESIDE = {
    ("document", "text"),
    ("claims", "text"),
    ("readiness", "proofs"),
    ("readiness", "restatements"),
    ("management", "demo"),
    ("management", "operations"),
    ("management", "transfer"),
    ("demo", "operations"),
    ("desk", "operations"),
}
#: Rooms that may know only these.
STRICT = {
    "document": {"text"},
    "claims": {"text"},
    "roles": set(),
    "states": set(),
    "text": set(),
    "images": set(),
    "exporting": {"document", "text"},
    "importing": {"document", "text", "exporting"},
    # models.reports, models.votes, models.search: a reader's report of a mistake, a vote, and the count of what was
    # searched in vain, are the rows that the public site writes. models.schema: whether the tables are those of this
    # program.
    "reading": {
        *(
            "models.addresses",
            "models.cache_groups",
            "models.corrections",
            "models.counts",
            "models.editions",
            "models.parts",
            "models.reference",
            "models.pictures",
            "models.queries",
            "models.read_counts",
            "models.site_pages",
            "models.public_state",
        ),
        *("models.fact_checks", "models.featured", "models.reports", "models.schema", "models.search", "models.votes"),
        *("models.snapshot", "images", "text", "document"),
    },
}
#: Folders of tests that belong to no room: the whole site in a browser, what is measured by hand, documents to read,
#: how the work of all rooms grows.
TESTS_OF_NO_ROOM = {"browser", "bench", "data", "fuzz"}
#: Files that are no rooms: Django finds them by their name.
DOORWAYS = {"admin", "apps", "checks", "migrations", "__init__"}


def modules(folder: Path = ARTICLES) -> list[Path]:
    return [path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts and path.is_file()]


@cache
def sources(folder: Path = ARTICLES) -> list[tuple[Path, ast.Module]]:
    """Parsed once: the tests of this module run in one process."""
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in modules(folder)]


def room_of(path: Path) -> str:
    return path.relative_to(ARTICLES).parts[0].removesuffix(".py")


def imported(tree: ast.AST) -> Iterator[tuple[str, ast.stmt]]:
    """Full dotted names: `from articles import drafts` gives articles.drafts."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "Write whole import paths: they are what this test reads."
            whole = node.module or ""
            names = [f"{whole}.{alias.name}" for alias in node.names] if whole.count(".") < 2 else [whole]
            yield from ((name, node) for name in names)


@pytest.mark.parametrize("path", [pytest.param(path, id=str(path.relative_to(ROOT))) for path in modules()])
def test_arrows_point_down(path: Path):
    room = room_of(path)
    if room in DOORWAYS:
        return
    assert room in FLOORS, f"{room} is a new room: give it a floor here and a line on the map in the README."
    for name, node in imported(dict(sources())[path]):
        assert not name.startswith("fanguide"), "The app does not know the site: read django.conf.settings."
        if not name.startswith("articles."):
            continue
        target = name.split(".")[1]
        where = f"{path.relative_to(ROOT)}:{node.lineno}"
        if target == room:
            continue
        if room in STRICT:
            allowed = STRICT[room]
            rest = name.removeprefix("articles.")
            assert any(rest == a or rest.startswith(f"{a}.") for a in allowed), (
                f"{where}: {room} may know only {sorted(allowed) or 'itself'}, not {rest}."
            )
        assert FLOORS[target] < FLOORS[room] or (room, target) in BESIDE, (
            f"{where}: {room} (floor {FLOORS[room]}) may not import {target} (floor {FLOORS[target]})."
        )


def test_tests_stand_under_the_name_of_their_room():
    for path in sorted((ROOT / "tests").rglob("*.py")):
        inside = path.relative_to(ROOT / "tests").parent
        if not inside.parts or inside.parts[0] in TESTS_OF_NO_ROOM:
            continue
        room = ARTICLES / inside
        assert room.is_dir() or room.with_suffix(".py").is_file(), (
            f"{path.relative_to(ROOT)}: there is no room articles/{inside}: move the test to the room that it tries."
        )


def test_nothing_is_imported_inside_a_function():
    for path, tree in sources():
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef) or (path.name == "apps.py" and function.name == "ready"):
                continue
            inside = [node for _name, node in imported(function)]
            assert not inside, f"{path}:{inside[0].lineno}: an import inside a function hides a circle: move the code."


@pytest.mark.slow
def test_no_module_imports_itself_through_others():
    graph = {module: set(names) - {module} for module, names in import_graph().items()}
    while leaves := [module for module, names in graph.items() if not names & graph.keys()]:
        for module in leaves:
            del graph[module]
    in_circles = sorted(module for module, names in graph.items() if names & graph.keys())
    assert not in_circles, f"{in_circles}: a circle is among these: move what they share into a module below them."


def import_graph() -> dict[str, set[str]]:
    """Each module of articles/ with those that it imports; `from articles import drafts` imports articles.drafts."""
    trees = {".".join(path.relative_to(ROOT).with_suffix("").parts): tree for path, tree in sources()}
    trees = {name.removesuffix(".__init__"): tree for name, tree in trees.items()}
    graph: dict[str, set[str]] = {}
    for module, tree in trees.items():
        names = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                whole = [f"{node.module}.{alias.name}" for alias in node.names]
                names |= {name if name in trees else node.module for name in whole}
        graph[module] = names & trees.keys()
    return graph


@cache
def calls_by_name(tree: ast.AST) -> dict[str | None, list[ast.Call]]:
    found: dict[str | None, list[ast.Call]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            found.setdefault(name, []).append(node)
    return found


def calls(tree: ast.AST, name: str) -> list[ast.Call]:
    return calls_by_name(tree).get(name, [])


def test_html_is_marked_safe_in_one_room():
    for path, tree in [*sources(), *sources(ROOT / "fanguide")]:
        if "text" not in path.parts:
            assert not calls(tree, "mark_safe"), f"{path}: only articles/text marks HTML as safe."
            assert not calls(tree, "SafeString"), f"{path}: only articles/text marks HTML as safe."
    for template in (ROOT / "templates").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert "|safe" not in text, f"{template}: show what articles/text has made, without |safe."
        assert "autoescape off" not in text, f"{template}: escaping is never switched off."


def test_a_status_changes_through_one_door():
    for path, tree in sources():
        if room_of(path) == "workflow":
            continue
        for node in ast.walk(tree):
            targets = node.targets if isinstance(node, ast.Assign) else []
            names = {target.attr for target in targets if isinstance(target, ast.Attribute)}
            assert "status" not in names or "response" in ast.unparse(node), (
                f"{path}:{node.lineno}: only workflow changes a status."
            )
        for call in calls(tree, "update"):
            assert "status" not in {keyword.arg for keyword in call.keywords}, (
                f"{path}:{call.lineno}: only workflow changes a status."
            )


def test_events_are_made_through_one_door():
    makers = {"publish", "take_down", "cancel", "reschedule", "exchange"}
    for path, tree in sources():
        if room_of(path) in {"publishing", "workflow"}:
            continue
        for name in makers:
            found = [call for call in calls(tree, name) if "publishing" in ast.unparse(call.func)]
            assert not found, f"{path}: publication goes through workflow.make."


def test_the_demo_alone_dates_a_publication_back():
    for path, tree in sources():
        if room_of(path) != "demo":
            backdating = [call for call in calls(tree, "make") if "since" in {word.arg for word in call.keywords}]
            assert not backdating, f"{path}: readers cannot have seen what is published now. Only the demo has a past."


@pytest.mark.slow
def test_there_are_no_signals_but_one():
    for path, tree in sources():
        if path.name != "apps.py":
            assert "django.db.models.signals" not in {name for name, _ in imported(tree)}, f"{path}: no signals."
            assert "django.dispatch" not in {name for name, _ in imported(tree)}, f"{path}: no signals."


def test_pages_have_no_inline_script_or_style():
    for template in (ROOT / "templates").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        if template.name == "_iframe.html":  # is pasted into pages of others, which have none of our classes
            continue
        assert " style=" not in text, f"{template}: colours and sizes come from classes."
        assert "<style" not in text, f"{template}: styles live in static/."
        assert "javascript:" not in text, f"{template}: scripts live in static/."


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_no_module_is_too_long_to_be_read_in_one_go():
    lines = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in modules()}
    assert [name for name, count in lines.items() if count > 300] == []


def test_the_readme_has_every_room_on_its_floor():
    rows = [
        line.split("|")[1:3] for line in (ROOT / "README.md").read_text("utf-8").splitlines() if line.startswith("| ")
    ]
    there = {
        (floor.strip(), room.split("/")[0].removesuffix(".py"))
        for floor, rooms in rows
        for room in re.findall(r"`([^`]+)`", rooms)
    }
    assert {(str(floor), room) for room, floor in FLOORS.items()} - there == set()
