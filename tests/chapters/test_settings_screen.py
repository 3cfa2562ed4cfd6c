"""The settings of a chapter: what follows when they are changed."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry, Page

from chapters.models import Chapter
from tests.factories import front, make_article, make_statement

pytestmark = pytest.mark.django_db
URL = "/admin/chapters/of/tn/"


def settings(staff: Client, **changed: Any) -> Any:
    """What the form has, sent again with changes."""
    form = staff.get(URL).context["form"]
    given = {name: form.initial.get(name) for name in form.fields}
    given |= {f"names_{lang}": given["names"].get(lang, "") for lang in ("en", "fr", "es", "ar")}
    del given["names"]
    return staff.post(URL, {name: value for name, value in (given | changed).items() if value is not None})


def test_sending_the_form_as_it_is_changes_nothing(staff: Client) -> None:
    before = Chapter.objects.filter(code="tn").values().get()
    assert settings(staff).status_code == 302
    assert Chapter.objects.filter(code="tn").values().get() == before
    assert ModelLogEntry.objects.filter(action="federation.chapter_changed").latest("pk").data == {"fields": []}


def test_contact_policy_and_countries_are_changed_and_logged(staff: Client) -> None:
    changed = {"email": "office@tn.example.org", "free_types": ["article", "statement"], "staff_approval": "sensitive"}
    assert settings(staff, **changed, review_days=5, countries=["TN", "LY"]).status_code == 302
    chapter = Chapter.objects.get(code="tn")
    assert (chapter.email, chapter.free_types, chapter.staff_approval, chapter.review_days) == (
        "office@tn.example.org", ["article", "statement"], "sensitive", 5
    )  # fmt: skip
    assert {country.code for country in chapter.countries.all()} == {"TN", "LY"}
    entry = ModelLogEntry.objects.filter(action="federation.chapter_changed").latest("pk")
    assert (entry.user, entry.data["fields"]) == (
        staff.person,
        ["countries", "email", "free_types", "review_days", "staff_approval"],
    )


def test_a_new_name_is_on_everything_and_on_front_pages_that_bore_the_old_one(staff: Client, client: Client) -> None:
    statement = make_statement()
    arabic = front("tn", "ar")
    arabic.title = "اسم آخر"
    arabic.save_revision().publish()
    settings(staff, names_en="Tunisia and its islands")
    assert client.get(f"/api/v3/statements/{statement.ref}/?fields=owner").json() == {
        "owner": {"code": "tn", "label": "Tunisia and its islands"}
    }
    assert (front("tn").title, front("tn", "ar").title) == ("Tunisia and its islands", "اسم آخر")


def test_a_new_parent_moves_no_page_and_changes_no_address(staff: Client, client: Client) -> None:
    article = make_article()
    pages = list(Page.objects.order_by("path").values_list("path", "url_path", "numchild"))
    assert settings(staff, parent="mena").status_code == 302
    assert Chapter.objects.get(code="tn").path == "world/mena/tn"
    assert list(Page.objects.order_by("path").values_list("path", "url_path", "numchild")) == pages
    assert client.get(article.url).status_code == 200
    assert client.get("/api/v3/entries/?chapter=maghreb&type=article").json()["count"] == 0
    assert client.get("/api/v3/entries/?chapter=mena&type=article").json()["count"] == 1


def test_a_new_language_adds_its_tree(staff: Client, client: Client) -> None:
    assert settings(staff, add_languages=["es"]).status_code == 302
    assert Chapter.objects.get(code="tn").languages == ["en", "fr", "ar", "es"]
    for section in ("", "about/", "news/", "events/", "cases/", "statements/", "contact/"):
        assert client.get(f"/es/tn/{section}").status_code == 200, section


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        (
            {"colour": "#ffff00"},
            {"colour": ["Too light to be read on white: 1.1 : 1, and it takes 4.5 : 1. Choose a darker colour."]},
        ),
        ({"parent": "fr"}, {"parent": ["A national chapter stands under: sub-regional, regional, federation."]}),
        (
            {"free_types": ["case"]},
            {"free_types": ["Select a valid choice. case is not one of the available choices."]},
        ),
        ({"review_days": 0}, {"review_days": ["Ensure this value is greater than or equal to 1."]}),
        ({"founded": "17.5.1998"}, {"founded": ["Write a date as 1998-05-17, 1998-05 or 1998."]}),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(
    staff: Client, changed: dict[str, Any], errors: dict[str, list[str]]
) -> None:
    before = Chapter.objects.filter(code="tn").values().get()
    assert settings(staff, **changed).context["form"].errors == errors
    assert Chapter.objects.filter(code="tn").values().get() == before


def test_only_staff_change_settings(logged_in: Any) -> None:
    for name, role in {"m": ("moderator", "tn"), "a": ("auditor", "world")}.items():
        client = logged_in(name, role)
        assert client.get(URL).status_code == 302
        assert client.post(URL, {"staff_approval": "never"}).status_code == 302
