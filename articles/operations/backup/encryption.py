"""Encrypting by a program that is there for it, `gpg` or `age`: nothing of ours invents a cipher."""

from __future__ import annotations

import contextlib
import io
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from articles.operations.errors import OperationError

_GPG = ("gpg", "--batch", "--quiet", "--no-tty")


class Encrypter:
    """For a recipient: a public key of age (age1…), of SSH (also by age), or a key that gpg knows."""

    def __init__(self, recipient: str) -> None:
        is_age = recipient.startswith(("age1", "ssh-"))
        self.ending = ".age" if is_age else ".gpg"
        self._command = [*_program(is_age), *(["-r", recipient] if is_age else _gpg_options(recipient))]
        self._process: subprocess.Popen[bytes] | None = None
        self._into: IO[bytes] = io.BytesIO()
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  -- lives as long as this

    def start(self, out: IO[bytes]) -> IO[bytes]:
        """Gives what to write into."""
        self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=out, stderr=self._said)  # noqa: S603
        self._into = cast("IO[bytes]", self._process.stdin)
        return self._into

    def finish(self) -> None:
        """Raises OperationError where the program is not content."""
        with contextlib.suppress(BrokenPipeError):
            self._into.close()
        if self._process and self._process.wait():
            raise OperationError(self.complaint())

    def give_up(self) -> None:
        if self._process:
            self._process.kill()
            with contextlib.suppress(OSError):
                self._into.close()
            self._process.wait()

    def complaint(self) -> str:
        return f"{self._command[0]} could not encrypt: {_said(self._said)}"


@contextlib.contextmanager
def decrypted(path: Path, identity: Path | None) -> Iterator[IO[bytes]]:
    """What stands in a .gpg file (by gpg's own keys) or an .age file (by the identity file).

    Raises OperationError at the end where the program found anything wrong: use nothing before that.
    """
    is_age = path.suffix == ".age"
    if is_age and identity is None:
        raise OperationError(f"{path.name} is encrypted by age: name the file with its key by --identity.")
    options = ["-d", "-i", str(identity)] if is_age else ["--decrypt"]
    command = [*_program(is_age), *options, *([] if is_age else ["--"]), str(path)]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said)  # noqa: S603
        out = cast("IO[bytes]", process.stdout)
        try:
            yield out
            out.read()  # what stands behind the end of the tar is read too, or the program is cut off
        except BaseException:
            if process.poll() is None:
                process.kill()
            if process.wait() > 0:
                raise OperationError(f"{command[0]} cannot read {path.name}: {_said(said)}") from None
            raise
        finally:
            out.close()
        if process.wait():
            raise OperationError(f"{command[0]} cannot read {path.name}: {_said(said)}")


def _program(is_age: bool) -> list[str]:
    name = "age" if is_age else "gpg"
    if shutil.which(name) is None:
        package = "age" if is_age else "gnupg"
        raise OperationError(f"The program {name} is not installed, and it does the encryption: apt install {package}.")
    return ["age"] if is_age else [*_GPG]


def _gpg_options(recipient: str) -> list[str]:
    return ["--trust-model", "always", "--encrypt", "--recipient", recipient]


def _said(file: IO[bytes]) -> str:
    file.seek(0)
    lines = file.read().decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it gave no reason"
