"""The Containerfile, its steps run in a folder: without a builder, and without what only root of an image may."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.container import copy, files, is_ignored, steps
from tests.test_settings import PRODUCTION

#: Of the last stage: they make accounts and install packages of the system. Looked at, and not run.
NOT_RUN = ("apt-get", "useradd", "install -d")
LAST = max(step.stage for step in steps())


def words_of(word: str) -> list[str]:
    [found] = [step for step in steps() if step.word == word and step.stage == LAST]
    return found.words


def environment_of(stage: int) -> dict[str, str]:
    return dict(
        pair.split("=", 1) for step in steps() if (step.word, step.stage) == ("ENV", stage) for pair in step.words
    )


@pytest.mark.parametrize(
    "name",
    [
        *("docs/deploy/fanguide.env", "docs/deploy/.env", ".env", "articles/.env", "fanguide/local.env"),
        "var/secret-key",
        *("var/fanguide.sqlite3", "var/media/pictures/a.jpg", "articles/copy.sqlite3", "static/x.pem", ".git/config"),
        *("backup.tar", ".venv/bin/python", "tests/make.py", "articles/__pycache__/apps.pyc"),
    ],
)
def test_no_secret_no_picture_and_no_database_goes_to_the_builder(name: str):
    assert is_ignored(name)


@pytest.mark.slow
def test_all_that_the_program_is_goes_to_the_builder():
    wanted = ("articles/", "fanguide/", "locale/", "static/", "templates/", "manage.py", "requirements-production.txt")
    left = [name for name in files() if name.startswith(wanted) and is_ignored(name)]
    assert left == []


def test_it_runs_as_nobody_in_particular_and_keeps_one_folder():
    user, _is, group = words_of("USER")[0].partition(":")
    assert min(int(user), int(group)) > 999
    assert words_of("VOLUME") == ["/var/lib/fanguide"] == [environment_of(LAST)["FANGUIDE_DATA"]]
    assert environment_of(LAST)["FANGUIDE_MODE"] == "production"
    for step in steps():
        assert step.word not in {"ADD", "ARG"}, "An ARG stays in the history of an image."
        if step.word == "ENV":
            assert not re.search(r"SECRET|PASSWORD|TOKEN|_KEY", step.value)


def test_what_is_not_run_here_is_what_wants_a_root_of_its_own():
    for step in steps():
        if step.word == "RUN" and step.stage == LAST:
            parts = [part.strip() for part in step.value.split("&&")]
            assert all(part.startswith((*NOT_RUN, "rm -rf /var/lib/apt")) for part in parts)


@contextmanager
def running(command: list[str], folder: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


@pytest.mark.slow
def test_its_steps_make_a_site_that_its_health_check_finds_healthy(tmp_path: Path):
    """Each COPY and RUN of the first stage in a folder in the place of /srv/fanguide, then CMD and HEALTHCHECK."""
    program, data = tmp_path / "program", tmp_path / "data"

    def here(text: str) -> str:
        places = {"/srv/fanguide": program, "/var/lib/fanguide": data, "/tmp/build": tmp_path / "build"}
        return re.sub("|".join(places), lambda found: str(places[found[0]]), text)

    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("FANGUIDE_", "DJANGO_", "PYTHON"))
    }
    program.mkdir()
    for step in steps():
        if step.stage == 1 and step.word == "COPY":
            assert copy(step.words, program), step.value
        elif step.stage == 1 and step.word == "RUN":
            environment = clean | environment_of(1) | {"PIP_NO_CACHE_DIR": "0"}
            subprocess.run(["sh", "-ec", here(step.value)], cwd=program, env=environment, check=True)
    assert (program / "collected" / "staticfiles.json").is_file()
    assert not list(program.rglob("secret-key"))
    assert not (tmp_path / "build").exists()

    own = {name: here(value) for name, value in environment_of(LAST).items()}
    environment = clean | own | PRODUCTION | {"FANGUIDE_BIND": "127.0.0.1:0"}
    manage = [str(program / ".venv/bin/python"), "manage.py"]
    subprocess.run([*manage, "migrate", "-v0"], cwd=program, env=environment, check=True)
    command, check = words_of("CMD"), words_of("HEALTHCHECK")
    with running(command, program, environment) as process:
        log = program / "log"
        while not (found := re.search(r"Listening at: http://127\.0\.0\.1:(\d+)", log.read_text())):
            assert process.poll() is None, log.read_text()
            time.sleep(0.05)
        asked = [word.replace(":8000", f":{found[1]}") for word in check[check.index("CMD") + 1 :]]
        assert subprocess.run(asked, env=environment, check=False).returncode == 0
    assert subprocess.run(asked, env=environment, check=False, capture_output=True).returncode != 0, "nobody is there"
