"""Nobody of another chapter sees or changes what is not public, by any address."""

from typing import Any

import pytest

from chapters import rights
from chapters.fence import gate
from chapters.fence.policy import ChapterOwnedPolicy
from tests.factories import make_person

from .walk import NOT_WALKED, Walker, World, addresses, fillings, fingerprint, make_world, visits

pytestmark = pytest.mark.django_db

# Rights only add up: who has every role in another chapter reaches all that an editor, a moderator and a translator do.
STRANGERS: dict[str, tuple[Any, ...]] = {
    "everything in another chapter": (
        *(("editor", "fr"), ("moderator", "fr"), ("case-officer", "fr")),
        ("translator", "fr", {"locales": ["fr", "en"]}),
    ),
}


@pytest.fixture
def world(settings: Any, tmp_path: Any) -> World:
    """Files of the test lie in a folder of their own."""
    settings.MEDIA_ROOT = str(tmp_path)
    return make_world()


def leaks(walker: Walker, world: World, *, methods: tuple[str, ...] = (), only: tuple[str, ...] = ("",)) -> list[str]:
    """What came that should not, and what changed, one line each."""
    found = []
    before = fingerprint(world)
    for name, path in visits(world):
        if not name.startswith(only):
            continue
        for method in methods or walker.methods(path):
            status, came = walker.ask(method, path)
            seen = [token for token in world.tokens if token in came]
            if status >= 500:
                found.append(f"{method} {name} {path}: {status}")
            if seen:
                found.append(f"{method} {name} {path}: shows {seen}")
            if method != "GET" and (after := fingerprint(world)) != before:
                found.append(f"{method} {name} {path}: changed something")
                before = after
    return found


def test_every_address_is_classified(world: World) -> None:
    unknown = []
    for address in addresses():
        try:
            if address.name not in NOT_WALKED:
                fillings(address, world)
        except KeyError as error:
            unknown.append(str(error))
    assert unknown == []


@pytest.mark.parametrize("role", STRANGERS)
def test_a_stranger_sees_nothing_and_changes_nothing(world: World, role: str) -> None:
    assert "\n".join(leaks(Walker(make_person("stranger", *STRANGERS[role])), world)) == ""


def test_the_walk_sees_what_leaks_where_there_is_no_fence(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    stranger = Walker(make_person("stranger", ("editor", "fr")))
    looked_at = (
        "wagtailsnippets_cases_case",
        "wagtail_localize:",
        "wagtail_bulk_action",
        "wagtailapi_v3:detail_snippet",
    )
    assert leaks(stranger, world, methods=("GET",), only=looked_at) == []
    monkeypatch.setattr(gate, "pass_gate", lambda request, kwargs: None)
    monkeypatch.setattr(ChapterOwnedPolicy, "may_see", lambda self, user, row: True)
    monkeypatch.setattr(rights, "may_on", lambda user, action, item: True)
    monkeypatch.setattr(
        ChapterOwnedPolicy,
        "instances_user_has_any_permission_for",
        lambda self, user, actions: self.model._default_manager.all(),
    )
    found = leaks(stranger, world, methods=("GET",), only=looked_at)
    assert {line.split()[1].partition(":")[0] for line in found} == {
        *("wagtailsnippets_cases_case", "wagtail_localize", "wagtail_bulk_action", "wagtailapi_v3")
    }
    assert len(found) > 20
