"""An item moves to another chapter when both sides have said so; then everything about it moves in that moment."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cases import transferring
from cases.actions import transfer
from cases.models import Statement
from chapters.models import Chapter, TransferRequest
from chapters.moderation import reviewing
from chapters.status import change_status
from tests.cases.conftest import document, form, url
from tests.factories import make_case, make_statement, translate

from .conftest import client_of, person, public

pytestmark = pytest.mark.django_db

MAKERS = [make_case, make_statement]
State = TransferRequest.State


@pytest.fixture
def owner() -> Any:
    """A moderator of the chapter that has it."""
    return person("owner", ("moderator", "tn"))


@pytest.fixture
def taker() -> Any:
    """A moderator of the chapter that is asked."""
    return person("taker", ("moderator", "fr"))


def press(user: Any, item: Any, do: str, **sent: Any) -> Any:
    response = client_of(user).post(f"/admin/item/{item.get_ref()}/", {"do": do, **sent}, follow=True)
    return (
        [str(message) for message in response.context["messages"]] if response.redirect_chain else response.status_code
    )


def ask(user: Any, item: Any, to: str = "fr", reason: str = "The family lives there") -> list[str]:
    answer: list[str] = press(user, item, "ask-transfer", chapter=to, reason=reason)
    return answer


def decide(user: Any, item: Any, do: str, **sent: Any) -> Any:
    return press(user, item, f"{do}-transfer", request=request().pk, **sent)


def request() -> TransferRequest:
    return TransferRequest.objects.order_by("-pk")[0]


def owners(item: Any) -> list[str]:
    rows = type(item).objects.filter(ref=item.ref).order_by("pk")
    return [row.owner.code for row in rows]


def found(query: str) -> set[str]:
    return {item["ref"] for item in json.loads(Client().get(f"/api/v3/entries/?{query}").content)["items"]}


@pytest.mark.parametrize("make", MAKERS)
def test_it_moves_in_all_languages_when_the_other_chapter_accepts(make: Any, owner: Any, taker: Any) -> None:
    item = make("tn")
    translate(item, "fr")
    assert ask(owner, item) == ["France is asked. Until its moderators accept nothing changes."]
    assert (owners(item), document(item)["owner"]["code"]) == (["tn", "tn"], "tn")
    assert decide(taker, item, "accept") == ["It is yours now, in all its languages."]
    assert (owners(item), public(item)) == (["fr", "fr"], ["en", "fr"])
    assert [document(item, lang)["owner"]["code"] for lang in ("en", "fr")] == ["fr", "fr"]
    seen = [item.ref in found(query) for query in ("owner=tn", "chapter=tn", "owner=fr", "chapter=fr")]
    assert seen == [False, False, True, True]
    assert client_of(owner).get(url(item, "edit", item.pk)).status_code == 404
    assert client_of(taker).get(url(item, "edit", item.pk)).status_code == 200


def test_who_may_ask_and_who_may_accept(owner: Any, taker: Any) -> None:
    item = make_statement("tn")
    editor, guest = person("ed", ("editor", "tn")), person("guest", ("editor", "fr"))
    assert ask(editor, item) == ["Moderators of the owner chapter ask others to take an item over."]
    assert ask(taker, item) == ["Moderators of the owner chapter ask others to take an item over."]
    assert ask(owner, item, to="tn") == ["It is the owner already."]
    assert ask(owner, item, reason=" ") == ["Say why: the other chapter reads it."]
    ask(owner, item)
    assert ask(owner, item, to="mr") == ["France is asked already."]
    no = ["Moderators of France decide that."]
    third = person("third", ("moderator", "mr"))
    assert [decide(who, item, "accept") for who in (owner, guest, third)] == [no, no, no]
    assert decide(third, item, "decline", reason="No") == no
    assert decide(taker, item, "take-back") == ["Moderators of the owner chapter take a request back."]
    assert (owners(item), request().state) == (["tn"], State.OPEN)


def test_nobody_is_both_sides_not_even_who_has_the_right_on_both() -> None:
    item, staff = make_statement("tn"), person("staff", ("staff", "world"))
    ask(staff, item)
    assert decide(staff, item, "accept") == ["You asked for it yourself: a second person accepts it."]
    assert owners(item) == ["tn"]
    assert "accept-transfer" not in client_of(staff).get(f"/admin/item/{item.ref}/").content.decode()
    assert decide(person("second", ("staff", "world")), item, "accept") == ["It is yours now, in all its languages."]
    assert owners(item) == ["fr"]


def test_it_is_declined_with_a_reason_or_taken_back(owner: Any, taker: Any) -> None:
    item = make_statement("tn")
    ask(owner, item)
    assert decide(taker, item, "decline", reason="") == ["Say why: the chapter that asks reads it."]
    assert decide(taker, item, "decline", reason="Too far away") == ["It stays with its owner, who reads why."]
    assert "Too far away" in client_of(owner).get(f"/admin/item/{item.ref}/").content.decode()
    ask(owner, item)
    assert decide(owner, item, "take-back") == ["Nobody is asked to take it over any more."]
    assert decide(taker, item, "accept") == ["Somebody was quicker: owner has taken it back."]
    assert (owners(item), [one.state for one in TransferRequest.objects.all()]) == (
        ["tn"],
        [State.DECLINED, State.TAKEN_BACK],
    )


def test_of_two_who_accept_at_once_the_second_reads_who_was_quicker(owner: Any, taker: Any) -> None:
    item, other = make_statement("tn"), person("other", ("moderator", "fr"))
    ask(owner, item)
    first, second = (Statement.objects.get(pk=item.pk) for _ in range(2))
    transferring.accept(first, request().pk, user=taker)
    with pytest.raises(ValidationError, match="taker has accepted it"):
        transferring.accept(second, request().pk, user=other)
    with pytest.raises(ValidationError, match="taker has accepted it"):
        transferring.decline(second, request().pk, user=other, reason="No")
    moved = ModelLogEntry.objects.filter(action="federation.transfer")
    assert (owners(item), moved.count(), request().decided_by) == (["fr"], 1, taker)


def test_a_request_is_void_when_the_owner_changed_meanwhile(owner: Any, taker: Any) -> None:
    item = make_statement("tn")
    asked = transferring.ask(item, Chapter.objects.get(code="fr"), user=owner, reason="A reason")
    Statement.objects.filter(pk=item.pk).update(owner=Chapter.objects.get(code="mr"))
    with pytest.raises(ValidationError, match="The item has another owner meanwhile"):
        transferring.accept(Statement.objects.get(), asked.pk, user=taker)
    assert (owners(item), request().state) == (["mr"], State.VOID)


def test_a_transfer_by_an_operator_ends_what_was_asked(owner: Any, taker: Any) -> None:
    item = make_statement("tn")
    ask(owner, item)
    transfer(Statement.objects.get(), Chapter.objects.get(code="mr"))
    assert decide(taker, item, "accept") == ["This request is void. It can be made again."]
    assert owners(item) == ["mr"]


@pytest.mark.parametrize("code", ["fr", "tn"])
def test_a_chapter_that_stands_still_neither_takes_nor_gives(owner: Any, taker: Any, code: str) -> None:
    item = make_statement("tn")
    ask(owner, item)
    change_status(Chapter.objects.get(code=code), "suspend", reason="Elections")
    assert request().state == State.VOID
    change_status(Chapter.objects.get(code=code), "reopen", reason="Elected")
    assert decide(person("again", ("moderator", "fr")), item, "accept") == [
        "This request is void. It can be made again."
    ]
    assert "is void: the owner changed meanwhile" in client_of(owner).get(f"/admin/item/{item.ref}/").content.decode()
    assert ask(person("anew", ("moderator", "tn")), item) == [
        "France is asked. Until its moderators accept nothing changes."
    ]


def test_a_chapter_that_was_stopped_behind_our_back_takes_nothing(owner: Any) -> None:
    item = make_statement("tn")
    ask(owner, item)
    Chapter.objects.filter(code="fr").update(status="suspended")
    assert "France is not at work at present." in client_of(owner).get(f"/admin/item/{item.ref}/").content.decode()
    staff = person("staff", ("staff", "world"))
    assert decide(staff, item, "accept") == ["The request is void. France is not at work at present."]
    assert (owners(item), request().state) == (["tn"], State.VOID)


def test_who_is_asked_reads_the_draft_and_nobody_else_of_them(owner: Any, taker: Any) -> None:
    item = make_case("tn", live=False, title="Before anybody knew")
    place = f"/admin/item/{item.ref}/en/"
    reads = {"taker": taker, "guest": person("guest", ("editor", "fr")), "third": person("third", ("moderator", "mr"))}

    def reading() -> dict[str, int]:
        return {name: client_of(user).get(place).status_code for name, user in reads.items()}

    assert reading() == {"taker": 404, "guest": 404, "third": 404}
    ask(owner, item)
    assert reading() == {"taker": 200, "guest": 404, "third": 404}
    assert client_of(taker).post(url(item, "edit", item.pk), form(item, title="Mine")).status_code == 302
    assert type(item).objects.get().get_latest_revision_as_object().title == "Before anybody knew"
    decide(taker, item, "decline", reason="Not ours")
    assert reading() == {"taker": 404, "guest": 404, "third": 404}


def test_who_is_asked_finds_it_on_the_first_page(owner: Any, taker: Any) -> None:
    item = make_case("tn", live=False, title="Before anybody knew")
    ask(owner, item)

    def waiting(user: Any) -> list[tuple[str, str]]:
        panels = {str(one.heading): one for one in client_of(user).get("/admin/").context["panels"] if one.heading}
        return [(row["title"], row["url"]) for row in panels["Waiting for me"].rows()]

    assert (waiting(taker), waiting(owner)) == ([("Before anybody knew", f"/admin/item/{item.ref}/#transfer")], [])
    decide(taker, item, "accept")
    assert waiting(taker) == []


def test_what_the_old_owner_had_begun_is_called_off(owner: Any, taker: Any) -> None:
    editor = person("ed", ("editor", "tn"))
    item, tomorrow = make_statement("tn", title="As published"), timezone.now() + timedelta(days=1)
    french = translate(item, "fr", live=False)
    french.get_workflow().start(french, editor)
    item.title, item.go_live_at = "Tomorrow's title", tomorrow
    item.save_revision(user=editor).publish()
    Statement.objects.filter(pk=item.pk).update(locked=True, locked_by=owner, locked_at=timezone.now())
    ask(owner, item)
    decide(taker, item, "accept")
    item, french = Statement.objects.get(pk=item.pk), Statement.objects.get(pk=french.pk)
    assert (item.scheduled_revision, item.locked, item.locked_by, french.workflow_in_progress) == (
        None,
        False,
        None,
        False,
    )
    assert (public(item), document(item)["title"]) == (["en"], "As published")
    assert reviewing.waiting_for(taker) == []
    assert french.get_latest_revision_as_object().title == "As published [fr]"


def test_a_first_publication_that_was_scheduled_does_not_come_out(owner: Any, taker: Any) -> None:
    from search.models import Entry

    item = make_statement("tn", live=False)
    item.go_live_at = timezone.now() + timedelta(days=1)
    item.save_revision().publish()
    assert Entry.objects.filter(ref=item.ref).count() == 1
    ask(owner, item)
    decide(taker, item, "accept")
    assert (Statement.objects.get().scheduled_revision, Entry.objects.filter(ref=item.ref).count()) == (None, 0)


@pytest.mark.parametrize("make", MAKERS)
def test_publishing_an_old_revision_does_not_bring_the_old_owner_back(make: Any, owner: Any, taker: Any) -> None:
    item = make("tn")
    french = translate(item, "fr")
    old = [row.save_revision(user=owner) for row in (item, french)]
    ask(owner, item)
    decide(taker, item, "accept")
    for revision, row in zip(old, (item, french), strict=True):
        revision.refresh_from_db()
        assert client_of(owner).get(url(row, "revisions_revert", row.pk, revision.pk)).status_code == 404
        revision.publish(user=None)
    assert (owners(item), document(item, "fr")["owner"]["code"]) == (["fr", "fr"], "fr")
    assert (item.ref in found("owner=tn"), item.ref in found("owner=fr")) == (False, True)


def test_a_new_owner_is_no_co_publisher_of_its_own_item_and_others_stay(owner: Any, taker: Any) -> None:
    item, third = make_case("tn"), person("third", ("moderator", "mr"))
    for code, user in (("fr", taker), ("mr", third)):
        press(owner, item, "invite", chapter=code)
        press(user, item, "accept", chapter=code)
    ask(owner, item)
    decide(taker, item, "accept")
    assert [one.chapter.code for one in item.co_publications.all()] == ["mr"]
    assert [one["code"] for one in document(item)["co_publishers"]] == ["mr"]


def test_what_staff_hold_stays_held_with_its_new_owner(owner: Any, taker: Any) -> None:
    item, staff = make_statement("tn"), person("staff", ("staff", "world"))
    press(staff, item, "hold", reason="A complaint")
    ask(owner, item)
    decide(taker, item, "accept")
    assert (owners(item), public(item)) == (["fr"], [])
    press(staff, item, "release")
    assert (public(item), document(item)["owner"]["code"]) == (["en"], "fr")


def test_each_step_is_in_the_trail_of_both_sides(owner: Any, taker: Any) -> None:
    item = make_statement("tn", live=False)
    ask(owner, item, reason="First reason")
    decide(taker, item, "decline", reason="Not now")
    ask(owner, item, reason="Second reason")
    decide(owner, item, "take-back")
    ask(owner, item, reason="Third reason")
    decide(taker, item, "accept")
    steps = [
        ("Transfer to another chapter", "taker", "Third reason"),
        ("Ask a chapter to take it over", "owner", "Third reason"),
        ("No longer ask a chapter to take it over", "owner", ""),
        ("Ask a chapter to take it over", "owner", "Second reason"),
        ("Decline to take it over", "taker", "Not now"),
        ("Ask a chapter to take it over", "owner", "First reason"),
    ]
    told = {step[0] for step in steps}
    third = person("third", ("moderator", "mr"))
    for user, read in ((owner, steps), (taker, steps), (third, [])):
        rows = client_of(user).get("/admin/chapters/audit/").context["rows"]
        assert [(row.action, row.who, row.note) for row in rows if row.action in told] == read


def test_letters_about_it_go_to_the_other_side_and_name_nothing(owner: Any, taker: Any, committed: Any) -> None:
    item = make_case("tn", title="A name that must not travel")
    with committed():
        ask(owner, item)
    with committed():
        decide(taker, item, "decline", reason="No")
    with committed():
        ask(owner, item)
    with committed():
        decide(owner, item, "take-back")
    with committed():
        ask(owner, item)
    with committed():
        decide(taker, item, "accept")
    assert [(letter.to[0], letter.subject) for letter in mail.outbox] == [
        ("taker@example.org", "[Federation] Your chapter is asked to take over an item"),
        ("owner@example.org", "[Federation] A chapter does not take over an item"),
        ("taker@example.org", "[Federation] Your chapter is asked to take over an item"),
        ("taker@example.org", "[Federation] Your chapter is no longer asked to take over an item"),
        ("taker@example.org", "[Federation] Your chapter is asked to take over an item"),
        ("owner@example.org", "[Federation] A chapter has taken over an item"),
    ]
    assert not any("must not travel" in letter.body for letter in mail.outbox)


def test_a_form_is_about_the_request_that_it_showed(owner: Any, taker: Any) -> None:
    item, another = make_statement("tn"), make_case("tn")
    ask(owner, item)
    assert press(taker, another, "accept-transfer", request=request().pk) == ["There is no such request."]
    assert press(taker, item, "accept-transfer", request="1 OR 1") == 404
    with pytest.raises(PermissionDenied):
        transferring.accept(item, request().pk, user=owner)
    assert owners(item) == ["tn"]


def test_an_import_of_the_old_owner_changes_nothing_of_what_it_gave_away(owner: Any, tmp_path: Any) -> None:
    from django.core.management import call_command

    listing = tmp_path / "listing.csv"
    for title in ("As imported", "As imported again"):
        listing.write_text(f"date,title,kind,id,language\n2026-03-04,{title},statement,a1,en\n")
        call_command("import_listing", str(listing), chapter="tn", verbosity=0)
        transfer(Statement.objects.get(), Chapter.objects.get(code="fr"))
    assert (Statement.objects.get().title, owners(Statement.objects.get())) == ("As imported", ["fr"])
