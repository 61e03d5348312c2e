"""One signed-in browser for each kind of person."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests import make
from tests.desk.pages import client


@pytest.fixture
def sign_in(db) -> Callable[[User | None], Client]:
    def signed_in(user: User | None) -> Client:
        return client(user)

    return signed_in


@pytest.fixture
def by_editor(sign_in) -> Client:
    return sign_in(make.editor())


@pytest.fixture
def by_admin(sign_in) -> Client:
    return sign_in(make.admin())


@pytest.fixture
def by_writer(sign_in) -> Client:
    return sign_in(make.writer())
