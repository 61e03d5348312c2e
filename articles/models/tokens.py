"""Tokens that open something to whoever has the address: random texts with our signature, of which digests are kept."""

from __future__ import annotations

import hashlib

from django.core import signing
from django.utils.crypto import get_random_string, salted_hmac

#: Letters and digits: 190 bits that nobody guesses.
_SECRET_LENGTH = 32
_HEX_LENGTH = 48  # 192 bits


class Tokens:
    """Those of one kind; what was signed for one kind opens nothing of another."""

    def __init__(self, kind: str) -> None:
        self._kind, self._signer = kind, signing.Signer(salt=kind, sep=".")

    def new(self) -> tuple[str, str]:
        """What stands in an address; and its digest, which alone is stored."""
        secret = get_random_string(_SECRET_LENGTH)
        return self._signer.sign(secret), _digest(secret)

    def seeded(self) -> tuple[str, str, str]:
        """A seed, and the token and the digest that come of it: for a letter that is written now and sent later. The
        seed may lie in the database, for without the secret key it is worth nothing.
        """
        seed = get_random_string(_SECRET_LENGTH)
        return seed, self.of_seed(seed), _digest(self._secret_of(seed))

    def of_seed(self, seed: str) -> str:
        return self._signer.sign(self._secret_of(seed))

    def _secret_of(self, seed: str) -> str:
        made = salted_hmac(f"token of a letter: {self._kind}", seed, algorithm="sha256")
        return made.hexdigest()[:_HEX_LENGTH]

    def digest_of(self, token: str) -> str | None:
        """None for what we never signed, so that no row is looked for."""
        try:
            secret = self._signer.unsign(token)
        except signing.BadSignature:
            return None
        return _digest(secret)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
