"""`manage.py demo` without serving, and what it has left behind."""

import io
import re
from pathlib import Path

from django.core.management import call_command
from django.db import connection


def demo(*arguments: str) -> str:
    out = io.StringIO()
    call_command("demo", "--no-serve", *arguments, stdout=out)
    return out.getvalue()


def passwords(told: str) -> dict[str, str]:
    return dict(re.findall(r"^ +(writer|editor|admin) +password (\S+)$", told, re.MULTILINE))


def tables() -> dict[str, list[tuple]]:
    with connection.cursor() as cursor:
        rows = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")
            rows[table] = cursor.fetchall()
    return rows


def files(folder: Path) -> dict[str, tuple[int, bytes]]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in found}
