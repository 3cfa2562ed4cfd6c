"""What every test may ask for, and what every test must leave in order."""

from collections.abc import Iterator
from typing import Any

import pytest
from wagtail.models import Page, Site


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The federation of the tests is made once, before all of them: world > mena > maghreb > tn, mr; world > fr."""
    from tests.factories import make_federation

    with django_db_blocker.unblock():
        make_federation()


@pytest.fixture
def federation(db: None) -> dict[str, Any]:
    """The chapters of the federation, by code."""
    from chapters.models import Chapter

    return {chapter.code: chapter for chapter in Chapter.objects.all()}


@pytest.fixture(autouse=True)
def _tree_is_sound(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test that had a database the page tree has no problem, and nothing is cached from it."""
    from django.core.cache import cache

    from federation.vocabulary import labels
    from home import chapter_tree
    from search import index
    from search.api import answers

    Site.clear_site_root_paths_cache()
    index.forget()
    answers.forget()
    labels.forget()
    chapter_tree.forget()
    yield
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        assert tuple(Page.find_problems()) == ([],) * 5
    cache.clear()
