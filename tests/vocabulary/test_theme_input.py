"""Editors choose themes by the labels of their own language."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict
from django.test import Client
from django.utils.translation import override

from federation.vocabulary.models import Theme
from federation.vocabulary.theme_input import ThemesWidget
from tests.factories import make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _federation(federation: object) -> None:
    """With themes."""


def sent(text: str, lang: str) -> str:
    with override(lang):
        return ThemesWidget().value_from_datadict(QueryDict(mutable=True) | {"themes": text}, {}, "themes")


def test_a_form_shows_and_offers_themes_in_the_language_of_its_reader(admin_client: Client) -> None:
    statement = make_statement(themes=["fair-trial", "torture"])
    page = admin_client.get(
        f"/admin/snippets/cases/statement/edit/{statement.pk}/", headers={"accept-language": "fr"}
    ).content
    field = BeautifulSoup(page, "html.parser").find("input", {"name": "themes"})
    assert field is not None
    with override("fr"):
        labels = {theme.slug: str(theme) for theme in Theme.objects.all()}
    assert sorted(field["value"].replace('"', "").split(", ")) == sorted([labels["fair-trial"], labels["torture"]])
    offered = json.loads(str(field["data-w-tag-options-value"]))["autocomplete"]["source"]
    assert (offered, "Fair trial" in offered) == (sorted(labels.values()), False)


BOTH = '"Fair trial", "Torture and ill-treatment"'


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", '"Procès équitable", "Torture et mauvais traitements"'),
        ("ar", '"التعذيب وسوء المعاملة","المحاكمة العادلة"'),
        ("en", BOTH),
        ("es", "fair-trial, TORTURE"),
        ("ar", '"procès équitable", torture'),
    ],
)
def test_what_is_chosen_in_any_language_is_the_same_theme(lang: str, text: str) -> None:
    assert sent(text, lang) == BOTH


def test_what_is_no_theme_is_dropped_and_nothing_is_nothing() -> None:
    field: Any = make_statement().get_edit_handler().get_form_class().base_fields["themes"]
    given = ("", "Nonsense", '"No such thing", torture')
    assert [field.clean(sent(text, "fr")) for text in given] == [[], [], ["Torture and ill-treatment"]]


def test_an_api_that_names_themes_in_english_is_understood_in_every_language() -> None:
    with override("ar"):
        shown = ThemesWidget().format_value([Theme(name="Fair trial"), Theme(name="Torture and ill-treatment")])
    assert sent(shown, "ar") == BOTH
