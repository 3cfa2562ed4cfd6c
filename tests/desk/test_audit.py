"""The audit trail: who reads which lines of it, and that bulk actions leave some."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import log

from cases.models import Statement
from chapters.models import Chapter
from tests.factories import make_article, make_statement

pytestmark = pytest.mark.django_db

TRAIL = "/admin/chapters/audit/"


def lines(client: Client, asked: str = "") -> list[tuple[str, str, str]]:
    """Person, action and title of each line."""
    return [(one.who, one.action, one.title) for one in client.get(f"{TRAIL}{asked}").context["rows"]]


@pytest.fixture
def deeds(logged_in: Any) -> dict[str, Any]:
    """Something done to a draft and to something public in Tunisia, and in France."""
    author = logged_in("author", ("editor", "tn")).person
    found = {
        "draft": make_article("tn", title="Draft words", live=False),
        "public": make_statement("tn", title="Public words"),
        "french": make_statement("fr", "fr", title="French words", live=False),
    }
    for item in found.values():
        log(instance=item, action="wagtail.edit", user=author)
    return {**found, "author": author}


def test_moderators_read_what_was_done_in_their_chapters(logged_in: Any, deeds: Any) -> None:
    moderator = logged_in("moderator", ("moderator", "tn"))
    assert set(lines(moderator, "?action=wagtail.edit")) == {
        ("author", "Edit", "Draft words"),
        ("author", "Edit", "Public words"),
    }


def test_staff_read_all_and_auditors_without_titles_that_are_not_public(logged_in: Any, deeds: Any) -> None:
    staff, auditor = logged_in("staff", ("staff", "world")), logged_in("auditor", ("auditor", "world"))
    edits = "?action=wagtail.edit"
    assert {title for _who, _action, title in lines(staff, edits)} == {"Draft words", "Public words", "French words"}
    assert sorted(title for _who, _action, title in lines(auditor, edits)) == ["", "", "Public words"]


def test_a_chapter_is_called_as_its_reader_knows_it(logged_in: Any) -> None:
    tunisia = Chapter.objects.get(code="tn")
    log(instance=tunisia, action="federation.chapter_changed")
    staff = logged_in("staff", ("staff", "world"))
    asked = f"{TRAIL}?action=federation.chapter_changed"
    titles = {
        lang: staff.get(asked, headers={"accept-language": lang}).context["rows"][0].title for lang in ("en", "fr")
    }
    assert titles == {lang: tunisia.names[lang] for lang in ("en", "fr")}


def test_editors_and_translators_read_no_trail(logged_in: Any) -> None:
    assert logged_in("editor", ("editor", "tn")).get(TRAIL).status_code in {302, 403}
    assert logged_in("translator", ("translator", "tn", {"locales": ["fr"]})).get(TRAIL).status_code in {302, 403}


def test_the_trail_is_narrowed_by_person_chapter_action_and_period(logged_in: Any, deeds: Any) -> None:
    staff = logged_in("staff", ("staff", "world"))
    edits = "?action=wagtail.edit"
    assert lines(staff, f"{edits}&chapter=fr") == [("author", "Edit", "French words")]
    assert len(lines(staff, f"{edits}&chapter=world")) == 3
    assert lines(staff, f"{edits}&person={staff.person.pk}") == []
    assert len(lines(staff, f"{edits}&person={deeds['author'].pk}")) == 3
    assert lines(staff, f"{edits}&until=2020-01-01") == []
    assert len(lines(staff, f"{edits}&since=2020-01-01")) == 3


@pytest.mark.parametrize("asked", ["person=x", "since=2020-13-45", "until=9999-12-31", "since=x", "chapter=x", "p=x"])
def test_nonsense_narrows_nothing(logged_in: Any, asked: str) -> None:
    assert logged_in("staff", ("staff", "world")).get(f"{TRAIL}?{asked}").status_code == 200


def test_the_trail_as_csv_carries_no_formula(logged_in: Any) -> None:
    moderator = logged_in("moderator", ("moderator", "tn"))
    item = make_statement("tn", title="=HYPERLINK(1)", live=False)
    log(instance=item, action="wagtail.edit", user=moderator.person, data={"reason": "@reason"})
    answer = moderator.get(f"{TRAIL}?export=csv&action=wagtail.edit")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(text)))

    assert rows[0] == ["Time (UTC)", "Person", "Action", "Type", "Title", "Chapter", "Reason"]
    assert rows[1][1:3] + rows[1][4:5] + rows[1][6:] == ["moderator", "Edit", "'=HYPERLINK(1)", "'@reason"]
    assert "no-store" in answer["Cache-Control"]


def test_deleting_many_leaves_a_line_for_each_which_its_chapter_reads(logged_in: Any) -> None:
    moderator, other = logged_in("moderator", ("moderator", "tn")), logged_in("other", ("moderator", "fr"))
    gone = [make_statement("tn", title=title, live=False) for title in ("One", "Two")]
    keys = "&".join(f"id={item.pk}" for item in gone)
    address = reverse("wagtail_bulk_action", args=["cases", "statement", "delete"])
    moderator.post(f"{address}?{keys}")

    assert not Statement.objects.filter(title__in=("One", "Two")).exists()
    assert sorted(lines(moderator, "?action=wagtail.delete")) == [
        ("moderator", "Delete", "One"),
        ("moderator", "Delete", "Two"),
    ]
    assert lines(other, "?action=wagtail.delete") == []


def test_what_was_done_to_something_before_it_was_deleted_its_chapter_reads_still(logged_in: Any, deeds: Any) -> None:
    moderator, other = logged_in("moderator", ("moderator", "tn")), logged_in("other", ("moderator", "fr"))
    auditor = logged_in("auditor", ("auditor", "world"))
    statement = make_statement("tn", title="Gone words", live=False)
    log(instance=statement, action="wagtail.edit", user=deeds["author"])
    session = logged_in("second", ("moderator", "tn"))
    session.post(reverse("wagtailadmin_pages:delete", args=[deeds["draft"].pk]))
    session.post(reverse("wagtailsnippets_cases_statement:delete", args=[statement.pk]))
    edits = "?action=wagtail.edit"
    assert {title for _who, _action, title in lines(moderator, edits)} == {"Draft words", "Gone words", "Public words"}
    assert {title for _who, _action, title in lines(other, edits)} == {"French words"}
    assert {title for _who, _action, title in lines(auditor, edits)} == {"", "Public words"}
