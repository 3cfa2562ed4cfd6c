"""Whatever is typed into a search box of the admin, the answer is a list."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

pytestmark = pytest.mark.django_db

WORDS = ['"', '""', "'", "\x00", 'a"b', "a\x00b", '"a', "AND", "NEAR(", "*", "-", "(", "%", "\\", "🙂", "a" * 3000]
# Lists with a search box; a new list of the admin whose name ends like these is tried too.
ENDINGS = ("list", "list_results", "index", "index_results", "choose", "choose_results", "chooser", "search", "results")


def addresses() -> Iterator[str]:
    """Every address of the admin that names nothing, found from the resolver."""
    for name in sorted(set(_names(get_resolver().url_patterns, ""))):
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        last = name.rpartition(":")[2]
        if address.startswith("/admin/") and (last.endswith(ENDINGS) or "choose" in last):
            yield address


def _names(patterns: Any, prefix: str) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _names(one.url_patterns, f"{prefix}{one.namespace}:" if one.namespace else prefix)
        elif isinstance(one, URLPattern) and one.name:
            yield f"{prefix}{one.name}"


def test_there_are_search_boxes_to_try() -> None:
    found = set(addresses())
    assert {"/admin/images/", "/admin/pages/search/", "/admin/users/", "/admin/snippets/cases/case/"} <= found
    assert len(found) > 40


def test_quotes_and_nul_are_harmless_in_every_search_box(staff: Any, django_user_model: Any) -> None:
    root = django_user_model.objects.create_superuser("root", "root@example.org", "x")
    staff.force_login(root)
    staff.raise_request_exception = False
    failed = [
        (address, words[:9], status)
        for address in addresses()
        for words in ('a"b', "\x00'\"")
        if (status := staff.get(address, {"q": words}).status_code) >= 500
    ]
    assert failed == []


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize(
    "address",
    [
        *("/admin/pages/search/", "/admin/images/", "/admin/documents/", "/admin/snippets/cases/case/"),
        *("/admin/chapters/things/article/", "/admin/offered/"),
    ],
)
def test_the_search_boxes_of_chapters_people_take_any_words(logged_in: Any, address: str, words: str) -> None:
    moderator = logged_in("moderator", ("moderator", "tn"))
    assert moderator.get(address, {"q": words}).status_code == 200


def test_the_list_of_themes_has_its_button_for_merging(staff: Any) -> None:
    answer = staff.get("/admin/snippets/vocabulary/theme/")
    assert answer.status_code == 200
    assert "/merge/" in answer.content.decode()
