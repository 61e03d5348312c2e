"""Commands are shells: arguments in, one call, one sentence out."""

from pathlib import Path

import pytest

import articles.management.commands as commands

FILES = sorted(Path(commands.__file__).parent.glob("[a-z]*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_command_is_a_shell(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 40, f"{path.name}: what is longer than 40 lines belongs into a room."
    assert "articles.models" not in "\n".join(lines), f"{path.name}: the room asks the database, not the shell."


def test_there_are_commands_to_look_at():
    assert {"demo", "import_article", "rebuild_editions", "check_content"} <= {path.stem for path in FILES}
