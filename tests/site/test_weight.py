"""What a listing costs a reader on a slow line, and the database: for one item and for many, with everything shown."""

import gzip
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from federation.vocabulary.labels import labels
from search import register
from search.things import Thing

from .invented import published
from .pages import look

pytestmark = pytest.mark.django_db

LIGHT = 60_000
PATHS = (
    "/en/all/?page=4", "/en/all/", "/en/all/?country=TN&country=MR&kind=report&theme=torture",
    "/en/all/?q=court&year=2013",
    "/en/all/?view=map", "/ar/all/?view=map&q=court&kind=report", "/en/statements/?chapter=mena&locale=fr",
    "/en/events/", "/en/countries/TN/", "/ar/themes/torture/?view=map", "/en/tn/statements/",
)  # fmt: skip


def everywhere(count: int) -> Iterable[Thing]:
    """Things about every country and theme that there is."""
    countries, themes = sorted(labels("country")), sorted(labels("theme"))
    for number, one in enumerate(published(count)):
        about = (countries[number % len(countries)], *one.countries)
        yield replace(one, countries=tuple(dict.fromkeys(about)), themes=(*one.themes, themes[number % len(themes)]))


@pytest.fixture
def things(request: Any, federation: object) -> int:
    """One, or so many that every filter has every value."""
    register.put(everywhere(request.param))
    return int(request.param)


@pytest.mark.parametrize("things", [1, 600], indirect=True)
def test_a_listing_is_light_and_asks_little(client: Client, things: int, django_assert_max_num_queries: Any) -> None:
    look(client, "/en/all/?kind=report")  # labels and chapters are in memory, as they are after the first reader
    for path in PATHS[things == 1 :]:
        with django_assert_max_num_queries(6):
            response = client.get(path)
        assert (response.status_code, b"<style>" in response.content) == (200, True), path
        # With everything there is about every country of the world on the map too, the line carries less than that.
        packed = client.get(path, headers={"Accept-Encoding": "gzip"}).content
        assert gzip.decompress(packed) == response.content
        assert len(packed if "map" in path else response.content) < LIGHT, path
        assert len(packed) < LIGHT / 3, path


def test_a_map_of_a_hundred_countries_is_light_as_it_is(client: Client, federation: object) -> None:
    register.put(one for one in everywhere(100))
    for path in ("/en/all/?view=map", "/ar/all/?view=map"):
        page = look(client, path)
        assert len(page.html.select(".map tbody tr")) >= 100
        assert len(client.get(path).content) < LIGHT


def test_a_long_group_shows_what_is_frequent_and_chosen_and_leads_to_the_map(
    client: Client, federation: object
) -> None:
    register.put(everywhere(300))
    page = look(client, "/en/all/")
    boxes = [str(box["value"]) for box in page.html.select("input[name=country]")]
    assert len(boxes) == 60
    assert page.links("#filters a.more") == ["/en/all/?view=map"]
    rare = sorted(labels("country"))[-1]
    assert rare not in boxes
    page = look(client, f"/en/all/?country={rare}&view=map")
    assert [str(box["value"]) for box in page.html.select("input[name=country]")] == [rare]
    assert len(page.html.select(".map tbody tr")) > 200


def test_packed_and_plain_are_one_page_to_whoever_asks_again(client: Client, federation: object) -> None:
    plain, packed = (client.get("/en/all/", headers={"Accept-Encoding": coding}) for coding in ("identity", "gzip"))
    assert (packed["Content-Encoding"], plain.get("Content-Encoding")) == ("gzip", None)
    assert packed["ETag"] == f"W/{plain['ETag']}"
    assert "Accept-Encoding" in packed["Vary"]
    assert "Accept-Encoding" in plain["Vary"]
    for tag in (plain["ETag"], packed["ETag"]):
        again = client.get("/en/all/", headers={"If-None-Match": tag, "Accept-Encoding": "gzip"})
        assert (again.status_code, again.content) == (304, b"")
