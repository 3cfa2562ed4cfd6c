"""What tests of cases and statements share."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from search.models import Entry


@pytest.fixture(autouse=True)
def _federation(federation: object) -> None:
    """Every test here has chapters."""


@pytest.fixture
def staff(db: None) -> Any:
    """Somebody who may do everything."""
    return get_user_model().objects.create_superuser("staff", "staff@example.org", "x")


@pytest.fixture
def admin(staff: Any) -> Client:
    """The admin as staff see it."""
    admin = Client()
    admin.force_login(staff)
    return admin


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Callable[[], Any]:
    """A block at whose end everything that waits for the commit runs."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def document(item: Any, lang: str = "en") -> dict[str, Any]:
    """What the register has of an item in a language."""
    found: dict[str, Any] = json.loads(Entry.objects.get(ref=item.ref, locale=lang).document)
    return found


def public(item: Any) -> list[str]:
    """Languages in which an item is public at this moment."""
    return sorted(Entry.objects.public().filter(ref=item.ref).values_list("locale", flat=True))


def url(item: Any, view: str, *args: Any) -> str:
    """Address of one of an item's views in the admin."""
    from django.urls import reverse

    return reverse(type(item).snippet_viewset.get_url_name(view), args=args)


def form(item: Any, **given: Any) -> dict[str, Any]:
    """What a browser sends of the edit form of an item."""
    sent: dict[str, Any] = {"title": item.title, "summary": item.summary, "body-count": "0"}
    if item.source_id is None:
        sent |= {"kind": item.kind_id or "", "dated": item.dated, "themes": "", "related-count": "0"}
        sent |= {"sources-TOTAL_FORMS": "0", "sources-INITIAL_FORMS": "0"}
        if item.register_type == "statement":
            sent |= {"symbol": "", "addressee": "", "event_dated": "", "deadline": ""}
    return {**sent, **given}
