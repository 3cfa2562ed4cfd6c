"""Who only translates changes translations: nothing that was written in their language first."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail_localize.operations import translate_object

from tests.cases.conftest import form, url
from tests.factories import front, locale, make_article, make_person, make_statement, translate

from .test_attacks import page_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def translator() -> Any:
    """Into French, in a chapter that writes French too."""
    client = Client()
    client.force_login(make_person("translator", ("translator", "tn", {"locales": ["fr"]})))
    return client


def test_originals_in_ones_language_are_read_and_not_changed(translator: Client) -> None:
    page, item = make_article("tn", "fr", live=False), make_statement("tn", "fr", live=False)
    written = page.latest_revision_id, item.latest_revision_id
    address = f"/admin/pages/{page.pk}/edit/"
    translator.post(address, page_form(title="Taken over", slug=page.slug))
    translator.post(url(item, "edit", item.pk), form(item, title="Taken over"))
    page.refresh_from_db()
    item.refresh_from_db()
    assert (page.latest_revision_id, item.latest_revision_id) == written
    assert (page.draft_title, item.title) == ("A clinic opens", "No favour, a right")
    assert [translator.get(f"/admin/item/{one.get_ref()}/fr/").status_code for one in (page, item)] == [200, 200]


def test_translations_in_ones_language_are_changed(translator: Client) -> None:
    article = make_article(live=False)
    translate_object(article, [locale("fr")])
    page, item = article.get_translation(locale("fr")), translate(make_statement(), "fr", live=False)
    assert translator.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    answer = translator.post(url(item, "edit", item.pk), form(item, title="Traduit"))
    item.refresh_from_db()
    assert (answer.status_code, item.get_latest_revision_as_object().title) == (302, "Traduit")


def test_a_list_asks_once_for_each_row_whether_it_is_a_translation(translator: Client) -> None:
    section = front("tn", "fr").get_children().get(slug="news")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert translator.get(f"/admin/pages/{section.pk}/").status_code == 200
        return sum('"id" < ' in query["sql"] and "translation_key" in query["sql"] for query in asked)

    make_article("tn", "fr", live=False, slug="first")
    one = queries()
    make_article("tn", "fr", live=False, slug="second")
    make_article("tn", "fr", live=False, slug="third")
    assert queries() == one + 2
