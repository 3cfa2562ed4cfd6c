"""Every way in which a case or statement becomes public or stops being so, as the register sees it."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from cases.actions import change_visibility, set_embargo
from cases.models import Case
from chapters.models import Chapter
from search.models import Change
from search.reconciliation import reconcile
from tests.factories import body, make_case, make_statement, publish, translate

from .conftest import document, form, public, url

pytestmark = pytest.mark.django_db

MAKERS = [make_case, make_statement]


def at(monkeypatch: Any, moment: Any) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.mark.parametrize("make", MAKERS)
def test_the_button_publishes_and_unpublishes(admin: Client, make: Any) -> None:
    item = make(live=False)
    assert public(item) == []
    admin.post(url(item, "edit", item.pk), form(item, title="By the button", **{"action-publish": "1"}))
    assert (public(item), document(item)["title"]) == (["en"], "By the button")
    admin.post(url(item, "unpublish", item.pk))
    assert public(item) == []


@pytest.mark.parametrize("make", MAKERS)
def test_the_form_creates_and_publishes_at_once(admin: Client, make: Any) -> None:
    model = type(make(live=False))
    model.objects.all().delete()
    blank = model(title="New", kind_id="case" if model is Case else "report")
    sent = form(blank, owner=Chapter.objects.get(code="tn").pk, **{"action-publish": "1"})
    assert admin.post(url(blank, "add"), sent).status_code == 302
    item = model.objects.get()
    assert (item.owner.code, len(item.ref), item.live) == ("tn", 10, True)
    # A statement is written to be published; a case waits for somebody's decision who may see it.
    assert public(item) == ([] if model is Case else ["en"])
    change_visibility(item, "public")
    assert public(item) == ["en"]


@pytest.mark.parametrize("make", MAKERS)
def test_an_ordinary_save_of_a_draft_changes_nothing_public(admin: Client, make: Any) -> None:
    item = make()
    before = document(item), Change.objects.count()
    admin.post(url(item, "edit", item.pk), form(item, title="Not yet", dated="1999"))
    assert (document(item), Change.objects.count()) == before
    item.refresh_from_db()
    assert item.get_latest_revision_as_object().title == "Not yet"


@pytest.mark.parametrize("make", MAKERS)
def test_a_schedule_is_kept_with_and_without_the_scheduler(make: Any, monkeypatch: Any) -> None:
    now = timezone.now()
    item = make(live=False, go_live_at=now + timedelta(hours=1), expire_at=now + timedelta(hours=3))
    item.get_latest_revision().publish()
    translate(item, "fr")
    seen = []
    for hours in (0, 2, 4):
        at(monkeypatch, now + timedelta(hours=hours))
        without = public(item)
        call_command("publish_scheduled")
        seen.append((without, public(item)))
    assert seen == [([], []), (["en", "fr"], ["en", "fr"]), ([], [])]


@pytest.mark.parametrize("make", MAKERS)
def test_an_embargo_that_has_passed_holds_nothing_back(make: Any, monkeypatch: Any) -> None:
    now = timezone.now()
    item = make(dated="", embargo_until=now + timedelta(days=20))
    translate(item, "fr")
    assert public(item) == []
    at(monkeypatch, now + timedelta(days=20))
    assert public(item) == ["en", "fr"]
    # It is new on the day on which readers see it, not on the day on which it was put away for them.
    assert document(item)["date"] == (now + timedelta(days=20)).date().isoformat()
    set_embargo(item, now - timedelta(days=1))
    assert public(item) == ["en", "fr"]
    assert document(item)["date"] == now.date().isoformat()


@pytest.mark.parametrize("how", ["button", "bulk", "row", "queryset"])
@pytest.mark.parametrize("make", MAKERS)
def test_deleting_takes_every_language_along(admin: Client, committed: Any, make: Any, how: str) -> None:
    item = make()
    translate(item, "fr")
    model = type(item)
    # A co-publisher's row is deleted before its item, while that is still there and live.
    item.co_publications.create(chapter=Chapter.objects.get(code="mr"), accepted_at=timezone.now())
    with committed():
        if how == "button":
            admin.post(url(item, "delete", item.pk))
        elif how == "bulk":
            admin.post(f"/admin/bulk/cases/{model._meta.model_name}/delete/?id={item.pk}&next=/admin/")
        elif how == "row":
            model.objects.get(pk=item.pk).delete()
        else:
            model.objects.filter(pk=item.pk).delete()
    assert (public(item), model.objects.count()) == ([], 0)
    gone = Change.objects.filter(ref=item.ref, what="withdrawn").values_list("locale", flat=True)
    assert sorted(gone) == ["en", "fr"]
    assert reconcile(dry_run=True).differences == 0


@pytest.mark.parametrize("make", MAKERS)
def test_deleting_a_translation_leaves_the_others(make: Any) -> None:
    item = make()
    translate(item, "fr").delete()
    assert public(item) == ["en"]
    assert [each["locale"] for each in document(item)["translations"]] == ["en"]


@pytest.mark.parametrize("make", MAKERS)
def test_languages_leave_and_return_with_their_original(make: Any) -> None:
    item = make()
    french = translate(item, "fr")
    item.unpublish()
    assert public(item) == []
    publish(french)
    assert public(item) == []
    publish(item)
    assert public(item) == ["en", "fr"]
    change_visibility(french, "federation")
    assert public(item) == []


def test_a_translation_of_a_draft_waits_for_it() -> None:
    case = make_case(live=False)
    translate(case, "fr")
    assert public(case) == []
    publish(case)
    assert public(case) == ["en", "fr"]


def test_what_is_locked_by_another_cannot_be_published(admin: Client, django_user_model: Any) -> None:
    case = make_case(live=False)
    other = django_user_model.objects.create_user("other")
    Case.objects.filter(pk=case.pk).update(locked=True, locked_by=other, locked_at=timezone.now())
    admin.post(url(case, "edit", case.pk), form(case, title="Mine", **{"action-publish": "1"}))
    case.refresh_from_db()
    assert (case.live, case.title, public(case)) == (False, "A drawing of a boat", [])


@pytest.mark.parametrize("make", MAKERS)
def test_the_reconciler_agrees_after_everything(make: Any) -> None:
    item = make(countries=["TN"], themes=["torture"], body=body("One", "Two"))
    translate(item, "fr")
    translate(item, "ar", live=False)
    set_embargo(make(), timezone.now() + timedelta(days=1))
    change_visibility(make(), "chapter")
    out = StringIO()
    call_command("reconcile_register", "--dry-run", stdout=out)
    assert out.getvalue().startswith("0 differences")
