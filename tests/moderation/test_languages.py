"""Nobody meets an English-only screen where the admin speaks their language."""

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from wagtail.models import Task
from wagtail.users.models import UserProfile

from tests.factories import make_statement

from .conftest import client_of, person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "Retirer maintenant"), ("es", "Retirar ahora"), ("ar", "اسحب الآن")],
)
def test_an_items_page_speaks_the_language_of_its_reader(language: str, words: str) -> None:
    editor = person("ed", ("editor", "tn"))
    UserProfile.objects.create(user=editor, preferred_language=language)
    page = client_of(editor).get(f"/admin/item/{make_statement().ref}/").content.decode()
    assert (words in page, "Withdraw now" in page) == (True, False)


@pytest.mark.parametrize(
    ("language", "button", "home"), [("fr", "Soumettre à Approbation", "Accueil"), ("ar", "الموافقة", "الرئيس")]
)
def test_a_form_names_its_buttons_and_the_way_home_in_the_language_of_its_reader(
    language: str, button: str, home: str
) -> None:
    page = client_of(speaking(language)).get("/admin/snippets/cases/statement/add/").content.decode()
    assert (button in page, home in page) == (True, True)
    assert ("Submit to Approval" in page, ">Home<" in page) == (False, False)


def test_the_steps_are_stored_in_english_whoever_saves_them() -> None:
    step = Task.objects.get(chapterapproval__isnull=False)
    with override("fr"):
        assert step.name == "Approbation par la section"
        step.name = step.name
        step.save()
    assert Task.objects.filter(pk=step.pk).values_list("name", flat=True).get() == "Approval by the chapter"


def test_a_name_that_somebody_has_given_stays_as_it_is() -> None:
    step = Task.objects.get(chapterapproval__isnull=False)
    step.name = "Relecture à deux"
    step.save()
    with override("ar"):
        assert Task.objects.get(pk=step.pk).name == "Relecture à deux"


@pytest.mark.parametrize(("language", "words"), [("fr", "Mot de passe"), ("es", "Contraseña"), ("ar", "كلمة السر")])
def test_who_signs_in_is_asked_in_the_language_of_their_browser(language: str, words: str) -> None:
    page = Client(headers={"accept-language": language}).get("/admin/login/").content.decode()
    assert (words in page, "Password" in page) == (True, False)


def test_a_refusal_speaks_the_language_of_who_is_refused() -> None:
    answer = client_of(speaking("ar")).get("/admin/reports/page-types-usage/", follow=True)
    assert (answer.redirect_chain, "عذرًا" in answer.content.decode()) == ([("/admin/", 302)], True)


def speaking(language: str) -> Any:
    """An editor who has chosen this language."""
    editor = person("ed", ("editor", "tn"))
    UserProfile.objects.create(user=editor, preferred_language=language)
    return editor
