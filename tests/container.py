"""A Containerfile as a builder reads it, as far as ours goes; no builder is needed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
_COMMENT = re.compile(r"^\s*#.*\n", re.MULTILINE)


@dataclass(frozen=True)
class Step:
    """`stage`: how many FROM stand before it, from 1."""

    stage: int
    word: str
    value: str

    @property
    def words(self) -> list[str]:
        """Of the exec form, or divided by spaces."""
        before, bracket, listed = self.value.partition("[")
        found: list[str] = [*before.split(), *(json.loads(bracket + listed) if bracket else ())]
        return found


def steps(path: Path = ROOT / "Containerfile") -> list[Step]:
    text = re.sub(r"\\\n", " ", _COMMENT.sub("", path.read_text("utf-8")))
    found, stage = [], 0
    for line in filter(str.strip, text.splitlines()):
        word, value = line.split(None, 1)
        stage += word == "FROM"
        found.append(Step(stage, word, value.strip()))
    return found


def is_ignored(name: str, path: Path = ROOT / ".dockerignore") -> bool:
    """The last line that fits decides; a line that names a folder names all that is in it."""
    ignored = False
    above = [name, *map(str, PurePosixPath(name).parents)]
    for line in path.read_text("utf-8").splitlines():
        pattern = line.removeprefix("!")
        if line and not line.startswith("#") and any(_fits(each, pattern) for each in above):
            ignored = not line.startswith("!")
    return ignored


def _fits(name: str, pattern: str) -> bool:
    if pattern.startswith("**/"):
        return fnmatchcase(PurePosixPath(name).name, pattern[3:])
    return name.count("/") == pattern.count("/") and fnmatchcase(name, pattern)


def files() -> Iterator[str]:
    """What a clean checkout has, and what of it is new and not ignored by git."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines():
        if (ROOT / name).is_file():
            yield name


def copy(words: Sequence[str], into: Path) -> int:
    """As COPY does with what the builder is given; the number of files."""
    *sources, target = words
    count = 0
    for name in files():
        for source in sources:
            inside = name == source or name.startswith(f"{source}/")
            if not inside or is_ignored(name):
                continue
            is_folder = name != source
            place = into / target / (name.removeprefix(f"{source}/") if is_folder else PurePosixPath(name).name)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, place)
            count += 1
    return count
