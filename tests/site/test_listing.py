"""The listing: rows, counts, filters, chips, archive and map say the same as the API."""

import json
import re
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from search.models import Entry
from tests.factories import make_article, make_case, make_event, make_statement, translate

from .pages import look

pytestmark = pytest.mark.django_db


def api(client: Client, query: str) -> Any:
    response = client.get(f"/api/v3/entries/?{query}")
    assert response.status_code == 200, response.content
    return json.loads(response.content)


@pytest.fixture(scope="module")
def things(for_the_module: None) -> None:
    """A few of each type, over three years, several countries and languages."""
    places = (["TN"], ["MR"], ["TN", "FR"], [])
    for number in range(12):
        make_statement(
            title=f"Statement {number}",
            dated=("2014-05-02", "2015-11", "2015", "2016-02-03")[number % 4],
            countries=places[number % 4],
            themes=["press-freedom"] if number % 2 else ["fair-trial"],
            kind_id=("report", "press-release", "statement")[number % 3],
        )
    for number in range(4):
        translate(make_case(title=f"Case {number}", countries=places[number]), "fr", title=f"Cas {number}")
        make_article(chapter="fr", lang="fr", title=f"Article {number}", countries=["FR"])
        make_event(title=f"Event {number}")


QUERIES = (
    "",
    "country=TN",
    "country=TN&country=MR",
    "kind=report&country=TN",
    "theme=press-freedom",
    "chapter=maghreb",
    "year=2015",
    "date_from=2015-11-01&date_to=2015-11-30",
    "type=case",
    "locale=fr",
    "q=statement",
    "q=statement&country=TN&kind=press-release",
    "new=true",
)
NEWS = "type=statement&type=case&type=article&type=event"


def as_api(query: str) -> str:
    """The same list there: what is published, in English first."""
    types = "" if "type=" in query else NEWS
    languages = "" if "locale=" in query else "locale=en&fallback=*"
    return "&".join(part for part in (query, types, languages, "limit=100") if part)


@pytest.mark.parametrize("query", QUERIES)
def test_page_and_api_have_the_same_items_and_counts(client: Client, things: None, query: str) -> None:
    page, answer = look(client, f"/en/all/?{query}"), api(client, as_api(query))
    assert page.status == 200
    assert page.count[2] == answer["count"]
    assert page.titles == [item["title"] for item in answer["items"]][:20]
    new = [int(text.split()[0]) for text in page.texts(".count a") if text.endswith("new")]
    assert new == ([answer["new"]] if answer["new"] or query == "new=true" else [])


@pytest.mark.parametrize("query", QUERIES)
def test_each_box_has_the_count_of_the_list_with_it(client: Client, things: None, query: str) -> None:
    page = look(client, f"/en/all/?{query}")
    boxes = page.html.select("#filters input[type=checkbox]:not([checked])")
    assert boxes
    for box in boxes[::3]:
        name, value, count = box["name"], box["value"], int(box.parent.select_one("small").text)  # type: ignore[union-attr]
        others = "&".join(part for part in query.split("&") if part and not part.startswith(f"{name}="))
        assert look(client, f"/en/all/?{others}&{name}={value}").count[2] == count, (name, value)


@pytest.mark.parametrize("query", QUERIES)
def test_archive_and_map_count_what_their_links_lead_to(client: Client, things: None, query: str) -> None:
    page = look(client, f"/en/all/?{query}&view=map")
    for item in page.html.select(".archive li"):
        count = int(item.select_one("small").text)  # type: ignore[union-attr]
        assert count > 0
        assert look(client, f"/en/all/{item.a['href'][len('/en/all/') :]}").count[2] == count  # type: ignore[index]
    rows = [("/en/all/" + row.a["href"], int(row.td.text)) for row in page.html.select(".map tbody tr")]  # type: ignore[index,union-attr]
    circles = {
        "/en/all/" + link["href"]: int(link.title.text.rsplit(" ", 1)[1]) for link in page.html.select(".map svg a")
    }  # type: ignore[union-attr]
    assert circles.items() <= dict(rows).items()
    for address, count in islice(rows, 4):
        assert look(client, str(address)).count[2] == count


def test_a_chosen_year_opens_its_months(client: Client, things: None) -> None:
    page = look(client, "/en/statements/?year=2015")
    assert page.texts(".archive > ul > li > a") == ["2016", "2015", "2014"]
    # What is dated 2015 alone may be of any month that something is dated by (safety rule 7).
    assert "November" in page.texts(".archive ul ul a")
    assert page.html.select_one(".archive a[aria-current]").text == "2015"  # type: ignore[union-attr]


def test_every_filter_is_a_chip_that_takes_only_itself_away(client: Client, things: None) -> None:
    page = look(client, "/en/all/?country=TN&country=MR&kind=report&q=statement")
    assert page.texts(".chips a span:first-child")[:4] == ["Tunisia", "Mauritania", "Report", "“statement”"]
    assert page.links(".chips a")[0] == "/en/all/?country=MR&kind=report&q=statement"
    assert page.links(".chips .clear") == ["/en/all/"]


def test_pages_lead_through_the_whole_list(client: Client, things: None) -> None:
    seen, path = [], "/en/all/"
    while path:
        page = look(client, path)
        seen += page.titles
        onwards = page.links(".paging [rel=next]")
        path = onwards[0] if onwards else ""
    assert len(seen) == len(set(seen)) == api(client, as_api(""))["count"] == 24
    assert look(client, "/en/all/?page=3").status == 404
    assert look(client, "/en/all/?page=x").status == 404


def test_the_feed_link_carries_the_filters(client: Client, things: None) -> None:
    page = look(client, "/en/statements/?country=TN")
    address = urlsplit(page.links(".count .subscribe")[0])
    assert address.path == "/en/feed.atom"
    assert parse_qsl(address.query) == [("type", "statement"), ("country", "TN")]
    assert page.links("link[type='application/atom+xml']") == page.links(".count .subscribe")


def test_a_wrong_filter_is_a_400_that_says_which(client: Client, federation: object) -> None:
    page = look(client, "/en/all/?kind=raport")
    assert page.status == 400
    assert page.texts(".notice") == ["The filter “kind” does not know what it was given. Was it “report”?"]


def test_nothing_found_says_how_to_go_on(client: Client, things: None) -> None:
    page = look(client, "/en/all/?q=zebra")
    assert page.count == (0, 0, 0)
    assert page.links(".empty a") == ["/en/all/"]


def test_what_is_in_another_language_is_marked(client: Client, things: None) -> None:
    page = look(client, "/ar/all/?type=article")
    assert {(row["lang"], row["dir"]) for row in page.html.select(".rows > li")} == {("fr", "ltr")}
    assert set(page.texts(".rows .language")) == {"الفرنسية"}


def test_a_withdrawn_thing_is_gone_from_page_map_archive_and_front_at_once(client: Client, things: None) -> None:
    only = make_statement(title="Only one", countries=["PE"], dated="2009-01-02", kind_id="open-letter")
    paths = ("/en/all/?view=map", "/en/", "/en/world/", "/en/statements/", "/en/countries/PE/")
    shown = [
        path for path in paths if "Only one" in str(look(client, path).html) or "PE" in str(look(client, path).html)
    ]
    assert {"/en/all/?view=map", "/en/countries/PE/"} <= set(shown)
    assert "2009" in look(client, "/en/all/").texts(".archive a")
    only.unpublish()
    for path in paths:
        html = str(look(client, path).html)
        assert "Only one" not in html
        assert "country=PE" not in html or path == "/en/countries/PE/"
    assert "2009" not in look(client, "/en/all/").texts(".archive a")
    assert client.get(Entry.objects.filter(type="statement").first().path).status_code == 200  # type: ignore[union-attr]


def test_a_listing_takes_six_queries_at_most_and_sixty_kilobytes(
    client: Client, things: None, django_assert_max_num_queries: Any
) -> None:
    for path in (
        "/en/all/?country=TN",
        "/en/statements/?q=statement",
        "/en/tn/statements/?year=2015",
        "/ar/all/?view=map",
    ):
        look(client, path.partition("?")[0])
        with django_assert_max_num_queries(6):
            response = client.get(path)
        assert response.status_code == 200
        assert len(response.content) < 60_000
    with django_assert_max_num_queries(1):
        client.get("/en/all/?country=TN")


def test_one_request_brings_the_text(client: Client, things: None) -> None:
    page = look(client, "/en/all/")
    assert page.html.select("link[rel=stylesheet], script:not([defer]):not([type])") == []
    style = page.html.select_one("style")
    assert style is not None
    policy = page.headers["Content-Security-Policy"]
    assert re.search(r"style-src 'sha256-[\w+/=]+';", policy)
    assert "unsafe" not in policy
    assert "Set-Cookie" not in page.headers


@pytest.mark.parametrize("path", ["/en/all/", "/en/search/", "/en/feed.atom", "/en/tn/news/"])
def test_more_parameters_than_anybody_chooses_are_refused(client: Client, federation: object, path: str) -> None:
    assert client.get(path, {"country": ["TN"] * 200}).status_code == 200
    assert client.get(path, {"country": ["TN"] * 201}).status_code == 400
