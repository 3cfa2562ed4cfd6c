"""Each way past the fence that somebody thought of, tried."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import APIToken, Workflow

from cases.actions import transfer
from cases.models import Case, Statement
from chapters.models import Chapter, RoleAssignment
from tests.cases.conftest import form, url
from tests.factories import front, make_article, make_case, make_person, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger() -> Any:
    """A moderator of another chapter."""
    return make_person("stranger", ("moderator", "fr"))


@pytest.fixture
def session(stranger: Any) -> Client:
    """Their session."""
    client = Client()
    client.force_login(stranger)
    return client


@pytest.fixture
def api(stranger: Any) -> Client:
    """Their token."""
    key = APIToken.create_token(user=stranger, name="script")[1]
    return Client(headers={"Authorization": f"Bearer {key}"})


def owner(code: str) -> int:
    return Chapter.objects.get(code=code).pk


def new(**given: Any) -> dict[str, Any]:
    """What a browser sends of the form of a new statement."""
    return form(Statement(title="A statement", kind_id="statement"), **given)


def test_a_new_item_belongs_to_a_chapter_in_which_its_writer_writes(session: Client, api: Client) -> None:
    address = "/admin/snippets/cases/statement/add/?locale=fr"
    assert session.post(address, new(owner=owner("tn"))).status_code == 200  # the form again, with what is wrong
    assert not Statement.objects.exists()
    assert session.post(address, new(owner=owner("fr"))).status_code == 302
    assert Statement.objects.get().owner.code == "fr"


def test_the_form_offers_the_writers_chapters_and_fills_in_the_first(session: Client) -> None:
    shown = session.get("/admin/snippets/cases/statement/add/?locale=fr").context["form"]
    assert [str(chapter) for chapter in shown.fields["owner"].queryset] == ["France"]
    assert (shown["owner"].value(), "visibility" in shown.fields, "embargo_until" in shown.fields) == (
        owner("fr"),
        False,
        False,
    )


def test_owner_in_an_edit_or_a_patch_changes_nothing(session: Client, api: Client) -> None:
    item = make_statement("fr", "fr", live=False)
    session.post(url(item, "edit", item.pk), form(item, owner=owner("tn"), visibility="public"))
    answer = api.patch(
        f"/api/v3/snippets/cases.Statement/{item.pk}/",
        json.dumps({"owner_id": owner("tn"), "title": "Another title"}),
        "application/json",
    )
    item.refresh_from_db()
    assert (answer.status_code, item.owner.code) == (200, "fr")
    assert item.get_latest_revision_as_object().title == "Another title"


def test_the_api_writes_behind_the_same_fence(api: Client) -> None:
    def create(code: str, **given: Any) -> int:
        data = {"title": "By a script", "kind_id": "statement", "owner_id": owner(code), "countries": [], **given}
        return api.post("/api/v3/snippets/cases.Statement/", json.dumps(data), "application/json").status_code

    assert create("tn") in {400, 403, 422}
    assert create("tn", meta={"action": "publish"}) in {400, 403, 422}
    assert not Statement.objects.exists()
    assert create("fr") == 201
    assert Statement.objects.get().owner.code == "fr"


def test_drafts_of_others_do_not_exist_for_the_api(api: Client) -> None:
    live, draft = make_statement(), make_case(live=False)
    for item, label in ((live, "cases.Statement"), (draft, "cases.Case")):
        for query in ("", "?version=draft", "?version=live"):
            assert api.get(f"/api/v3/snippets/{label}/{item.pk}/{query}").status_code == 404
        for action in ("publish", "unpublish", "delete"):
            method = "delete" if action == "delete" else "post"
            answer = getattr(api, method)(f"/api/v3/snippets/{label}/{item.pk}/actions/{action}/")
            assert answer.status_code in {403, 404}
    assert Client().get("/api/v3/snippets/cases.Statement/").status_code == 401
    assert (Statement.objects.get().live, Case.objects.get().live) == (True, False)


def test_a_transfer_ends_what_the_old_owner_could_do(session: Client) -> None:
    item = make_statement("fr", "fr", live=False, title="Ours for now")
    old = item.latest_revision
    assert session.get(url(item, "edit", item.pk)).status_code == 200
    transfer(item, Chapter.objects.get(code="tn"))
    old.refresh_from_db()
    assert session.get(url(item, "edit", item.pk)).status_code == 404
    assert session.post(url(item, "revisions_revert", item.pk, old.pk), form(item, action="publish")).status_code == 404
    old.publish(user=None)
    item.refresh_from_db()
    assert item.owner.code == "tn"


def test_autosave_over_a_foreign_draft_is_a_draft_that_does_not_exist(session: Client) -> None:
    item = make_statement(live=False)
    data = form(item, title="Taken over", overwrite_revision_id=item.latest_revision_id)
    answer = session.post(url(item, "edit", item.pk), data, headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert item.get_latest_revision_as_object().title == item.title


def test_nobody_cancels_anothers_review(session: Client) -> None:
    item, writer = make_statement(live=False), make_person("writer", ("editor", "tn"))
    state = Workflow.objects.filter(active=True).first().start(item, writer)
    for data in ({"action": "cancel-workflow"}, {"action-cancel-workflow": "1"}):
        assert session.post(url(item, "edit", item.pk), form(item, **data)).status_code == 404
    assert session.get(url(item, "confirm_workflow_cancellation", item.pk)).status_code == 404
    state.refresh_from_db()
    assert state.status == "in_progress"


def picture(chapter: str) -> Any:
    """A picture in a chapter's own collection."""
    collection = Chapter.objects.get(code=chapter).collection
    return get_image_model().objects.create(title="zq7picture", file=get_test_image_file(), collection=collection)


def page_form(**given: Any) -> dict[str, Any]:
    """What a browser sends of the form of a new article."""
    sent = {
        "title": "Ours",
        "slug": "ours",
        "summary": "",
        "picture_alt": "",
        "kind": "",
        "listed_on": "",
        "themes": "",
    }
    return {
        **sent,
        "body-count": "0",
        "related-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **given,
    }


def test_the_key_of_a_foreign_picture_or_draft_is_not_taken(session: Client, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    own, foreign, draft = picture("fr"), picture("tn"), make_article(live=False, title="zq7draft")
    parent = front("fr", "fr").get_children().get(slug="news")
    address = f"/admin/pages/add/chapters/articlepage/{parent.pk}/"
    link = {
        "blocks": [
            {
                "key": "a", "text": "here", "type": "unstyled", "depth": 0, "inlineStyleRanges": [],
                "entityRanges": [{"offset": 0, "length": 4, "key": 0}],
            }
        ],
        "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"id": draft.pk}}},
    }  # fmt: skip
    paragraph = {
        "body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "paragraph",
        "body-0-value": json.dumps(link),
    }  # fmt: skip
    for data in (page_form(picture=foreign.pk), page_form(**paragraph)):
        for where in (address, f"{address}preview/"):
            answer = session.post(where, data, follow=True)
            assert b"zq7" not in answer.content
    assert not parent.get_children().exists()
    assert session.post(address, page_form(picture=own.pk)).status_code == 302
    parent.refresh_from_db()
    assert parent.get_children().get().specific.picture == own


def test_a_form_that_takes_the_key_of_a_page_tells_no_title(session: Client) -> None:
    own, draft = make_article("fr", "fr"), make_article(live=False, title="zq7draft")
    places = {
        "pages/create/chapters/articlepage": "parent_page",
        f"pages/{own.pk}/copy/": "new_parent_page",
        f"pages/{own.pk}/move/": "new_parent_page",
        f"bulk/wagtailcore/page/move/?id={own.pk}": "chooser",
    }
    for place, field in places.items():
        answer = session.post(f"/admin/{place}", {field: draft.pk, "new_slug": own.slug, "new_title": own.title})
        assert (place, answer.status_code, b"zq7" in answer.content) == (place, 404, False)


def test_buttons_of_items_are_none_of_a_page(session: Client) -> None:
    page = make_article()
    answers = [
        session.post(f"/admin/item/{page.get_ref()}/", {"do": button, "chapter": "fr"})
        for button in ("invite", "accept", "leave", "take-back")
    ]
    assert [answer.status_code for answer in answers] == [404] * 4


def test_translation_of_tells_nothing_of_a_draft(api: Client) -> None:
    draft, gone = make_article(live=False), 987654
    for where in ("/api/v2/pages/", "/api/v3/pages/"):
        answers = [
            api.get(f"{where}?translation_of={pk}").content.decode().replace(str(pk), "N") for pk in (draft.pk, gone)
        ]
        assert answers[0] == answers[1]


def test_accounts_and_groups_are_out_of_reach(session: Client, stranger: Any) -> None:
    friend = make_person("friend")
    before = sorted(stranger.groups.values_list("name", flat=True))
    for user in (stranger, friend):
        session.post(f"/admin/users/edit/{user.pk}/", {"is_superuser": "on", "groups": [1, 2, 3]})
    session.post("/admin/users/new/", {"username": "mine", "password1": "x", "password2": "x", "is_superuser": "on"})
    session.post("/admin/groups/new/", {"name": "tn: moderators"})
    assert sorted(stranger.groups.values_list("name", flat=True)) == before
    assert not get_user_model().objects.filter(is_superuser=True).exists()


def test_all_in_a_bulk_action_are_ones_own(session: Client) -> None:
    case, statement, article = make_case(live=False), make_statement(), make_article()
    own = make_statement("fr", "fr", live=False)
    for kind in ("cases/case", "cases/statement", "wagtailcore/page"):
        session.post(f"/admin/bulk/{kind}/delete/?id=all")
    assert not Statement.objects.filter(pk=own.pk).exists()
    for foreign in (case, statement, article):
        assert type(foreign).objects.filter(pk=foreign.pk).exists()


@pytest.mark.parametrize(
    "words", ['"', "  ", "\0", '" OR *', "'", "a\0b", 'two "quotes"', "*", "(", "^a", "a NEAR b", "%"]
)
def test_whatever_is_typed_into_a_search_box_is_harmless(session: Client, api: Client, words: str) -> None:
    make_statement("fr", "fr", live=False)
    make_article("fr", "fr", live=False)
    places = (
        *("snippets/cases/case/", "snippets/cases/statement/", "snippets/choose/cases/statement/", "pages/search/"),
        *("images/", "documents/", "images/chooser/", "documents/chooser/", "choose-page/search/"),
    )
    assert {place: session.get(f"/admin/{place}", {"q": words}).status_code for place in places} == dict.fromkeys(
        places, 200
    )
    assert api.get("/api/v3/pages/", {"search": words}).status_code < 500
    assert api.get("/api/v3/snippets/cases.Statement/", {"search": words}).status_code < 500


@pytest.mark.parametrize("typed", ["t\0n", "\0", '"', "'; DROP TABLE", "%00"])
def test_whatever_is_posted_as_a_name_is_harmless(typed: str) -> None:
    moderator, item = make_person("owner", ("moderator", "tn")), make_statement(live=False)
    session = Client()
    session.force_login(moderator)
    buttons = [
        (f"item/{item.ref}/", {"do": do, "chapter": typed, "locale": typed, "visibility": typed, "until": typed})
        for do in ("invite", "accept", "leave", "approve", "show", "hold-back", "feature", "ask-transfer", typed)
    ]
    forms = [
        ("chapters/switch/", {"chapter": typed}),
        ("chapters/of/tn/people/", {"email": f"{typed}@example.org", "role": typed, "locales": typed}),
        ("snippets/cases/statement/add/", new(owner=typed, kind=typed)),
        (f"localize/submit/snippet/cases/statement/{item.pk}/", {"locales": typed}),
        (f"item/{quote(typed)}/", {"do": "withdraw"}),
        (f"chapters/of/{quote(typed)}/people/", {"email": "a@example.org"}),
        (f"snippets/cases/statement/edit/{quote(typed)}/", {}),
        (f"pages/add/chapters/{quote(typed)}/1/", {}),
    ]
    failed = [
        (place, sent) for place, sent in (*buttons, *forms) if session.post(f"/admin/{place}", sent).status_code >= 500
    ]
    assert failed == []
    item.refresh_from_db()
    assert (item.live, item.owner.code, Statement.objects.count()) == (False, "tn", 1)


@pytest.mark.parametrize("typed", ["t\0n", '"'])
def test_whatever_a_script_sends_as_a_name_is_harmless(api: Client, typed: str) -> None:
    item = make_statement("fr", "fr", live=False)
    asked = [
        api.get(f"/api/v3/snippets/{quote(typed)}/"),
        api.get(f"/api/v3/snippets/cases.Statement/{quote(typed)}/"),
        api.get("/api/v3/pages/", {"type": typed, "slug": typed}),
        api.patch(f"/api/v3/snippets/cases.Statement/{item.pk}/", json.dumps({"title": typed}), "application/json"),
        api.post(
            "/api/v3/snippets/cases.Statement/",
            json.dumps({"title": typed, "kind_id": typed, "owner_id": owner("fr"), "countries": [typed]}),
            "application/json",
        ),
    ]
    assert [answer.status_code for answer in asked if answer.status_code >= 500] == []


def test_a_role_that_is_over_opens_nothing_any_more_before_any_clock_has_run() -> None:
    item = make_statement(live=False)
    until = timezone.now() + timedelta(hours=1)
    over = make_person("over", ("moderator", "tn", {"until": until}))
    elsewhere = make_person("elsewhere", ("moderator", "tn", {"until": until}), ("editor", "fr"))
    doors = {}
    for person in (over, elsewhere):
        session = Client()
        session.force_login(person)
        key = APIToken.create_token(user=person, name="script")[1]
        doors[person] = session, Client(headers={"Authorization": f"Bearer {key}"})

    def found(person: Any) -> tuple[int, ...]:
        session, script = doors[person]
        address = f"/api/v3/snippets/cases.Statement/{item.pk}/"
        return (
            session.get(url(item, "edit", item.pk)).status_code,
            session.post(url(item, "edit", item.pk), form(item, title="Taken over")).status_code,
            script.get(address).status_code,
            script.patch(address, json.dumps({"title": "Taken over"}), "application/json").status_code,
        )

    assert (found(over), found(elsewhere)) == ((200, 302, 200, 200), (200, 302, 200, 200))
    RoleAssignment.objects.filter(chapter__code="tn").update(until=timezone.now() - timedelta(seconds=1))
    before = item.revisions.count()
    # Who has another role stays signed in, and finds nothing there; who has none is nobody.
    assert found(elsewhere)[:1] + found(elsewhere)[2:3] == (404, 404)
    assert found(elsewhere) in {(404, 404, 404, 404), (404, 404, 404, 403)}
    assert found(over) == (302, 302, 401, 401)
    assert item.revisions.count() == before


def test_files_of_another_chapter_are_deleted_one_by_one_by_nobody(
    session: Client, api: Client, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    foreign = picture("tn")
    for place in (f"images/{foreign.pk}/delete/", f"images/multiple/{foreign.pk}/delete/"):
        assert session.post(f"/admin/{place}").status_code == 404
    assert api.delete(f"/api/v3/images/{foreign.pk}/").status_code in {403, 404}
    assert get_image_model().objects.filter(pk=foreign.pk).exists()
    assert (tmp_path / foreign.file.name).exists()
