"""The map of the site for robots: by the protocol's schema, by language, split, and never behind the register."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from search import register
from search.models import Entry
from tests.factories import make_article, make_case, make_statement, translate

from .invented import published
from .machines import BASE, path_of, xml

pytestmark = pytest.mark.django_db

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "schemas" / "sitemap.xsd"))
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(autouse=True)
def _federation(federation: object) -> None:
    """Every test here has chapters."""


def read(client: Client, path: str) -> Any:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml; charset=utf-8")
    root = xml(response)
    SCHEMA.assertValid(root)
    return root


def files(client: Client) -> list[str]:
    """Every file that the index names."""
    return [path_of(loc.text) for loc in read(client, "/sitemap.xml").iter(f"{SITEMAP}loc")]


def addresses(client: Client, path: str) -> dict[str, dict[str, str]]:
    """Every address of a file, with those of the same thing by language."""
    return {
        path_of(url.findtext(f"{SITEMAP}loc")): {
            link.get("hreflang"): path_of(link.get("href")) for link in url.iter("{http://www.w3.org/1999/xhtml}link")
        }
        for url in read(client, path)
    }


def test_robots_are_told_where_the_map_is(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response.content.decode() == f"User-agent: *\nDisallow: /admin/\n\nSitemap: {BASE}/sitemap.xml\n"
    assert "Set-Cookie" not in response.headers


def test_a_thing_stands_in_the_map_of_each_of_its_languages_and_names_the_others(client: Client) -> None:
    case = make_case(title="A case")
    translate(case, "fr")
    make_statement(title="بيان", lang="ar")
    english, french, arabic = (addresses(client, f"/{lang}/sitemap-1.xml") for lang in ("en", "fr", "ar"))
    by_language = {
        "x-default": f"/en/cases/{case.ref}/",
        "en": f"/en/cases/{case.ref}/",
        "fr": f"/fr/cases/{case.ref}/",
    }
    assert english[f"/en/cases/{case.ref}/"] == french[f"/fr/cases/{case.ref}/"] == by_language
    assert [others for path, others in arabic.items() if "/statements/%D8%A8" in path] == [{}]


def test_every_address_of_the_map_is_a_page_and_every_entry_stands_in_it(client: Client) -> None:
    make_article(title="One", countries=["TN"], themes=["torture"])
    translate(make_statement(title="Two", countries=["MR"]), "ru")
    found = [address for path in files(client) for address in addresses(client, path)]
    assert len(found) == len(set(found))
    assert {path.partition("?")[0] for path in Entry.objects.values_list("path", flat=True)} <= {
        path.partition("?")[0] for path in found
    }
    assert {"/en/", "/fr/chapters/", "/es/countries/TN/", "/ar/themes/torture/", "/fr/tn/events/"} <= set(found)
    assert {client.get(path).status_code for path in found} == {200}


def test_a_large_map_is_split(client: Client, monkeypatch: Any, django_assert_max_num_queries: Any) -> None:
    monkeypatch.setattr("home.sitemaps.IN_A_FILE", 20)
    before = set(files(client))
    register.put(published(60))
    assert before < set(files(client))
    several = [path for path in files(client) if "lists" not in path]
    found = [address for path in several for address in addresses(client, path)]
    assert len(found) == len(set(found)) == Entry.objects.count()
    with django_assert_max_num_queries(3):
        client.get(several[0])
    assert client.get(f"/en/sitemap-{len(several) + 1}.xml").status_code == 404
    assert client.get("/en/sitemap-0.xml").status_code == 404


def test_what_is_withdrawn_leaves_the_map(client: Client) -> None:
    statement = make_statement(title="Two")
    path = f"/en/statements/two-{statement.ref}/"
    assert path in addresses(client, "/en/sitemap-1.xml")
    statement.unpublish()
    assert path not in addresses(client, "/en/sitemap-1.xml")
