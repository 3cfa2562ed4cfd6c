"""Who deletes a page: moderators what is the chapter's, everybody else their own drafts."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import APIToken

from chapters.models import ArticlePage, Chapter
from search.models import Stop
from tests.factories import make_article, make_person

pytestmark = pytest.mark.django_db

EDITOR = ("editor", "tn")
TRANSLATOR = ("translator", "tn", {"locales": ["en"]})


@pytest.fixture(autouse=True)
def _nothing_is_free() -> None:
    """Editors of this chapter publish no articles."""
    chapter = Chapter.objects.get(code="tn")
    chapter.free_types = []
    chapter.save()


def tried(user: Any, article: Any) -> bool:
    """Whether the page is gone when somebody has tried the button, the bulk action and the API."""
    session = Client()
    session.force_login(user)
    key = APIToken.create_token(user=user, name="script")[1]
    session.post(f"/admin/pages/{article.pk}/delete/")
    session.post(f"/admin/bulk/wagtailcore/page/delete/?id={article.pk}&next=/admin/")
    Client(headers={"Authorization": f"Bearer {key}"}).delete(f"/api/v3/pages/{article.pk}/")
    return not ArticlePage.objects.filter(pk=article.pk).exists()


@pytest.mark.parametrize(("role", "gone"), [(EDITOR, False), (TRANSLATOR, False), (("moderator", "tn"), True)])
def test_a_colleagues_draft(role: Any, gone: bool) -> None:
    assert tried(make_person("somebody", role), make_article(live=False)) is gone


@pytest.mark.parametrize("was_public", [False, True])
def test_ones_own_draft_until_it_was_public(was_public: bool) -> None:
    editor = make_person("ed", EDITOR)
    article = make_article(live=was_public)
    article.unpublish()
    ArticlePage.objects.filter(pk=article.pk).update(owner=editor)
    assert tried(editor, article) is not was_public


def test_what_was_withdrawn_waits_for_a_second_person() -> None:
    from chapters.moderation import withdrawing

    editor, article = make_person("ed", EDITOR), make_article()
    ArticlePage.objects.filter(pk=article.pk).update(owner=editor)
    withdrawing.withdraw(ArticlePage.objects.get(pk=article.pk), user=editor, reason="Wrong name")
    assert (tried(editor, article), Stop.objects.count()) == (False, 1)
