"""Owner, visibility and embargo: never in the form, never from a revision, each done by an action that is logged."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cases.actions import change_visibility, set_embargo, transfer
from cases.models import Case, Statement
from chapters.models import Chapter
from search.models import Entry
from tests.factories import make_case, make_statement, translate

from .conftest import document, form, public, url

pytestmark = pytest.mark.django_db

MAKERS = [make_case, make_statement]


def test_a_case_is_the_chapters_own_until_somebody_decides_otherwise() -> None:
    assert (Case().visibility, Statement().visibility) == ("chapter", "public")


@pytest.mark.parametrize("make", MAKERS)
def test_the_form_neither_shows_nor_takes_them(admin: Client, make: Any) -> None:
    item = make()
    page = admin.get(url(item, "edit", item.pk)).content.decode()
    assert [
        name for name in ("owner", "visibility", "embargo_until", "ref", "source") if f'name="{name}"' in page
    ] == []
    foreign = Chapter.objects.get(code="fr")
    sent = form(item, owner=foreign.pk, visibility="chapter", embargo_until="2040-01-01", **{"action-publish": "1"})
    assert admin.post(url(item, "edit", item.pk), sent).status_code == 302
    item.refresh_from_db()
    assert (item.owner.code, item.visibility, item.embargo_until) == ("tn", "public", None)


@pytest.mark.parametrize("make", MAKERS)
def test_no_revision_brings_them_back(make: Any, staff: Any) -> None:
    item = make()
    draft = item.save_revision()
    until = timezone.now() + timedelta(days=1)
    transfer(item, Chapter.objects.get(code="mr"))
    change_visibility(item, "federation")
    set_embargo(item, until)
    draft.publish()
    item.refresh_from_db()
    assert (item.owner.code, item.visibility, item.embargo_until, public(item)) == ("mr", "federation", until, [])


@pytest.mark.parametrize("make", MAKERS)
def test_each_action_is_logged_with_its_reason(make: Any, staff: Any) -> None:
    item = make()
    transfer(item, Chapter.objects.get(code="mr"), user=staff, reason="Moved")
    change_visibility(item, "federation", user=staff, reason="A threat")
    set_embargo(item, None, user=staff, reason="Lifted")
    log = ModelLogEntry.objects.for_instance(item).filter(action__startswith="federation.").order_by("pk")
    assert [(entry.action, entry.user, entry.data["reason"]) for entry in log] == [
        ("federation.transfer", staff, "Moved"),
        ("federation.visibility", staff, "A threat"),
        ("federation.embargo", staff, "Lifted"),
    ]


def test_an_unknown_visibility_is_refused_and_says_what_there_is() -> None:
    with pytest.raises(ValidationError, match="chapter, federation, public"):
        change_visibility(make_case(), "secret")


def test_an_action_is_done_whole_or_not_at_all(monkeypatch: Any) -> None:
    case = make_case()

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("search.register.withdraw_entries", fail)
    with pytest.raises(RuntimeError):
        change_visibility(case, "chapter")
    assert (Case.objects.get().visibility, public(case)) == ("public", ["en"])
    assert not ModelLogEntry.objects.filter(action="federation.visibility").exists()


@pytest.mark.parametrize("make", MAKERS)
def test_a_translation_read_before_a_transfer_does_not_undo_it(make: Any) -> None:
    item = make()
    french = translate(item, "fr")
    assert french.source.owner.code == "tn"
    transfer(type(item).objects.get(pk=item.pk), Chapter.objects.get(code="mr"))
    french.title = "Mon titre"
    french.save()
    french.refresh_from_db()
    assert french.owner.code == "mr"


@pytest.mark.parametrize("make", MAKERS)
def test_a_ref_is_one_things_name(make: Any) -> None:
    first, second = make(), make()
    french = translate(first, "fr")
    assert (french.ref, first.ref != second.ref) == (first.ref, True)
    assert Entry.objects.filter(ref=first.ref).count() == 2
    assert document(first)["ref"] not in document(second)["url"]


def test_nobody_copies_over_a_row(admin: Client) -> None:
    """Wagtail's copy view saves a POST over the row that was to be copied, and takes it offline."""
    case = make_case()
    assert admin.post(f"/admin/snippets/cases/case/copy/{case.pk}/", form(case, title="Copy")).status_code == 404
    assert public(case) == ["en"]
