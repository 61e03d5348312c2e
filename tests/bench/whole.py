"""What a command that is over the whole site takes: python -m tests.bench.whole [NAME …]

CPU seconds of this program and of PostgreSQL's backend, and the most memory that a process of its own had at a time.
`export_site` writes into a folder that is removed again.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django


def _export() -> object:
    from articles import transfer

    with tempfile.TemporaryDirectory() as folder:
        return transfer.export_site(Path(folder) / "site")


def _doctor() -> object:
    from articles import operations

    return f"{len(list(operations.examine()))} findings"


def _check() -> object:
    from articles import operations

    return f"{sum(1 for _ in operations.content_problems())} problems"


COMMANDS: dict[str, Callable[[], object]] = {"export_site": _export, "doctor": _doctor, "check_content": _check}


def _measure(name: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanguide.settings")
    django.setup()

    from tests.bench.pages import Backend

    backend, before = Backend(), _memory()
    began, cpu, theirs = time.perf_counter(), time.process_time(), backend.seconds()
    said = COMMANDS[name]()
    print(
        f"{name}: {time.process_time() - cpu:.1f} s of CPU, {backend.seconds() - theirs:.1f} of the backend, "
        f"{time.perf_counter() - began:.0f} s in all; {_memory():.0f} MB at most, {before:.0f} to begin with; {said}"
    )


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=list(COMMANDS))
    parser.add_argument("--measure", choices=COMMANDS, help="in this process")
    options = parser.parse_args()
    if options.measure:
        _measure(options.measure)
        return
    for name in options.names:
        subprocess.run([sys.executable, "-m", "tests.bench.whole", "--measure", name], check=True)


if __name__ == "__main__":
    main()
