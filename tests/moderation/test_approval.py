"""What a chapter says is read by a second person before it is public; nothing else is published than what was read."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.actions.publish_page_revision import PublishPageRevisionAction

from cases.models import Case, Statement
from chapters.models import ArticlePage, Chapter, NewsIndexPage, Review
from chapters.moderation import reviewing
from chapters.moderation.publishing import NotApproved
from tests.cases.conftest import form, url
from tests.factories import front, make_article, make_case, make_statement, translate

from .conftest import client_of, person, public

pytestmark = pytest.mark.django_db

CHECKED = "It was changed after you had opened it. Read it as it is now, then decide."


def submit(item: Any, user: Any) -> Any:
    """As the button does: a draft of this user is saved and handed to the workflow."""
    fresh = type(item).objects.get(pk=item.pk)
    draft = fresh.get_latest_revision_as_object()
    draft.save_revision(user=user)
    fresh = type(item).objects.get(pk=item.pk)
    state = fresh.current_workflow_state
    if state is not None:
        state.resume(user)
    else:
        fresh.get_workflow().start(fresh, user)
    return fresh


def write(item: Any, user: Any, **words: Any) -> Any:
    """Save a draft."""
    draft = type(item).objects.get(pk=item.pk).get_latest_revision_as_object()
    for name, value in words.items():
        setattr(draft, name, value)
    return draft.save_revision(user=user)


def token(item: Any) -> str:
    return reviewing.fingerprint(type(item).objects.get(pk=item.pk).get_latest_revision())


def decide(client: Client, item: Any, do: str = "approve", reason: str = "", reviewed: str = "") -> list[str]:
    locale = item.locale.language_code
    sent = {"do": do, "reason": reason, "locale": locale, "reviewed": reviewed or token(item)}
    response = client.post(f"/admin/item/{item.get_ref()}/", sent, follow=True)
    return [str(message) for message in response.context["messages"]] if response.context else []


def holder(item: Any) -> str:
    return str(reviewing.holder_of(type(item).objects.get(pk=item.pk)))


@pytest.mark.parametrize("make", [make_case, make_statement])
def test_a_moderator_approves_what_an_editor_submitted_and_it_is_public(make: Any) -> None:
    editor, moderator = person("ed", ("editor", "tn")), person("mod", ("moderator", "tn"))
    item = submit(make(live=False), editor)
    assert (holder(item), public(item)) == ("the moderators of Tunisia", [])
    assert decide(client_of(moderator), item) == ["It is approved and published."]
    assert public(item) == ["en"]


def test_an_article_that_was_submitted_is_approved_in_the_same_way() -> None:
    editor, moderator = person("ed", ("editor", "tn")), person("mod", ("moderator", "tn"))
    article = submit(make_article(live=False), editor)
    assert decide(client_of(moderator), article) == ["It is approved and published."]
    assert public(article) == ["en"]


def test_nobody_approves_their_own_whatever_their_role() -> None:
    writer, other = person("writer", ("moderator", "tn")), person("other", ("moderator", "tn"))
    statement = submit(make_statement(live=False), writer)
    no = ["You wrote part of it yourself: somebody else approves it."]
    assert decide(client_of(writer), statement) == no
    # Who corrects a word while reading it has become an author too.
    write(statement, other, title="A better title")
    assert decide(client_of(other), statement) == no
    assert public(statement) == []


def test_people_without_the_role_cannot_approve() -> None:
    editor = person("ed", ("editor", "tn"))
    person("mod", ("moderator", "tn"))
    statement = submit(make_statement(live=False), editor)
    colleague = client_of(person("colleague", ("editor", "tn")))
    assert decide(colleague, statement) == ["It waits for the moderators of Tunisia."]
    stranger = client_of(person("stranger", ("moderator", "fr")))
    assert stranger.post(f"/admin/item/{statement.ref}/", {"do": "approve"}).status_code == 404
    assert public(statement) == []


def test_a_chapter_of_one_person_publishes_by_way_of_its_parent() -> None:
    alone = person("alone", ("moderator", "tn"))
    parent = person("parent", ("moderator", "maghreb"))
    case = submit(make_case(live=False), alone)
    assert holder(case) == "the moderators of Maghreb"
    assert (
        "It waits for the moderators of Maghreb." in client_of(alone).get(f"/admin/item/{case.ref}/").content.decode()
    )
    assert decide(client_of(parent), case) == ["It is approved and published."]
    assert public(case) == ["en"]


def test_the_task_goes_on_upwards_and_to_staff_at_last() -> None:
    alone = person("alone", ("moderator", "tn"))
    case = submit(make_case(live=False), alone)
    assert holder(case) == "federation staff"
    region = person("region", ("moderator", "mena"))
    assert holder(case) == "the moderators of Middle East and North Africa"
    region.is_active = False
    region.save()
    assert holder(case) == "federation staff"
    assert decide(client_of(person("staff", ("staff", "world"))), case) == ["It is approved and published."]


def test_a_parent_reads_only_what_has_come_to_it() -> None:
    editor, alone = person("ed", ("editor", "tn")), person("alone", ("moderator", "tn"))
    parent = client_of(person("parent", ("moderator", "maghreb")))
    theirs, own = submit(make_case(live=False), editor), submit(make_case(live=False, title="Mine"), alone)
    draft = make_case(live=False)
    answers = [parent.get(f"/admin/item/{case.ref}/en/").status_code for case in (theirs, own, draft)]
    assert answers == [404, 200, 404]


def test_staff_approve_too_where_the_policy_asks_for_it() -> None:
    Chapter.objects.filter(code="tn").update(staff_approval="sensitive")
    editor, moderator = person("ed", ("editor", "tn")), person("mod", ("moderator", "tn"))
    staff = person("staff", ("staff", "world"))
    case, statement = submit(make_case(live=False), editor), submit(make_statement(live=False), editor)
    first = client_of(moderator)
    assert decide(first, statement) == ["It is approved and published."]
    assert decide(first, case) == ["It is approved, and now waits for federation staff."]
    assert (public(case), holder(case)) == ([], "federation staff")
    assert decide(first, case) == ["It waits for federation staff."]
    assert decide(client_of(staff), case) == ["It is approved and published."]
    assert public(case) == ["en"]


def test_an_edit_after_the_chapters_approval_goes_back_to_the_chapter() -> None:
    Chapter.objects.filter(code="tn").update(staff_approval="always")
    editor, moderator = person("ed", ("editor", "tn")), person("mod", ("moderator", "tn"))
    staff = client_of(person("staff", ("staff", "world")))
    for item in (make_statement(live=False), make_article(live=False)):
        submit(item, editor)
        decide(client_of(moderator), item)
        assert holder(item) == "federation staff"
        write(item, editor, title="Changed after the chapter had approved")
        assert (public(item), holder(item)) == ([], "the moderators of Tunisia")
        assert [review.ref for review in reviewing.waiting_for(moderator)] == [item.get_ref()]
        assert decide(client_of(moderator), item) == ["It is approved, and now waits for federation staff."]
        assert decide(staff, item) == ["It is approved and published."]
        assert public(item) == ["en"]


def test_words_saved_over_what_the_chapter_has_approved_go_back_to_it() -> None:
    Chapter.objects.filter(code="tn").update(staff_approval="always")
    editor, moderator = person("ed", ("editor", "tn")), person("mod", ("moderator", "tn"))
    statement = submit(make_statement(live=False), editor)
    decide(client_of(moderator), statement)
    draft = Statement.objects.get().get_latest_revision_as_object()
    draft.title = "Written over"
    draft.save_revision(user=editor, overwrite_revision=draft.latest_revision)
    assert holder(statement) == "the moderators of Tunisia"
    assert decide(client_of(moderator), statement) == ["It is approved, and now waits for federation staff."]


def test_only_the_words_that_were_read_are_approved() -> None:
    editor, moderator = person("ed", ("editor", "tn")), person("mod", ("moderator", "tn"))
    statement = submit(make_statement(live=False, title="As it was read"), editor)
    read = token(statement)
    write(statement, editor, title="Slipped in")
    assert decide(client_of(moderator), statement, reviewed=read) == [CHECKED]
    assert decide(client_of(moderator), statement, reviewed="nonsense") == [CHECKED]
    assert public(statement) == []


def test_an_autosave_over_the_same_revision_is_noticed() -> None:
    editor, moderator = person("ed", ("editor", "tn")), person("mod", ("moderator", "tn"))
    statement = submit(make_statement(live=False), editor)
    read = token(statement)
    draft = Statement.objects.get().get_latest_revision_as_object()
    draft.title = "Written over"
    draft.save_revision(user=editor, overwrite_revision=draft.latest_revision)
    assert decide(client_of(moderator), statement, reviewed=read) == [CHECKED]


def test_of_two_moderators_at_once_the_second_is_told_who_was_quicker() -> None:
    editor = person("ed", ("editor", "tn"))
    first, second = (person(name, ("moderator", "tn")) for name in ("first", "second"))
    statement = submit(make_statement(live=False), editor)
    read = token(statement)
    assert decide(client_of(first), statement, reviewed=read) == ["It is approved and published."]
    late = decide(client_of(second), statement, "return", "Not like this", reviewed=read)
    assert late == ["Somebody was quicker: first has approved it."]
    assert (public(statement), Review.objects.filter(status="approved").count()) == (["en"], 1)


def test_what_is_returned_has_a_reason_and_comes_back_with_what_has_changed() -> None:
    editor, moderator = person("ed", ("editor", "tn")), person("mod", ("moderator", "tn"))
    statement = submit(make_statement(live=False, title="Fist version"), editor)
    reader = client_of(moderator)
    assert decide(reader, statement, "return") == ["Say what has to change: the author reads it."]
    assert decide(reader, statement, "return", "A typing error in the title") == [
        "It is returned to its author, with your reason."
    ]
    assert "A typing error in the title" in client_of(editor).get(f"/admin/item/{statement.ref}/").content.decode()
    write(statement, editor, title="First version")
    submit(statement, editor)
    page = reader.get(f"/admin/item/{statement.ref}/en/").content.decode()
    assert ("Fist" in page, "First" in page, "What has changed" in page) == (True, True, True)
    assert decide(reader, statement) == ["It is approved and published."]


def test_a_review_that_begins_again_is_about_the_correction_whatever_was_loaded_before() -> None:
    editor, moderator = person("ed", ("editor", "tn")), person("mod", ("moderator", "tn"))
    statement = submit(make_statement(live=False, title="Fist version"), editor)
    decide(client_of(moderator), statement, "return", "A typing error")
    state = Statement.objects.get().current_workflow_state
    assert str(state.content_object) == "Fist version"  # as Wagtail's form has it: loaded before the draft is saved
    write(statement, editor, title="First version")
    state.resume(editor)
    assert [review.revision.object_str for review in reviewing.waiting_for(moderator)] == ["First version"]


def test_the_button_publishes_only_what_the_chapter_has_freed() -> None:
    moderator = person("mod", ("moderator", "tn"))
    statement = make_statement(live=False)
    for item, refused in ((statement, True), (make_article(live=False), False)):
        revision = write(item, moderator)
        if refused:
            with pytest.raises(NotApproved, match="Somebody else has to read it"):
                revision.publish(user=moderator, skip_permission_checks=True)
        else:
            PublishPageRevisionAction(revision, user=moderator).execute(skip_permission_checks=True)
        assert (public(item) == []) is refused
    Chapter.objects.filter(code="tn").update(free_types=["statement"])
    write(statement, moderator).publish(user=moderator, skip_permission_checks=True)
    assert public(statement) == ["en"]


def test_an_author_does_not_end_the_review_by_publishing() -> None:
    editor = person("ed", ("editor", "tn"))
    article = submit(make_article(live=False), editor)
    with pytest.raises(NotApproved, match="It is being reviewed"):
        PublishPageRevisionAction(write(article, editor), user=editor).execute(skip_permission_checks=True)
    assert (public(article), ArticlePage.objects.get().workflow_in_progress) == ([], True)


def test_what_is_withdrawn_or_held_cannot_be_approved() -> None:
    editor, moderator = person("ed", ("editor", "tn")), person("mod", ("moderator", "tn"))
    staff = person("staff", ("staff", "world"))
    statement = submit(make_statement(live=False), editor)
    client_of(staff).post(f"/admin/item/{statement.ref}/", {"do": "hold", "reason": "Wait for the lawyer."})
    assert decide(client_of(moderator), statement) == [
        "Federation staff hold this item: Wait for the lawyer. It can be published when they release it."
    ]
    client_of(staff).post(f"/admin/item/{statement.ref}/", {"do": "release"})
    assert decide(client_of(moderator), statement) == ["It is approved and published."]


def test_a_suspended_chapter_approves_nothing() -> None:
    editor, moderator = person("ed", ("editor", "tn")), person("mod", ("moderator", "tn"))
    statement = submit(make_statement(live=False), editor)
    Chapter.objects.filter(code="tn").update(status="suspended")
    decide(client_of(moderator), statement)
    decide(client_of(person("staff", ("staff", "world"))), statement)
    assert public(statement) == []


def test_create_and_submit_in_one_go_starts_the_workflow(admin_of_the_house: Client) -> None:
    blank = Case(title="New", kind_id="case")
    sent = form(blank, owner=Chapter.objects.get(code="tn").pk, **{"action-submit": "1"})
    assert admin_of_the_house.post(url(blank, "add"), sent).status_code == 302
    assert (Case.objects.get().workflow_in_progress, holder(Case.objects.get())) == (True, "federation staff")
    parent = NewsIndexPage.objects.child_of(front("tn")).get()
    place = reverse("wagtailadmin_pages:add", args=["chapters", "articlepage", parent.pk])
    page = admin_of_the_house.get(place).content.decode()
    assert "action-submit" in page


def test_a_new_page_that_needs_approval_is_submitted_whatever_button_is_sent(rf: Any) -> None:
    from chapters.moderation.menus import submit_instead

    Chapter.objects.filter(code="tn").update(free_types=[])
    parent = NewsIndexPage.objects.child_of(front("tn")).get()
    request = rf.post("/", {"title": "Hasty", "action-publish": "1"})
    request.user = person("ed", ("editor", "tn"))
    submit_instead(request, parent, ArticlePage)
    assert request.POST.dict() == {"title": "Hasty", "action-submit": "1"}


def test_the_letters_of_a_review_name_nothing_but_the_ref(committed: Any) -> None:
    editor, moderator = person("ed", ("editor", "tn")), person("mod", ("moderator", "tn"))
    with committed():
        statement = submit(make_statement(live=False, title="A title with a name"), editor)
    with committed():
        decide(client_of(moderator), statement, "return", "A reason with a name")
    with committed():
        submit(statement, editor)
    with committed():
        decide(client_of(moderator), statement)
    letters = [(letter.to, letter.subject) for letter in mail.outbox]
    assert letters == [
        (["mod@example.org"], "[Federation] An item waits for your review"),
        (["ed@example.org"], "[Federation] An item was returned to you"),
        (["mod@example.org"], "[Federation] An item waits for your review"),
        (["ed@example.org"], "[Federation] An item was approved"),
    ]
    assert [letter.body for letter in mail.outbox if "with a name" in letter.body] == []


def test_asking_what_waits_costs_the_same_for_one_and_for_many(django_assert_num_queries: Any) -> None:
    editor, moderator = person("ed", ("editor", "tn")), person("mod", ("moderator", "tn"))
    submit(make_statement(live=False), editor)
    submit(make_article(live=False), editor)
    with django_assert_num_queries(6):
        assert len(reviewing.waiting_for(moderator)) == 2
    for _number in range(8):
        submit(make_statement(live=False), editor)
        submit(make_article(live=False), editor)
    fresh = type(moderator).objects.get(pk=moderator.pk)
    with django_assert_num_queries(6):
        assert len(reviewing.waiting_for(fresh)) == 18
    assert reviewing.waiting_for(type(editor).objects.get(pk=editor.pk)) == []


def test_wagtails_own_list_of_what_waits_agrees() -> None:
    from wagtail.models import TaskState

    editor, moderator = person("ed", ("editor", "tn")), person("mod", ("moderator", "tn"))
    statement = submit(make_statement(live=False), editor)
    waiting = [state.specific.ref for state in TaskState.objects.reviewable_by(moderator)]
    assert (waiting, list(TaskState.objects.reviewable_by(editor))) == ([statement.ref], [])


def test_a_translation_is_reviewed_for_itself() -> None:
    editor, moderator = person("ed", ("editor", "tn")), person("mod", ("moderator", "tn"))
    statement = make_statement()
    french = submit(translate(statement, "fr", live=False), editor)
    assert public(statement) == ["en"]
    assert decide(client_of(moderator), french) == ["It is approved and published."]
    assert public(statement) == ["en", "fr"]


def test_the_draft_is_framed_by_the_page_around_it_and_by_nothing_else() -> None:
    editor, moderator = person("ed", ("editor", "tn")), client_of(person("mod", ("moderator", "tn")))
    for item in (submit(make_statement(live=False), editor), submit(make_article(live=False), editor)):
        draft = moderator.get(f"/admin/item/{item.get_ref()}/en/draft/")
        assert "frame-ancestors 'self'" in draft["Content-Security-Policy"]
        assert "no-store" in draft["Cache-Control"]


def test_an_editor_opens_a_chapters_front_which_has_no_ref_of_its_own(federation: object) -> None:
    client = client_of(person("editor", ("editor", "tn")))
    for language in ("en", "fr"):
        assert client.get(f"/admin/pages/{front('tn', language).pk}/edit/").status_code == 200
