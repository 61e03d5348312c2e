"""Settings and what stands around the program: mail, cache, store, disk, drivers, backups."""

from __future__ import annotations

import datetime as dt
import shutil
import smtplib
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.checks import WARNING, run_checks
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.operations import oidc
from articles.operations.backup import leftovers, newest_backup
from articles.operations.doctor.findings import Findings, error, warning
from articles.operations.errors import OperationError

#: How old the newest backup may be.
BACKUP_AGE = dt.timedelta(days=2)
#: Bytes that should be free, and that have to be.
WANTED_SPACE, LEAST_SPACE = 1 << 30, 100 << 20
_MAIL_SECONDS = 5
_GIGABYTE = 1 << 30


def system_checks() -> Findings:
    """Django's and this site's (no mail, unknown proxies); in production also those of `check --deploy`."""
    for message in run_checks(include_deployment_checks=settings.IS_PRODUCTION):
        if message.level >= WARNING and not message.is_silenced():
            kind = error if message.is_serious() else warning
            yield kind(f"check-{message.id}", str(message.msg), str(message.hint or _("Run manage.py check --deploy.")))


def debug() -> Findings:
    if settings.DEBUG:
        sentence = _("Error pages show settings and code to every visitor.")
        yield warning("debug", sentence, _("Unset FANGUIDE_DEBUG and start the site anew."))


def addresses() -> Findings:
    if settings.MAILER["OPTIONS"].get("host") and not settings.SITE_URL:
        sentence = _("Links in mails have no address to begin with.")
        yield warning("site-url", sentence, _("Set FANGUIDE_SITE_URL to the public address of this site."))


def mail() -> Findings:
    server = settings.MAILER["OPTIONS"]
    if not server.get("host"):
        return
    try:
        with smtplib.SMTP(server["host"], server["port"], timeout=_MAIL_SECONDS) as connected:
            connected.noop()
    except (OSError, smtplib.SMTPException) as trouble:
        sentence = _("The mail server %(host)s does not answer (%(error)s).")
        sentence %= {"host": f"{server['host']}:{server['port']}", "error": trouble}
        yield error("mail", sentence, _("Look at FANGUIDE_EMAIL_HOST and FANGUIDE_EMAIL_PORT, and at the server."))


def log_in_provider() -> Findings:
    if not settings.OIDC_ISSUER:
        return
    try:
        oidc.discover(anew=True)
    except oidc.ProviderError as trouble:
        sentence = _("Nobody can log in with %(name)s (%(error)s).") % {"name": settings.OIDC_NAME, "error": trouble}
        yield error("oidc", sentence, _("Look at FANGUIDE_OIDC_ISSUER, and at the provider; see docs/settings.md."))


def cache_answers() -> Findings:
    try:
        cache.set("doctor", "yes", 10)
        trouble = "" if cache.get("doctor") == "yes" else _("it forgets at once")
        trouble = trouble or getattr(cache, "trouble", "")  # of one that the site goes on without
    except Exception as raised:  # noqa: BLE001 - each cache backend has errors of its own
        trouble = str(raised) or type(raised).__name__
    if trouble:
        sentence = _("The cache does not answer (%(error)s).") % {"error": trouble}
        yield error("cache", sentence, _("Start Redis, or look at FANGUIDE_REDIS_URL (it needs the redis extra)."))


def store() -> Findings:
    try:
        name = default_storage.save("doctor-probe", ContentFile(b"probe"))
        default_storage.delete(name)
    except OSError as trouble:
        sentence = _("Pictures cannot be stored (%(error)s).") % {"error": trouble}
        yield error("store", sentence, _("Give the account of the site the right to write FANGUIDE_DATA."))


def disk() -> Findings:
    free = shutil.disk_usage(settings.DATA).free
    if free < WANTED_SPACE:
        kind = error if free < LEAST_SPACE else warning
        sentence = _("Only %(free)s GB are free on the disk of FANGUIDE_DATA.") % {"free": f"{free / _GIGABYTE:.2f}"}
        yield kind("disk", sentence, _("Delete what is not needed, such as old backups, or take a larger disk."))


def static_files() -> Findings:
    is_missing = not (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file()
    if settings.IS_PRODUCTION and is_missing:
        sentence = _("Styles and scripts of the pages were not collected.")
        yield error("static", sentence, _("Run manage.py collectstatic, then start the site anew."))


def drivers() -> Findings:
    """What a backup of PostgreSQL needs beside the driver."""
    if connection.vendor == "postgresql":
        for program in ("pg_dump", "pg_restore"):
            if shutil.which(program) is None:
                sentence = _("The program %(name)s is missing: no backup can be made.") % {"name": program}
                yield error("driver", sentence, _("Install the client of PostgreSQL: apt install postgresql-client."))


def backups() -> Findings:
    remedy = _("Run manage.py backup, and let cron run it each night.")
    try:
        last = newest_backup()
    except (OSError, OperationError) as trouble:
        sentence = _("The store of backups does not answer (%(error)s).") % {"error": trouble}
        yield warning("backup", sentence, _("Look at FANGUIDE_BACKUP_TO, and at what the site may do there."))
        return
    if last is None:
        yield warning("backup", _("There is no backup yet."), remedy)
    elif timezone.now() - last.made_at > BACKUP_AGE:
        days = (timezone.now() - last.made_at).days
        yield warning("backup", _("The newest backup is %(days)s days old.") % {"days": days}, remedy)


def killed_maintenance() -> Findings:
    if folder := leftovers():
        sentence = _("A backup or a restore was killed; what it left lies in %(folder)s.") % {"folder": folder}
        yield warning("killed", sentence, _("Run it again: it clears that up first."))
