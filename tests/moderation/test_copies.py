"""A copy of a page is a draft: Wagtail 8.0.1 would publish the newest draft of what is copied, read by nobody."""

from typing import Any

import pytest
from wagtail.models import Page

from chapters.models import ArticlePage
from chapters.moderation.withdrawing import put_back, withdraw
from search.models import Entry
from search.stops import stops_of
from tests.factories import make_article
from tests.rights.test_attacks import page_form

from .conftest import client_of, person

pytestmark = pytest.mark.django_db


def copied(user: Any, article: Any, **sent: str) -> Any:
    """Copied by the form, "publish" ticked."""
    form = {"new_title": "A copy", "new_slug": "a-copy", "new_parent_page": article.get_parent().pk}
    answer = client_of(user).post(f"/admin/pages/{article.pk}/copy/", form | {"publish_copies": "on"} | sent)
    assert answer.status_code == 302
    return ArticlePage.objects.get(slug="a-copy")


@pytest.mark.parametrize("role", ["editor", "moderator"])
def test_a_copy_says_nothing_in_public_until_it_is_published(role: str) -> None:
    article = make_article(title="As it was read", summary="Read by two")
    draft = ArticlePage.objects.get(pk=article.pk)
    draft.summary = "Where she hides"
    draft.save_revision()
    copy = copied(person("somebody", (role, "tn")), article)
    assert (copy.live, copy.has_unpublished_changes) == (False, True)
    assert not Entry.objects.filter(summary="Where she hides").exists()
    assert not Entry.objects.filter(ref=copy.ref).exists()


def test_copies_of_a_branch_are_drafts_too() -> None:
    article = make_article(title="In a section", slug="inside")
    section = article.get_parent()
    form = {"new_title": "News again", "new_slug": "news-again", "new_parent_page": section.get_parent().pk}
    mod = client_of(person("mod", ("moderator", "tn")))
    sent = form | {"publish_copies": "on", "copy_subpages": "on"}
    assert mod.post(f"/admin/pages/{section.pk}/copy/", sent).status_code == 302
    branch = Page.objects.get(slug="news-again")
    assert [page.live for page in branch.get_descendants(inclusive=True)] == [False, False]


def test_a_copy_of_what_was_withdrawn_waits_for_a_second_person_too() -> None:
    article, editor = make_article(), person("editor", ("editor", "tn"))
    withdraw(article, user=editor, reason="A name is in it.")
    copy = copied(editor, ArticlePage.objects.get(pk=article.pk))
    assert [(stop.reason, stop.by) for stop in stops_of(copy.ref)] == [("A name is in it.", editor)]
    form = page_form(title="A copy", slug="a-copy", **{"action-publish": "1"})
    client_of(editor).post(f"/admin/pages/{copy.pk}/edit/", form)
    copy.refresh_from_db()
    assert (copy.live, Entry.objects.filter(ref=copy.ref).exists()) == (False, False)
    put_back(copy, user=person("mod", ("moderator", "tn")), reason="It is out.")
    client_of(editor).post(f"/admin/pages/{copy.pk}/edit/", form)
    copy.refresh_from_db()
    assert copy.live
