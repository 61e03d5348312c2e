"""The second factor of an account: the codes of an app (TOTP, RFC 6238), and ten recovery codes for the day without it.

A code of the app is taken once, a recovery code too. Of recovery codes a digest is stored, of the app's key the key
itself, for its codes are made of it.
"""

from __future__ import annotations

import enum
import hashlib
import secrets

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import get_random_string
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.models import ExternalIdentity, History
from articles.operations.sessions import end_sessions

RECOVERY_CODES = 10
#: Whoever may review must have a second factor where FANGUIDE_SECOND_FACTOR asks it of editors.
OF_EDITORS = "articles.review_article"

_CODE_OF = "code:"

_DIGITS = 6
_KEY_BYTES = 20
_LETTERS, _GROUPS, _GROUP = "abcdefghjkmnpqrstuvwxyz23456789", 3, 4  # 59 bits, and nothing that looks like another
_BACKEND = "django.contrib.auth.backends.ModelBackend"


class Used(enum.Enum):
    """What a right code was."""

    APP = enum.auto()
    RECOVERY = enum.auto()


# --- who has one, and who must ----------------------------------------------------------------------------------------


def has_one(account: User) -> bool:
    """`rights.OneQueryBackend` brings the answer along with the account of a request."""
    known: bool | None = getattr(account, "has_second_factor", None)
    return _devices(account).exists() if known is None else known


def is_required(account: User) -> bool:
    return settings.SECOND_FACTOR == "everybody" or (
        settings.SECOND_FACTOR == "editors" and account.has_perm(OF_EDITORS)
    )


def lacking() -> QuerySet[User]:
    """The accounts that may enter the desk, must have a second factor, and have none; by name. For those who come by a
    provider it asks for one.
    """
    accounts = User.objects.filter(is_active=True, is_staff=True).order_by("username")
    if settings.SECOND_FACTOR == "optional":
        return accounts.none()
    if settings.SECOND_FACTOR == "editors":
        accounts = accounts.filter(pk__in=User.objects.with_perm(OF_EDITORS, backend=_BACKEND).values("pk"))
    by_provider = ExternalIdentity.objects.filter(issuer=settings.OIDC_ISSUER).values("user")
    return accounts.exclude(totpdevice__confirmed=True).exclude(pk__in=by_provider)


# --- setting it up ----------------------------------------------------------------------------------------------------


def new_key() -> str:
    """Hexadecimal."""
    return secrets.token_hex(_KEY_BYTES)


def address_of(account: User, key: str) -> str:
    """What the QR code says to an app: an otpauth address with the key, the site's name and the account's."""
    address: str = TOTPDevice(user=account, key=key).config_url
    return address


@transaction.atomic
def set_up(account: User, key: str, code: str) -> list[str] | None:
    """Takes the place of an earlier one. Gives the recovery codes, which nobody reads again; None for a wrong code."""
    _lock(account)
    device = TOTPDevice.objects.create(user=account, name="app", key=key, confirmed=True)
    if not (_is_of_app(_plain(code)) and device.verify_token(_plain(code))):
        device.delete()
        return None
    _devices(account).exclude(pk=device.pk).delete()
    account.has_second_factor = True  # type: ignore[attr-defined]
    return new_recovery_codes(account)


@transaction.atomic
def new_recovery_codes(account: User) -> list[str]:
    """In the place of all earlier ones."""
    _lock(account)
    StaticDevice.objects.filter(user=account).delete()
    device = StaticDevice.objects.create(user=account, name="recovery")
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=_digest(account, _plain(code))) for code in codes)
    return codes


def recovery_codes_left(account: User) -> int:
    return int(StaticToken.objects.filter(device__user=account).count())


@transaction.atomic
def remove(account: User) -> bool:
    """False where there was none."""
    _lock(account)
    StaticDevice.objects.filter(user=account).delete()
    removed, _of_each = TOTPDevice.objects.filter(user=account).delete()
    account.has_second_factor = False  # type: ignore[attr-defined]
    return bool(removed)


@transaction.atomic
def reset(account: User, *, by: str = "") -> bool:
    """For somebody who has lost the app and the codes: the second factor goes, and every session. False where there was
    none. `by`: who is named in the history of the site, where no page of the desk writes its own line.
    """
    removed = remove(account)
    if removed:
        end_sessions(account)
        if by:
            History.objects.create(
                title=account.username, actor=None, actor_name=by, act=History.Act.RESET_SECOND_FACTOR
            )
    return removed


# --- codes ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def check(account: User, code: str) -> Used | None:
    """None for a wrong code, and for one that was used before. Spaces and hyphens count for nothing."""
    _lock(account)
    plain = _plain(code)
    if _is_of_app(plain):
        device = _devices(account).first()
        return Used.APP if device is not None and device.verify_token(plain) else None
    codes = StaticDevice.objects.filter(user=account).first()
    return Used.RECOVERY if codes is not None and codes.verify_token(_digest(account, plain)) else None


def code_name(name: str) -> str:
    """The name under which wrong codes of an account are counted. No account has such a name."""
    return f"{_CODE_OF}{name}"


def is_code_name(name: str) -> bool:
    return name.startswith(_CODE_OF)


def account_name(name: str) -> str:
    """Of a code name, or of an account's own."""
    return name.removeprefix(_CODE_OF)


def _devices(account: User) -> QuerySet[TOTPDevice]:
    found: QuerySet[TOTPDevice] = TOTPDevice.objects.filter(user=account, confirmed=True)
    return found


def _lock(account: User) -> None:
    """Two requests with the same code are asked one after the other."""
    User.objects.select_for_update().get(pk=account.pk)


def _plain(code: str) -> str:
    return "".join(code.split()).replace("-", "").casefold()


def _is_of_app(plain: str) -> bool:
    return plain.isdecimal() and len(plain) == _DIGITS


def _recovery_code() -> str:
    return "-".join(get_random_string(_GROUP, _LETTERS) for _ in range(_GROUPS))


def _digest(account: User, plain: str) -> str:
    """16 characters, as many as the column holds."""
    return hashlib.sha256(f"{account.pk}:{plain}".encode()).hexdigest()[:16]
