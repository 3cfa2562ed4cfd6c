"""The tree of chapters, their health, and who has access where: for staff, and for auditors to read."""

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chapters.health import health_of
from chapters.models import Chapter
from chapters.opening import open_chapter
from search.models import Entry
from tests.factories import make_person, make_statement, translate

pytestmark = pytest.mark.django_db
SCREENS = ["/admin/chapters/", "/admin/chapters/health/", "/admin/chapters/access/"]


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("url", SCREENS)
def test_a_screen_takes_at_most_25_queries_however_many_chapters_there_are(staff: Client, url: str) -> None:
    staff.get(url)
    few = queries(staff, url)
    for number in range(5):
        code = f"section-{number}"
        open_chapter(code, names={"fr": code}, level="national", parent="maghreb", languages=["fr"])
        make_person(f"person-{number}", ("editor", code))
    many = queries(staff, url)
    assert (many, many <= 25) == (few, True)


@pytest.mark.parametrize("url", SCREENS)
def test_who_sees_it(logged_in: Any, staff: Client, url: str) -> None:
    assert staff.get(url).status_code == 200
    assert logged_in("auditor", ("auditor", "world")).get(url).status_code == 200
    for name, role in {"m": ("moderator", "maghreb", {"below": True}), "e": ("editor", "tn")}.items():
        assert logged_in(name, role).get(url).status_code == 302
    assert Client().get(url).status_code == 302


def test_the_tree_says_of_each_chapter_who_is_there_and_what_came_out_last(staff: Client) -> None:
    make_statement()
    make_person("karim", ("editor", "tn"), ("translator", "tn", {"locales": ["fr"]}))
    rows = {row.chapter.code: row for row in staff.get("/admin/chapters/").context["rows"]}
    assert list(rows) == ["world", "fr", "mena", "maghreb", "mr", "tn"]
    assert {code: row.depth for code, row in rows.items()} == {
        "world": 0, "fr": 1, "mena": 1, "maghreb": 2, "mr": 3, "tn": 3
    }  # fmt: skip
    tunisia = rows["tn"]
    assert (tunisia.people, tunisia.published) == (1, 3)
    assert tunisia.last_publication == Entry.objects.get(owner="tn", type="statement").published_at


def test_an_auditor_reads_and_finds_no_button(logged_in: Any) -> None:
    auditor = logged_in("auditor", ("auditor", "world"))
    page = auditor.get("/admin/chapters/").content.decode()
    assert "/admin/chapters/open/" not in page
    assert "/admin/chapters/of/tn/" not in page


def test_a_translation_is_out_of_date_when_its_original_was_published_again(federation: Any) -> None:
    statement = make_statement()
    translate(statement, "fr")
    translate(statement, "ar")
    assert health_of([federation["tn"]])[0].outdated == 0
    statement.title = "No favour, a right: corrected"
    statement.save_revision().publish()
    assert health_of([federation["tn"], federation["fr"]])[0].outdated == 2
    assert health_of([federation["fr"]])[0].outdated == 0


def test_a_review_is_overdue_when_it_waits_longer_than_promised(federation: Any) -> None:
    from wagtail.models import WorkflowState

    statement = make_statement(live=False)
    state = statement.get_workflow().start(statement, make_person("author", ("editor", "tn")))
    assert [(row.waiting, row.overdue) for row in health_of([federation["tn"], federation["fr"]])] == [(1, 0), (0, 0)]
    WorkflowState.objects.filter(pk=state.pk).update(created_at=timezone.now() - timedelta(days=3, minutes=1))
    assert [(row.waiting, row.overdue) for row in health_of([federation["tn"]])] == [(1, 1)]
    Chapter.objects.filter(code="tn").update(review_days=4)
    assert [(row.waiting, row.overdue) for row in health_of([Chapter.objects.get(code="tn")])] == [(1, 0)]


# Who has access where


def shown(client: Client, query: str = "") -> list[tuple[str, str, str]]:
    rows = client.get(f"/admin/chapters/access/{query}").context["object_list"]
    return [(row.user.get_username(), row.role, row.chapter.code) for row in rows]


def test_every_role_in_force_is_listed_and_filtered(staff: Client) -> None:
    make_person("karim", ("editor", "tn"))
    make_person("rim", ("moderator", "maghreb", {"below": True}))
    make_person("zoe", ("editor", "fr"))
    gone = make_person("gone", ("editor", "fr"))
    gone.is_active = False
    gone.save()
    everybody = [
        ("staff", "staff", "world"), ("zoe", "editor", "fr"), ("rim", "moderator", "maghreb"), ("karim", "editor", "tn")
    ]  # fmt: skip
    assert shown(staff) == everybody
    assert shown(staff, "?chapter=maghreb") == everybody[2:]
    assert shown(staff, "?role=editor") == [everybody[1], everybody[3]]
    assert shown(staff, "?below=true") == [everybody[0], everybody[2]]
    assert shown(staff, "?q=zoe@") == [everybody[1]]
    for harmless in ("?q=%22", "?q=%00", "?q='", "?chapter=nowhere", "?p=99"):
        assert staff.get(f"/admin/chapters/access/{harmless}").status_code in {200, 404}, harmless


def test_the_csv_has_every_row_and_no_formula(staff: Client) -> None:
    karim = make_person("karim", ("editor", "tn"))
    karim.first_name, karim.last_name = '=HYPERLINK("https://example.org")', "Ben Salah"
    karim.save()
    answer = staff.get("/admin/chapters/access/?export=csv")
    rows = list(csv.reader(StringIO(b"".join(answer.streaming_content).decode())))
    assert rows[0][:5] == ["Person", "E-mail", "Code", "Chapter", "Role"]
    assert [row[:5] for row in rows[1:]] == [
        ["", "staff@example.org", "world", "Federation", "staff"],
        ['\'=HYPERLINK("https://example.org") Ben Salah', "karim@example.org", "tn", "Tunisia", "editor"],
    ]
