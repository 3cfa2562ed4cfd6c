"""The first page of the admin, and the queue of reviews."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import WorkflowState

from chapters.health import health_of
from chapters.models import Chapter
from chapters.moderation import reviewing
from chapters.status import change_status
from tests.factories import make_article, make_case, make_statement, translate
from tests.moderation.test_approval import submit, write

pytestmark = pytest.mark.django_db

QUEUE = "/admin/chapters/reviews/"


def panels(client: Client) -> dict[str, list[str]]:
    """Titles in each panel of the first page, by its heading."""
    shown = client.get("/admin/").context["panels"]
    return {str(one.heading): [row["title"] for row in one.rows()] for one in shown if one.heading}


def waiting(client: Client, asked: str = "") -> list[tuple[str, str, int, bool]]:
    """Rows of the queue: title, chapter, days late, whether it is for who looks."""
    rows = client.get(f"{QUEUE}{asked}").context["rows"]
    return [(one.title, one.chapter.code, one.days_over, one.is_mine) for one in rows]


def since(item: Any, **ago: int) -> None:
    """Let an item have waited for so long."""
    state = type(item).objects.get(pk=item.pk).current_workflow_state
    WorkflowState.objects.filter(pk=state.pk).update(created_at=timezone.now() - timedelta(**ago))


def test_everybody_with_nothing_to_do_reads_so(logged_in: Any) -> None:
    moderator = logged_in("moderator", ("moderator", "tn"))
    assert panels(moderator) == {
        "Waiting for me": [],
        "Returned to me": [],
        "My drafts": [],
        "With a reviewer": [],
        "Translations out of date": [],
        "To translate for other chapters": [],
        "What other chapters offer": [],
    }
    page = moderator.get("/admin/").content.decode()
    assert "Nothing waits for you." in page
    assert "You have no drafts." in page


def test_the_first_page_has_what_one_has_to_do(logged_in: Any) -> None:
    editor, moderator = logged_in("editor", ("editor", "tn")), logged_in("moderator", ("moderator", "tn"))
    draft = make_article("tn", title="Begun", live=False)
    write(draft, editor.person)
    submitted = make_statement("tn", title="For a second reader", live=False)
    submit(submitted, editor.person)
    make_article("fr", "fr", title="From France")

    assert panels(editor)["My drafts"] == ["Begun"]
    assert panels(editor)["With a reviewer"] == ["For a second reader"]
    assert "the moderators of Tunisia" in editor.get("/admin/").content.decode()
    assert panels(moderator)["Waiting for me"] == ["For a second reader"]
    assert panels(editor)["What other chapters offer"] == ["From France"]
    assert "Waiting for me" not in panels(editor)


def test_what_came_back_says_why(logged_in: Any) -> None:
    editor, moderator = logged_in("editor", ("editor", "tn")), logged_in("moderator", ("moderator", "tn"))
    item = submit(make_statement("tn", title="Too long", live=False), editor.person)
    words = reviewing.fingerprint(item.get_latest_revision())
    reviewing.give_back(item, user=moderator.person, reviewed=words, comment="Shorter, please.")

    assert panels(editor)["Returned to me"] == ["Too long"]
    assert panels(editor)["With a reviewer"] == panels(editor)["My drafts"] == []
    assert "Shorter, please." in editor.get("/admin/").content.decode()
    assert panels(moderator)["Returned to me"] == []


def test_a_translation_behind_its_original_is_shown_to_those_who_write_that_language(logged_in: Any) -> None:
    article = make_article("tn", title="Ours")
    translate(article, "ar")
    article.refresh_from_db()
    article.title = "Ours, corrected"
    article.save_revision().publish()
    arabic = logged_in("arabic", ("translator", "tn", {"locales": ["ar"]}))
    french = logged_in("french", ("translator", "tn", {"locales": ["fr"]}))

    assert panels(arabic)["Translations out of date"] == ["Ours [ar]"]
    assert panels(french)["Translations out of date"] == []
    rows = arabic.get("/admin/chapters/translations/").context["rows"]
    assert [(row["entry"].title, row["entry"].is_behind) for row in rows] == [("Ours, corrected", True)]


def test_nobodys_first_page_names_what_is_not_theirs(logged_in: Any) -> None:
    foreign = logged_in("foreign", ("moderator", "fr"))
    author = logged_in("author", ("editor", "tn"))
    submit(make_statement("tn", title="Secret words", live=False), author.person)
    write(make_article("tn", title="Secret draft", live=False), author.person)

    for address in ("/admin/", QUEUE, "/admin/chapters/translations/", "/admin/chapters/audit/"):
        assert "Secret" not in foreign.get(address).content.decode()


def test_people_of_a_suspended_chapter_read_why(logged_in: Any, federation: Any) -> None:
    staff = logged_in("staff", ("staff", "world"))
    editor, other = logged_in("editor", ("editor", "tn")), logged_in("other", ("editor", "fr"))
    write(make_article("tn", title="Begun", live=False), editor.person)
    change_status(federation["tn"], "suspend", reason="The accounts are missing.", user=staff.person)

    assert "The accounts are missing." in editor.get("/admin/").content.decode()
    assert panels(editor)["My drafts"] == ["Begun"]
    assert "The accounts are missing." not in other.get("/admin/").content.decode()
    assert "The accounts are missing." not in staff.get("/admin/").content.decode()
    staff.post("/admin/chapters/switch/", {"chapter": "tn"})
    assert "The accounts are missing." in staff.get("/admin/").content.decode()


def test_the_health_of_a_chapter_counts_what_the_queue_has(logged_in: Any) -> None:
    staff, author = logged_in("staff", ("staff", "world")), logged_in("author", ("editor", "tn"), ("editor", "fr"))
    logged_in("moderator", ("moderator", "tn"))
    late = submit(make_statement("tn", title="Late", live=False), author.person)
    since(late, days=5)
    submit(make_case("tn", live=False), author.person)
    submit(make_article("fr", "fr", live=False), author.person)
    returned = submit(make_statement("tn", title="Returned", live=False), author.person)
    words = reviewing.fingerprint(returned.get_latest_revision())
    reviewing.give_back(returned, user=staff.person, reviewed=words, comment="Shorter.")

    health = {row.chapter.code: (row.waiting, row.overdue) for row in health_of(Chapter.objects.all()) if row.waiting}
    queue = [(code, days > 0) for _title, code, days, _mine in waiting(staff)]
    assert health == {"tn": (2, 1), "fr": (1, 0)}
    assert sorted(queue) == [("fr", False), ("tn", False), ("tn", True)]


def test_staff_see_what_waits_in_all_chapters_with_a_clock(logged_in: Any, federation: Any) -> None:
    staff, author = logged_in("staff", ("staff", "world")), logged_in("author", ("editor", "tn"), ("editor", "fr"))
    for name in ("one", "two"):  # somebody who has it in each chapter
        logged_in(name, ("moderator", "tn"), ("moderator", "fr"))
    late = submit(make_statement("tn", title="Late", live=False), author.person)
    since(late, days=5, hours=1)
    submit(make_statement("fr", "fr", title="Fresh", live=False), author.person)

    assert federation["tn"].review_days == 3
    assert waiting(staff) == [("Late", "tn", 3, True), ("Fresh", "fr", 0, True)]
    assert waiting(staff, "?chapter=fr") == [("Fresh", "fr", 0, True)]
    assert waiting(staff, "?language=en") == [("Late", "tn", 3, True)]
    assert waiting(staff, "?clock=late") == [("Late", "tn", 3, True)]
    assert waiting(staff, "?type=case") == []
    assert "3 days late" in staff.get(QUEUE).content.decode()


def test_an_author_sees_who_has_it(logged_in: Any) -> None:
    author = logged_in("author", ("editor", "tn"))
    logged_in("moderator", ("moderator", "tn"))
    submit(make_statement("tn", title="Mine", live=False), author.person)

    assert waiting(author) == [("Mine", "tn", 0, False)]
    assert "the moderators of" in author.get(QUEUE).content.decode()


SCREENS = (
    *(("staff", "/admin/"), ("staff", QUEUE), ("staff", "/admin/chapters/audit/")),
    *(("staff", "/admin/chapters/translations/"), ("moderator", "/admin/"), ("author", "/admin/")),
)


def test_a_screen_costs_the_same_for_one_row_and_for_thirty(logged_in: Any, django_assert_max_num_queries: Any) -> None:
    people = {
        "staff": logged_in("staff", ("staff", "world")),
        "moderator": logged_in("moderator", ("moderator", "tn"), ("moderator", "fr")),
        "author": logged_in("author", ("editor", "tn"), ("editor", "fr")),
    }

    def fill(number: int) -> None:
        chapter = ("tn", "en") if number % 2 else ("fr", "fr")
        submit(make_statement(*chapter, title=f"Number {number}", live=False), people["author"].person)
        submit(make_case(*chapter, title=f"Case {number}", live=False), people["author"].person)
        write(make_article(*chapter, title=f"Article {number}"), people["author"].person)

    def costs() -> dict[tuple[str, str], int]:
        taken = {}
        for who, address in SCREENS:
            people[who].get(address)
            with django_assert_max_num_queries(25) as queries:
                people[who].get(address)
            taken[who, address] = len(queries)
        return taken

    fill(1)
    fill(2)
    few = costs()
    for number in range(3, 31):
        fill(number)
    many = costs()
    assert {screen: cost for screen, cost in many.items() if cost > few[screen]} == {}
