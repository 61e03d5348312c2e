"""Logging in by an account elsewhere (OpenID Connect): what the provider says, and whose account that is here."""

from articles.operations.oidc.connecting import connect, disconnect, is_connected
from articles.operations.oidc.people import LogInRefusedError, Refusal, account_for
from articles.operations.oidc.provider import Begun, ProviderError, begin, discover, finish

__all__ = [
    "Begun",
    "LogInRefusedError",
    "ProviderError",
    "Refusal",
    "account_for",
    "begin",
    "connect",
    "disconnect",
    "discover",
    "finish",
    "is_connected",
]
