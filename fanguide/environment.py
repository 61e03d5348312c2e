"""Reads settings from environment variables and refuses, by name and with the remedy, what it cannot read."""

import os
import re
import secrets
import unicodedata
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


_UNSHOWN = ("Cc", "Cs", "Zl", "Zp")  # and U+FFFE, U+FFFF, which XML does not hold


def shown_text(name: str, default: str, most: int = 100) -> str:
    """A text that pages, feeds and JSON show: on one line, of signs that all of them can hold."""
    value = text(name, default)
    if (
        any(unicodedata.category(sign) in _UNSHOWN or ord(sign) & 0xFFFE == 0xFFFE for sign in value)
        or len(value) > most
    ):
        raise ImproperlyConfigured(
            f"{name}={value!r}: write at most {most} letters on one line, without control signs."
        )
    return value


def words(name: str) -> list[str]:
    return [word for word in text(name).replace(",", " ").split() if word]


def flag(name: str, *, default: bool) -> bool:
    value = text(name) or str(default)
    if value not in ("True", "False"):
        raise ImproperlyConfigured(f"{name}={value!r}: write True or False.")
    return value == "True"


def number(name: str, default: int, *, least: int = 0) -> int:
    value = text(name) or str(default)
    if not value.isdecimal() or int(value) < least:
        raise ImproperlyConfigured(f"{name}={value!r}: write a whole number, {least} or more.")
    return int(value)


def span(name: str) -> tuple[int, int] | None:
    """Two numbers with a hyphen between them, the lower one first; None when not set."""
    value = text(name)
    if not value:
        return None
    least, hyphen, most = (part.strip() for part in value.replace("–", "-").partition("-"))
    if not (hyphen and least.isdecimal() and most.isdecimal() and int(most) > 0 and int(least) <= int(most)):
        raise ImproperlyConfigured(f"{name}={value!r}: write two whole numbers, the lower one first, such as 40-120.")
    return int(least), int(most)


def choice(name: str, choices: tuple[str, ...]) -> str:
    """One of `choices`, of which the first is the default."""
    value = text(name) or choices[0]
    if value not in choices:
        raise ImproperlyConfigured(f"{name}={value!r}: write one of {', '.join(choices)}.")
    return value


def origin(name: str) -> str:
    """A scheme and a host without a path, such as https://fanguide.example; empty when not set."""
    value = text(name).rstrip("/")
    if value and (not value.startswith(("http://", "https://")) or value.count("/") != 2):
        raise ImproperlyConfigured(f"{name}={value!r}: write the public origin, such as https://fanguide.example.")
    return value


def issuer(name: str) -> str:
    """The address that names an OpenID provider, just as the provider writes it; empty when not set."""
    value = text(name)
    is_here = value.startswith(("http://localhost", "http://127.0.0.1"))
    if value and (not (value.startswith("https://") or is_here) or "?" in value or "#" in value):
        raise ImproperlyConfigured(
            f"{name}={value!r}: write the issuer as the provider does, such as https://accounts.example."
        )
    return value


def table(name: str, choices: tuple[str, ...]) -> dict[str, str]:
    """Pairs with commas between them, such as `Desk editors=editor, desk-admins=admin`; what stands right of the last
    `=` is one of `choices`.
    """
    pairs: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text(name).split(","))):
        key, _, value = (word.strip() for word in part.rpartition("="))
        if not key or value not in choices or key in pairs:
            raise ImproperlyConfigured(
                f"{name}: {part!r} is not understood: write VALUE=ROLE, with commas between, each value once; a role "
                f"is one of {', '.join(choices)}."
            )
        pairs[key] = value
    return pairs


def address(name: str) -> str:
    """Of a server, perhaps with a path, such as https://pictures.example/site; empty when not set."""
    value = text(name).rstrip("/")
    if value and (not value.startswith(("http://", "https://")) or "?" in value or "#" in value):
        raise ImproperlyConfigured(f"{name}={value!r}: write an address such as https://pictures.example.")
    return value


SIGNALS = ("search", "ai-input", "ai-train")


def url(name: str) -> str:
    """As `urls`, one at most; empty when not set."""
    found = urls(name)
    if len(found) > 1:
        raise ImproperlyConfigured(f"{name}={text(name)!r}: write one address.")
    return found[0] if found else ""


def urls(name: str) -> tuple[str, ...]:
    """Addresses of http or https without a fragment, with spaces between them."""
    found = tuple(text(name).split())
    for each in found:
        parts = urlsplit(each)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.fragment:
            raise ImproperlyConfigured(f"{name}={each!r}: write addresses that begin with http:// or https://.")
    return found


def content_signal(name: str) -> str:
    """What crawlers may do with the pages (contentsignals.org), as robots.txt says it; empty when not set."""
    signals: dict[str, str] = {}
    for part in filter(None, text(name).split(",")):
        signal, _, answer = (word.strip() for word in part.partition("="))
        if signal not in SIGNALS or signal in signals or answer not in ("yes", "no"):
            raise ImproperlyConfigured(
                f"{name}={text(name)!r}: write yes or no for each of {', '.join(SIGNALS)}, such as "
                "search=yes, ai-input=yes, ai-train=no."
            )
        signals[signal] = answer
    return ", ".join(f"{signal}={signals[signal]}" for signal in SIGNALS if signal in signals)


def contacts(name: str) -> tuple[str, ...]:
    """Addresses to write to, as security.txt wants them (RFC 9116, section 2.5.3); empty when not set."""
    found = words(name)
    for contact in found:
        if not re.fullmatch(r"mailto:[!-~]+@[!-~]+|https://[!-~]+|tel:\+?[0-9-]+", contact):
            raise ImproperlyConfigured(
                f"{name}={text(name)!r}: write addresses that begin with mailto:, https:// or tel:, such as "
                "mailto:security@fanguide.example."
            )
    return tuple(found)


def secret(name: str, least: int = 20) -> str:
    """A word that nobody guesses; empty when not set."""
    value = text(name)
    if value and (len(value) < least or not value.isascii() or not value.isprintable() or " " in value):
        raise ImproperlyConfigured(f"{name}: write {least} or more random letters and digits, without spaces.")
    return value


def required(name: str, remedy: str) -> str:
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {remedy}")
    return value


def kept_secret(path: Path) -> str:
    """The secret in this file, made at the first call; for a site on one machine that nobody configured."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii")
