"""What is said between this site and the provider: the authorization code flow with PKCE, state and nonce, by Authlib.

Whatever a provider answers, the only error that leaves this module is ProviderError.
"""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache

#: Public keys only: a token signed with the client's secret, or with nothing, is nobody's word.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
#: How far the clocks may differ, in seconds.
LEEWAY = 60
_SECONDS_TO_ANSWER = 5
_REMEMBERED = 600  # seconds: where the provider's addresses are
_LEFT_ALONE = 10  # seconds: after it has not answered
#: What is read of the provider's own description. Authlib would take more of it as options of its HTTP client.
_KNOWN = (
    *("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"),
    *("id_token_signing_alg_values_supported", "token_endpoint_auth_methods_supported"),
)
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_LENGTH_OF_REASON = 200


class ProviderError(Exception):
    """The provider did not answer, or not with what can be believed. `reason`, for the log, has no secret in it."""

    def __init__(self, reason: str, *, is_down: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_down = is_down


@dataclass(frozen=True, slots=True)
class Begun:
    """What the site has to remember until the person comes back."""

    state: str
    nonce: str
    code_verifier: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def begin(back: str, *, again: bool = False) -> tuple[str, Begun]:
    """The address at the provider to send a person to, who then comes back to the address `back`. `again`: it is to ask
    who they are even if they are signed in there, and to say when (OpenID Connect Core 1.0, section 3.1.2.1).
    """
    with _believing_nothing():
        made = _client().create_authorization_url(back, **({"prompt": "login", "max_age": "0"} if again else {}))
        return made["url"], Begun(made["state"], made["nonce"], made["code_verifier"])


def finish(code: str, begun: Begun, back: str) -> dict[str, Any]:
    """The claims about the person for whom the provider gave this code: those of the ID token, checked by OpenID
    Connect Core 1.0, section 3.1.3.7, and beside them what only its userinfo endpoint says.
    """
    with _believing_nothing():
        client = _client()
        token = client.fetch_access_token(redirect_uri=back, code=code, code_verifier=begun.code_verifier)
        if not token.get("id_token"):
            raise ProviderError("There is no ID token in the answer; is the scope openid asked for?")
        client.server_metadata["jwks"] = {"keys": list(_signing_keys(client.fetch_jwk_set()))}
        expected = {
            "iss": {"essential": True, "value": settings.OIDC_ISSUER},
            # Authlib by itself believes a token for somebody else that names us as `azp`.
            "aud": {"essential": True, "value": settings.OIDC_CLIENT_ID},
        }
        claims = client.parse_id_token(token, nonce=begun.nonce, claims_options=expected, leeway=LEEWAY)
        return {**_more_claims(client, token, claims), **claims}


def _more_claims(client: Any, token: dict[str, Any], claims: Mapping[str, Any]) -> dict[str, Any]:
    """Many providers keep ID tokens short."""
    wanted = {"email", settings.OIDC_ROLES_CLAIM.partition(".")[0]} if settings.OIDC_ROLES else {"email"}
    if wanted <= claims.keys() or not client.server_metadata.get("userinfo_endpoint"):
        return {}
    more = dict(client.userinfo(token=token))
    if more.get("sub") != claims["sub"]:
        raise ProviderError("The userinfo endpoint speaks of somebody else than the ID token.")
    return more


def _signing_keys(key_set: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for key in key_set["keys"]:
        if key.get("kty") in ("RSA", "EC") and key.get("use", "sig") == "sig":
            yield key


# --- the provider's own description -----------------------------------------------------------------------------------


def discover(*, anew: bool = False) -> dict[str, Any]:
    """Where the provider's addresses are (OpenID Connect Discovery 1.0, section 4), remembered for ten minutes."""
    key = "oidc:" + hashlib.sha256(settings.OIDC_ISSUER.encode()).hexdigest()
    found: dict[str, Any] | None = None if anew else cache.get(key)
    if found is None:
        if not anew and cache.get(f"{key}:down"):  # visitors must not keep all workers waiting for it
            raise ProviderError("It did not answer a moment ago.", is_down=True)
        with _believing_nothing():
            try:
                found = _described()
            except ProviderError as error:
                cache.set(f"{key}:down", error.reason, _LEFT_ALONE)
                raise
        cache.set(key, found, _REMEMBERED)
    return dict(found)


def _described() -> dict[str, Any]:
    requests = importlib.import_module("requests")
    address = f"{settings.OIDC_ISSUER.rstrip('/')}/.well-known/openid-configuration"
    try:
        answer = requests.get(address, timeout=_SECONDS_TO_ANSWER)
    except requests.RequestException as error:
        raise ProviderError(f"{address} does not answer ({type(error).__name__}).", is_down=True) from error
    if not answer.ok:
        raise ProviderError(f"{address} answers {answer.status_code}.", is_down=True)
    described = answer.json()
    if described.get("issuer") != settings.OIDC_ISSUER:
        raise ProviderError(
            f"{address} names the issuer {described.get('issuer')!r}, which is not FANGUIDE_OIDC_ISSUER."
        )
    found = {name: described[name] for name in _KNOWN if name in described}
    for name in _ENDPOINTS:
        if not is_safe(str(found.get(name, ""))):
            raise ProviderError(f"{address} has no {name} by HTTPS.")
    return found


def is_safe(address: str) -> bool:
    """HTTPS, or this very machine (for trying it out)."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    )


# --- Authlib ----------------------------------------------------------------------------------------------------------


def _client() -> Any:
    """Made for each log-in, so that nothing of a provider grows old in memory. Authlib is loaded by the first one: a
    site without OIDC does not pay for it, and need not have it.
    """
    described = discover()
    methods = described.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    by_post = "client_secret_basic" not in methods and "client_secret_post" in methods
    method = "client_secret_post" if by_post else "client_secret_basic"
    oauth = importlib.import_module("authlib.integrations.django_client").OAuth()
    client = oauth.register(
        "oidc",
        client_id=settings.OIDC_CLIENT_ID,
        client_secret=settings.OIDC_CLIENT_SECRET or None,
        client_kwargs={
            "scope": " ".join(settings.OIDC_SCOPES),
            "code_challenge_method": "S256",
            "default_timeout": _SECONDS_TO_ANSWER,
            "token_endpoint_auth_method": method if settings.OIDC_CLIENT_SECRET else "none",
        },
    )
    told = described.pop("id_token_signing_alg_values_supported", ["RS256"])
    client.server_metadata.update(described)
    client.server_metadata["id_token_signing_alg_values_supported"] = [name for name in ALGORITHMS if name in told]
    return client


@contextmanager
def _believing_nothing() -> Iterator[None]:
    """Three libraries raise what they like over an answer that is not as it should be."""
    try:
        yield
    except ProviderError:
        raise
    except Exception as error:
        requests = importlib.import_module("requests")
        is_down = isinstance(error, requests.ConnectionError | requests.Timeout)
        reason = f"{type(error).__name__}: {error}"[:_LENGTH_OF_REASON]
        raise ProviderError(reason, is_down=is_down) from error
