"""Nobody meets an English-only screen where the admin speaks their language."""

import pytest
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
