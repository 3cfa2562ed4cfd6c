"""Signing in: nobody tries passwords without end."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from chapters.screens import signing_in
from tests.factories import make_person

pytestmark = pytest.mark.django_db
WAIT = "Too many wrong passwords. Try again in a quarter of an hour."


@pytest.fixture
def editor() -> Any:
    """Whose password is x."""
    return make_person("editor", ("editor", "tn"))


def signs_in(name: str, password: str, address: str = "192.0.2.1") -> str:
    """What comes of it: "" when they are in, else what they are told."""
    client = Client(REMOTE_ADDR=address)
    answer = client.post("/admin/login/", {"username": name, "password": password})
    return "" if answer.status_code == 302 else answer.context["form"].non_field_errors()[0]


def test_after_ten_wrong_passwords_not_even_the_right_one_is_looked_at(editor: Any) -> None:
    said = [signs_in("editor", f"guess {number}") for number in range(10)]
    assert WAIT not in said
    assert (signs_in("editor", "x"), signs_in("EDITOR", "x")) == (WAIT, WAIT)


def test_guessing_locks_nobody_out_who_sits_elsewhere_and_no_other_account(editor: Any) -> None:
    make_person("other", ("editor", "tn"))
    for number in range(11):
        signs_in("editor", f"guess {number}")
    assert (signs_in("editor", "x", "192.0.2.7"), signs_in("other", "x")) == ("", "")


def test_the_right_password_forgives_and_so_does_time(editor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(9):
        signs_in("editor", f"guess {number}")
    assert signs_in("editor", "x") == ""
    monkeypatch.setattr(signing_in, "WITHIN", 0)
    for number in range(20):
        assert signs_in("editor", f"guess {number}") != WAIT


def test_what_is_kept_names_nobody(editor: Any) -> None:
    signs_in("editor", "guess")
    kept = [key for key in cache._cache if "signing-in" in key]
    assert len(kept) == 1
    assert "editor" not in kept[0]
