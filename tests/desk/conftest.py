"""People at their screens."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_person


@pytest.fixture
def logged_in(federation: Any) -> Callable[..., Client]:
    """A browser of somebody new with these roles; `client.person` is who."""

    def make(name: str, *roles: Any) -> Client:
        client = Client()
        person = make_person(name, *roles)
        client.force_login(person)
        client.person = person  # type: ignore[attr-defined]
        return client

    return make


@pytest.fixture
def staff(logged_in: Callable[..., Client]) -> Client:
    """A browser of federation staff."""
    return logged_in("staff", ("staff", "world"))
