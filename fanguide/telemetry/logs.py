"""The log: lines for people on a machine of one's own, JSON lines in production; on each the id of its request."""

from __future__ import annotations

import datetime as dt
import json
import logging
from typing import Any

from django.http import HttpRequest

from fanguide import environment as env
from fanguide.telemetry.privacy import without_secrets
from fanguide.telemetry.requests import current_id


def configuration() -> dict[str, Any]:
    """For logging.config.dictConfig, out of the environment: of the site, and of gunicorn's own lines."""
    is_production = env.text("FANGUIDE_MODE") == "production"
    form = env.choice("FANGUIDE_LOG_FORMAT", ("json", "lines") if is_production else ("lines", "json"))
    level = env.choice("FANGUIDE_LOG_LEVEL", ("INFO", "DEBUG", "WARNING", "ERROR"))
    out = {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "level": level}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": "fanguide.telemetry.logs.LineFormatter",
                "format": "{asctime} {levelname} {name}: {message}",
                "style": "{",
            },
            "json": {"()": "fanguide.telemetry.logs.JsonFormatter"},
        },
        "filters": {
            "secrets": {"()": "fanguide.telemetry.logs.HideSecrets"},
            "askers": {"()": "fanguide.telemetry.logs.FaultsOfAskers"},
        },
        "handlers": {"out": {**out, "formatter": form, "filters": ["secrets", "askers"]}},
        "root": {"handlers": ["out"], "level": level},
        "loggers": {
            "articles.history": {"level": "WARNING"},  # a command prints its own answer; see requests.start
            "django": {"handlers": ["out"], "level": "INFO", "propagate": False},
            # The access log has what was refused, and runserver's own lines.
            "django.request": {"level": "ERROR"},
            "django.server": {"handlers": ["out"], "level": "ERROR", "propagate": False},
            "axes": {"level": "WARNING"},
            "gunicorn.error": {"propagate": True},
        },
    }


class HideSecrets(logging.Filter):
    """Django's lines on a request have its path."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):  # runserver gives its socket
            record.msg, record.args = without_secrets(record.getMessage(), request), ()
        return True


#: Whose request was too much for the settings: nothing in the program brings these about.
_TOO_MUCH = {f"django.security.{name}" for name in ("TooManyFieldsSent", "TooManyFilesSent", "RequestDataTooBig")}


class FaultsOfAskers(logging.Filter):
    """Django calls some of them errors, with where they were noticed. What anybody may bring about wakes nobody up."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name in _TOO_MUCH:
            record.levelno, record.levelname, record.exc_info = logging.WARNING, "WARNING", None
        return getattr(record, "status_code", None) != 501  # a wish for what is not offered


class LineFormatter(logging.Formatter):
    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        request_id = current_id()
        return super().formatMessage(record) + (f" [{request_id}]" if request_id else "")


class JsonFormatter(logging.Formatter):
    """One object a line: time, level, logger, message, request_id, and the record's own `fields`."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := current_id():
            line["request_id"] = request_id
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)
