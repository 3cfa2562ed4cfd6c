"""Another chapter's name stands on an item from the moment it accepts to the moment it leaves, and not longer."""

from typing import Any

import pytest
from django.utils import timezone

from chapters.models import Chapter
from search.models import EntryFacet
from tests.factories import make_case, make_statement, translate

from .conftest import document

pytestmark = pytest.mark.django_db

MAKERS = [make_case, make_statement]


def invite(item: Any, code: str = "mr", **given: Any) -> Any:
    return item.co_publications.create(chapter=Chapter.objects.get(code=code), **given)


def names(item: Any, lang: str = "en") -> list[str]:
    return [chapter["code"] for chapter in document(item, lang)["co_publishers"]]


def found_under(item: Any) -> set[str]:
    facets = EntryFacet.objects.filter(entry__ref=item.ref, entry__locale="en", name="chapter")
    return set(facets.values_list("value", flat=True))


@pytest.mark.parametrize("make", MAKERS)
def test_an_invited_chapter_is_not_named_until_it_accepts(make: Any) -> None:
    item = make("fr")
    translate(item, "fr")
    row = invite(item)
    assert (names(item), found_under(item)) == ([], {"fr", "world"})
    row.accepted_at = timezone.now()
    row.save()
    assert (names(item), names(item, "fr")) == (["mr"], ["mr"])
    assert found_under(item) == {"fr", "mr", "maghreb", "mena", "world"}


@pytest.mark.parametrize("make", MAKERS)
def test_a_chapter_that_leaves_is_named_nowhere(make: Any) -> None:
    item = make()
    row = invite(item, accepted_at=timezone.now())
    assert names(item) == ["mr"]
    row.delete()
    assert names(item) == []
    invite(item, accepted_at=timezone.now())
    type(row).objects.all().delete()
    assert names(item) == []


@pytest.mark.parametrize("make", MAKERS)
def test_no_draft_brings_back_a_chapter_that_left(make: Any) -> None:
    item = make()
    row = invite(item, accepted_at=timezone.now())
    draft = type(item).objects.get(pk=item.pk).save_revision()
    row.delete()
    draft.publish()
    assert (names(item), item.co_publications.count()) == ([], 0)


@pytest.mark.parametrize("make", MAKERS)
def test_no_draft_drops_a_chapter_that_has_accepted_since(make: Any) -> None:
    item = make()
    draft = item.save_revision()
    invite(item, accepted_at=timezone.now())
    draft.publish()
    assert names(item) == ["mr"]


def test_a_chapter_renamed_is_renamed_where_it_co_publishes(committed: Any) -> None:
    statement = make_statement()
    invite(statement, accepted_at=timezone.now())
    chapter = Chapter.objects.get(code="mr")
    chapter.names = {**chapter.names, "en": "Nouakchott"}
    with committed():
        chapter.save()
    assert document(statement)["co_publishers"] == [{"code": "mr", "label": "Nouakchott"}]


def test_the_owner_is_not_its_own_co_publisher() -> None:
    case = make_case()
    invite(case, "tn", accepted_at=timezone.now())
    assert names(case) == []
