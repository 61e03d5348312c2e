"""A made-up OpenID provider: a small server on a free port of this machine, with keys of its own. A test says what it
answers; it keeps what it was asked.
"""

from __future__ import annotations

import base64
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwk, jwt

CLIENT, SECRET = "the-desk", "a-secret-of-the-desk"
KEY, OTHER_KEY = (jwk.RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}) for _ in range(2))


def _base64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


@dataclass
class Provider:
    """`person` are the claims of who logs in there; what begins with `wrong` is said in place of what is right."""

    issuer: str = ""
    person: dict[str, Any] = field(default_factory=lambda: {"sub": "mina-1"})
    userinfo: dict[str, Any] | None = None
    wrong_claims: dict[str, Any] = field(default_factory=dict)
    wrong_key: Any = None
    algorithm: str = "RS256"
    wrong_answers: dict[str, Any] = field(default_factory=dict)  # of a path: a body, or a status
    described: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def agree(self, address: str) -> dict[str, str]:
        """The person opens the address that the site sent them to, logs in and agrees: what the site is told then."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = f"code-{len(self.codes)}"
        self.codes[code] = query
        return {"code": code, "state": query["state"]}

    # --- its pages ----------------------------------------------------------------------------------------------------

    def answer(self, path: str, form: dict[str, str], authorization: str) -> Any:
        self.asked.append((path, form))
        if path in self.wrong_answers:
            return self.wrong_answers[path]
        return {
            "/.well-known/openid-configuration": lambda: self.description() | self.described,
            "/jwks": lambda: {"keys": [KEY.as_dict(private=False)]},
            "/token": lambda: self.token(form, authorization),
            "/userinfo": lambda: self.userinfo,
        }.get(path, lambda: 404)()

    def description(self) -> dict[str, Any]:
        names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks"}
        more = {"userinfo_endpoint": f"{self.issuer}/userinfo"} if self.userinfo else {}
        algorithms = {"id_token_signing_alg_values_supported": ["RS256", "HS256", "none"]}
        addresses = {name: f"{self.issuer}/{path}" for name, path in names.items()}
        return {"issuer": self.issuer, **addresses, **more, **algorithms}

    def token(self, form: dict[str, str], authorization: str) -> Any:
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or not authorization.startswith("Basic "):
            return {"error": "invalid_grant"}
        if create_s256_code_challenge(form["code_verifier"]) != asked["code_challenge"]:
            return {"error": "invalid_grant", "error_description": "PKCE"}
        assert form["redirect_uri"] == asked["redirect_uri"]
        return {"access_token": "an-access-token", "token_type": "Bearer", "id_token": self.id_token(asked["nonce"])}

    def id_token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce}
        claims |= self.person | self.wrong_claims
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.algorithm != "RS256":
            return self._by_hand(claims)
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.wrong_key or KEY)

    def _by_hand(self, claims: dict[str, Any]) -> str:
        """As no library of today would make it: signed by nobody, or by what is no secret."""
        parts = [{"alg": self.algorithm, "kid": "one"}, claims]
        text = ".".join(_base64(json.dumps(part).encode()) for part in parts)
        signature = hmac.digest(self.wrong_key, text.encode(), "sha256") if self.wrong_key else b""
        return f"{text}.{_base64(signature)}"


@contextmanager
def serving() -> Iterator[Provider]:
    provider = Provider()

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            said = provider.answer(urlsplit(self.path).path, form, self.headers.get("Authorization", ""))
            is_error = isinstance(said, dict) and "error" in said
            self.send_response(said if isinstance(said, int) else 400 if is_error else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(said.encode() if isinstance(said, str) else json.dumps(said).encode())

        do_POST = do_GET  # noqa: N815  -- the server looks for this name

        def log_message(self, *_args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
