"""Run by .ci/run with an installed wheel: pages, static files, words and guides come out of the package."""

import os
import subprocess
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "fanguide.settings"
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.templatetags.static import static  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import translation  # noqa: E402

assert not settings.IS_CHECKOUT, settings.CODE_DIR
host = {"HTTP_HOST": "localhost"}
client = Client()
for address in ("/", "/facts/", "/admin/login/", static("favicon.svg")):
    assert client.get(address, **host).status_code == 200, address
client.force_login(User.objects.create_superuser("owner"))
for address in ("/admin/", "/admin/help/", "/admin/help/reviewing/"):
    assert client.get(address, **host).status_code == 200, address
with translation.override("ko"):
    assert translation.gettext("Log in") != "Log in"
options = ["-c", "python:fanguide.gunicorn_settings", "--print-config", "fanguide.wsgi"]
printed = subprocess.run(
    [sys.executable, "-m", "gunicorn", *options], capture_output=True, text=True, check=True
).stdout
assert "fanguide.telemetry.logs.LineFormatter" in printed, printed
print("The wheel serves.")
