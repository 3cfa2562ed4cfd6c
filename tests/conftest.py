"""What every test may ask for, and what every test must leave in order."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from wagtail.models import Site

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: Any) -> Any:
    """The federation of the tests is made once, before all of them: world > mena > maghreb > tn, mr; world > fr.

    In memory the database is a copy of one that an earlier run has migrated; a server's is made by pytest-django.
    """
    from tests import prepared_database
    from tests.factories import make_federation

    with django_db_blocker.unblock():
        in_memory = prepared_database.is_in_memory()
        former = prepared_database.open_prepared(ROOT, make_federation) if in_memory else ""
    if not in_memory:
        request.getfixturevalue("django_db_setup")  # the one that is overridden here
        with django_db_blocker.unblock():
            make_federation()
    yield
    if in_memory:
        with django_db_blocker.unblock():
            prepared_database.close(former)


@pytest.fixture(scope="module")
def for_the_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Ask for it where something is made once for all tests of a module: it is taken back after the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def federation(db: None) -> dict[str, Any]:
    """The chapters of the federation, by code."""
    from chapters.models import Chapter

    return {chapter.code: chapter for chapter in Chapter.objects.all()}


@pytest.fixture
def logged_in(federation: Any) -> Callable[..., Client]:
    """A browser of somebody new with these roles; `client.person` is who."""
    from tests.factories import make_person

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


@pytest.fixture(autouse=True)
def _tree_is_sound(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test that had a database the page tree has no problem, and nothing is cached from it.

    Each begins in English: a request leaves its language active.
    """
    from django.conf import settings
    from django.core.cache import cache
    from django.utils import translation

    from federation.vocabulary import labels
    from home import chapter_tree
    from search import index, spelling
    from search.api import answers
    from tests.page_tree import problems_of_the_page_tree

    database = next((name for name in ("transactional_db", "db") if name in request.fixturenames), None)
    if database:  # asked for first, so that it is still there when the test is over
        request.getfixturevalue(database)
    translation.activate(settings.LANGUAGE_CODE)
    Site.clear_site_root_paths_cache()
    index.forget()
    answers.forget()
    labels.forget()
    chapter_tree.forget()
    spelling.forget()
    yield
    if database:
        assert problems_of_the_page_tree() == []
    cache.clear()
