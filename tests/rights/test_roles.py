"""Who may what in which chapter."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from chapters import rights
from chapters.models import Chapter, RoleAssignment
from tests.factories import make_person, make_statement, translate

pytestmark = pytest.mark.django_db


def chapter(code: str) -> Chapter:
    return Chapter.objects.get(code=code)


def where(user: Any, action: str, **given: Any) -> list[str]:
    keys = rights.chapters_where(user, action, **given)
    return sorted(Chapter.objects.filter(pk__in=keys).values_list("code", flat=True))


def test_editor_writes_and_submits_in_their_chapter_alone() -> None:
    user = make_person("editor", ("editor", "tn"))
    assert {
        action: where(user, action) for action in (rights.CHANGE, rights.SUBMIT, rights.APPROVE, rights.ASSIGN)
    } == {
        "change": ["tn"],
        "submit": ["tn"],
        "approve": [],
        "assign": [],
    }


def test_editor_publishes_at_once_what_the_policy_frees_and_cases_never() -> None:
    user = make_person("editor", ("editor", "tn"))
    freed = {
        what: rights.may(user, rights.PUBLISH, chapter("tn"), what=what) for what in ("article", "statement", "case")
    }
    assert freed == {"article": True, "statement": False, "case": False}


@pytest.mark.parametrize("role", ["moderator", "case-officer"])
def test_moderator_and_case_officer_approve_and_publish(role: str) -> None:
    user = make_person("moderator", (role, "tn"))
    assert where(user, rights.APPROVE) == where(user, rights.PUBLISH, what="case") == ["tn"]
    assert where(user, rights.HOLD) == []


def test_moderator_of_a_region_moderates_below_only_where_the_role_says_so() -> None:
    alone = make_person("alone", ("moderator", "maghreb"))
    below = make_person("below", ("moderator", "maghreb", {"below": True}))
    assert where(alone, rights.APPROVE) == ["maghreb"]
    assert where(below, rights.APPROVE) == ["maghreb", "mr", "tn"]


def test_translator_saves_and_submits_translations_in_their_languages_only() -> None:
    user = make_person("translator", ("translator", "tn", {"locales": ["fr"]}))
    original = make_statement(live=False)
    french, arabic = (translate(original, lang, live=False) for lang in ("fr", "ar"))
    may = {one.locale.language_code: rights.may_on(user, rights.CHANGE, one) for one in (original, french, arabic)}
    assert may == {"en": False, "fr": True, "ar": False}
    assert rights.may_on(user, rights.SUBMIT, french)
    assert not rights.may_on(user, rights.PUBLISH, french)
    assert rights.locales_where(user, rights.TRANSLATE, chapter("tn")) == {"fr"}


def test_staff_moderate_everywhere_and_an_auditor_changes_nothing() -> None:
    staff, auditor = make_person("staff", ("staff", "world")), make_person("auditor", ("auditor", "world"))
    everywhere = sorted(Chapter.objects.values_list("code", flat=True))
    assert where(staff, rights.APPROVE) == where(staff, rights.HOLD) == where(auditor, rights.AUDIT) == everywhere
    assert {action: where(auditor, action) for action in rights.EVERYTHING - {rights.AUDIT}} == {
        action: [] for action in rights.EVERYTHING - {rights.AUDIT}
    }


def test_an_expired_role_is_none_at_once_even_for_a_user_who_was_asked_before() -> None:
    user = make_person("editor", ("editor", "tn", {"until": timezone.now() + timedelta(hours=1)}))
    assert rights.may(user, rights.CHANGE, chapter("tn"))
    rights.roles_of(user)[0].until = timezone.now() - timedelta(seconds=1)
    assert not rights.may(user, rights.CHANGE, chapter("tn"))


def test_inactive_people_may_nothing() -> None:
    user = make_person("gone", ("staff", "world"))
    user.is_active = False
    assert where(user, rights.VIEW) == []


def test_in_a_suspended_chapter_people_look_and_staff_take_away() -> None:
    Chapter.objects.filter(code="tn").update(status="suspended")
    moderator, staff = make_person("moderator", ("moderator", "tn")), make_person("staff", ("staff", "world"))
    at = chapter("tn")
    assert {action for action in rights.EVERYTHING if rights.may(moderator, action, at)} == {"view", "choose", "audit"}
    assert {action for action in rights.EVERYTHING if rights.may(staff, action, at)} == {
        *("view", "choose", "audit", "withdraw", "hold", "assign", "open")
    }


def test_moderators_give_editor_and_translator_in_their_chapter_and_staff_all_else() -> None:
    moderator, staff = make_person("moderator", ("moderator", "tn")), make_person("staff", ("staff", "world"))
    assert rights.roles_to_give(moderator, chapter("tn")) == {"editor", "translator"}
    assert (
        rights.roles_to_give(moderator, chapter("mr"))
        == rights.roles_to_give(moderator, chapter("tn"), below=True)
        == set()
    )
    assert rights.roles_to_give(staff, chapter("mr"), below=True) == {
        *("editor", "moderator", "translator", "case-officer", "staff", "auditor")
    }


def test_nobody_changes_their_own_role() -> None:
    moderator, friend = make_person("moderator", ("moderator", "tn")), make_person("friend")
    assert not rights.may_give(moderator, "editor", chapter("tn"), to=moderator)
    assert rights.may_give(moderator, "editor", chapter("tn"), to=friend)
    assert not rights.may_give(moderator, "moderator", chapter("tn"), to=friend)


def test_a_translator_has_languages_and_staff_are_named_at_the_federation() -> None:
    user = make_person("someone")
    for role, code in (("translator", "tn"), ("staff", "tn"), ("auditor", "mena")):
        with pytest.raises(ValidationError):
            RoleAssignment(user=user, chapter=chapter(code), role=role).full_clean()


def test_rights_take_one_query_for_roles_and_one_for_chapters(django_assert_num_queries: Any) -> None:
    user = make_person("both", ("moderator", "maghreb", {"below": True}), ("editor", "fr"))
    with django_assert_num_queries(2):
        for action in rights.EVERYTHING:
            rights.chapters_where(user, action)
