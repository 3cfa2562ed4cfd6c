"""Other chapters translate what its owner offers: it stays the item's, its owner approves, readers see who did it."""

import json
from typing import Any

import pytest
from django.test import Client
from wagtail.models import APIToken, Locale, ModelLogEntry

from cases.actions import change_visibility, offer_for_translation
from cases.models import Case, Statement
from chapters import rights
from chapters.models import Chapter, RoleAssignment
from chapters.moderation import reviewing
from chapters.roles import end_role
from chapters.status import change_status
from tests.cases.conftest import form, url
from tests.factories import body, make_article, make_case, make_statement, translate

from .conftest import client_of, person, public

pytestmark = pytest.mark.django_db


@pytest.fixture
def translator() -> Any:
    """Somebody who translates into French, for France."""
    return person("translator", ("translator", "fr", {"locales": ["fr"]}))


@pytest.fixture
def owner() -> Any:
    """A moderator of the chapter whose statement it is."""
    return person("owner", ("moderator", "tn"))


def begin(user: Any, item: Any, lang: str = "fr", chapter: str = "fr") -> Any:
    """Press the button; what it answers."""
    address = f"/admin/chapters/translations/{item.ref}/{lang}/"
    return client_of(user).post(address, {"chapter": chapter})


def row_of(item: Any, lang: str = "fr") -> Any:
    return type(item).objects.get(ref=item.ref, locale__language_code=lang)


def begun(user: Any, item: Any) -> Any:
    assert begin(user, item).status_code == 302
    return row_of(item)


def submit(user: Any, row: Any, title: str = "Traduit") -> Any:
    answer = client_of(user).post(url(row, "edit", row.pk), form(row, title=title, **{"action-submit": "1"}))
    assert answer.status_code == 302
    return type(row).objects.get(pk=row.pk)


def approve(user: Any, row: Any) -> list[str]:
    words = reviewing.fingerprint(row.get_latest_revision())
    sent = {"do": "approve", "locale": row.locale.language_code, "reviewed": words}
    response = client_of(user).post(f"/admin/item/{row.ref}/", sent, follow=True)
    return [str(message) for message in response.context["messages"]]


def api(item: Any, lang: str = "fr") -> Any:
    return json.loads(Client().get(f"/api/v3/{item.register_type}s/{item.ref}/?locale={lang}").content)


def offered(user: Any, lang: str = "fr") -> list[str]:
    page = client_of(user).get("/admin/chapters/translations/", {"language": lang, "of": "others"})
    return [row["entry"].title for row in page.context["rows"]]


def reads(user: Any, item: Any) -> dict[str, int]:
    """What somebody finds at the addresses of an item and of its languages."""
    client = client_of(user)
    return {
        f"{row.locale.language_code} {view}": client.get(address).status_code
        for row in type(item).objects.filter(ref=item.ref).order_by("pk")
        for view, address in (
            ("edit", url(row, "edit", row.pk)),
            ("history", url(row, "history", row.pk)),
            ("read", f"/admin/item/{row.ref}/{row.locale.language_code}/"),
        )
    }


def test_a_public_statement_is_translated_by_another_chapter_from_button_to_credit(translator: Any, owner: Any) -> None:
    item = make_statement("tn", title="No favour, a right", body=body("Words"))
    assert offered(translator) == ["No favour, a right"]
    row = begun(translator, item)
    assert (row.owner.code, row.translated_by.code, row.live, row.title) == ("tn", "fr", False, "No favour, a right")
    assert (offered(translator), public(item)) == ([], ["en"])
    assert "owner" not in client_of(translator).get(url(row, "edit", row.pk)).context["form"].fields
    row = submit(translator, row, "Un droit, pas une faveur")
    assert (public(item), str(reviewing.holder_of(row))) == (["en"], "the moderators of Tunisia")
    assert approve(owner, row) == ["It is approved and published."]
    assert public(item) == ["en", "fr"]
    said = api(item)
    assert (said["title"], said["owner"]["code"], said["translated_by"]) == (
        "Un droit, pas une faveur",
        "tn",
        {"code": "fr", "label": "France"},
    )
    assert api(item, "en")["translated_by"] is None
    page = Client().get(row_of(item).full_url).content.decode()
    assert 'href="/fr/fr/">France</a>' in page[page.index("Traduit par") :][:80]
    listed = json.loads(Client().get("/api/v3/statements/?chapter=fr").content)["items"]
    assert [one["ref"] for one in listed] == []


def test_the_credit_follows_the_name_of_the_chapter(translator: Any, owner: Any) -> None:
    item = make_statement("tn")
    approve(owner, submit(translator, begun(translator, item)))
    chapter = Chapter.objects.get(code="fr")
    chapter.names = {"fr": "Section française"}
    chapter.save()
    assert api(item)["translated_by"] == {"code": "fr", "label": "Section française"}


def test_moderators_of_the_translators_approve_where_the_owner_allows_it(translator: Any, owner: Any) -> None:
    item, colleague = make_statement("tn"), person("colleague", ("moderator", "fr"))
    row = submit(translator, begun(translator, item))
    assert approve(colleague, row) == ["It waits for the moderators of Tunisia."]
    Chapter.objects.filter(code="tn").update(others_approve_translations=True)
    assert [review.ref for review in reviewing.waiting_for(colleague)] == [item.ref]
    assert approve(translator, row) == ["You wrote part of it yourself: somebody else approves it."]
    assert approve(colleague, row) == ["It is approved and published."]
    assert (public(item), api(item)["translated_by"]["code"]) == (["en", "fr"], "fr")


def test_the_owner_may_approve_all_the_same_and_nobody_their_own(owner: Any) -> None:
    Chapter.objects.filter(code="tn").update(others_approve_translations=True)
    item, alone = make_statement("tn"), person("alone", ("moderator", "fr"))
    row = submit(alone, begun(alone, item))
    assert approve(alone, row) == ["You wrote part of it yourself: somebody else approves it."]
    assert (str(reviewing.holder_of(row)), public(item)) == ("the moderators of Tunisia", ["en"])
    assert approve(owner, row) == ["It is approved and published."]


def test_who_approves_for_the_translators_reads_their_words_and_nothing_else(translator: Any) -> None:
    Chapter.objects.filter(code="tn").update(others_approve_translations=True)
    item, colleague = make_statement("tn"), person("colleague", ("moderator", "fr"))
    item.title = "A correction nobody has read"
    item.save_revision()
    submit(translator, begun(translator, item))
    assert reads(colleague, item) == {
        **dict.fromkeys(("en edit", "en history", "en read"), 404),
        **dict.fromkeys(("fr edit", "fr history", "fr read"), 200),
    }
    page = client_of(colleague).get(f"/admin/item/{item.ref}/").content.decode()
    assert ("A correction" in page, "Read and decide" in page, 'value="withdraw"' in page) == (False, True, False)


def test_a_case_is_offered_when_its_owner_says_so(translator: Any, owner: Any) -> None:
    item = make_case("tn", title="A case")
    assert offered(translator) == []
    assert begin(translator, item).headers["Location"] == "/admin/"  # refused as everywhere
    assert not Case.objects.filter(locale__language_code="fr").exists()
    page = client_of(owner)
    assert page.post(f"/admin/item/{item.ref}/", {"do": "offer"}).status_code == 302
    assert offered(translator) == ["A case"]
    approve(owner, submit(translator, begun(translator, item)))
    assert (public(item), api(item)["translated_by"]["code"]) == (["en", "fr"], "fr")


def test_only_moderators_of_the_owner_decide_what_is_offered(translator: Any, owner: Any) -> None:
    item = make_case("tn")
    no = ["Moderators of the owner chapter decide that."]
    for user in (translator, person("ed", ("editor", "tn")), person("other", ("moderator", "fr"))):
        response = client_of(user).post(f"/admin/item/{item.ref}/", {"do": "offer"}, follow=True)
        assert [str(message) for message in response.context["messages"]] == no
    assert Case.objects.get().offered is None
    client_of(owner).post(f"/admin/item/{item.ref}/", {"do": "offer"})
    log = ModelLogEntry.objects.for_instance(item).filter(action__startswith="federation.translation")
    assert [(entry.action, entry.user) for entry in log] == [("federation.translation_offered", owner)]


def test_what_is_no_longer_offered_is_not_begun_and_what_is_published_stays(translator: Any, owner: Any) -> None:
    first, second, third = (make_statement("tn", title=title) for title in ("First", "Second", "Third"))
    approve(owner, submit(translator, begun(translator, first)))
    draft = begun(translator, second)
    for item in (first, second, third):
        client_of(owner).post(f"/admin/item/{item.ref}/", {"do": "offer-no-longer"})
    assert (offered(translator), begin(translator, third).headers["Location"]) == ([], "/admin/")
    assert (public(first), api(first)["translated_by"]["code"]) == (["en", "fr"], "fr")
    for row in (draft, row_of(first)):
        client_of(translator).post(url(row, "edit", row.pk), form(row, title="Too late"))
        assert row_of(row).get_latest_revision_as_object().title != "Too late"
    assert reads(translator, second)["fr read"] == 200


def test_what_is_read_when_the_offer_ends_is_the_owners_to_approve(translator: Any, owner: Any) -> None:
    Chapter.objects.filter(code="tn").update(others_approve_translations=True)
    item, colleague = make_statement("tn"), person("colleague", ("moderator", "fr"))
    row = submit(translator, begun(translator, item))
    offer_for_translation(item, False)
    assert approve(colleague, row) == ["It waits for the moderators of Tunisia."]
    assert approve(owner, row) == ["It is approved and published."]


def test_what_readers_do_not_have_is_not_offered(translator: Any, owner: Any) -> None:
    draft = make_statement("tn", live=False, title="A draft")
    inside = make_statement("tn", title="For the federation", visibility="federation")
    withdrawn, own = make_statement("tn", title="Withdrawn"), make_statement("fr", "en", title="Our own")
    client_of(owner).post(f"/admin/item/{withdrawn.ref}/", {"do": "withdraw", "reason": "A threat"})
    still = make_statement("mr", "ar", title="Of a chapter that stands still")
    change_status(Chapter.objects.get(code="mr"), "suspend", reason="Elections")
    assert offered(translator) == []
    found = {item.title: begin(translator, item).status_code for item in (draft, inside, withdrawn, own, still)}
    assert found == {
        "A draft": 404,
        "For the federation": 404,
        "Withdrawn": 404,
        "Our own": 302,
        "Of a chapter that stands still": 302,
    }
    assert Statement.objects.filter(locale__language_code="fr").count() == 0


@pytest.mark.parametrize("how", ["withdraw", "hold", "visibility"])
def test_while_readers_do_not_have_it_nobody_of_the_other_chapter_does(translator: Any, owner: Any, how: str) -> None:
    item, staff = make_statement("tn"), person("staff", ("staff", "world"))
    row = begun(translator, item)
    if how == "visibility":
        change_visibility(item, "chapter")
    else:
        client_of(staff).post(f"/admin/item/{item.ref}/", {"do": how, "reason": "A threat"})
    assert set(reads(translator, item).values()) == {404}
    assert client_of(translator).get(f"/admin/item/{item.ref}/").status_code == 404
    assert client_of(translator).post(url(row, "edit", row.pk), form(row, title="Still mine")).status_code == 404
    page = client_of(translator).get("/admin/chapters/translations/?language=fr&of=others")
    assert (page.context["begun"], rights.may_on(owner, rights.VIEW, row)) == ([], True)


def test_a_published_translation_goes_and_comes_back_with_its_item(translator: Any, owner: Any) -> None:
    item, staff = make_statement("tn"), person("staff", ("staff", "world"))
    approve(owner, submit(translator, begun(translator, item)))
    client_of(staff).post(f"/admin/item/{item.ref}/", {"do": "hold", "reason": "A complaint"})
    assert public(item) == []
    client_of(staff).post(f"/admin/item/{item.ref}/", {"do": "release"})
    assert (public(item), api(item)["translated_by"]["code"]) == (["en", "fr"], "fr")


def test_a_language_that_is_not_theirs_is_refused(translator: Any, owner: Any) -> None:
    item = make_statement("tn")
    refused = [
        begin(translator, item, "ar", "fr"),  # not a language of the chapter
        begin(translator, item, "fr", "mr"),  # not their chapter
        begin(translator, item, "fr", "tn"),  # the owner
        begin(person("arabic", ("translator", "mr", {"locales": ["ar"]})), item, "fr", "mr"),  # not theirs there
        begin(owner, item, "fr", "tn"),  # who translates for the owner does it as ever
    ]
    assert {answer.headers["Location"] for answer in refused} == {"/admin/"}
    assert begin(translator, item, "fr", "nowhere").status_code == 404
    assert Statement.objects.count() == 1


def test_nobody_begins_twice(translator: Any) -> None:
    item = make_statement("tn")
    begun(translator, item)
    answer = begin(person("other", ("translator", "maghreb", {"locales": ["fr"]})), item, "fr", "maghreb")
    assert answer.headers["Location"] == f"/admin/item/{item.ref}/"
    theirs = make_statement("tn", title="Begun at home")
    translate(theirs, "fr", live=False)
    assert (offered(translator), begin(translator, theirs).headers["Location"]) == ([], f"/admin/item/{theirs.ref}/")
    assert Statement.objects.filter(locale__language_code="fr").count() == 2


def test_a_translation_begins_with_the_public_words_and_never_with_a_draft(translator: Any) -> None:
    item = make_statement("tn", title="As published", summary="In public")
    item.title, item.summary = "A correction nobody has read", "Secret"
    item.save_revision()
    row = begun(translator, item)
    seen = client_of(translator).get(url(row, "edit", row.pk)).content.decode()
    seen += client_of(translator).get(f"/admin/item/{item.ref}/fr/draft/").content.decode()
    seen += client_of(translator).get(f"/admin/item/{item.ref}/").content.decode()
    assert ((row.title, row.summary), "A correction" in seen, "Secret" in seen) == (
        ("As published", "In public"),
        False,
        False,
    )


def test_nothing_else_of_the_owner_is_within_reach(translator: Any, owner: Any) -> None:
    item, draft = make_statement("tn"), make_case("tn", live=False, visibility="chapter")
    translate(item, "ar", live=False, title="A language nobody has")
    row = begun(translator, item)
    assert reads(translator, item) == {
        **dict.fromkeys(("en edit", "en history", "en read", "ar edit", "ar history", "ar read"), 404),
        **dict.fromkeys(("fr edit", "fr history", "fr read"), 200),
    }
    client = client_of(translator)
    shown = client.get(f"/admin/item/{item.ref}/")
    assert ([one["code"] for one in shown.context["rows"]], shown.context["panels"]) == (["fr"], [])
    arabic = row_of(item, "ar")
    page = client.get(url(row, "edit", row.pk)).content.decode()
    assert [f"/edit/{one.pk}/" in page for one in (item, arabic)] == [False, False]
    assert client.get(url(draft, "edit", draft.pk)).status_code == 404
    for view in ("delete", "unpublish"):
        client.post(url(row, view, row.pk), {"do": "it"})
    client.post(url(row, "edit", row.pk), form(row, owner=Chapter.objects.get(code="fr").pk, **{"action-publish": "1"}))
    for do in ("withdraw", "offer-no-longer", "remark", "ask-transfer"):
        client.post(f"/admin/item/{item.ref}/", {"do": do, "reason": "Mine", "chapter": "fr"})
    fresh = row_of(item)
    assert (fresh.owner.code, fresh.live, public(item), item.co_publications.count()) == ("tn", False, ["en"], 0)
    assert not shown.context["remarks"]


def test_a_token_of_the_translator_writes_that_draft_and_nothing_else(translator: Any) -> None:
    item = make_statement("tn")
    row = begun(translator, item)
    token = APIToken.create_token(user=translator, name="script")[1]
    script = Client(headers={"Authorization": f"Bearer {token}"})

    def patch(one: Any, **given: Any) -> int:
        where = f"/api/v3/snippets/cases.Statement/{one.pk}/"
        return script.patch(where, json.dumps({"title": "Par un programme", **given}), "application/json").status_code

    for one in (item, row):
        where = f"/api/v3/snippets/cases.Statement/{one.pk}/"
        assert script.get(f"{where}?version=draft").status_code == 404
        assert script.post(f"{where}actions/publish/").status_code in {403, 404}
    assert (patch(item), patch(row, owner_id=Chapter.objects.get(code="fr").pk, kind_id="report")) == (403, 200)
    fresh = row_of(item)
    assert (fresh.owner.code, fresh.live, fresh.get_latest_revision_as_object().title) == (
        "tn",
        False,
        "Par un programme",
    )
    assert patch(row, meta={"action": "publish"}) in {400, 403, 422}
    assert (public(item), Statement.objects.get(pk=item.pk).get_latest_revision_as_object().title) == (
        ["en"],
        item.title,
    )


def test_who_translated_is_no_part_of_a_revision(translator: Any, owner: Any) -> None:
    item = make_statement("tn")
    row = submit(translator, begun(translator, item))
    old = row.get_latest_revision()
    old.content = {**old.content, "translated_by": Chapter.objects.get(code="mr").pk, "offered": False}
    old.save()
    row = row_of(item)
    approve(owner, row)
    fresh = row_of(item)
    assert (fresh.translated_by.code, fresh.offered, fresh.is_offered) == ("fr", None, True)
    assert api(item)["translated_by"]["code"] == "fr"


def test_the_owners_people_do_not_write_over_it_by_wagtail_localize(translator: Any, owner: Any) -> None:
    item = make_statement("tn", title="No favour, a right")
    row = begun(translator, item)
    client_of(translator).post(url(row, "edit", row.pk), form(row, title="Presque fini"))
    address = f"/admin/localize/submit/snippet/cases/statement/{item.pk}/"
    sent = {"locales": [Locale.objects.get(language_code="fr").pk]}
    assert client_of(owner).post(address, sent).headers["Location"] == "/admin/"
    assert client_of(translator).get(address).status_code == 404
    assert row_of(item).get_latest_revision_as_object().title == "Presque fini"


def test_who_translates_reads_for_whom_and_finds_the_way_back(translator: Any, owner: Any) -> None:
    item = make_statement("tn")
    row = begun(translator, item)
    client = client_of(translator)
    told = [str(message) for message in client.get(url(row, "edit", row.pk)).context["messages"]]
    assert told == [
        "France translates this for Tunisia, whose item it is. "
        f'<a href="/en/statements/no-favour-a-right-{item.ref}/">As readers see it</a>'
    ]
    sent = form(row, title="Traduit", **{"action-submit": "1"})
    back = client.post(url(row, "edit", row.pk), sent).headers["Location"]
    assert back == "/admin/chapters/translations/?language=fr&of=others"


def test_it_is_returned_to_its_translator_who_corrects_it(translator: Any, owner: Any) -> None:
    item = make_statement("tn")
    row = submit(translator, begun(translator, item), "Un droi")
    reviewing.give_back(
        row, user=owner, reviewed=reviewing.fingerprint(row.get_latest_revision()), comment="A letter is missing"
    )
    home = client_of(translator).get("/admin/").context["panels"]
    panels = {str(one.heading): [row["title"] for row in one.rows()] for one in home if one.heading}
    assert panels["Returned to me"] == ["Un droi"]
    assert "A letter is missing" in client_of(translator).get(f"/admin/item/{item.ref}/").content.decode()
    approve(owner, submit(translator, row_of(item), "Un droit"))
    assert api(item)["title"] == "Un droit"


def test_a_draft_that_never_was_public_is_given_up_and_others_begin(translator: Any, owner: Any) -> None:
    item = make_statement("tn")
    begun(translator, item)
    sent = {"do": "give-up", "locale": "fr"}
    client_of(person("stranger", ("moderator", "mr"))).post(f"/admin/item/{item.ref}/", sent)
    assert Statement.objects.count() == 2
    client_of(translator).post(f"/admin/item/{item.ref}/", sent)
    assert (Statement.objects.count(), offered(translator)) == (1, [item.title])
    approve(owner, submit(translator, begun(translator, item)))
    client_of(translator).post(f"/admin/item/{item.ref}/", sent)
    assert public(item) == ["en", "fr"]


def test_a_role_that_ended_and_a_chapter_that_stands_still_write_no_more(translator: Any) -> None:
    item = make_statement("tn")
    row = begun(translator, item)
    change_status(Chapter.objects.get(code="fr"), "suspend", reason="Elections")
    assert client_of(translator).get(url(row, "edit", row.pk)).status_code == 404
    change_status(Chapter.objects.get(code="fr"), "reopen", reason="Elected")
    change_status(Chapter.objects.get(code="tn"), "suspend", reason="Elections")
    client_of(translator).post(url(row, "edit", row.pk), form(row, title="Meanwhile"))
    assert row_of(item).get_latest_revision_as_object().title == item.title


def test_the_first_page_and_the_screen_show_what_others_offer_and_what_was_begun(translator: Any) -> None:
    item, other = make_statement("tn", title="One"), make_statement("tn", title="Two")
    make_article("tn", title="An article is its chapter's")
    begun(translator, item)

    home = client_of(translator).get("/admin/").context["panels"]
    panels = {str(one.heading): [row["title"] for row in one.rows()] for one in home if one.heading}
    assert (panels["To translate for other chapters"], panels["My drafts"]) == ([other.title], ["One"])
    page = client_of(translator).get("/admin/chapters/translations/?language=fr&of=others")
    assert [(one.title, one.is_in_review, one.is_behind) for one in page.context["begun"]] == [("One", False, False)]
    submit(translator, row_of(item))
    page = client_of(translator).get("/admin/chapters/translations/?language=fr&of=others")
    assert [(one.title, one.is_in_review) for one in page.context["begun"]] == [("Traduit", True)]


def test_the_screen_costs_the_same_for_one_offer_and_for_thirty(
    translator: Any, django_assert_max_num_queries: Any
) -> None:
    client, address = client_of(translator), "/admin/chapters/translations/?language=fr&of=others"

    def fill(number: int) -> None:
        begun(translator, make_statement("tn", title=f"Begun {number}"))
        make_statement("tn", title=f"Offered {number}")

    fill(0)
    client.get(address)
    with django_assert_max_num_queries(25) as few:
        client.get(address)
    for number in range(1, 15):
        fill(number)
    with django_assert_max_num_queries(25) as many:
        client.get(address)
    assert len(many) <= len(few)


def test_after_a_transfer_the_new_owner_decides_what_is_offered(owner: Any) -> None:
    from cases.actions import transfer

    item = make_case("tn")
    offer_for_translation(item, True)
    translate(item, "ar")
    transfer(item, Chapter.objects.get(code="fr"))
    assert [row.is_offered for row in Case.objects.all()] == [False, False]


@pytest.mark.parametrize("how", ["with a reviewer", "returned", "draft"])
def test_what_was_withdrawn_is_named_on_no_desk_of_those_who_translate_it(
    translator: Any, owner: Any, federation: Any, how: str
) -> None:
    Chapter.objects.filter(code="tn").update(others_approve_translations=True)
    people = [
        translator,
        person("colleague", ("editor", "fr", {"locales": ["fr"]})),
        person("approver", ("moderator", "fr", {"locales": ["fr"]})),
    ]
    item = make_statement("tn")
    row = begun(translator, item)
    if how == "draft":
        client_of(translator).post(url(row, "edit", row.pk), form(row, title="Quivatek"))
    else:
        row = submit(translator, row, "Quivatek")
    if how == "returned":
        words = reviewing.fingerprint(row.get_latest_revision())
        reviewing.give_back(row, user=people[2], reviewed=words, comment="Why?")
    where = ("/admin/", "/admin/chapters/reviews/")

    def named() -> set[tuple[str, str]]:
        return {
            (one.username, path)
            for one in people
            for path in where
            if "Quivatek" in client_of(one).get(path).content.decode()
        }

    shown = {"with a reviewer": {("translator", where[0]), ("approver", where[0])}}
    assert named() >= shown.get(how, {("translator", where[0])})
    client_of(owner).post(f"/admin/item/{item.ref}/", {"do": "withdraw", "reason": "A threat"})
    assert named() == set()


def test_who_has_left_a_chapter_no_longer_meets_there_what_they_submitted(owner: Any, federation: Any) -> None:
    author = person("author", ("editor", "tn"), ("editor", "fr"))
    item = make_statement("tn", title="Quivatek", live=False)
    client_of(author).post(url(item, "edit", item.pk), form(item, title="Quivatek", **{"action-submit": "1"}))
    assert "Quivatek" in client_of(author).get("/admin/").content.decode()
    end_role(RoleAssignment.objects.get(user=author, chapter__code="tn"), by=None)
    assert "Quivatek" not in client_of(author).get("/admin/").content.decode()
