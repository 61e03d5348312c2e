"""docs/deploy/: the compose file, the units of systemd, the site of nginx, read by the programs that they are for."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings as site_settings

from articles.images.checking import MAX_BYTES
from tests.container import ROOT, steps
from tests.test_settings import start

DEPLOY = ROOT / "docs" / "deploy"
UNITS = DEPLOY / "systemd"
#: What an operator brings along, and no checkout has.
BROUGHT = {"./certificates", "fanguide.env"}
SECRET = "".join(map(chr, range(40, 92)))


def known_variables() -> set[str]:
    told = (ROOT / "docs" / "settings.md").read_text("utf-8")
    short = re.findall(r"`(FANGUIDE_[A-Z0-9_]+)`((?:, `_[A-Z_]+`)*)", told)
    names = {name for name, _more in short}
    for name, more in short:
        names |= {f"{name.rpartition('_')[0]}{each}" for each in re.findall(r"_[A-Z_]+", more)}
    return names


def example() -> dict[str, str]:
    lines = (DEPLOY / "fanguide.env.example").read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


# --- the environment --------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_example_of_an_environment_wants_a_key_and_nothing_else(tmp_path: Path):
    check = ("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert "FANGUIDE_SECRET_KEY is not set" in start(tmp_path, command=check, **example()).stderr
    run = start(tmp_path, command=check, **example() | {"FANGUIDE_SECRET_KEY": SECRET})
    assert run.returncode == 0, run.stderr


def test_every_variable_that_is_named_there_is_explained():
    texts = [path.read_text("utf-8") for path in DEPLOY.rglob("*") if path.is_file()]
    named = set(re.findall(r"FANGUIDE_[A-Z0-9_]+", "".join(texts) + (ROOT / "Containerfile").read_text("utf-8")))
    assert named - known_variables() == set()


# --- compose ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    return found


def test_compose_names_what_there_is(compose: dict[str, Any]):
    services = compose["services"]
    for name, service in services.items():
        assert service.get("build") or re.search(r":\d", service["image"]), f"{name}: an image has a version"
        assert set(service.get("depends_on", ())) <= services.keys()
        for mount in service.get("volumes", ()):
            source = mount.split(":")[0]
            assert source in compose["volumes"] or source in BROUGHT or (DEPLOY / source).is_file(), mount
        for config in service.get("configs", ()):
            assert config["source"] in compose["configs"]
        if "build" in service:
            build = service["build"]
            assert (DEPLOY / build["context"] / build["dockerfile"]).is_file()
            assert {service["env_file"]} <= BROUGHT


def test_only_the_proxy_is_reached_from_outside_and_nothing_of_the_site_is_root(compose: dict[str, Any]):
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["nginx"]
    ours = [service for service in compose["services"].values() if "build" in service]
    assert len(ours) == 3
    for service in ours:
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
        assert "user" not in service, "the image says who it is"


def test_no_secret_stands_in_it(compose: dict[str, Any]):
    text = (DEPLOY / "compose.yaml").read_text("utf-8")
    assert len(re.findall(r"\$\{POSTGRES_PASSWORD:\?", text)) == 2
    assert not re.search(r"^ +[A-Z_]*(PASSWORD|SECRET|TOKEN|KEY)[A-Z_]*: *(?!\$\{)\S", text, re.MULTILINE)
    for name in ("docs/deploy/.env", "docs/deploy/fanguide.env", "docs/deploy/certificates/privkey.pem"):
        assert subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT, check=False).returncode == 0, name


@pytest.mark.slow
def test_the_environment_of_the_container_is_one_that_the_site_starts_with(compose: dict[str, Any], tmp_path: Path):
    service = compose["services"]["web"]
    inside = {
        name: re.sub(r"\$\{POSTGRES_PASSWORD:[^}]*\}", "word", value) for name, value in service["environment"].items()
    }
    variables = example() | {"FANGUIDE_SECRET_KEY": SECRET} | inside
    show = (
        "from django.conf import settings as s; d = s.DATABASES['default']; print(d['HOST'], d['NAME'], d['PASSWORD'])"
    )
    run = start(tmp_path, command=("-c", show), **variables)
    assert run.stdout.split() == ["database", compose["services"]["database"]["environment"]["POSTGRES_DB"], "word"]


def test_the_image_can_dump_what_the_database_holds(compose: dict[str, Any]):
    """pg_dump refuses a newer server; bookworm has 15."""
    images = {step.words[0] for step in steps() if step.word == "FROM"}
    assert all("bookworm" in image for image in images)
    assert re.search(r"postgres:15-", compose["services"]["database"]["image"])


def test_who_asks_the_container_asks_where_it_listens(compose: dict[str, Any]):
    [environment] = [step.words for step in steps() if step.word == "ENV" and "FANGUIDE_BIND" in step.value]
    port = dict(pair.split("=", 1) for pair in environment)["FANGUIDE_BIND"].rpartition(":")[2]
    assert f"server web:{port};" in compose["configs"]["upstream"]["content"]


# --- systemd ----------------------------------------------------------------------------------------------------------

with_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="NOT TRIED: no systemd-analyze here")


def analyze(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SYSTEMD_UNIT_PATH": f"{folder}:"}
    command = ["systemd-analyze", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """As they would be installed, with a program that there is."""
    folder = tmp_path / "units"
    shutil.copytree(UNITS, folder)
    for name in ("gunicorn", "python"):
        program = tmp_path / "program" / ".venv/bin" / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
    for path in (path for path in folder.rglob("*") if path.is_file()):
        path.write_text(path.read_text("utf-8").replace("/srv/fanguide", str(tmp_path / "program")))
    return folder


@with_systemd
def test_systemd_understands_each_unit(units: Path):
    found = [str(path) for path in sorted(units.iterdir()) if path.is_file()]
    assert len(found) >= 8
    run = analyze("verify", "--man=no", *found, folder=units)
    assert (run.returncode, run.stderr) == (0, "")
    (units / "fanguide-web.service").write_text("[Service]\nExecStrat=/bin/true\n")
    assert analyze("verify", "--man=no", str(units / "fanguide-web.service"), folder=units).stderr


@with_systemd
@pytest.mark.parametrize("name", sorted(path.name for path in UNITS.glob("*.service")))
def test_each_service_is_shut_in(units: Path, name: str):
    """`common.conf` is found by its name, and holds for all of them: below 2.0 systemd says "OK"."""
    run = analyze("security", "--offline=true", "--threshold=20", "--no-pager", str(units / name), folder=units)
    assert run.returncode == 0, run.stdout[-200:]
    (units / "fanguide-.service.d" / "common.conf").unlink()
    run = analyze("security", "--offline=true", "--threshold=20", "--no-pager", str(units / name), folder=units)
    assert run.returncode != 0


def test_each_timer_has_its_service_and_each_service_a_command_that_there_is():
    commands = {path.stem for path in (ROOT / "articles/management/commands").glob("[!_]*.py")}
    for timer in UNITS.glob("*.timer"):
        assert timer.with_suffix(".service").is_file()
    for path in UNITS.glob("*.service"):
        [started] = re.findall(r"^ExecStart=(.+)$", path.read_text("utf-8"), re.MULTILINE)
        words = started.split()
        assert words[0].startswith("/srv/fanguide/.venv/bin/")
        assert words[1] != "manage.py" or words[2] in commands, started


# --- nginx ------------------------------------------------------------------------------------------------------------


def test_what_the_site_takes_the_proxy_lets_through():
    [most] = re.findall(r"client_max_body_size (\d+)m;", (DEPLOY / "nginx/fanguide.conf").read_text("utf-8"))
    assert int(most) << 20 > max(MAX_BYTES, site_settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
