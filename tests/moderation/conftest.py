"""What tests of moderation share: people of chapters, and looking at an item from every side."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from search.models import Entry
from tests.factories import make_person


@pytest.fixture(autouse=True)
def _federation(federation: object) -> None:
    """Every test here has chapters."""


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Callable[[], Any]:
    """A block at whose end everything that waits for the commit runs."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def person(name: str, *roles: Any) -> Any:
    """Somebody with these roles who may enter the admin."""
    user = make_person(name, *roles)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def client_of(user: Any) -> Client:
    """A browser in which somebody is logged in."""
    client = Client()
    client.force_login(user)
    return client


def public(item: Any) -> list[str]:
    """Languages in which an item is public at this moment."""
    return sorted(Entry.objects.public().filter(ref=item.get_ref()).values_list("locale", flat=True))


def said(client: Client, item: Any) -> list[str]:
    """Messages that the item's page shows."""
    response = client.get(f"/admin/item/{item.get_ref()}/", follow=True)
    return [str(message) for message in response.context["messages"]]


def act(client: Client, item: Any, do: str, reason: str = "") -> list[str]:
    """Press a button on the item's page; what it answers."""
    sent = {"do": do, "reason": reason}
    response = client.post(f"/admin/item/{item.get_ref()}/", sent, follow=True)
    return [str(message) for message in response.context["messages"]] if response.context else [response.status_code]


@pytest.fixture
def admin_of_the_house(django_user_model: Any) -> Client:
    """A superuser: no role is in the way of what is tested."""
    return client_of(django_user_model.objects.create_superuser("root", "root@example.org", "x"))
