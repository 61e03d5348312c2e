"""A provider that serves on this machine, and the settings that know it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import provider
from tests.provider import CLIENT, SECRET, Provider


@pytest.fixture(scope="module")
def server() -> Iterator[Provider]:
    with provider.serving() as running:
        yield running


@pytest.fixture
def there(server: Provider, settings) -> Provider:
    """A provider that the settings know: people are made at their first log-in, by the claim `groups`."""
    server.__init__(issuer=server.issuer)
    settings.OIDC_ISSUER, settings.OIDC_NAME = server.issuer, "Studio"
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = CLIENT, SECRET
    settings.OIDC_ROLES = {"desk-writers": "writer", "desk-editors": "editor", "desk-admins": "admin"}
    settings.OIDC_NEW_ACCOUNTS = True
    return server
