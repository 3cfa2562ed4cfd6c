"""The check that runs after every test finds what treebeard's own finds."""

from typing import Any

import pytest
from wagtail.models import Page

from tests.factories import front
from tests.page_tree import problems_of_the_page_tree

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("broken", [{"numchild": 0}, {"depth": 9}, {"path": "000100010009"}, {"path": "0001000100!1"}])
def test_a_broken_page_tree_is_noticed(federation: Any, broken: dict[str, Any]) -> None:
    page = front("tn")
    assert problems_of_the_page_tree() == [] and tuple(Page.find_problems()) == ([],) * 5
    before = Page.objects.filter(pk=page.pk).values("path", "depth", "numchild").get()
    Page.objects.filter(pk=page.pk).update(**broken)
    assert problems_of_the_page_tree() != [] and tuple(Page.find_problems()) != ([],) * 5
    Page.objects.filter(pk=page.pk).update(**before)
