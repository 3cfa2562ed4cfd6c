"""Terms in the admin: labels by language, merging with its count, no deletion of what is used."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from federation.vocabulary.models import Kind, Region, Theme
from tests.factories import make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(federation: object) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("admin", "a@example.org", "x"))
    return client


def labels(**given: str) -> dict[str, str]:
    return {f"labels_{code}": given.get(code, "") for code in ("en", "fr", "es", "ar")}


def test_a_theme_is_made_with_a_label_for_each_language(admin: Client) -> None:
    url = reverse("wagtailsnippets_vocabulary_theme:add")
    response = admin.post(url, {"slug": "water", "parent": "", **labels(en="Water", ar="الماء")})
    assert response.status_code == 302, response.context["form"].errors
    assert Theme.objects.get(slug="water").labels == {"en": "Water", "ar": "الماء"}


def test_no_theme_takes_the_code_that_stands_for_none(admin: Client) -> None:
    url = reverse("wagtailsnippets_vocabulary_theme:add")
    response = admin.post(url, {"slug": "none", "parent": "", **labels(en="None")})
    assert "“none” stands for what has none. Choose another code." in response.content.decode()
    assert not Theme.objects.filter(slug="none").exists()


def test_a_renamed_theme_keeps_its_code_and_other_labels(admin: Client, client: Client) -> None:
    statement = make_statement(themes=["torture"])
    theme = Theme.objects.get(slug="torture")
    theme.labels = {**theme.labels, "pt": "Tortura"}
    theme.save()
    url = reverse("wagtailsnippets_vocabulary_theme:edit", args=[theme.pk])
    response = admin.post(url, {"slug": "other", "parent": theme.parent_id or "", **labels(en="Torture, otherwise")})
    assert response.status_code == 302, response.context["form"].errors
    theme.refresh_from_db()
    assert (theme.slug, theme.labels["en"], theme.labels["pt"]) == ("torture", "Torture, otherwise", "Tortura")
    item = json.loads(client.get(f"/api/v3/statements/{statement.ref}/").content)
    assert item["themes"] == [{"code": "torture", "label": "Torture, otherwise"}]


def test_merging_shows_how_many_items_change_and_asks(admin: Client) -> None:
    make_statement(themes=["torture"])
    theme, into = Theme.objects.get(slug="torture"), Theme.objects.get(slug="impunity")
    url = reverse("vocabulary_merge_theme", args=[theme.pk])
    assert "<strong>1</strong> statements" in admin.get(url).content.decode()
    asked = admin.post(url, {"into": into.pk})
    assert "Yes, merge into" in asked.content.decode()
    theme.refresh_from_db()
    assert theme.merged_into is None
    assert admin.post(url, {"into": into.pk, "confirm": "yes"}).status_code == 302
    theme.refresh_from_db()
    assert theme.merged_into == into
    assert admin.get(url).status_code == 404


def test_a_theme_in_use_is_not_deleted(admin: Client) -> None:
    make_statement(themes=["torture"])
    theme = Theme.objects.get(slug="torture")
    admin.post(reverse("wagtailsnippets_vocabulary_theme:delete", args=[theme.pk]))
    assert Theme.objects.filter(pk=theme.pk).exists()


def test_nobody_merges_without_the_permission(federation: object) -> None:
    client = Client()
    client.force_login(get_user_model().objects.create_user("someone"))
    theme = Theme.objects.get(slug="torture")
    assert client.get(reverse("vocabulary_merge_theme", args=[theme.pk])).status_code in {302, 403}


def test_the_screens_of_the_other_terms_open(admin: Client) -> None:
    for name, pk in (("kind", Kind.objects.first().pk), ("region", Region.objects.first().pk)):
        assert admin.get(reverse(f"wagtailsnippets_vocabulary_{name}:list")).status_code == 200
        assert admin.get(reverse(f"wagtailsnippets_vocabulary_{name}:edit", args=[pk])).status_code == 200


def test_a_dated_membership_decides_by_the_day_of_the_thing(client: Client, federation: object) -> None:
    before = make_statement(countries=["GB"], dated="2015-11-24")
    make_statement(countries=["GB"], dated="2021-11-24")
    found = json.loads(client.get("/api/v3/statements/?region=european-union").content)
    assert [item["ref"] for item in found["items"]] == [before.ref]


def test_what_chooses_a_parent_speaks_the_language_of_its_reader(admin: Client) -> None:
    """And so it does for the next one, who speaks another."""
    address = reverse("wagtailsnippets_vocabulary_region:add")
    for language, words in (("ar", "اختيار منطقة"), ("fr", "Choisir une région")):
        page = admin.get(address, headers={"accept-language": language}).content.decode()
        assert (words in page, "Choose a region" in page) == (True, False), language
