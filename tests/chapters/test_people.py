"""Naming people: roles by e-mail, invitations, ending, leaving. Nobody changes their own role."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import timezone
from wagtail.models import APIToken, ModelLogEntry, Page
from wagtail.users.models import UserProfile

from chapters.models import Chapter, Invitation, RoleAssignment
from chapters.people import link_of
from chapters.roles import give_role
from tests.factories import make_article, make_case, make_person, make_statement

pytestmark = pytest.mark.django_db
TN = "/admin/chapters/of/tn/people/"
PASSWORD = "the-boat-leaves-at-nine"


def roles(chapter: str = "tn") -> set[tuple[str, str]]:
    found = RoleAssignment.objects.in_force().filter(chapter__code=chapter)
    return set(found.values_list("user__email", "role"))


@pytest.fixture
def moderator(logged_in: Any) -> Client:
    return logged_in("leila", ("moderator", "tn"))


def name(client: Client, email: str, role: str = "editor", url: str = TN, **more: Any) -> Any:
    return client.post(url, {"email": email, "role": role, **more})


def test_staff_give_a_role_to_who_has_an_account(staff: Client) -> None:
    make_person("karim")
    day = timezone.localdate() + timedelta(days=30)
    response = name(staff, " Karim@Example.org", "translator", locales=["fr", "ar"], until=day.isoformat())
    assert (response.status_code, response.url) == (302, TN)
    given = RoleAssignment.objects.get(user__username="karim")
    assert (given.role, given.locales, given.below, given.given_by) == ("translator", ["fr", "ar"], False, staff.person)
    assert timezone.localtime(given.until - timedelta(seconds=1)).date() == day


def test_a_translator_needs_a_language(staff: Client) -> None:
    make_person("karim")
    response = name(staff, "karim@example.org", "translator")
    assert response.context["form"].errors == {
        "locales": ["Which languages does this translator write? Name at least one."]
    }
    assert roles() == set()


def test_a_role_cannot_end_in_the_past(staff: Client) -> None:
    make_person("karim")
    response = name(staff, "karim@example.org", until="2020-01-01")
    assert response.context["form"].errors == {"until": ["This moment has passed already."]}
    assert roles() == set()


def test_moderators_give_editor_and_translator_in_their_chapter_and_nothing_else(
    moderator: Client, logged_in: Any
) -> None:
    logged_in("karim", ("translator", "tn", {"locales": ["ar"]}))
    page = moderator.get(TN)
    assert [choice[0] for choice in page.context["form"].fields["role"].choices] == ["editor", "translator"]
    assert name(moderator, "karim@example.org").status_code == 302
    assert ("karim@example.org", "editor") in roles()
    before = roles()
    for role in ("moderator", "case-officer", "staff", "auditor"):
        assert "role" in name(moderator, "karim@example.org", role).context["form"].errors, role
    for chapter in ("mr", "maghreb", "world"):
        url = f"/admin/chapters/of/{chapter}/people/"
        assert name(moderator, "karim@example.org", url=url).status_code in {302, 403}, chapter
        assert roles(chapter) == set() or chapter == "world"
    assert roles() == before


def test_a_moderator_of_a_region_names_people_below_only_with_the_assignment_that_says_so(logged_in: Any) -> None:
    make_person("karim")
    with_below, without = (
        logged_in("rim", ("moderator", "maghreb", {"below": True})),
        logged_in("sana", ("moderator", "maghreb")),
    )
    assert without.get(TN).status_code in {302, 403}
    assert with_below.get(TN).status_code == 200
    name(without, "karim@example.org")
    assert roles() == set()
    name(with_below, "unknown@example.org")
    assert Invitation.objects.get().chapter.code == "tn"


def test_nobody_changes_their_own_role(staff: Client, moderator: Client, logged_in: Any) -> None:
    own = RoleAssignment.objects.get(user=moderator.person)
    response = name(moderator, "LEILA@example.org")
    assert response.context["form"].errors == {"__all__": ["Nobody changes their own role: ask a colleague."]}
    assert moderator.post(f"/admin/chapters/roles/{own.pk}/end/").status_code == 404
    assert moderator.post(f"{TN}{moderator.person.pk}/leave/").status_code == 404
    staff_role = RoleAssignment.objects.get(user=staff.person)
    assert staff.post(f"/admin/chapters/roles/{staff_role.pk}/end/").status_code == 404
    assert staff.post(f"/admin/chapters/people/{staff.person.pk}/leave/").status_code == 404
    page = staff.post(f"/admin/chapters/people/{staff.person.pk}/", {"where": "tn", "role": "moderator"})
    assert page.context["form"] is None
    assert (roles(), roles("world")) == ({("leila@example.org", "moderator")}, {("staff@example.org", "staff")})


@pytest.mark.parametrize("who", ["editor", "translator", "auditor"])
def test_others_give_nothing(who: str, logged_in: Any) -> None:
    make_person("karim")
    chapter, more = ("world", {}) if who == "auditor" else ("tn", {"locales": ["fr"]})
    client = logged_in("other", (who, chapter, more))
    before = (roles(), roles("world"))
    name(client, "karim@example.org")
    assert ((roles(), roles("world")), Invitation.objects.count()) == (before, 0)
    assert client.get(TN).status_code == (200 if who == "auditor" else 302)


def test_a_role_is_ended_by_who_may_give_it(moderator: Client, staff: Client) -> None:
    editor = RoleAssignment.objects.get(user=make_person("karim", ("editor", "tn")))
    officer = RoleAssignment.objects.get(user=make_person("nour", ("case-officer", "tn")))
    assert "karim" in moderator.get(f"/admin/chapters/roles/{editor.pk}/end/").content.decode()
    assert moderator.post(f"/admin/chapters/roles/{editor.pk}/end/").status_code == 302
    assert moderator.get(f"/admin/chapters/roles/{officer.pk}/end/").status_code == 404
    assert moderator.post(f"/admin/chapters/roles/{officer.pk}/end/").status_code == 404
    assert roles() == {("leila@example.org", "moderator"), ("nour@example.org", "case-officer")}
    assert staff.post(f"/admin/chapters/roles/{officer.pk}/end/").status_code == 302
    assert roles() == {("leila@example.org", "moderator")}


def test_staff_give_roles_on_the_person_too(staff: Client) -> None:
    karim = make_person("karim")
    url = f"/admin/chapters/people/{karim.pk}/"
    assert staff.post(url, {"where": "maghreb", "role": "moderator", "below": "on"}).status_code == 302
    assert staff.post(url, {"where": "tn", "role": "staff"}).context["form"].errors == {
        "role": ["Federation staff and auditors are named at the federation itself."]
    }
    given = RoleAssignment.objects.get(user=karim)
    assert (given.chapter.code, given.role, given.below) == ("maghreb", "moderator", True)
    assert "karim" in staff.get(url).content.decode()
    assert staff.get("/admin/chapters/people/999999/").status_code == 404


# Invitations


def invited(client: Client, django_capture_on_commit_callbacks: Any, email: str = "new@example.org") -> Invitation:
    with django_capture_on_commit_callbacks(execute=True):
        assert name(client, email).status_code == 302
    return Invitation.objects.pending().get(email=email)


def accepting(**changed: str) -> dict[str, str]:
    return {"first_name": "Amal", "last_name": "Trabelsi", "password": PASSWORD, "again": PASSWORD, **changed}


def test_an_unknown_address_is_invited_by_a_neutral_mail(
    moderator: Client, django_capture_on_commit_callbacks: Any
) -> None:
    invitation = invited(moderator, django_capture_on_commit_callbacks)
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["new@example.org"], "An invitation")
    assert link_of(invitation) in sent.body
    for telling in ("Tunis", "editor", "leila"):
        assert telling not in sent.body
    assert link_of(invitation) not in moderator.get(TN).content.decode()


@override_settings(EMAIL_BACKEND="django.core.mail.backends.console.EmailBackend")
def test_where_no_mail_server_is_set_the_link_is_shown_to_copy(
    moderator: Client, logged_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    invitation = invited(moderator, django_capture_on_commit_callbacks)
    assert link_of(invitation) in moderator.get(TN).content.decode()
    assert link_of(invitation) not in logged_in("auditor", ("auditor", "world")).get(TN).content.decode()


def test_where_the_mail_server_fails_the_link_is_shown_too(
    moderator: Client, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("chapters.people.send_mail", fail)
    invitation = invited(moderator, django_capture_on_commit_callbacks)
    assert link_of(invitation) in moderator.get(TN).content.decode()


def test_accepting_sets_name_and_password_logs_in_and_serves_once(
    moderator: Client, django_capture_on_commit_callbacks: Any
) -> None:
    invitation = invited(moderator, django_capture_on_commit_callbacks)
    link = link_of(invitation).removeprefix("http://127.0.0.1:8000")
    browser = Client()
    page = browser.get(link)
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    response = browser.post(link, accepting())
    assert (response.status_code, response.url) == (302, "/admin/")
    person = get_user_model().objects.get(email="new@example.org")
    assert (person.get_username(), person.first_name, person.last_name) == ("new@example.org", "Amal", "Trabelsi")
    assert (person.is_superuser, person.check_password(PASSWORD)) == (False, True)
    assert browser.session["_auth_user_id"] == str(person.pk)
    assert ("new@example.org", "editor") in roles()
    for later in (Client(), browser):
        assert later.get(link).status_code == 404
        assert later.post(link, accepting(first_name="Other")).status_code == 404
    assert get_user_model().objects.filter(email="new@example.org").count() == 1


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"again": "something-else-again"}, "again", "These are two different passwords."),
        (
            {"password": "short", "again": "short"},
            "password",
            "This password is too short. It must contain at least 12 characters.",
        ),
        (
            {"password": "new@example.org", "again": "new@example.org"},
            "password",
            "The password is too similar to the email address.",
        ),
        ({"first_name": ""}, "first_name", "This field is required."),
    ],
)
def test_passwords_pass_the_rules(
    moderator: Client,
    django_capture_on_commit_callbacks: Any,
    changed: dict[str, str],
    field: str,
    sentence: str,
) -> None:
    link = link_of(invited(moderator, django_capture_on_commit_callbacks)).removeprefix("http://127.0.0.1:8000")
    response = Client().post(link, accepting(**changed))
    assert response.context["form"].errors == {field: [sentence]}
    assert not get_user_model().objects.filter(email="new@example.org").exists()


def test_who_accepts_in_a_language_goes_on_in_it(moderator: Client, django_capture_on_commit_callbacks: Any) -> None:
    link = link_of(invited(moderator, django_capture_on_commit_callbacks)).removeprefix("http://127.0.0.1:8000")
    Client(headers={"accept-language": "ar"}).post(link, accepting())
    person = get_user_model().objects.get(email="new@example.org")
    assert UserProfile.objects.get(user=person).preferred_language == "ar"


def test_a_link_ends_after_seven_days_when_withdrawn_when_forged_and_when_the_giver_has_lost_the_right(
    moderator: Client, staff: Client, django_capture_on_commit_callbacks: Any
) -> None:
    invitation = invited(moderator, django_capture_on_commit_callbacks)
    link = link_of(invitation).removeprefix("http://127.0.0.1:8000")
    for forged in (link[:-2] + "/", "/admin/invitation/x/", "/admin/invitation/WzEsIngiXQ:1:x/"):
        assert Client().get(forged).status_code == 404
    Invitation.objects.update(invited_at=timezone.now() - timedelta(days=7, seconds=1))
    assert Client().get(link).status_code == 404
    Invitation.objects.update(invited_at=timezone.now() - timedelta(days=6))
    assert Client().get(link).status_code == 200
    RoleAssignment.objects.filter(user=moderator.person).update(ended_at=timezone.now())
    refused = Client().post(link, accepting())
    assert refused.context["form"].errors == {
        "__all__": ["This invitation is not valid any longer. Ask for a new one."]
    }
    assert not get_user_model().objects.filter(email="new@example.org").exists()
    staff.post(f"/admin/chapters/invitations/{invitation.pk}/withdraw/")
    assert Client().get(link).status_code == 404


def test_a_second_invitation_replaces_the_first(moderator: Client, django_capture_on_commit_callbacks: Any) -> None:
    first = invited(moderator, django_capture_on_commit_callbacks)
    second = invited(moderator, django_capture_on_commit_callbacks)
    assert first.pk != second.pk
    assert Client().get(link_of(first).removeprefix("http://127.0.0.1:8000")).status_code == 404


def test_nobody_learns_from_inviting_who_has_an_account(
    moderator: Client, logged_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    elsewhere = logged_in("zoe", ("editor", "fr"))
    for email in ("zoe@example.org", "nobody@example.org"):
        invitation = invited(moderator, django_capture_on_commit_callbacks, email)
        shown = Client().get(link_of(invitation).removeprefix("http://127.0.0.1:8000"))
        assert shown.status_code == 200
    assert roles() == {("leila@example.org", "moderator")}
    link = link_of(Invitation.objects.get(email="zoe@example.org")).removeprefix("http://127.0.0.1:8000")
    refused = Client().post(link, accepting())
    assert refused.context["form"].errors == {
        "__all__": ["No account could be made. If you have one already, sign in with it."]
    }
    other = moderator.post(link)
    assert other.context["form"].errors == {
        "__all__": ["This invitation is for somebody else. Sign out, then open its link again."]
    }
    assert elsewhere.post(link).status_code == 302
    assert roles() == {("leila@example.org", "moderator"), ("zoe@example.org", "editor")}


def test_addresses_of_people_who_never_accepted_are_forgotten_after_a_month(
    moderator: Client, django_capture_on_commit_callbacks: Any
) -> None:
    for email in ("old@example.org", "new@example.org", "accepted@example.org"):
        invited(moderator, django_capture_on_commit_callbacks, email)
    long_ago = timezone.now() - timedelta(days=31)
    Invitation.objects.filter(email__in=["old@example.org", "accepted@example.org"]).update(invited_at=long_ago)
    Invitation.objects.filter(email="accepted@example.org").update(accepted_at=long_ago)
    call_command("tend", verbosity=0)
    assert set(Invitation.objects.values_list("email", flat=True)) == {"new@example.org", "accepted@example.org"}


# Leaving


def test_leaving_ends_roles_sessions_and_tokens_and_passes_drafts_on(staff: Client, logged_in: Any) -> None:
    leaver = logged_in("karim", ("editor", "tn"))
    heir = make_person("amal", ("editor", "tn"))
    token = APIToken.create_token(user=leaver.person, name="script")[0]
    article = make_article(live=False, title="Mine", owner=leaver.person)
    article.save_revision(user=leaver.person)
    case = make_case(live=False)
    case.save_revision(user=leaver.person)
    published = make_article(title="Public", owner=leaver.person)
    others = make_case(live=False, title="Not mine")
    others.save_revision(user=heir)
    url = f"{TN}{leaver.person.pk}/leave/"
    assert "heir" in staff.post(url, {}).context["form"].errors
    assert staff.post(url, {"heir": make_person("zoe", ("editor", "fr")).pk}).status_code == 200
    assert ("karim@example.org", "editor") in roles()
    response = staff.post(url, {"heir": heir.pk})
    assert (response.status_code, response.url) == (302, TN)
    assert (roles(), roles("fr")) == ({("amal@example.org", "editor")}, {("zoe@example.org", "editor")})
    token.refresh_from_db()
    assert token.revoked_at is not None
    assert leaver.get("/admin/").status_code == 302
    for draft in (article, case):
        draft.refresh_from_db()
        assert draft.latest_revision.user == heir
        assert not draft.live
    assert Page.objects.get(pk=article.pk).owner == heir
    assert Page.objects.get(pk=published.pk).owner == leaver.person
    assert others.latest_revision.user == heir
    entry = ModelLogEntry.objects.get(action="federation.person_left")
    assert (entry.user, entry.data["drafts"]) == (staff.person, 2)


def test_who_leaves_one_chapter_of_two_stays_signed_in_for_the_other(staff: Client, logged_in: Any) -> None:
    leaver = logged_in("karim", ("editor", "tn"), ("editor", "fr"))
    token, key = APIToken.create_token(user=leaver.person, name="script")
    left, kept = make_statement(live=False), make_statement("fr", "fr", live=False)
    script = Client(headers={"Authorization": f"Bearer {key}"})

    def reached() -> list[tuple[int, int]]:
        return [
            (
                leaver.get(f"/admin/snippets/cases/statement/edit/{one.pk}/").status_code,
                script.get(f"/api/v3/snippets/cases.Statement/{one.pk}/").status_code,
            )
            for one in (left, kept)
        ]

    assert reached() == [(200, 200), (200, 200)]
    assert staff.post(f"{TN}{leaver.person.pk}/leave/").status_code == 302
    assert reached() == [(404, 404), (200, 200)]
    token.refresh_from_db()
    assert token.revoked_at is None


def test_leaving_without_drafts_needs_no_heir(moderator: Client) -> None:
    karim = make_person("karim", ("editor", "tn"), ("translator", "tn", {"locales": ["ar"]}))
    url = f"{TN}{karim.pk}/leave/"
    assert "karim leaves Tunisia" in moderator.get(url).content.decode()
    assert moderator.post(url).status_code == 302
    assert roles() == {("leila@example.org", "moderator")}


def test_a_moderator_cannot_make_somebody_leave_who_has_a_role_that_staff_give(moderator: Client) -> None:
    nour = make_person("nour", ("editor", "tn"), ("case-officer", "tn"))
    assert moderator.post(f"{TN}{nour.pk}/leave/").status_code == 404
    assert moderator.post(f"/admin/chapters/of/fr/people/{nour.pk}/leave/").status_code == 404
    assert ("nour@example.org", "editor") in roles()


def test_staff_let_somebody_leave_the_federation(staff: Client) -> None:
    karim = make_person("karim", ("editor", "tn"), ("moderator", "fr"))
    assert "karim leaves the federation" in staff.get(f"/admin/chapters/people/{karim.pk}/leave/").content.decode()
    assert staff.post(f"/admin/chapters/people/{karim.pk}/leave/").status_code == 302
    assert not RoleAssignment.objects.in_force().filter(user=karim).exists()


def test_people_of_a_suspended_chapter_name_nobody(moderator: Client, staff: Client) -> None:
    Chapter.objects.filter(code="tn").update(status="suspended")
    make_person("karim")
    assert moderator.get(TN).status_code in {302, 403}
    name(moderator, "karim@example.org")
    assert roles() == {("leila@example.org", "moderator")}
    name(staff, "karim@example.org")
    assert ("karim@example.org", "editor") in roles()


# Languages


def test_the_mail_is_in_the_chapters_first_language(staff: Client, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        name(staff, "new@example.org", url="/admin/chapters/of/fr/people/")
    assert mail.outbox[0].subject == "Une invitation"


@pytest.mark.parametrize(("language", "heading"), [("fr", "Vous êtes invité"), ("ar", "لديك دعوة")])
def test_the_page_speaks_the_visitors_language(
    moderator: Client, django_capture_on_commit_callbacks: Any, language: str, heading: str
) -> None:
    link = link_of(invited(moderator, django_capture_on_commit_callbacks)).removeprefix("http://127.0.0.1:8000")
    page = Client(headers={"accept-language": language}).get(link).content.decode()
    assert heading in page
    assert f'lang="{language}"' in page


def test_who_works_in_some_languages_gives_roles_in_these_alone(logged_in: Any) -> None:
    french = logged_in("nadia", ("moderator", "tn", {"locales": ["fr"]}))
    make_person("karim", ("translator", "tn", {"locales": ["fr"]}))
    for languages in ([], ["ar"], ["fr", "ar"]):
        assert name(french, "karim@example.org", "editor", locales=languages).status_code == 200
        assert name(french, "new@example.org", "editor", locales=languages).status_code == 200
    assert (RoleAssignment.objects.filter(role="editor").count(), Invitation.objects.count()) == (0, 0)
    assert name(french, "karim@example.org", "editor", locales=["fr"]).status_code == 302
    assert RoleAssignment.objects.get(role="editor").locales == ["fr"]


def test_a_role_that_reaches_further_than_ones_own_is_not_narrowed(logged_in: Any) -> None:
    maghreb = logged_in("amina", ("moderator", "maghreb"))
    make_person("karim", ("editor", "maghreb", {"below": True}))
    given = RoleAssignment.objects.get(user__username="karim")
    with pytest.raises(PermissionDenied):
        give_role(given.user, "editor", given.chapter, by=maghreb.person, locales=["fr"])
    given.refresh_from_db()
    assert (given.below, given.locales) == (True, [])


def test_nobody_becomes_somebody_else_by_changing_their_address(logged_in: Any) -> None:
    editor = logged_in("karim", ("editor", "fr"))
    page = editor.get("/admin/account/").context
    forms = [panel.get_form() for panels in page["panels_by_tab"].values() for panel in panels]
    sent = {f"{form.prefix}-{name}": form.initial.get(name) or "" for form in forms for name in form.fields}
    sent |= {"name_email-first_name": "Karim", "name_email-last_name": "B", "name_email-email": "head@example.org"}
    editor.post("/admin/account/", sent)
    editor.person.refresh_from_db()
    assert editor.person.email == "karim@example.org"


def test_nobody_accepts_an_invitation_of_their_own_making(moderator: Client) -> None:
    name(moderator, "friend@example.org")
    link = link_of(Invitation.objects.get())
    assert moderator.post(link).status_code == 200  # the form again, with what is wrong
    moderator.person.email = "friend@example.org"
    moderator.person.save()
    assert moderator.post(link).status_code == 200
    assert (roles(), Invitation.objects.get().accepted_at) == ({("friend@example.org", "moderator")}, None)


def test_the_link_of_an_invitation_is_for_who_could_give_all_of_it(logged_in: Any, staff: Client) -> None:
    chapter = Chapter.objects.get(code="maghreb")
    url = "/admin/chapters/of/maghreb/people/"
    name(staff, "far@example.org", url=url, below="on")
    name(staff, "here@example.org", url=url, locales=["fr"])
    links = {one.email: link_of(one) for one in Invitation.objects.filter(chapter=chapter)}

    def shown(who: str, **more: Any) -> list[str]:
        page = logged_in(who, ("moderator", "maghreb", more)).get(url).content.decode()
        return sorted(email for email, link in links.items() if link in page)

    assert sorted(links) == ["far@example.org", "here@example.org"]
    assert shown("one") == ["here@example.org"]
    assert shown("two", below=True) == ["far@example.org", "here@example.org"]
    assert shown("three", locales=["ar"]) == []
