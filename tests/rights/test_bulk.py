"""Several things at once: what is chosen, and nothing beside it."""

import pytest
from django.test import Client

from chapters.models import ArticlePage
from tests.factories import make_article, make_event, make_person, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Client:
    """A moderator of Tunisia."""
    client = Client()
    client.force_login(make_person("mod", ("moderator", "tn")))
    return client


def test_all_of_a_list_is_all_of_that_list(session: Client) -> None:
    article, event, foreign = make_article(title="One"), make_event(title="Another list"), make_article("fr", "fr")
    news = article.get_parent().pk
    asked = f"/admin/bulk/wagtailcore/page/unpublish/?id=all&childOf={news}&next=/admin/"
    assert {item["item"].pk for item in session.get(asked).context["items"]} == {article.pk}
    session.post(asked)
    live = [type(page).objects.get(pk=page.pk).live for page in (article, event, foreign)]
    assert live == [False, True, True]


def test_all_of_what_was_searched_for_is_that_alone(session: Client) -> None:
    found, other = make_article(title="A hearing"), make_article(title="A visit")
    news = found.get_parent().pk
    asked = f"/admin/bulk/wagtailcore/page/unpublish/?id=all&childOf={news}&q=hearing&next=/admin/"
    assert [item["item"].pk for item in session.get(asked).context["items"]] == [found.pk]
    assert ArticlePage.objects.get(pk=other.pk).live


def test_all_has_nothing_of_another_chapter(session: Client) -> None:
    own, foreign = make_statement(title="Own", live=False), make_statement("fr", "fr", title="Étrangère", live=False)
    answer = session.get("/admin/bulk/cases/statement/delete/?id=all&next=/admin/").content.decode()
    assert (own.title in answer, foreign.title in answer) == (True, False)


def test_a_list_that_is_not_ones_own_is_none(session: Client) -> None:
    foreign = make_article("fr", "fr")
    asked = f"/admin/bulk/wagtailcore/page/unpublish/?id=all&childOf={foreign.get_parent().pk}&next=/admin/"
    assert session.get(asked).status_code == 404


@pytest.mark.parametrize("key", ["²", "0", "99999999999999999999", "x", "-1"])
def test_a_key_that_is_none_is_a_404(session: Client, key: str) -> None:
    assert session.get("/admin/bulk/wagtailcore/page/unpublish/", {"id": key}).status_code == 404
