"""The commands of docs/deploy.md, run: in a folder in the place of /, without what only root of a machine may do."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.container import ROOT
from tests.mail_server import running_mail_server
from tests.test_deploy_files import SECRET, example
from tests.test_settings import start

GUIDE = ROOT / "docs" / "deploy.md"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
#: Programs that would change this machine, or that want one with systemd. Their calls are noted, and looked at.
NOTED = ("apt-get", "useradd", "systemctl", "docker", "nginx", "curl")
#: Commands that something else runs, or that ask a person.
LEFT_OUT = {
    "python3 -m venv .venv": "tests/test_container.py makes one, with the packages of the lock",
    ".venv/bin/pip install -q --require-hashes -r requirements-production.txt": "the same",
    "fanguide-manage createsuperuser": "it asks for a name and a password",
}
#: Places of a machine, and what is whose there.
MOVED = re.compile(r"(?<![\w.])/(etc|srv|var|usr/local/bin)\b")
OWNER = "-o fanguide -g fanguide "


def blocks(kind: str) -> list[str]:
    return [text for found, text in BLOCK.findall(GUIDE.read_text("utf-8")) if found == kind]


class Machine:
    """A folder with /etc, /srv, /usr/local/bin and /var."""

    def __init__(self, root: Path) -> None:
        self.root, self.calls = root, root / "calls"
        for name in ("etc/systemd/system", "etc/nginx/conf.d", "srv", "usr/local/bin", "var/lib", "var/backups", "own"):
            (root / name).mkdir(parents=True)
        for name in NOTED:
            self._program(name, f'echo "{name} $*" >> {self.calls}')
        self._program("runuser", 'shift 3; exec "$@"')  # fanguide-manage: the account is ours

    def _program(self, name: str, script: str) -> None:
        path = self.root / "own" / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def moved(self, text: str) -> str:
        return MOVED.sub(lambda found: f"{self.root}{found[0]}", text.replace(OWNER, ""))

    @property
    def adapting(self) -> str:
        """After each block: the packages are those of this test, and a script of the checkout names places here."""
        program = self.root / "srv/fanguide"
        places = f"sed -i -E 's#/(etc|srv|var)/#{self.root}&#g' {program}/docs/deploy/fanguide-manage"
        packages = f"ln -s {sys.prefix} {program}/.venv"
        return f"if [ -e {program} ] && [ ! -e {program}/.venv ]; then {packages}; {places}; fi\n"

    def run(self, *blocks: str) -> str:
        """In one shell; what it printed."""
        lines = [[line for line in block.splitlines() if line not in LEFT_OUT] for block in blocks]
        script = "".join(self.moved("\n".join(kept)) + "\n" + self.adapting for kept in lines)
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("FANGUIDE_", "DJANGO_"))}
        clean["PATH"] = f"{self.root}/own:{self.root}/usr/local/bin:{clean['PATH']}"
        command = ["bash", "-euc", script]
        run = subprocess.run(command, env=clean, cwd=self.root, capture_output=True, text=True, check=False)
        assert run.returncode == 0, f"{script}\n{run.stdout}\n{run.stderr}"
        return run.stdout

    @property
    def noted(self) -> str:
        return self.calls.read_text("utf-8")


def shell(code: str) -> str:
    return f'fanguide-manage shell -c "from django.contrib.auth.models import User; {code}"\n'


def with_people(block: str, mail_port: int) -> list[str]:
    """What an operator does by hand; and around the upgrade somebody who was there before it, and who came after it."""
    if "fanguide-manage createsuperuser" in block:
        mail = f"FANGUIDE_EMAIL_HOST=127.0.0.1\\nFANGUIDE_EMAIL_PORT={mail_port}"
        name_it = f"sed -i 's|^FANGUIDE_EMAIL_HOST=.*|{mail}|' /etc/fanguide.env\n"
        return [block, name_it, shell("User.objects.create_superuser('owner', password='lanterns-at-sea')")]
    if "BEFORE=" not in block:
        return [block]
    return [shell("User.objects.create_user('before')"), block, shell("User.objects.create_user('after')")]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("git"), reason="NOT TRIED: git is not installed")
def test_the_guide_leads_from_nothing_to_a_site_and_through_an_upgrade_and_back(tmp_path: Path):
    """One block after the other, but for PostgreSQL's: that has a lane of its own in .ci/run."""
    machine, todo = Machine(tmp_path / "machine"), blocks("sh")
    todo[0] = todo[0].replace("https://git.example/fanguide.git", str(ROOT))
    assert "restore" in todo[-1]
    with running_mail_server() as mail:
        todo = [part for block in todo if "createdb" not in block for part in with_people(block, mail.port)]
        said = machine.run(
            *todo, shell("print('there:', *User.objects.order_by('pk').values_list('username', flat=True))")
        )
    assert said.count("All well.") == 2
    assert said.splitlines()[-1] == "there: owner before"

    environment = (machine.root / "etc/fanguide.env").read_text("utf-8")
    assert "FANGUIDE_HOSTS=guide.example" in environment
    assert len(re.findall(r"^FANGUIDE_SECRET_KEY=\S{50,}$", environment, re.MULTILINE)) == 1
    assert (machine.root / "etc/fanguide.env").stat().st_mode & 0o077 == 0
    assert (machine.root / "var/lib/fanguide/static/staticfiles.json").is_file()
    upstream = (machine.root / "etc/nginx/conf.d/upstream.conf").read_text("utf-8")
    assert re.findall(r"server (\S+);", upstream) == ["127.0.0.1:8000", "10.0.0.3:8000"]
    named = set(re.findall(r"fanguide-[\w.]+", "\n".join(re.findall(r"^systemctl.*$", machine.noted, re.MULTILINE))))
    units = {path.name for path in (machine.root / "etc/systemd/system").iterdir()}
    assert len(named) == 4
    assert {name if "." in name else f"{name}.service" for name in named} <= units


def test_what_is_not_run_is_named_and_what_is_named_is_there():
    lines = {line for block in blocks("sh") for line in block.splitlines()}
    assert LEFT_OUT.keys() <= lines
    first = {word for line in lines for word in re.findall(r"^([\w-]+)", line)}
    assert set(NOTED) <= first


@pytest.mark.slow
def test_the_environment_behind_a_cdn_is_one_that_the_site_takes(tmp_path: Path):
    [block] = blocks("")
    variables = dict(line.split("=", 1) for line in block.splitlines())
    check = ("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    run = start(tmp_path, command=check, **example() | {"FANGUIDE_SECRET_KEY": SECRET} | variables)
    assert run.returncode == 0, run.stderr
