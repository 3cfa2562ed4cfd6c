"""What the apps ask of a project that installs them."""

from typing import Any

from chapters.fence.gate import check_addresses, check_gate


def test_a_project_without_the_gate_is_told(settings: Any) -> None:
    assert check_gate() == []
    settings.MIDDLEWARE = []
    assert [found.id for found in check_gate()] == ["federation.E020"]


def test_a_project_in_which_people_change_their_address_is_told(settings: Any) -> None:
    assert check_addresses() == []
    settings.WAGTAIL_EMAIL_MANAGEMENT_ENABLED = True
    assert [found.id for found in check_addresses()] == ["federation.W021"]
    del settings.WAGTAIL_EMAIL_MANAGEMENT_ENABLED
    assert [found.id for found in check_addresses()] == ["federation.W021"]
