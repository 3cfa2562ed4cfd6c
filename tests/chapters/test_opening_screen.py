"""Opening a chapter in the admin: one form, a preview that is true, and the deed."""

import time
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, ModelLogEntry, Page

from chapters.models import Chapter, Invitation, RoleAssignment
from search.changes import current
from tests.factories import make_person

pytestmark = pytest.mark.django_db
URL = "/admin/chapters/open/"


def form(**changed: Any) -> dict[str, Any]:
    given = {"names_en": "", "names_fr": "Algérie", "names_es": "", "names_ar": "الجزائر", "code": "", "moderator": ""}
    place = {"level": "national", "parent": "maghreb", "countries": ["DZ"]}
    return {**given, **place, "first_language": "fr", "further_languages": ["ar"], **changed}


def counts() -> dict[str, Any]:
    models = (Chapter, Page, Group, Collection, RoleAssignment, Invitation, ModelLogEntry)
    return {model.__name__: model.objects.count() for model in models} | {"sequence": current()[0]}


def preview(staff: Client, **changed: Any) -> Any:
    response = staff.post(URL, form(**changed))
    assert response.status_code == 200
    return response


def test_the_preview_says_what_will_be_made_and_makes_nothing(staff: Client) -> None:
    before = counts()
    plan = preview(staff, moderator="amal@example.org").context["plan"]
    assert counts() == before
    shown = {language: [page.address for page in pages] for language, pages in plan.pages.items()}
    sections = ("", "about/", "news/", "events/", "cases/", "statements/", "contact/")
    assert shown == {lang: [f"/{lang}/dz/{section}" for section in sections] for lang in ("fr", "ar")}
    assert [pages[0].title for pages in plan.pages.values()] == ["Algérie", "الجزائر"]
    assert (plan.chapter.code, plan.collection, plan.moderator) == ("dz", "dz", "amal@example.org")


def test_what_was_previewed_is_what_is_opened(staff: Client, client: Client) -> None:
    shown = preview(staff)
    plan = shown.context["plan"]
    response = staff.post(URL, form(code="dz", open=shown.context["fingerprint"]))
    assert (response.status_code, response.url) == (302, reverse("chapters_admin:people", args=["dz"]))
    chapter = Chapter.objects.get(code="dz")
    assert (chapter.names, chapter.languages, chapter.level, chapter.path) == (
        {"fr": "Algérie", "ar": "الجزائر"},
        ["fr", "ar"],
        "national",
        "world/mena/maghreb/dz",
    )
    assert [country.code for country in chapter.countries.all()] == ["DZ"]
    for pages in plan.pages.values():
        for page in pages:
            answer = client.get(page.address)
            assert answer.status_code == 200, page.address
            assert page.title in answer.content.decode()
    assert set(Group.objects.filter(name__startswith="dz: ").values_list("name", flat=True)) == set(plan.groups)
    assert chapter.collection.name == plan.collection
    entry = ModelLogEntry.objects.get(action="federation.chapter_opened", object_id=chapter.pk)
    assert (entry.object_id, entry.user) == (str(chapter.pk), staff.person)


def test_a_form_that_was_changed_after_the_preview_is_previewed_again(staff: Client) -> None:
    fingerprint = preview(staff).context["fingerprint"]
    before = counts()
    response = staff.post(URL, form(code="dz", further_languages=[], open=fingerprint))
    assert "changed after the preview" in response.content.decode()
    assert list(response.context["plan"].pages) == ["fr"]
    assert counts() == before


def test_a_failure_in_the_middle_leaves_nothing(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    fingerprint = preview(staff).context["fingerprint"]

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("chapters.opening.name_person", fail)
    fingerprint = preview(staff, moderator="amal@example.org").context["fingerprint"]
    before = counts()
    with pytest.raises(RuntimeError):
        staff.post(URL, form(code="dz", moderator="amal@example.org", open=fingerprint))
    assert counts() == before


def test_opening_takes_less_than_three_seconds(staff: Client) -> None:
    fingerprint = preview(staff, moderator="amal@example.org").context["fingerprint"]
    start = time.process_time()
    response = staff.post(URL, form(code="dz", moderator="amal@example.org", open=fingerprint))
    assert response.status_code == 302
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"countries": ["DZ"]}, "dz"),
        ({"countries": ["TN"], "names_en": "Second of Tunisia"}, "second-of-tunisia"),
        ({"countries": [], "names_fr": "Côte d’Ivoire"}, "cote-divoire"),
        ({"countries": ["DZ", "LY"], "names_fr": "Tunisia"}, "tunisia"),
        ({"countries": [], "names_fr": "Cas", "names_ar": ""}, "cas"),
        ({"countries": [], "names_en": "Statements", "names_fr": "", "names_ar": ""}, "statements-2"),
        ({"countries": [], "names_fr": ""}, "ljzir"),
    ],
)
def test_a_code_is_proposed_from_country_or_name(staff: Client, changed: dict[str, Any], code: str) -> None:
    assert preview(staff, **changed).context["plan"].chapter.code == code


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"code": "tn"}, "code", "There is a chapter of this code already."),
        ({"code": "search"}, "code", "“search” is a word of the site's own addresses."),
        ({"level": "regional"}, "parent", "A regional chapter stands under: federation."),
        ({"level": "federation"}, "level", "Select a valid choice. federation is not one of the available choices."),
        ({"names_fr": "", "names_ar": ""}, "names", "This field is required."),
        ({"first_language": "pt"}, "first_language", "Select a valid choice. pt is not one of the available choices."),
        ({"moderator": "amal"}, "moderator", "Enter a valid email address."),
        ({"parent": "nowhere"}, "parent", "Select a valid choice. That choice is not one of the available choices."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    staff: Client, changed: dict[str, Any], field: str, sentence: str
) -> None:
    before = counts()
    assert preview(staff, **changed).context["form"].errors == {field: [sentence]}
    assert counts() == before


def test_only_staff_open_chapters(logged_in: Any) -> None:
    before = Chapter.objects.count()
    for name, roles in {
        "moderator": [("moderator", "maghreb", {"below": True})],
        "auditor": [("auditor", "world")],
        "editor": [("editor", "tn")],
    }.items():
        client = logged_in(name, *roles)
        assert client.get(URL).status_code in {302, 403}, name
        assert client.post(URL, form(code="dz")).status_code in {302, 403}, name
    assert Client().get(URL).status_code == 302
    assert Chapter.objects.count() == before


def test_the_first_moderator_who_has_an_account_gets_the_role(staff: Client) -> None:
    amal = make_person("amal")
    fingerprint = preview(staff, moderator="Amal@Example.org").context["fingerprint"]
    staff.post(URL, form(code="dz", moderator="Amal@Example.org", open=fingerprint))
    roles = RoleAssignment.objects.filter(chapter__code="dz")
    assert list(roles.values_list("user", "role", "below")) == [(amal.pk, "moderator", False)]
    assert not Invitation.objects.exists()


def test_the_first_moderator_who_has_none_is_invited(staff: Client) -> None:
    fingerprint = preview(staff, moderator="amal@example.org").context["fingerprint"]
    staff.post(URL, form(code="dz", moderator="amal@example.org", open=fingerprint))
    invitations = Invitation.objects.pending().filter(chapter__code="dz")
    assert list(invitations.values_list("email", "role", "invited_by")) == [
        ("amal@example.org", "moderator", staff.person.pk)
    ]
