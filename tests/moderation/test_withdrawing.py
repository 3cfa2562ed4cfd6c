"""Withdrawing never waits: one button, a reason, and it is gone everywhere; putting back needs a second person."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry

from cases.models import Statement
from chapters.models import ArticlePage
from search import register
from search.models import Stop
from search.reconciliation import reconcile
from tests.factories import make_article, make_case, make_event, make_statement, publish, translate

from .conftest import act, client_of, person, public

pytestmark = pytest.mark.django_db

MAKERS = [make_case, make_statement, make_article, make_event]
GONE = "It is gone from the site, the API, the feeds and the search."


def surfaces(client: Client, item: Any, title: str) -> dict[str, bool]:
    """Where readers find an item: place -> whether it is there."""
    plural = f"{item.register_type}s"
    url = getattr(item, "full_url", None) or ""
    seen = {
        "list": f"/api/v3/{plural}/",
        "search": f"/api/v3/entries/?q={title.split()[-1]}",
        "site": "/en/all/",
        "v2": "/api/v2/pages/?limit=20&locale=en",
        "v3": "/api/v3/pages/",
        "chapter": "/api/v3/entries/?chapter=tn&limit=100",
    }
    found = {name: title in client.get(place).content.decode() for name, place in seen.items()}
    found["document"] = client.get(f"/api/v3/{plural}/{item.get_ref()}/").status_code == 200
    found["address"] = bool(url) and client.get(url).status_code == 200
    return found


@pytest.mark.parametrize("make", MAKERS)
def test_a_withdrawn_item_is_gone_everywhere_in_the_same_second(client: Client, make: Any) -> None:
    item = make(title="A quiet zebra")
    translate(item, "fr")
    editor = person("editor", ("editor", "tn"))
    before = surfaces(client, item, "zebra")
    assert {name for name, there in before.items() if there} >= {"list", "search", "site", "chapter", "document"}
    assert act(client_of(editor), item, "withdraw", "A name slipped in") == [GONE]
    assert surfaces(client, item, "zebra") == dict.fromkeys(before, False)
    assert public(item) == []
    assert client.get(f"/api/v3/{item.register_type}s/{item.get_ref()}/").status_code == 410
    address = getattr(type(item).objects.get(pk=item.pk), "url", None) or f"/en/{item.register_type}s/{item.get_ref()}/"
    gone = client.get(address)
    assert (gone.status_code, "This has been withdrawn" in gone.content.decode()) == (410, True)
    changes = json.loads(client.get("/api/v3/sync/").content)["items"]
    tombstones = [(one["ref"], one["locale"]) for one in changes if one["ref"] == item.get_ref()]
    assert sorted(tombstones) == [(item.get_ref(), "en"), (item.get_ref(), "fr")]
    assert reconcile(dry_run=True).differences == 0


@pytest.mark.parametrize("make", MAKERS)
def test_no_other_way_publishes_what_is_withdrawn(make: Any) -> None:
    item = make()
    french = translate(item, "fr")
    act(client_of(person("editor", ("editor", "tn"))), item, "withdraw", "A threat")
    for row in (item, french):
        fresh = type(row).objects.get(pk=row.pk)
        with pytest.raises(PermissionDenied, match="withdrawn: A threat"):
            publish(fresh)
    with pytest.raises(PermissionDenied):
        translate(type(item).objects.get(pk=item.pk), "ar")
    register.refresh(item.register_type, [item.get_ref()])
    reconcile()
    assert public(item) == []


@pytest.mark.parametrize("make", MAKERS)
def test_a_schedule_does_not_outlive_a_withdrawal(make: Any, monkeypatch: Any) -> None:
    now = timezone.now()
    item = make(live=False, go_live_at=now + timedelta(hours=1))
    item.get_latest_revision().publish()
    act(client_of(person("editor", ("editor", "tn"))), item, "withdraw", "Not yet")
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=2))
    call_command("publish_scheduled")
    assert (public(item), type(item).objects.get(pk=item.pk).live) == ([], False)


@pytest.mark.parametrize("make", MAKERS)
def test_a_second_person_puts_it_back_exactly_as_it_was(client: Client, make: Any) -> None:
    item = make(title="As it was")
    translate(item, "fr")
    first, second = person("first", ("moderator", "tn")), person("second", ("moderator", "tn"))
    act(client_of(first), item, "withdraw", "To be checked")
    draft = type(item).objects.get(pk=item.pk)
    draft.title = "Not approved by anybody"
    draft.save_revision(user=first)
    assert act(client_of(first), item, "put-back") == ["You withdrew this item yourself: a second person puts it back."]
    assert public(item) == []
    assert act(client_of(second), item, "put-back") == ["It is back as it was."]
    assert public(item) == ["en", "fr"]
    assert json.loads(client.get(f"/api/v3/{item.register_type}s/{item.get_ref()}/").content)["title"] == "As it was"
    row = type(item).objects.get(pk=item.pk)
    assert (row.title, row.has_unpublished_changes) == ("As it was", True)
    assert row.get_latest_revision_as_object().title == "Not approved by anybody"


def test_a_draft_in_another_language_stays_a_draft_when_the_item_comes_back() -> None:
    statement = make_statement()
    translate(statement, "fr", live=False)
    act(client_of(person("editor", ("editor", "tn"))), statement, "withdraw", "A mistake")
    act(client_of(person("moderator", ("moderator", "tn"))), statement, "put-back")
    assert public(statement) == ["en"]


def test_who_may_withdraw_and_who_may_not(django_user_model: Any) -> None:
    statement = make_statement()
    answers = {}
    for name, role in {
        "translator": ("translator", "tn", {"locales": ["fr"]}),
        "stranger": ("moderator", "fr"),
        "region": ("moderator", "mena"),
        "below": ("moderator", "mena", {"below": True}),
        "staff": ("staff", "world"),
    }.items():
        answers[name] = act(client_of(person(name, role)), statement, "withdraw", "Because")[0]
        Stop.objects.all().delete()
    no = "You cannot withdraw this item."
    assert answers == {"translator": no, "stranger": no, "region": no, "below": GONE, "staff": GONE}


def test_a_withdrawal_needs_a_reason_and_happens_once() -> None:
    statement = make_statement()
    editor = client_of(person("editor", ("editor", "tn")))
    assert act(editor, statement, "withdraw", "  ") == [
        "Say why: the chapter reads it, and so does who decides about putting it back."
    ]
    assert public(statement) == ["en"]
    act(editor, statement, "withdraw", "Because")
    assert act(editor, statement, "withdraw", "Because") == ["Somebody was quicker: this is done already."]
    assert Stop.objects.count() == 1


def test_an_editor_cannot_put_back_what_another_withdrew() -> None:
    statement = make_statement()
    act(client_of(person("one", ("editor", "tn"))), statement, "withdraw", "Because")
    other = client_of(person("other", ("editor", "tn")))
    assert act(other, statement, "put-back") == ["Moderators of the chapter and federation staff put an item back."]


@pytest.mark.parametrize("make", [make_case, make_article])
def test_what_staff_hold_is_neither_public_nor_published_and_the_chapter_reads_why(make: Any) -> None:
    item = make()
    staff, moderator = client_of(person("staff", ("staff", "world"))), client_of(person("mod", ("moderator", "tn")))
    assert act(moderator, item, "hold", "No") == ["Federation staff do this."]
    act(staff, item, "hold", "The family has asked us to wait")
    assert public(item) == []
    with pytest.raises(PermissionDenied, match="staff hold this item: The family has asked us to wait"):
        publish(type(item).objects.get(pk=item.pk))
    assert "The family has asked us to wait" in moderator.get(f"/admin/item/{item.get_ref()}/").content.decode()
    assert act(moderator, item, "release") == ["Federation staff do this."]
    assert act(staff, item, "release") == ["It is released."]
    assert public(item) == ["en"]


def test_what_is_withdrawn_and_held_comes_back_when_both_are_over() -> None:
    case = make_case()
    staff, first = client_of(person("staff", ("staff", "world"))), client_of(person("one", ("moderator", "tn")))
    second = client_of(person("two", ("moderator", "tn")))
    act(staff, case, "hold", "Wait")
    act(first, case, "withdraw", "And a mistake")
    assert act(staff, case, "release") == ["It is released, but still withdrawn: a second person puts it back."]
    assert public(case) == []
    assert act(second, case, "put-back") == ["It is back as it was."]
    assert public(case) == ["en"]


def test_a_label_is_for_the_chapter_and_staff_alone(client: Client) -> None:
    statement = make_statement()
    staff, editor = client_of(person("staff", ("staff", "world"))), client_of(person("ed", ("editor", "tn")))
    act(staff, statement, "label", "check the numbers")
    place = f"/admin/item/{statement.ref}/"
    assert "check the numbers" in editor.get(place).content.decode()
    stranger = client_of(person("stranger", ("moderator", "fr")))
    assert "check the numbers" not in stranger.get(place).content.decode()
    assert "check the numbers" not in client.get(f"/api/v3/statements/{statement.ref}/").content.decode()
    number = Statement.objects.get() and editor.get(place).context["labels"][0].pk
    staff.post(place, {"do": "unlabel", "label": number})
    assert "check the numbers" not in editor.get(place).content.decode()


def test_a_stranger_finds_what_readers_find_and_of_a_draft_nothing() -> None:
    stranger = client_of(person("stranger", ("moderator", "fr")))
    statement = make_statement(title="Said in public")
    draft = Statement.objects.get(pk=statement.pk)
    draft.title = "Changed in secret"
    draft.save_revision()
    page = stranger.get(f"/admin/item/{statement.ref}/").content.decode()
    assert ("Said in public" in page, "Changed in secret" in page) == (True, False)
    hidden = make_case(live=False, title="Nobody knows")
    assert stranger.get(f"/admin/item/{hidden.ref}/").status_code == 404
    assert Client().get(f"/admin/item/{hidden.ref}/").status_code == 302


@pytest.mark.parametrize(("make", "log"), [(make_case, ModelLogEntry), (make_article, PageLogEntry)])
def test_each_decision_is_in_the_audit_trail_with_its_reason(make: Any, log: Any) -> None:
    item = make()
    editor, moderator, staff = (
        person(name, (name, "world" if name == "staff" else "tn")) for name in ("editor", "moderator", "staff")
    )
    act(client_of(editor), item, "withdraw", "A name")
    act(client_of(moderator), item, "put-back", "Corrected")
    act(client_of(staff), item, "hold", "Wait")
    act(client_of(staff), item, "release", "Done")
    entries = log.objects.for_instance(item).filter(action__startswith="federation.").order_by("pk")
    assert [(entry.action, entry.user.username, entry.data["reason"]) for entry in entries] == [
        ("federation.withdraw", "editor", "A name"),
        ("federation.put_back", "moderator", "Corrected"),
        ("federation.hold", "staff", "Wait"),
        ("federation.release", "staff", "Done"),
    ]


def test_the_letter_names_nothing_but_the_ref(committed: Any) -> None:
    case = make_case(title="A title that names somebody", summary="And more")
    person("moderator", ("moderator", "tn"))
    editor = person("editor", ("editor", "tn"))
    with committed():
        act(client_of(editor), case, "withdraw", "A reason that names somebody")
    assert [letter.to for letter in mail.outbox] == [["moderator@example.org"]]
    letter = mail.outbox[0]
    assert letter.subject == "[Federation] An item was withdrawn"
    assert letter.body == (
        f"An item was withdrawn: {case.ref}\n\nIt is here, with all that is said about it:\n"
        f"http://127.0.0.1:8000/admin/item/{case.ref}/\n"
    )


def test_an_alias_of_a_withdrawn_page_goes_with_it() -> None:
    article = make_article(title="Mirrored")
    from chapters.models import NewsIndexPage
    from tests.factories import front

    there = NewsIndexPage.objects.child_of(front("mena")).get()
    alias = article.create_alias(parent=there)
    assert alias.live
    act(client_of(person("ed", ("editor", "tn"))), article, "withdraw", "Because")
    assert not ArticlePage.objects.get(pk=alias.pk).live
    act(client_of(person("mod", ("moderator", "tn"))), article, "put-back")
    assert ArticlePage.objects.get(pk=alias.pk).live
