"""Groups and grants are derived from the roles; what has drifted is repaired; a role that is over ends at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import APIToken, GroupPagePermission, PageViewRestriction

from chapters import rights
from chapters.chores import repair_all
from chapters.models import Chapter, RoleAssignment
from chapters.provisioning import drift, provision
from chapters.roles import end_role, end_what_has_run_out, give_role
from tests.factories import front, locale, make_person

pytestmark = pytest.mark.django_db


def chapter(code: str) -> Chapter:
    return Chapter.objects.get(code=code)


def groups(user: Any) -> list[str]:
    return sorted(user.groups.values_list("name", flat=True))


def may_with_page(user: Any, page: Any) -> set[str]:
    rights.forget(user)
    user = type(user).objects.get(pk=user.pk)
    tester = page.permissions_for_user(user)
    return {name for name in ("edit", "publish", "add_subpage", "lock") if getattr(tester, f"can_{name}")()}


def test_a_role_gives_its_group_and_below_is_granted_chapter_by_chapter() -> None:
    assert groups(make_person("alone", ("moderator", "maghreb"))) == ["maghreb: moderators"]
    below = make_person("below", ("moderator", "maghreb", {"below": True}))
    assert groups(below) == ["maghreb: moderators", "mr: moderators", "tn: moderators"]
    assert may_with_page(below, front("mr", "ar")) == {"edit", "publish", "add_subpage", "lock"}
    assert may_with_page(below, front("fr", "fr")) == set()


def test_editors_publish_in_the_sections_that_the_policy_frees() -> None:
    editor = make_person("editor", ("editor", "tn"))
    home = front("tn")
    news, events, about = (home.get_children().get(slug=slug) for slug in ("news", "events", "about"))
    assert [may_with_page(editor, page) for page in (news, events, about)] == [{"edit", "publish", "add_subpage"}] * 3
    assert may_with_page(editor, home) == {"edit", "add_subpage"}
    Chapter.objects.filter(code="tn").update(free_types=["event"])
    provision(chapter("tn"))
    assert may_with_page(editor, news) == {"edit", "add_subpage"}


def test_translators_have_the_trees_of_their_languages() -> None:
    translator = make_person("translator", ("translator", "tn", {"locales": ["fr", "ar"]}))
    assert groups(translator) == ["tn: translators (ar)", "tn: translators (fr)"]
    assert {lang: may_with_page(translator, front("tn", lang)) for lang in ("en", "fr", "ar")} == {
        "en": set(),
        "fr": {"edit"},
        "ar": {"edit"},
    }


def test_a_suspended_chapters_people_only_look() -> None:
    editor = make_person("editor", ("editor", "tn"))
    Chapter.objects.filter(code="tn").update(status="suspended")
    provision(chapter("tn"))
    assert may_with_page(editor, front("tn").get_children().get(slug="news")) == set()
    client = Client()
    client.force_login(editor)
    assert client.get(f"/admin/pages/{front('tn').pk}/").status_code == 200


def test_drift_is_found_and_repaired_and_a_second_time_nothing_is_to_do() -> None:
    person = make_person("editor", ("editor", "tn"))
    stranger = make_person("stranger")
    tn = chapter("tn")
    assert drift(tn) == []
    group = Group.objects.get(name="tn: editors")
    group.user_set.set([stranger])
    GroupPagePermission.objects.filter(group=group, permission__codename="add_page").first().delete()
    GroupPagePermission.objects.create(
        group=group, page=front("fr", "fr"), permission=group.page_permissions.first().permission
    )
    Group.objects.create(name="tn: auditors")
    found = drift(tn)
    assert [line.partition(" (")[0] for line in found] == [
        "tn: editors: a member is missing",
        "tn: editors: a member too much",
        "tn: editors: a grant on a page is missing",
        "tn: editors: a grant on a page too much",
        "tn: auditors: a group that nothing asks for",
    ]
    assert provision(tn) == 5
    assert (drift(tn), groups(person), groups(stranger)) == ([], ["tn: editors"], [])


def test_a_group_of_another_name_is_somebodys_own_affair() -> None:
    Group.objects.create(name="tn: volunteers")
    assert drift(chapter("tn")) == []


def test_a_view_restriction_holds_in_every_language() -> None:
    PageViewRestriction.objects.create(page=front("tn", "fr"), restriction_type="login")
    assert drift(chapter("tn")) == [
        "tn: its front in en lacks the view restriction of the others",
        "tn: its front in ar lacks the view restriction of the others",
    ]
    provision(chapter("tn"))
    tn = chapter("tn").pages.all()
    kinds = PageViewRestriction.objects.filter(page__in=tn)
    assert list(kinds.values_list("restriction_type", flat=True)) == ["login"] * 3
    PageViewRestriction.objects.get(page=front("tn", "ar")).delete()
    assert not PageViewRestriction.objects.filter(page__in=tn).exists()


def test_moderators_give_only_what_they_may_and_nobody_helps_themselves() -> None:
    moderator, friend = make_person("moderator", ("moderator", "tn")), make_person("friend")
    give_role(friend, "editor", chapter("tn"), by=moderator)
    assert groups(friend) == ["tn: editors"]
    for user, role, code in (
        (moderator, "editor", "tn"),
        (friend, "moderator", "tn"),
        (friend, "staff", "world"),
        (friend, "editor", "mr"),
    ):
        with pytest.raises(PermissionDenied):
            give_role(user, role, chapter(code), by=moderator)
    with pytest.raises(PermissionDenied):
        end_role(RoleAssignment.objects.get(user=moderator), by=moderator)
    with pytest.raises(ValidationError):
        give_role(friend, "translator", chapter("tn"), by=moderator)


def test_giving_a_role_again_changes_its_reach() -> None:
    user = make_person("someone", ("moderator", "maghreb", {"below": True}))
    give_role(user, "moderator", chapter("maghreb"), by=None)
    assert groups(user) == ["maghreb: moderators"]
    assert RoleAssignment.objects.filter(user=user).count() == 1


def signed_in(user: Any) -> tuple[Client, Client]:
    """A session, and a token."""
    session, token = (
        Client(),
        Client(headers={"Authorization": f"Bearer {APIToken.create_token(user=user, name='t')[1]}"}),
    )
    session.force_login(user)
    return session, token


def test_an_ended_role_ends_groups_sessions_and_tokens_at_once() -> None:
    user = make_person("someone", ("editor", "tn"), ("editor", "fr"))
    session, token = signed_in(user)
    assert (session.get("/admin/").status_code, token.get("/api/v3/whoami/").status_code) == (200, 200)
    end_role(RoleAssignment.objects.get(user=user, chapter__code="fr"), by=None)
    assert (session.get("/admin/").status_code, token.get("/api/v3/whoami/").status_code) == (200, 200)
    end_role(RoleAssignment.objects.get(user=user, chapter__code="tn"), by=None)
    assert groups(user) == []
    assert (session.get("/admin/").status_code, token.get("/api/v3/whoami/").status_code) == (302, 401)


def test_what_has_run_out_is_taken_away() -> None:
    user = make_person("someone", ("editor", "tn", {"until": timezone.now() + timedelta(hours=1)}))
    assert end_what_has_run_out() == 0
    RoleAssignment.objects.filter(user=user).update(until=timezone.now() - timedelta(seconds=1))
    assert (end_what_has_run_out(), end_what_has_run_out(), groups(user)) == (1, 0, [])


def test_the_command_finds_repairs_and_then_has_nothing_to_say(capsys: pytest.CaptureFixture) -> None:
    make_person("editor", ("editor", "tn"))
    Group.objects.get(name="tn: editors").user_set.clear()
    with pytest.raises(CommandError, match="1 differences"):
        call_command("sync_chapters", "--check")
    assert groups(get_user_model().objects.get(username="editor")) == []
    call_command("sync_chapters")
    assert groups(get_user_model().objects.get(username="editor")) == ["tn: editors"]
    capsys.readouterr()
    call_command("sync_chapters", "--check")
    assert capsys.readouterr().out == "Everything is as it should be.\n"


def test_the_scheduler_ends_roles_that_are_over_and_repairs(monkeypatch: pytest.MonkeyPatch) -> None:
    over = make_person("over", ("editor", "tn", {"until": timezone.now() + timedelta(hours=1)}))
    editor = make_person("editor", ("editor", "tn"))
    RoleAssignment.objects.filter(user=over).update(until=timezone.now() - timedelta(seconds=1))
    Group.objects.get(name="tn: editors").user_set.remove(editor)
    monkeypatch.setattr("chapters.chores._last_sync", None)
    call_command("tend", verbosity=0)
    assert (groups(over), groups(editor)) == ([], ["tn: editors"])


def test_a_translated_or_moved_front_and_a_new_place_in_the_tree_bring_their_grants(
    django_capture_on_commit_callbacks: Any,
) -> None:
    moderator = make_person("moderator", ("moderator", "fr"))
    above = make_person("above", ("moderator", "mena", {"below": True}))
    with django_capture_on_commit_callbacks(execute=True) as ran:
        translated = front("fr", "fr").copy_for_translation(locale("en"), copy_parents=False)
    assert may_with_page(moderator, translated) == {"edit", "publish", "add_subpage", "lock"}
    assert may_with_page(above, translated) == set()
    assert sum(hasattr(function, "derives") for function in ran) == 1
    with django_capture_on_commit_callbacks(execute=True):
        france = chapter("fr")
        france.parent = chapter("mena")
        france.save()
    assert may_with_page(above, translated) == {"edit", "publish", "add_subpage", "lock"}


def test_looking_for_drift_keeps_no_writer_waiting_while_there_is_none() -> None:
    repair_all()
    with CaptureQueriesContext(connection) as asked:
        assert repair_all() == 0
    assert [query["sql"] for query in asked if not query["sql"].startswith("SELECT")] == []
