"""`kill -9` in the middle: no backup that looks whole, no site that is neither the old nor the new one."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

MANAGE = Path(settings.BASE_DIR) / "manage.py"


class Site:
    """A site of its own, with a SQLite file: `kill -9` wants processes."""

    def __init__(self, data: Path) -> None:
        self.data = data
        ours = {name: value for name, value in os.environ.items() if not name.startswith(("FANGUIDE", "DJANGO"))}
        self.environment = {**ours, "FANGUIDE_DATA": str(data)}
        self.run("migrate", "-v0")

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, MANAGE, *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str) -> str:
        process = self.start(*arguments)
        said, _nothing = process.communicate(timeout=300)
        assert process.returncode == 0, said
        return said

    def killed_once(self, begun: Callable[[], bool], *arguments: str) -> None:
        process = self.start(*arguments)
        while not begun():
            assert process.poll() is None, f"It ended before it could be killed: {process.communicate()[0]}"
            time.sleep(0.002)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()

    @contextlib.contextmanager
    def database(self) -> Iterator[sqlite3.Connection]:
        with contextlib.closing(sqlite3.connect(self.data / "fanguide.sqlite3", timeout=20)) as connection:
            yield connection

    def names(self) -> set[str]:
        """Of its house terms, once the file was found whole."""
        with self.database() as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            return {name for (name,) in connection.execute('SELECT "right" FROM articles_houseterm')}

    def add(self, name: str) -> None:
        columns = '("right", wrong, whole_words, match_case, note)'
        with self.database() as connection:
            connection.execute(f"INSERT INTO articles_houseterm {columns} VALUES (?, '[]', 1, 1, '')", [name])
            connection.commit()


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "data")


@pytest.mark.slow
def test_a_killed_backup_or_restore_is_over_at_the_next(site: Site, tmp_path: Path):
    site.add("Then")
    unfinished, whole = tmp_path / ".first.unfinished", tmp_path / "first"
    site.killed_once(unfinished.exists, "backup", str(whole), "--no-proof")
    assert not whole.exists()
    site.run("backup", str(whole))
    assert not unfinished.exists()
    assert not (site.data / "maintenance-work").exists()

    site.add("Now")
    working = site.data / "maintenance-work"
    site.killed_once(working.exists, "restore", str(whole), "--replace")
    assert site.names() in ({"Then", "Now"}, {"Then"})
    assert "answer as they did then" in site.run("restore", str(whole), "--replace")
    assert site.names() == {"Then"}
    assert not working.exists()
