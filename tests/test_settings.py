"""Settings: environment in, loud refusal out."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from fanguide import environment as env

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "FANGUIDE_MODE": "production",
    "FANGUIDE_SECRET_KEY": "x7" * 30,
    "FANGUIDE_HOSTS": "fanguide.example",
    "FANGUIDE_SITE_URL": "https://fanguide.example",
}


#: Prints what letters are sent with, asked as each version of Django wants to be asked.
MAIL_SERVER = """
import django
from django.core import mail
server = mail.mailers.default if django.VERSION >= (6, 1) else mail.get_connection()
print(server.__module__, *(getattr(server, name, "") for name in ("host", "port", "username", "password", "use_tls")))
"""


def start(tmp_path: Path, *, command: tuple[str, ...] = ("manage.py", "check"), **variables: str) -> Any:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("FANGUIDE_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=clean | {"FANGUIDE_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "fanguide.settings"} | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.slow
def test_a_production_site_starts_with_its_three_variables(tmp_path: Path):
    assert start(tmp_path, **PRODUCTION).returncode == 0


@pytest.mark.slow
def test_what_production_should_be_told_yet_is_named_by_the_check_for_deploying(tmp_path: Path):
    bare = start(tmp_path, command=("manage.py", "check", "--deploy"), **PRODUCTION)
    assert "fanguide.W001" in bare.stderr
    assert "FANGUIDE_PROXIES" in bare.stderr
    assert "fanguide.W002" in bare.stderr
    assert "FANGUIDE_EMAIL_HOST" in bare.stderr
    told = PRODUCTION | {"FANGUIDE_PROXIES": "0", "FANGUIDE_EMAIL_HOST": "mail.example"}
    assert "fanguide.W" not in start(tmp_path, command=("manage.py", "check", "--deploy"), **told).stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("variables", "is_told"), [({}, True), ({"FANGUIDE_PROXIES": "0"}, False), ({"FANGUIDE_PROXIES": "1"}, False)]
)
def test_the_start_says_that_nobody_counted_the_proxies(tmp_path: Path, variables: dict[str, str], is_told: bool):
    run = start(tmp_path, command=("-c", "import fanguide.wsgi"), **PRODUCTION | variables)
    assert run.returncode == 0, run.stderr
    assert ("FANGUIDE_PROXIES" in run.stdout) is is_told


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"FANGUIDE_SECRET_KEY": ""}, "FANGUIDE_SECRET_KEY is not set"),
        ({"FANGUIDE_HOSTS": ""}, "FANGUIDE_HOSTS is not set"),
        ({"FANGUIDE_SITE_URL": "http://fanguide.example"}, "FANGUIDE_SITE_URL: write the public origin"),
        ({"FANGUIDE_DEBUG": "True"}, "FANGUIDE_DEBUG=True shows secrets"),
        ({"FANGUIDE_METRICS_TOKEN": "short"}, "FANGUIDE_METRICS_TOKEN: write 20 or more random letters"),
        ({"FANGUIDE_LOG_FORMAT": "xml"}, "FANGUIDE_LOG_FORMAT='xml': write one of json, lines"),
        ({"FANGUIDE_SEARCH_INDEX": "rum"}, "FANGUIDE_SEARCH_INDEX=rum is an index of PostgreSQL"),
        ({"FANGUIDE_CACHE_GROUPS": "xkeys"}, "FANGUIDE_CACHE_GROUPS='xkeys': write one of Cache-Groups, xkey"),
        ({"FANGUIDE_CACHE_PURGE": "http://a.example/ b:6081"}, "FANGUIDE_CACHE_PURGE='b:6081': write addresses"),
        ({"FANGUIDE_WEBSUB_HUB": "http://a/ http://b/"}, "FANGUIDE_WEBSUB_HUB='http://a/ http://b/': write one"),
        ({"FANGUIDE_MODE": "prod"}, "FANGUIDE_MODE='prod': write one of local, production"),
    ],
)
def test_what_is_wrong_is_refused_by_name_and_with_the_remedy(tmp_path: Path, change: dict[str, str], sentence: str):
    run = start(tmp_path, command=("-c", "import fanguide.settings"), **PRODUCTION | change)
    assert run.returncode != 0
    assert sentence in run.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("variables", "server"),
    [
        ({}, "django.core.mail.backends.console"),
        (
            {"HOST": "mail.example", "USER": "fan", "PASSWORD": "p=w"},
            "django.core.mail.backends.smtp mail.example 587 fan p=w True",
        ),
        ({"HOST": "mail.example", "PORT": "25"}, "django.core.mail.backends.smtp mail.example 25   False"),
    ],
)
def test_letters_go_to_the_mail_server_of_the_environment(tmp_path: Path, variables: dict[str, str], server: str):
    named = {f"FANGUIDE_EMAIL_{name}": value for name, value in variables.items()}
    run = start(tmp_path, command=("-W", "error", "-c", MAIL_SERVER), **PRODUCTION | named)
    assert run.stdout.strip() == server, run.stderr


@pytest.mark.parametrize("value", ["true", "Flase", "1"])
def test_a_flag_is_true_or_false_and_nothing_like_it(monkeypatch: pytest.MonkeyPatch, value: str):
    monkeypatch.setenv("FANGUIDE_DEBUG", value)
    with pytest.raises(ImproperlyConfigured, match=f"FANGUIDE_DEBUG='{value}': write True or False"):
        env.flag("FANGUIDE_DEBUG", default=False)


def test_a_number_is_whole_and_not_negative(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FANGUIDE_PUBLIC_CACHE_SECONDS", "-1")
    with pytest.raises(ImproperlyConfigured, match="whole number"):
        env.number("FANGUIDE_PUBLIC_CACHE_SECONDS", 60)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("40-120", (40, 120)), (" 40 – 120 ", (40, 120)), ("0-1", (0, 1)), ("7-7", (7, 7)), ("", None)],
)
def test_a_span_has_two_ends(monkeypatch: pytest.MonkeyPatch, value: str, expected: tuple[int, int] | None):
    monkeypatch.setenv("FANGUIDE_WORDS_PER_FACT", value)
    assert env.span("FANGUIDE_WORDS_PER_FACT") == expected


@pytest.mark.parametrize("value", ["40", "40-", "-120", "120-40", "0-0", "forty-120", "40-120-200", "40.5-120", "-"])
def test_a_span_that_means_nothing_is_refused(monkeypatch: pytest.MonkeyPatch, value: str):
    monkeypatch.setenv("FANGUIDE_WORDS_PER_FACT", value)
    with pytest.raises(ImproperlyConfigured, match=r"FANGUIDE_WORDS_PER_FACT=.* such as 40-120"):
        env.span("FANGUIDE_WORDS_PER_FACT")


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("", ""),
        ("ai-train=no , search = yes", "search=yes, ai-train=no"),
        ("search=yes,ai-input=no,ai-train=no,", "search=yes, ai-input=no, ai-train=no"),
    ],
)
def test_a_content_signal_is_written_in_one_way(monkeypatch: pytest.MonkeyPatch, value: str, line: str):
    monkeypatch.setenv("FANGUIDE_CONTENT_SIGNAL", value)
    assert env.content_signal("FANGUIDE_CONTENT_SIGNAL") == line


@pytest.mark.parametrize(
    "value",
    ["no", "search", "search=maybe", "ai=no", "search=yes search=no", "search=yes,search=no", "search=yes\nAllow: /"],
)
def test_a_content_signal_that_means_nothing_is_refused(monkeypatch: pytest.MonkeyPatch, value: str):
    monkeypatch.setenv("FANGUIDE_CONTENT_SIGNAL", value)
    with pytest.raises(ImproperlyConfigured, match="write yes or no for each of search, ai-input, ai-train"):
        env.content_signal("FANGUIDE_CONTENT_SIGNAL")


def test_whom_to_tell_of_a_hole_is_an_address(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(
        "FANGUIDE_SECURITY_CONTACT", "mailto:safe@fans.example https://fans.example/holes, tel:+1-201-555"
    )
    found = ("mailto:safe@fans.example", "https://fans.example/holes", "tel:+1-201-555")
    assert env.contacts("FANGUIDE_SECURITY_CONTACT") == found


@pytest.mark.parametrize(
    "value", ["safe@fans.example", "http://fans.example", "mailto:nobody", "https://", "mailto:ä@fans.example"]
)
def test_an_address_that_security_txt_cannot_hold_is_refused(monkeypatch: pytest.MonkeyPatch, value: str):
    monkeypatch.setenv("FANGUIDE_SECURITY_CONTACT", value)
    with pytest.raises(ImproperlyConfigured, match=r"FANGUIDE_SECURITY_CONTACT=.* such as mailto:security@"):
        env.contacts("FANGUIDE_SECURITY_CONTACT")


def test_the_local_secret_is_made_once_and_read_by_its_owner_alone(tmp_path: Path):
    path = tmp_path / "data" / "secret-key"
    first = env.kept_secret(path)
    assert env.kept_secret(path) == first
    assert len(first) >= 50
    assert path.stat().st_mode & 0o077 == 0


def test_every_variable_is_documented():
    code = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "fanguide").rglob("*.py")))
    names = set(re.findall(r'env\.\w+\("(FANGUIDE_\w+)"', code))
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    page = page.replace("`_", "`FANGUIDE_EMAIL_")  # the mail server's are one row
    assert len(names) > 15
    assert {name for name in names if f"`{name}`" not in page} == set()


OIDC = {"FANGUIDE_OIDC_ISSUER": "https://studio.example", "FANGUIDE_OIDC_CLIENT_ID": "the-desk"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"FANGUIDE_OIDC_CLIENT_ID": ""}, "FANGUIDE_OIDC_CLIENT_ID is not set"),
        ({"FANGUIDE_OIDC_ISSUER": "studio.example"}, "FANGUIDE_OIDC_ISSUER='studio.example': write the issuer"),
        ({"FANGUIDE_OIDC_ROLES": "desk=chief"}, "a role is one of writer, editor, admin"),
        ({"FANGUIDE_OIDC_NEW_ACCOUNTS": "True"}, "FANGUIDE_OIDC_NEW_ACCOUNTS=True makes accounts that may do nothing"),
    ],
)
def test_a_provider_that_is_set_up_by_half_is_refused(tmp_path: Path, change: dict[str, str], sentence: str):
    run = start(tmp_path, command=("-c", "import fanguide.settings"), **PRODUCTION | OIDC | change)
    assert run.returncode != 0
    assert sentence in run.stderr


def test_the_table_of_roles_may_hold_any_value_of_a_claim(monkeypatch):
    monkeypatch.setenv("FANGUIDE_OIDC_ROLES", "Desk writers=writer, cn=editors,cn=admins = admin")
    with pytest.raises(ImproperlyConfigured, match="'cn=editors'"):
        env.table("FANGUIDE_OIDC_ROLES", ("writer", "editor", "admin"))
    monkeypatch.setenv("FANGUIDE_OIDC_ROLES", "Desk writers=writer, /a=b = admin,")
    assert env.table("FANGUIDE_OIDC_ROLES", ("writer", "admin")) == {"Desk writers": "writer", "/a=b": "admin"}


#: Runs the settings as on a machine on which one package is not installed.
WITHOUT = """
import importlib.util, sys
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name == sys.argv[1] else find(name, *rest)
import fanguide.settings
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "variables"),
    [
        ("psycopg", {"FANGUIDE_DATABASE_URL": "postgres://fanguide@db.example/fanguide"}),
        ("redis", {"FANGUIDE_REDIS_URL": "redis://127.0.0.1:6379/0"}),
        ("storages", {"FANGUIDE_S3_BUCKET": "pictures"}),
        ("authlib", OIDC),
    ],
)
def test_a_missing_driver_is_said_with_the_command_that_installs_it(tmp_path: Path, module: str, variables: dict):
    run = start(tmp_path, command=("-c", WITHOUT, module), **PRODUCTION | variables)
    [setting] = [name for name in variables if name in run.stderr]
    last = run.stderr.strip().splitlines()[-1]
    assert f"{setting} needs {module}, which is not installed: run pip install" in last
    assert "requirements-production.txt" in last
    assert start(tmp_path, command=("-c", WITHOUT, "nothing"), **PRODUCTION | variables).returncode == 0
