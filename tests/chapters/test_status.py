"""Suspending, archiving and reopening: nothing new comes out, nothing that is out goes, everything can be undone."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupPagePermission, ModelLogEntry, Page

from cases.actions import set_embargo
from chapters import rights
from chapters.models import Chapter
from search import register
from search.changes import current
from search.models import Entry
from tests.factories import make_article, make_case, make_person, make_statement

pytestmark = pytest.mark.django_db
STEPS = {"suspend": "suspended", "archive": "archived", "reopen": "active"}


def step(name: str, code: str = "tn", reason: str = "The statute was broken.") -> str:
    out = StringIO()
    call_command("chapter_status", code, name, "--reason", reason, stdout=out)
    return out.getvalue()


def counts() -> dict[str, int]:
    answers = {f"{name}/?chapter=tn" for name in ("entries", "statements", "cases", "articles", "events")}
    answers |= {"entries/?chapter=tn&locale=fr", "entries/?chapter=tn&locale=ar", "entries/?q=boat"}
    client = Client()
    return {answer: json.loads(client.get(f"/api/v3/{answer}").content)["count"] for answer in sorted(answers)}


def others() -> dict[tuple[str, str], str]:
    """What the register says of everything but the chapter itself."""
    return {
        (ref, lang): etag for ref, lang, etag in Entry.objects.exclude(ref="tn").values_list("ref", "locale", "etag")
    }


def feed() -> Any:
    return json.loads(Client().get("/en/feed.json?chapter=tn").content)["items"]


@pytest.fixture
def two_hundred(federation: Any, tmp_path: Path) -> None:
    """200 items of Tunisia: 50 statements in three languages, others, events; cases and articles."""
    rows = ["id,date,language,kind,title"]
    for number in range(190):
        kind = "event" if number % 3 == 2 else "statement"
        languages = ("en", "fr", "ar") if number % 3 == 0 and number < 150 else ("en",)
        rows += [f"{number},2026-01-{number % 28 + 1:02},{lang},{kind},Item {number} in {lang}" for lang in languages]
    listing = tmp_path / "listing.csv"
    listing.write_text("\n".join(rows))
    call_command("import_listing", str(listing), chapter="tn", stdout=StringIO())
    with register.together():
        for number in range(5):
            make_article(title=f"Article {number}", slug=f"article-{number}")
            make_case(title=f"A drawing of a boat {number}")


@pytest.mark.usefixtures("two_hundred")
def test_what_200_items_in_three_languages_say_stays_through_every_step() -> None:
    before, entries, fed, sequence = counts(), others(), feed(), current()[0]
    assert before["entries/?chapter=tn"] == 200 + 1 + 2  # and the chapter with its pages of text
    for name, status in STEPS.items():
        said = step(name)
        assert said.startswith(f"tn is {status}: 0 people, 202 public things stay"), said
        assert (counts(), others(), feed()) == (before, entries, fed), name
        document = json.loads(Client().get("/api/v3/chapters/tn/").content)
        assert document["status"] == status
        assert current()[0] == sequence + 3  # the chapter itself, once in each of its languages
        sequence = current()[0]


def test_the_chapters_pages_carry_a_notice(federation: Any, client: Client) -> None:
    make_statement()
    for name, words in {"suspend": "suspended at present", "archive": "has closed"}.items():
        step(name)
        assert words in client.get("/en/tn/").content.decode()
        assert client.get("/en/tn/news/").status_code == 200
    step("reopen")
    page = client.get("/en/tn/").content.decode()
    assert "suspended at present" not in page
    assert "has closed" not in page


@pytest.mark.parametrize("name", ["suspend", "archive"])
def test_its_people_look_and_do_nothing(federation: Any, name: str) -> None:
    people = {
        role: make_person(role, (role, "tn", {"locales": ["en"]}))
        for role in ("editor", "moderator", "translator", "case-officer")
    }
    above = make_person("above", ("moderator", "maghreb", {"below": True}))
    staff = make_person("boss", ("staff", "world"))
    step(name)
    tunisia, mauritania = Chapter.objects.get(code="tn"), Chapter.objects.get(code="mr")
    for person in (*people.values(), above):
        rights.forget(person)
        allowed = {action for action in rights.EVERYTHING if rights.may(person, action, tunisia)}
        assert allowed <= rights.ALWAYS, person
        assert rights.VIEW in allowed
    rights.forget(staff)
    assert {action for action in rights.EVERYTHING if rights.may(staff, action, tunisia)} == rights.ALWAYS_FOR_STAFF
    assert rights.may(above, rights.PUBLISH, mauritania)
    page = Page.objects.get(url_path__endswith="/tn/", locale__language_code="en")
    assert not page.permissions_for_user(people["moderator"]).can_publish()
    assert not page.permissions_for_user(people["editor"]).can_edit()
    step("reopen")
    for person in people.values():
        rights.forget(person)
    assert rights.may(people["moderator"], rights.PUBLISH, Chapter.objects.get(code="tn"))
    granted = GroupPagePermission.objects.filter(group__name="tn: moderators", page=page)
    assert "publish_page" in granted.values_list("permission__codename", flat=True)


def test_what_was_to_come_out_by_itself_does_not(federation: Any) -> None:
    soon = timezone.now() + timedelta(hours=1)
    article = make_article(live=False, go_live_at=soon, slug="soon")
    article.save_revision().publish()
    statement = make_statement(live=False, go_live_at=soon)
    statement.save_revision().publish()
    elsewhere = make_article("fr", "fr", live=False, go_live_at=soon, slug="soon")
    elsewhere.save_revision().publish()
    refs = [thing.get_ref() for thing in (article, statement, elsewhere)]
    assert Entry.objects.filter(ref__in=refs).count() == 3
    assert "2 scheduled publications called off" in step("suspend")
    assert [*Entry.objects.filter(ref__in=refs).values_list("ref", flat=True)] == [elsewhere.get_ref()]
    for thing in (article, statement):
        thing.refresh_from_db()
        assert (thing.live, thing.scheduled_revision) == (False, None)
    call_command("publish_scheduled")
    step("reopen")
    assert Entry.objects.filter(ref__in=refs).count() == 1


def test_an_embargo_does_not_end_while_the_chapter_stands_still(federation: Any) -> None:
    case, out = make_case(), make_case(title="Out already")
    set_embargo(case, timezone.now() + timedelta(hours=1))
    set_embargo(out, timezone.now() - timedelta(hours=1))
    refs = Entry.objects.filter(ref__in=[case.ref, out.ref])
    assert refs.count() == 2
    step("suspend")
    assert [entry.ref for entry in refs.all()] == [out.ref]
    # The hour passes; the scheduler compares everything.
    Chapter.objects.filter(code="tn").update(status_since=timezone.now() - timedelta(hours=3))
    type(case).objects.filter(pk=case.pk).update(embargo_until=timezone.now() - timedelta(hours=2))
    type(case).objects.filter(pk=out.pk).update(embargo_until=timezone.now() - timedelta(hours=4))
    call_command("reconcile_register", stdout=StringIO())
    assert [entry.ref for entry in refs.all()] == [out.ref]
    step("reopen")
    assert {entry.ref for entry in refs.all()} == {case.ref, out.ref}


@pytest.mark.parametrize(
    ("steps", "code", "sentence"),
    [
        (["reopen"], "tn", "“Tunisia” is active already."),
        (["suspend", "suspend"], "tn", "“Tunisia” is suspended already."),
        (["archive", "suspend"], "tn", "“Tunisia” is archived already."),
        (["suspend"], "world", "The federation itself cannot be suspended or archived."),
        (["suspend"], "maghreb-2", "There is no chapter “maghreb-2”. Did you mean “maghreb”?"),
    ],
)
def test_a_step_that_is_not_possible_says_so(federation: Any, steps: list[str], code: str, sentence: str) -> None:
    with pytest.raises(CommandError) as error:
        for name in steps:
            step(name, code)
    assert str(error.value) == sentence


def test_a_reason_is_needed_and_kept(federation: Any) -> None:
    with pytest.raises(CommandError, match="Give a reason"):
        step("suspend", reason="  ")
    step("suspend", reason=" No report for two years. ")
    chapter = Chapter.objects.get(code="tn")
    assert (chapter.status, chapter.status_reason) == ("suspended", "No report for two years.")
    entry = ModelLogEntry.objects.get(action="federation.chapter_suspend")
    assert (entry.object_id, entry.data) == (str(chapter.pk), {"reason": "No report for two years."})
    assert "No report" not in Client().get("/api/v3/chapters/tn/").content.decode()


def test_chapters_below_stay_as_they_are(federation: Any) -> None:
    step("suspend", "maghreb")
    assert dict(Chapter.objects.filter(parent__code="maghreb").values_list("code", "status")) == {
        "tn": "active",
        "mr": "active",
    }


def test_nothing_is_imported_into_a_chapter_that_stands_still(federation: Any, tmp_path: Any) -> None:
    step("suspend")
    listing = tmp_path / "listing.csv"
    listing.write_text("date,title,kind\n2026-01-01,A title,statement\n")
    with pytest.raises(CommandError, match="is suspended"):
        call_command("import_listing", str(listing), chapter="tn")


def test_staff_suspend_in_the_admin_after_seeing_the_numbers(staff: Client) -> None:
    make_person("karim", ("editor", "tn"))
    make_statement()
    url = "/admin/chapters/of/tn/suspend/"
    numbers = staff.get(url).context["numbers"]
    assert (numbers.people, numbers.things, numbers.scheduled, numbers.waiting) == (1, 3, 0, 0)
    assert staff.post(url, {"reason": ""}).context["form"].errors == {"reason": ["This field is required."]}
    assert Chapter.objects.get(code="tn").is_active
    assert staff.post(url, {"reason": "No report."}).status_code == 302
    assert not Chapter.objects.get(code="tn").is_active
    assert "No report." in staff.get("/admin/chapters/of/tn/").content.decode()
    assert staff.get(url).status_code == 404
    assert staff.post("/admin/chapters/of/tn/reopen/", {"reason": "It came."}).status_code == 302
    assert Chapter.objects.get(code="tn").is_active
    for path in ("tn/close", "world/suspend"):
        assert staff.post(f"/admin/chapters/of/{path}/", {"reason": "x"}).status_code == 404


@pytest.mark.parametrize(
    "roles", [("moderator", "tn"), ("auditor", "world"), ("moderator", "maghreb", {"below": True})]
)
def test_nobody_but_staff_changes_a_status(logged_in: Any, roles: Any) -> None:
    client = logged_in("other", roles)
    assert client.get("/admin/chapters/of/tn/suspend/").status_code == 302
    assert client.post("/admin/chapters/of/tn/suspend/", {"reason": "x"}).status_code == 302
    assert Chapter.objects.get(code="tn").is_active
