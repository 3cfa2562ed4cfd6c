"""A chapter's name stands on another's item by consent alone; what is featured stays its owner's."""

import json
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from cases.models import Case
from chapters.models import CasesIndexPage, Remark, StatementsIndexPage
from tests.cases.conftest import document, form, url
from tests.factories import front, make_article, make_case, make_statement, translate

from .conftest import act, client_of, person, public

pytestmark = pytest.mark.django_db

MAKERS = [make_case, make_statement]


def press(client: Client, item: Any, do: str, **sent: Any) -> list[str]:
    response = client.post(f"/admin/item/{item.get_ref()}/", {"do": do, **sent}, follow=True)
    return [str(message) for message in response.context["messages"]] if response.context else [response.status_code]


def names(item: Any) -> list[str]:
    return [chapter["code"] for chapter in document(item)["co_publishers"]]


def found(client: Client, query: str) -> set[str]:
    return {item["ref"] for item in json.loads(client.get(f"/api/v3/entries/?{query}").content)["items"]}


@pytest.mark.parametrize("make", MAKERS)
def test_a_name_stands_on_anothers_item_from_acceptance_to_leaving(client: Client, make: Any) -> None:
    item = make("tn")
    owner, other = client_of(person("owner", ("moderator", "tn"))), client_of(person("other", ("moderator", "fr")))
    assert press(owner, item, "invite", chapter="fr") == ["France is invited. It is named when its moderators accept."]
    assert (names(item), item.ref in found(client, "chapter=fr")) == ([], False)
    assert press(other, item, "accept", chapter="fr") == ["France publishes it too."]
    seen = [item.ref in found(client, query) for query in ("chapter=fr", "owner=fr", "chapter=tn", "owner=tn")]
    assert (names(item), seen) == (["fr"], [True, False, True, True])
    assert press(other, item, "leave", chapter="fr") == ["The name of France is not on it."]
    assert (names(item), item.ref in found(client, "chapter=fr")) == ([], False)


def test_only_moderators_of_each_side_decide_for_it() -> None:
    case = make_case("tn")
    editor, owner = client_of(person("ed", ("editor", "tn"))), client_of(person("owner", ("moderator", "tn")))
    guest = client_of(person("guest", ("editor", "fr")))
    assert press(editor, case, "invite", chapter="fr") == ["Moderators of the owner chapter invite others."]
    press(owner, case, "invite", chapter="fr")
    no = ["Moderators of France decide that."]
    assert [press(client, case, "accept", chapter="fr") for client in (guest, owner)] == [no, no]
    assert press(owner, case, "accept", chapter="mr") == ["Moderators of موريتانيا decide that."]
    assert names(case) == []
    assert press(owner, case, "take-back", chapter="fr") == ["The name of France is not on it."]


def test_an_invited_chapter_reads_the_draft_speaks_about_it_and_edits_nothing() -> None:
    case = make_case("tn", live=False, title="Before anybody knew")
    owner, guest = client_of(person("owner", ("moderator", "tn"))), client_of(person("guest", ("editor", "fr")))
    place = f"/admin/item/{case.ref}/en/"
    assert guest.get(place).status_code == 404
    press(owner, case, "invite", chapter="fr")
    assert "Before anybody knew" in guest.get(place).content.decode()
    assert "Before anybody knew" in guest.get(f"{place}draft/").content.decode()
    act(guest, case, "remark", "The second date is wrong")
    assert [(one.by.username, one.text) for one in Remark.objects.all()] == [("guest", "The second date is wrong")]
    assert "The second date is wrong" in owner.get(f"/admin/item/{case.ref}/").content.decode()
    guest.post(url(case, "edit", case.pk), form(case, title="Changed by a guest"))
    assert Case.objects.get().get_latest_revision_as_object().title == "Before anybody knew"
    stranger = client_of(person("stranger", ("moderator", "mr")))
    assert stranger.get(place).status_code == 404
    press(owner, case, "take-back", chapter="fr")
    assert guest.get(place).status_code == 404


def test_letters_about_sharing_go_to_the_other_side(committed: Any) -> None:
    case = make_case("tn")
    owner, other = person("owner", ("moderator", "tn")), person("other", ("moderator", "fr"))
    with committed():
        press(client_of(owner), case, "invite", chapter="fr")
    with committed():
        press(client_of(other), case, "accept", chapter="fr")
    with committed():
        press(client_of(other), case, "leave", chapter="fr")
    assert [(letter.to[0], letter.subject) for letter in mail.outbox] == [
        ("other@example.org", "[Federation] Your chapter is invited to publish an item"),
        ("owner@example.org", "[Federation] A chapter has accepted your invitation"),
        ("owner@example.org", "[Federation] A chapter no longer publishes an item with you"),
    ]


def test_an_editor_features_anothers_case_with_an_introduction(client: Client, committed: Any) -> None:
    case = make_case("tn", title="A case of others")
    editor = client_of(person("ed", ("editor", "fr")))
    section = CasesIndexPage.objects.child_of(front("fr", "fr")).get()
    with committed():
        done = press(editor, case, "feature", section=section.pk, introduction="Please read", language="en")
    assert done == [f"It is featured in “{section.title}”."]
    sections = json.loads(client.get("/api/v3/chapters/fr/?locale=fr").content)["sections"]
    shown = [one for section in sections for one in section["featured"]]
    assert [(one["ref"], one["title"], one["introduction"]) for one in shown] == [
        (case.ref, "A case of others", "Please read")
    ]
    assert [case.ref in found(client, query) for query in ("chapter=fr", "owner=fr")] == [False, False]
    assert press(editor, case, "feature", section=section.pk) == ["It is featured there already."]
    page = editor.get(f"/admin/item/{case.ref}/")
    assert (page.context["sections"], page.context["featured_in"]) == ([], [section])
    assert f"/admin/pages/{section.pk}/edit/" in page.content.decode()


def test_featuring_is_for_ones_own_sections_of_that_type_and_public_things_alone() -> None:
    case = make_case("tn")
    editor = client_of(person("ed", ("editor", "fr")))
    own, other = (CasesIndexPage.objects.child_of(front(code, code and "fr")).get() for code in ("fr", "maghreb"))
    statements = StatementsIndexPage.objects.child_of(front("fr", "fr")).get()
    no = ["You cannot feature it there."]
    assert [press(editor, case, "feature", section=page.pk) for page in (other, statements)] == [no, no]
    hidden = make_case("tn", live=False)
    sent = {"do": "feature", "section": own.pk}
    assert editor.post(f"/admin/item/{hidden.ref}/", sent).status_code == 404
    assert public(case) == ["en"]


def test_a_draft_of_the_section_does_not_drop_what_was_featured_since() -> None:
    case = make_case("tn")
    section = CasesIndexPage.objects.child_of(front("fr", "fr")).get()
    section.introduction = "A draft"
    section.save_revision()
    press(client_of(person("ed", ("editor", "fr"))), case, "feature", section=section.pk)
    CasesIndexPage.objects.get(pk=section.pk).get_latest_revision().publish()
    fresh = CasesIndexPage.objects.get(pk=section.pk)
    assert (fresh.introduction, [one.ref for one in fresh.featured.all()]) == ("A draft", [case.ref])


def test_offered_by_others_shows_what_is_public_of_others_the_newest_first() -> None:
    make_case("fr", title="Our own")
    make_case("tn", title="Their draft", live=False)
    make_case("tn", title="Their case")
    make_article("tn", title="Their article")
    editor = client_of(person("ed", ("editor", "fr")))
    page = editor.get("/admin/offered/")
    assert [entry.title for entry in page.context["object_list"]] == ["Their article", "Their case"]
    narrowed = editor.get("/admin/offered/", {"type": "case", "q": "their\x00 case'\""})
    assert [entry.title for entry in narrowed.context["object_list"]] == []
    assert [entry.title for entry in editor.get("/admin/offered/?type=case").context["object_list"]] == ["Their case"]
    nobody = client_of(person("translator", ("translator", "fr", {"locales": ["fr"]})))
    assert nobody.get("/admin/offered/").status_code == 302


def test_a_translation_that_is_being_written_is_not_told_to_who_may_feature() -> None:
    case = make_case(title="A case")
    translate(case, "fr", live=False)
    page = client_of(person("ed", ("editor", "fr"))).get(f"/admin/item/{case.ref}/")
    assert [one["code"] for one in page.context["languages"]] == ["en"]
