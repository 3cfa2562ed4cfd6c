"""Every address, walked as everybody: nobody sees or changes what is not theirs, and the owner's people do all of it.

What each role gets of each request stands in outcomes.txt, a column a role.
"""

import gc
import logging
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponseNotFound
from django.test import override_settings

from chapters import rights
from chapters.fence import gate
from chapters.fence.policy import ChapterOwnedPolicy
from tests.factories import make_person

from .addresses import Visit, visits
from .outcomes import ROLES, STRANGERS, expected, note
from .sending import sent_with
from .walker import Answer, Walker
from .world import World, fingerprint, make_world

pytestmark = pytest.mark.django_db

# What auditors are there to read: who did what, and who has which role. Names of people, no title.
PEOPLE = ("chapters_admin:audit", "chapters_admin:access", "chapters_admin:person", "chapters_admin:people")


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    """Made once, and taken back after the last of these tests; its files lie in a folder of their own."""
    files = override_settings(MEDIA_ROOT=str(tmp_path_factory.mktemp("media")))
    with django_db_blocker.unblock(), files, transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A thousand requests: none is logged, what stood before them is not looked through for garbage, and the page for
    what is not found, which knows nothing of what was asked for, is not rendered.
    """
    monkeypatch.setattr("federation.urls.handler404", lambda request, exception: HttpResponseNotFound())
    logging.disable(logging.CRITICAL)
    gc.freeze()
    yield
    gc.unfreeze()
    logging.disable(logging.NOTSET)


def walk(walker: Walker, world: World, *, looks_through: bool) -> Iterator[tuple[Visit, Answer]]:
    """Each request and what came of it. With `looks_through` lists are searched as well."""
    for visit in visits(world):
        if visit.key or looks_through:
            sent = {} if visit.method == "GET" else sent_with(visit, world)
            yield visit, walker.ask(visit.method, visit.path, sent)


def faults(visit: Visit, answer: Answer, world: World, before: Any) -> Iterator[str]:
    """What a stranger should not have got, or done."""
    allowed = world.names if visit.address.startswith(PEOPLE) else ()
    seen = [token for token in world.tokens if token in answer.came and token not in allowed]
    if seen:
        yield f"{visit} shows {seen}"
    if answer.wrote and answer.after != before:
        yield f"{visit} changed something"


def test_every_request_of_every_address_is_in_the_table(world: World) -> None:
    walked = {(visit.key, visit.thing or "-") for visit in visits(world) if visit.key}
    assert walked == set(expected("editor"))


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says_and_nothing_else(world: World, role: str) -> None:
    is_stranger = role in STRANGERS
    person = make_person("walker", ROLES[role])
    after = partial(fingerprint, world) if is_stranger else lambda: None
    walker = Walker(person, looks=is_stranger, after=after)
    before = after()
    table, found, wrong = expected(role), {}, []
    for visit, answer in walk(walker, world, looks_through=is_stranger):
        if visit.key:
            found[visit.key, visit.thing or "-"] = answer.outcome
        if is_stranger:
            wrong += faults(visit, answer, world, before)
        if answer.error:
            wrong.append(f"{visit}: {answer.error}")
    note(role, found)
    assert wrong == []
    assert found == table


def test_the_walk_sees_what_leaks_where_there_is_no_fence(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    stranger = Walker(make_person("stranger", ("editor", "fr")))
    looked_at = (
        "wagtailsnippets_cases_case",
        "wagtail_localize:",
        "wagtail_bulk_action",
        "wagtailapi_v3:detail_snippet",
    )
    asked = [visit for visit in visits(world) if visit.method == "GET" and visit.address.startswith(looked_at)]

    def leaking() -> list[str]:
        answers = ((visit.address, stranger.ask("GET", visit.path, {})) for visit in asked)
        return [name for name, answer in answers if any(token in answer.came for token in world.tokens)]

    assert leaking() == []
    monkeypatch.setattr(gate, "pass_gate", lambda request, kwargs: None)
    monkeypatch.setattr(ChapterOwnedPolicy, "may_see", lambda self, user, row: True)
    monkeypatch.setattr(rights, "may_on", lambda user, action, item: True)
    monkeypatch.setattr(
        ChapterOwnedPolicy,
        "instances_user_has_any_permission_for",
        lambda self, user, actions: self.model._default_manager.all(),
    )
    found = leaking()
    assert {name.partition(":")[0] for name in found} == {
        *("wagtailsnippets_cases_case", "wagtail_localize", "wagtail_bulk_action", "wagtailapi_v3")
    }
    assert len(found) > 20
